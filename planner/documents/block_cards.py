"""The sheet of the block team: the list before the needle, and the emergency card with this patient's doses."""

from dataclasses import dataclass

from planner.documents.citations import Citations, Cited
from planner.documents.orders import block_drug
from planner.documents.questions import full_stop, upper_first
from planner.plan.dates import near_words
from planner.plan.models import Block, LipidDoses, Plan, Statement
from planner.plan.wording import block_name

PRINTED_AFTERWARDS, PRINTED_FOR_STAFF = 3, 3
"""So many sentences on what follows an emergency, and on falls, are printed. The data has all."""


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
class BlockLine:
    """One block: what, how much, and when at the earliest."""

    name: str
    given: str
    note: str


@dataclass(frozen=True)
class BlockSheet:
    blocks: tuple[BlockLine, ...]
    facts: tuple[TimeOutView, ...]
    checks: tuple[TimeOutView, ...]
    time_out_refs: Cited
    toxicity: Toxicity | None
    staff: tuple[Cited, ...]
    staff_about: str


def block_sheet(plan: Plan, citations: Citations) -> BlockSheet | None:
    """None where the plan has no block and no local anesthetic. `facts` are lines with a fact of this patient."""
    if not plan.time_out and plan.toxicity_card is None:
        return None
    staff = next((entry for entry in plan.block_advice if entry.audience == "staff"), None)
    lines = [TimeOutView(line.text, line.fact, line.known) for line in plan.time_out]
    time_out_keys = [key for line in plan.time_out for key in line.sources]
    return BlockSheet(
        blocks=tuple(_block(block) for block in plan.blocks),
        facts=tuple(line for line in lines if line.fact),
        checks=tuple(line for line in lines if not line.fact),
        time_out_refs=citations.cite("", time_out_keys),
        toxicity=_toxicity(plan, citations),
        staff=_sentences(staff.advice[:PRINTED_FOR_STAFF] if staff else [], citations),
        staff_about=staff.about if staff else "",
    )


def _block(block: Block) -> BlockLine:
    earliest = near_words(block.earliest_at)
    notes = [
        "" if block.depth == "infiltration" else f"{block.depth}",
        f"not before {earliest}" if earliest else "",
        "confirm first" if block.verdict == "confirm" else "",
        f"works after {block.onset}" if block.onset else "",
    ]
    return BlockLine(upper_first(block_name(block)), block_drug(block), "; ".join(note for note in notes if note))


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
        after=_sentences(card.after[:PRINTED_AFTERWARDS], citations),
    )


def _lipid(lipid: LipidDoses) -> tuple[Dose, ...]:
    return (
        Dose("Lipid 20 % bolus", lipid.bolus),
        Dose("then infusion", lipid.infusion),
        Dose("at most", lipid.at_most),
    )
