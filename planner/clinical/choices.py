"""The items of a protocol, one after another: given, left out, or chosen among candidates."""

import re
from itertools import takewhile

from planner.clinical.candidates import (
    DrugCandidate,
    Refusal,
    another_tolerated,
    drug_candidate,
    omitted_drug,
)
from planner.clinical.orders import build_order
from planner.clinical.regional.blocks import BlockCandidate, block_candidate, build_block, omitted_block
from planner.clinical.words import facts_behind
from planner.clinical.work import Work
from planner.library.pathways import item_id
from planner.library.protocol import Item
from planner.plan.models import Care, Omitted
from planner.plan.parts import Statement

# What a reminder is about, for the line that says it does not stand here: `Intrathecal pump`.
_FIRST_CLAUSE = re.compile(r"[^:;,]+")
Candidate = DrugCandidate | BlockCandidate


def place(item: Item, phase: str, work: Work) -> None:
    """Decide one item of the pathway and add the outcome to the work."""
    if not _indicated(item, phase, work):
        return
    if item.care:
        _add_care(item, phase, work)
    elif item.one_of:
        _first_that_suits(item, phase, work)
    elif item.some_of:
        _as_many_as_counted(item, phase, work)
    else:
        candidate = _candidate(item, work)
        if not _try([candidate], 0, phase, work) and isinstance(candidate, BlockCandidate):
            _say_that_it_is_lost(candidate, work)


def _say_that_it_is_lost(candidate: BlockCandidate, work: Work) -> None:
    """A block the protocol asks for without another choice; one that waits for a needle time was told already."""
    if candidate.clearance.refusal is None:
        left = next(left for left in reversed(work.omitted) if left.id == candidate.id)
        work.alert("caution", candidate.title, f"planned, and left out: {left.because}", left.sources)


def _indicated(item: Item, phase: str, work: Work) -> bool:
    """Whether the item's own condition is true. An unknown indication is not started."""
    if item.when is None:
        return True
    value = work.situation.holds(item.when)
    if not value:
        _note_not_indicated(item, phase, value, work)
    return bool(value)


def _note_not_indicated(item: Item, phase: str, value: bool | None, work: Work) -> None:
    """An unknown indication is named with its question; one that is not there, where the item says why."""
    if value is None:
        missing = work.situation.missing(item.when)
        work.ask_for(missing, item_id(item, phase) or phase)
        because = "not started until known: " + " ".join(work.question(fact) for fact in missing)
    elif item.otherwise:
        because = item.otherwise
    else:
        return
    drug = item.give.split("/")[0] if item.give else None
    work.leave_out(
        Omitted(
            id=item_id(item, phase) or phase,
            drug=drug,
            block=item.block,
            phase=phase,
            title=_title(item),
            because=because,
            origin="patient",
            sources=work.citations.keys(item.evidence),
        )
    )


def _title(item: Item) -> str:
    if item.give:
        return item.give.split("/")[0]
    if item.block:
        return item.block.replace("-", " ")
    children = item.one_of or item.some_of or []
    if item.care:
        return _FIRST_CLAUSE.match(item.care)[0]
    return " or ".join(dict.fromkeys(_title(child) for child in children))


def _candidate(item: Item, work: Work) -> Candidate:
    return drug_candidate(item, work) if item.give else block_candidate(item, work)


def _inheriting(parent: Item, child: Item) -> Item:
    """A candidate with what its parent says where it says nothing itself."""
    parts = ("evidence", "purpose", "because", "for_", "sides", "hours_before_surgery")
    return child.model_copy(update={part: getattr(parent, part) for part in parts if getattr(child, part) is None})


def _children(item: Item, work: Work) -> list[Item]:
    """The candidates of an item with what they inherit, made once for each library."""
    key = "children", id(item)
    if key not in work.library.prepared_parts:
        work.library.prepared_parts[key] = [_inheriting(item, child) for child in item.one_of or item.some_of or []]
    return work.library.prepared_parts[key]


def _first_that_suits(item: Item, phase: str, work: Work) -> None:
    listed = [_candidate(child, work) for child in _children(item, work) if _indicated(child, phase, work)]
    candidates = sorted(listed, key=lambda candidate: bool(_not_tolerated(candidate)))
    for place_in_line, candidate in enumerate(candidates):
        if _try(candidates, place_in_line, phase, work):
            _say_what_stood_back(listed, candidate, phase, work)
            return
    if candidates:
        _say_that_none_suits(item, candidates, phase, work)


def _not_tolerated(candidate: Candidate) -> str:
    return candidate.not_tolerated if isinstance(candidate, DrugCandidate) else ""


def _say_what_stood_back(listed: list[Candidate], chosen: Candidate, phase: str, work: Work) -> None:
    """The drugs before the chosen one in the protocol that the patient did not tolerate."""
    for other in takewhile(lambda candidate: candidate is not chosen, listed):
        if _not_tolerated(other) and not other.refusal:
            work.leave_out(omitted_drug(other, another_tolerated(other, work), phase, work))


