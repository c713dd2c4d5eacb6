"""The sheet of the block team: the list before the needle, and the emergency card with this patient's doses."""

from collections import Counter
from dataclasses import dataclass

from planner.documents.antithrombotics import INTERVAL_DEPTHS
from planner.documents.citations import Citations, Cited
from planner.documents.header import field_words
from planner.documents.orders import block_drug
from planner.documents.questions import full_stop, lower_first, upper_first
from planner.plan.dates import near_words
from planner.plan.models import Plan
from planner.plan.parts import Statement
from planner.plan.regional import Block, TimeOutLine, ToxicityCard
from planner.plan.wording import block_name

PRINTED_AFTERWARDS, PRINTED_FOR_STAFF = 3, 3
"""So many sentences on what follows an emergency, and on falls, are printed. The data has all."""
PRINTED_FOR_A_BLOCK = 1
"""So many sentences on what to do before a block, and after it, are printed. The data has all."""


@dataclass(frozen=True)
class Dose:
    """One line to give: what, and how much."""

    name: str
    words: Cited


@dataclass(frozen=True)
class Toxicity:
    title: str
    signs: tuple[Cited, ...]
    steps: tuple[Cited, ...]
    most_steps: Cited
    basis: str
    doses: tuple[Dose, ...]
    repeat: Cited
    goes_on: Cited
    avoid: tuple[Cited, ...]
    after: tuple[Cited, ...]


@dataclass(frozen=True)
class BlockLine:
    """One block: what, how much, when at the earliest, what to do before it and what to watch after it."""

    name: str
    given: str
    note: str
    watch: tuple[Cited, ...]


@dataclass(frozen=True)
class BlockSheet:
    blocks: tuple[BlockLine, ...]
    facts: tuple[TimeOutLine, ...]
    checks: tuple[TimeOutLine, ...]
    time_out_refs: Cited
    toxicity: Toxicity | None
    staff: tuple[Cited, ...]
    staff_about: str


def block_lines(plan: Plan, citations: Citations) -> tuple[BlockLine, ...]:
    """A line for each block, in the order of the plan."""
    return tuple(_block(block, plan, citations) for block in plan.blocks)


def block_sheet(plan: Plan, citations: Citations, blocks: tuple[BlockLine, ...]) -> BlockSheet | None:
    """None where the plan has no block and no local anesthetic. `facts` are lines with a fact of this patient."""
    if not plan.time_out and plan.toxicity_card is None:
        return None
    time_out_refs = citations.cite("", [key for line in plan.time_out for key in line.sources])
    staff = next((entry for entry in plan.block_advice if entry.audience == "staff"), None)
    return BlockSheet(
        blocks=blocks,
        facts=tuple(line for line in plan.time_out if line.fact),
        checks=tuple(line for line in plan.time_out if not line.fact),
        time_out_refs=time_out_refs,
        staff=_sentences(staff.advice[:PRINTED_FOR_STAFF] if staff else [], citations),
        staff_about=staff.about if staff else "",
        toxicity=_toxicity(plan, citations),
    )


def _block(block: Block, plan: Plan, citations: Citations) -> BlockLine:
    earliest = near_words(block.earliest_at)
    titles = {other.id: lower_first(other.title) for other in plan.blocks}
    instead = ", then ".join(titles.get(name, field_words(name)) for name in block.alternatives)
    notes = [
        "" if block.depth == "infiltration" else f"{block.depth}",
        f"not before {earliest}" if earliest else "",
        "confirm first" if block.verdict == "confirm" else "",
        f"works after {block.onset}" if block.onset else "",
        f"if not possible: {instead}" if instead else "",
    ]
    watched = block.after if block.depth in INTERVAL_DEPTHS or block.infusion else block.after[:PRINTED_FOR_A_BLOCK]
    return BlockLine(
        upper_first(block_name(block)),
        block_drug(block),
        "; ".join(note for note in notes if note),
        _sentences([*block.before[:PRINTED_FOR_A_BLOCK], *watched], citations),
    )


def _sentences(statements: list[Statement], citations: Citations) -> tuple[Cited, ...]:
    return tuple(citations.cite(full_stop(part.text), part.sources, most=1) for part in statements)


def _toxicity(plan: Plan, citations: Citations) -> Toxicity | None:
    card = plan.toxicity_card
    if card is None:
        return None
    signs = _sentences(card.signs, citations)
    doses = _doses(card, citations)
    repeat, goes_on = _sentences([card.lipid.repeat, card.lipid.goes_on], citations)
    usual = Counter(tuple(step.sources) for step in card.steps).most_common(1)[0][0]
    most = citations.cite("", list(usual), most=1)
    steps = _sentences(card.steps, citations)
    return Toxicity(
        title=card.title,
        signs=signs,
        basis=card.lipid.basis,
        doses=doses,
        repeat=repeat,
        goes_on=goes_on,
        steps=tuple(Cited(step.text) if step.refs == most.refs else step for step in steps),
        most_steps=most,
        avoid=_sentences(card.avoid, citations),
        after=_sentences(card.after[:PRINTED_AFTERWARDS], citations),
    )


def _doses(card: ToxicityCard, citations: Citations) -> tuple[Dose, ...]:
    lipid = card.lipid
    return (
        Dose("Lipid 20 % bolus", citations.cite(lipid.bolus, lipid.sources)),
        Dose("then infusion", Cited(lipid.infusion)),
        Dose("at most", Cited(lipid.at_most)),
        Dose("In cardiac arrest", citations.cite(card.epinephrine.text, card.epinephrine.sources)),
    )
