"""The sheet of the block team: the list before the needle, and the emergency card with this patient's doses."""

from dataclasses import dataclass

from planner.documents.citations import Citations, Cited
from planner.documents.questions import full_stop
from planner.plan.models import LipidDoses, Plan, Statement


@dataclass(frozen=True)
class TimeOutView:
    text: str
    fact: str
    known: bool


@dataclass(frozen=True)
class Dose:
    """One line to give: what, and how much."""

    name: str
    words: str


@dataclass(frozen=True)
class Toxicity:
    title: str
    signs: tuple[Cited, ...]
    steps: tuple[Cited, ...]
    basis: str
    doses: tuple[Dose, ...]
    repeat: Cited
    goes_on: Cited
    avoid: tuple[Cited, ...]
    after: tuple[Cited, ...]


@dataclass(frozen=True)
class BlockSheet:
    blocks: tuple[str, ...]
    time_out: tuple[TimeOutView, ...]
    time_out_refs: Cited
    toxicity: Toxicity | None
    staff: tuple[Cited, ...]
    staff_about: str


def block_sheet(plan: Plan, citations: Citations) -> BlockSheet | None:
    """None where the plan has no block and no local anesthetic."""
    if not plan.time_out and plan.toxicity_card is None:
        return None
    staff = next((entry for entry in plan.block_advice if entry.audience == "staff"), None)
    time_out_keys = [key for line in plan.time_out for key in line.sources]
    return BlockSheet(
        blocks=tuple(block.text for block in plan.blocks),
        time_out=tuple(TimeOutView(line.text, line.fact, line.known) for line in plan.time_out),
        time_out_refs=citations.cite("", time_out_keys),
        toxicity=_toxicity(plan, citations),
        staff=_sentences(staff.advice if staff else [], citations),
        staff_about=staff.about if staff else "",
    )


def _sentences(statements: list[Statement], citations: Citations) -> tuple[Cited, ...]:
    return tuple(citations.cite(full_stop(part.text), part.sources, most=1) for part in statements)


def _toxicity(plan: Plan, citations: Citations) -> Toxicity | None:
    card = plan.toxicity_card
    if card is None:
        return None
    return Toxicity(
        title=card.title,
        signs=_sentences(card.signs, citations),
        steps=_sentences(card.steps, citations),
        basis=card.lipid.basis,
        doses=(*_lipid(card.lipid), Dose("In cardiac arrest", card.epinephrine.text)),
        repeat=_sentences([card.lipid.repeat], citations)[0],
        goes_on=_sentences([card.lipid.goes_on], citations)[0],
        avoid=_sentences(card.avoid, citations),
        after=_sentences(card.after, citations),
    )


def _lipid(lipid: LipidDoses) -> tuple[Dose, ...]:
    return (
        Dose("Lipid 20 % bolus", lipid.bolus),
        Dose("then infusion", lipid.infusion),
        Dose("at most", lipid.at_most),
    )