def _say_that_none_suits(item: Item, candidates: list[Candidate], phase: str, work: Work) -> None:
    """Losing every block, or every opioid for rescue, must be settled; a lost non-opioid is told with its reason."""
    kinds = {candidate.drug.kind if isinstance(candidate, DrugCandidate) else "block" for candidate in candidates}
    if kinds & {"block", "opioid"}:
        what = f"{item.purpose} ({_title(item)})" if item.purpose else _title(item)
        suits = "suits this patient and is stocked here" if _lost_to_stock(candidates, work) else "suits this patient"
        work.alert("caution", item_id(item, phase), f"No choice {suits} for {what}")
    elif "non_opioid" in kinds and candidates[0].refusal:
        work.alert("info", _title(item), f"not given: {candidates[0].refusal.because}")


def _lost_to_stock(candidates: list[Candidate], work: Work) -> bool:
    """Whether one of these was left out because it is not at hand."""
    names = {one.drug.drug if isinstance(one, DrugCandidate) else one.block.block for one in candidates}
    return any(left.origin == "site" and names & {left.drug, left.block} for left in work.omitted)


def _as_many_as_counted(item: Item, phase: str, work: Work) -> None:
    """Candidates in order until there are enough; a drug that is already planned counts as one.

    Each is judged when its turn comes, since one that is taken may rule out the next.
    """
    wanted, given = _count(item, phase, work), 0
    for child in _children(item, work):
        if given >= wanted:
            return
        name = child.give.split("/")[0] if child.give else child.block
        if name in work.situation.planned:
            given += 1
        elif _indicated(child, phase, work) and _try([_candidate(child, work)], 0, phase, work):
            given += 1
    if given < wanted:
        work.alert(
            "info", item_id(item, phase), f"{item.purpose or _title(item)}: {wanted} wanted, {given} suit this patient"
        )


def _count(item: Item, phase: str, work: Work) -> int:
    """How many to take. Where the row is not certain, the smallest number that may be right."""
    possible = [row for row in item.count or [] if work.situation.holds(row.when) is not False]
    for row in possible:
        work.ask_for(work.situation.missing(row.when), item_id(item, phase))
    return min((row.take for row in possible), default=0)


def _try(candidates: list[Candidate], position: int, phase: str, work: Work) -> bool:
    """Add a candidate to the plan, or note why it is left out. True when it was added."""
    candidate = candidates[position]
    outcome = candidate.refusal or _build(candidates, position, phase, work)
    if isinstance(outcome, Refusal):
        omitted = omitted_drug if isinstance(candidate, DrugCandidate) else omitted_block
        work.leave_out(omitted(candidate, outcome, phase, work))
        return False
    if isinstance(candidate, DrugCandidate):
        work.orders.append(outcome)
        work.plan_drug(candidate.drug.drug)
        work.situation.planned.add(f"{outcome.drug} {outcome.route}")
    else:
        outcome.alternatives = [
            other.block.block
            for other in candidates[position + 1 :]
            if isinstance(other, BlockCandidate) and not other.refusal
        ]
        work.blocks.append(outcome)
    return True


def _build(candidates: list[Candidate], position: int, phase: str, work: Work):
    candidate, instead = candidates[position], _instead(candidates, position)
    if isinstance(candidate, DrugCandidate):
        return build_order(candidate, phase, work, instead, _without_question(candidates, position))
    return build_block(candidate, phase, work, instead)


def _instead(candidates: list[Candidate], position: int) -> str:
    """The next candidate that does not wait for the same facts: `give acetaminophen instead`."""
    facts = candidates[position].assessment.missing
    for other in candidates[position + 1 :]:
        if not other.refusal and not other.assessment.missing & facts:
            return f"use {other.title} instead"
    return ""


def _without_question(candidates: list[Candidate], position: int) -> str:
    """The next candidate that nobody has to agree to, for the answer no: `use tapentadol instead`."""
    for other in candidates[position + 1 :]:
        if not other.refusal and not other.assessment.waiting and not other.assessment.to_confirm:
            return "" if other.title == candidates[position].title else f"use {other.title} instead"
    return ""


def _add_care(item: Item, phase: str, work: Work) -> None:
    keys = work.citations.keys(item.evidence)
    key = id(item), phase
    if key not in work.library.prepared_parts:
        reasons = [Statement(text=item.because, sources=keys)] if item.because else []
        work.library.prepared_parts[key] = Care(
            id=item_id(item, phase),
            phase=phase,
            topic=item.topic or "education",
            text=item.care,
            who=item.who,
            reasons=reasons,
            sources=keys,
        )
    care = work.library.prepared_parts[key]
    own = {}
    if item.hours_before_surgery is not None:
        own["start"] = work.before_surgery(item.hours_before_surgery)
    if item.when is not None:
        facts = "; ".join(facts_behind(item.when, work.situation, work.library.vocabulary))
        own["reasons"] = [*care.reasons, Statement(text=facts)] if facts else care.reasons
    work.care.append(care.model_copy(update=own) if own else care)
