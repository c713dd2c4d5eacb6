"""What the antithrombotics taken at home mean for one block, by its depth."""

from dataclasses import dataclass, field

from planner.clinical.candidates import Refusal
from planner.clinical.regional.antithrombotic_dose import answers_at_home
from planner.clinical.regional.needle import Needle
from planner.clinical.work import Work
from planner.library.antithrombotic import Judged
from planner.plan.parts import Confirmation, Statement
from planner.plan.regional import AntithromboticTime
from planner.plan.wording import hours


@dataclass
class Clearance:
    """What home antithrombotics mean for a block: a refusal, or what must be confirmed and said."""

    refusal: Refusal | None = None
    confirmations: list[Confirmation] = field(default_factory=list)
    cautions: list[Statement] = field(default_factory=list)
    earliest_at: str | None = None
    source: tuple[str, ...] = ()


def clearance_for(depth: str, with_catheter: bool, work: Work) -> Clearance:
    """Whether a block of this depth may be done after what is taken at home."""
    editions = work.library.regional.editions
    if depth in editions.depths:
        return _by_interval(with_catheter, work)
    judged = next((one for one in editions.judged if depth in one.depths), None)
    return _by_judgment(judged, work) if judged else Clearance()


def _by_judgment(judged: Judged, work: Work) -> Clearance:
    """No interval holds: a person decides, or is told; what may be taken counts as taken."""
    clearance, sources = Clearance(), work.citations.keys(judged.source)
    if judged.ask:
        _ask_for_medicines(clearance, work)
    taken = any(needle.counts and needle.row.interval_h != 0 for needle in work.needles)
    perhaps = None in answers_at_home(work)
    if taken or (perhaps and not judged.ask):
        if judged.ask:
            agreed = Confirmation(ask=judged.ask, if_yes="give as written", if_no="leave out", sources=sources)
            clearance.confirmations.append(agreed)
        else:
            clearance.cautions.append(Statement(text=judged.text, sources=sources))
    return clearance


def _by_interval(with_catheter: bool, work: Work) -> Clearance:
    """Every interval must have passed; two antithrombotics need a senior's agreement as well."""
    editions = work.library.regional.editions
    counted = [needle for needle in work.needles if needle.counts]
    held_up = [needle for needle in counted if needle.row.verdict != "passed"]
    if held_up:
        because = "; ".join(dict.fromkeys(needle.row.because for needle in held_up))
        source = tuple(dict.fromkeys(key for needle in held_up for key in needle.citations))
        return Clearance(Refusal(because, [_fact(needle.row) for needle in held_up], source))
    clearance = Clearance(
        confirmations=[entry for needle in counted for entry in needle.confirmations],
        earliest_at=max((needle.row.earliest_at for needle in counted if needle.row.earliest_at), default=None),
        source=tuple(dict.fromkeys(key for needle in counted for key in needle.citations)),
    )
    drugs = list(dict.fromkeys(needle.row.drug for needle in counted))
    if len(drugs) > 1:
        names = " and ".join(drugs)
        clearance.confirmations.append(
            Confirmation(
                ask=f"{names}: {editions.together_ask}",
                if_yes="give as written",
                if_no="leave out",
                sources=work.citations.keys(editions.together.source),
            )
        )
    if counted and len(work.needles) > len(counted):
        added = editions.with_uncounted
        clearance.cautions += work.citations.statements([added])
    clearance.cautions += [other for needle in counted for other in needle.stricter]
    if with_catheter:
        clearance.confirmations += [_stays_off(needle) for needle in counted if needle.avoids_catheter]
    _ask_for_medicines(clearance, work)
    return clearance


def _stays_off(needle: Needle) -> Confirmation:
    row = needle.row
    return Confirmation(
        ask=f"{row.drug}: no catheter may lie under this dose. Does it stay off until the catheter is out?",
        if_yes="give as written",
        if_no="leave out",
        sources=row.sources,
    )


def _ask_for_medicines(clearance: Clearance, work: Work) -> None:
    """Where it is not known whether an antithrombotic is taken, that is asked before the needle."""
    if None in answers_at_home(work):
        clearance.confirmations.append(
            Confirmation(
                factors=["medications"],
                ask=work.question("medications"),
                if_yes="anticoagulant or antiplatelet drug at home: leave out until dose and time of the last dose "
                "are known",
                if_no="give as written",
                sources=work.citations.keys(work.library.regional.editions.unlisted.source),
            )
        )


def _fact(row: AntithromboticTime) -> str:
    dose = f" ({row.dose_class} dose)" if row.dose_class in ("low", "high") else ""
    if row.hours_elapsed is None:
        return f"{row.drug} at home{dose}"
    return f"{row.drug} at home{dose}, {hours(row.hours_elapsed)} since the last dose"
