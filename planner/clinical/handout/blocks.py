"""The blocks a patient had, and the part of the body that may still be numb at home."""

from collections.abc import Iterator
from datetime import date, datetime

from planner.clinical.handout.sentences import Values, sentence, told
from planner.clinical.situation import Situation
from planner.clinical.work import Work
from planner.plan.handout import PatientAdvice
from planner.plan.regional import WearOff


def blocks_given(work: Work) -> set[str]:
    """Words that `planned(...)` asks for: the blocks that were given, or those planned where nobody told which."""
    known = _known(work)
    names = _given(work)
    deep = [name for name in names if known[name].depth != "infiltration"]
    return {*names, *(["block"] if names else []), *(["nerve-block"] if deep else [])}


def numb_at_home(work: Work, wear_off: list[WearOff]) -> dict[str, str]:
    """The blocks that may still act at home, each with the part of the body it numbs.

    An infiltration numbs no limb. Without the time of going home each may.
    """
    leaving, known = work.case.discharge_at, _known(work)
    ends = {ending.block: datetime.fromisoformat(ending.to_at) for ending in wear_off}
    return {
        name: known[name].region
        for name in _given(work)
        if known[name].depth != "infiltration" and not _is_over(ends.get(name), leaving)
    }


def block_advice(numb: dict[str, str], home: Situation, work: Work, values: Values) -> Iterator[PatientAdvice]:
    """What protects a numb part, for each part of the body that is numb, and what to do before the block ends."""
    if not numb:
        return
    aftercare = work.library.regional.aftercare
    regions = dict.fromkeys(numb.values())
    listed = [one for region in regions for one in aftercare.patient.get(region, [])]
    if not numb.keys() <= _injected_once(work):
        home = home.with_planned(home.planned | {"catheter"})
    fitting = [one for one in (*listed, *aftercare.every_patient) if not one.when or home.holds(one.when) is not False]
    lines = [sentence(one.text, one.source, work, values) for one in fitting]
    lines += told(work.library.regional.coverage.advice, home, work, values)
    if said := [line for line in lines if line]:
        yield PatientAdvice(topic="block", lines=said)


def _injected_once(work: Work) -> set[str]:
    """The blocks known to leave no catheter. Of a block nobody planned, or one whose dose waits, it is not known."""
    return {block.id for block in work.blocks if block.dose_mg is not None and not block.infusion}


def _given(work: Work) -> list[str]:
    known = _known(work)
    given = [block.id for block in work.blocks] if work.case.block_given is None else work.case.block_given
    return [name for name in given if name in known]


def _known(work: Work) -> dict:
    """Blocks by id: those of the plan, which may run through a catheter, and all of the library."""
    return {**work.library.blocks, **{block.id: block for block in work.blocks}}


def _is_over(end: datetime | None, leaving: datetime | date | None) -> bool:
    if end is None or leaving is None:
        return False
    return leaving > end if isinstance(leaving, datetime) else leaving > end.date()
