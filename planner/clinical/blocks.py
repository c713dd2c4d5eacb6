"""A block for one patient, within what is left of the local anesthetic maximum."""

import math
from dataclasses import dataclass, field

from planner.clinical.assess import Assessment, assess
from planner.clinical.candidates import Refusal, contraindicated
from planner.clinical.doses import NoWeight, weight_for
from planner.clinical.rules import block_rules, drug_rules
from planner.clinical.work import Work
from planner.library.block import Block as BlockEntry
from planner.library.block import Choice
from planner.library.drug import Drug, Maximum
from planner.library.protocol import Item
from planner.library.quantities import MASS_IN_MG
from planner.plan.models import Adjustment, Block, Confirmation, LocalAnestheticPart, Omitted, Statement
from planner.plan.wording import amount, block_text, number

_MG_PER_ML_PER_PERCENT = 10


@dataclass
class BlockCandidate:
    """A block held against the patient."""

    block: BlockEntry
    item: Item
    assessment: Assessment
    refusal: Refusal | None = None

    @property
    def title(self) -> str:
        return self.block.title


@dataclass
class Filled:
    """A drug choice with the volume that fits: all sides together."""

    choice: Choice
    volume_ml: float | None = None
    dose_mg: float | None = None
    maximum_mg: float | None = None
    wanted_ml: float | None = None
    needs: tuple[str, ...] = ()
    drug_rules: Assessment = field(default_factory=Assessment)


def block_candidate(item: Item, work: Work) -> BlockCandidate:
    """Hold `block: id` against the patient."""
    block = work.library.blocks[item.block]
    assessment = assess(block_rules(block.block, work.library), block.technique, work.situation, work.library)
    refusal = contraindicated(assessment) if assessment.ruled_out else None
    return BlockCandidate(block, item, assessment, refusal)


def build_block(candidate: BlockCandidate, phase: str, work: Work, instead: str = "") -> Block | Refusal:
    """The block with drug and volume, or a refusal when the maximum leaves no useful volume."""
    entry, item = candidate.block, candidate.item
    sides, asked = _sides(item, work)
    filled = _fill(entry, max(1, len(sides)), work)
    if isinstance(filled, Refusal):
        return filled
    rules = _together(candidate.assessment, filled.drug_rules)
    confirmations = work.confirmations(rules, instead)
    if asked:
        work.ask_for(asked, entry.block)
        confirmations.append(
            Confirmation(factors=asked, ask=work.question("side"), if_yes="mark the side", if_no="do not block")
        )
    if filled.needs:
        work.ask_for(filled.needs, entry.block)
        confirmations.append(
            Confirmation(
                factors=list(filled.needs),
                ask=" ".join(work.question(name) for name in filled.needs),
                if_yes="work out the maximum and the volume",
                if_no="do not block",
            )
        )
    keys = work.citations.keys
    block = Block(
        id=entry.block,
        phase=phase,
        title=entry.title,
        technique=entry.technique,
        depth=entry.depth,
        drug=filled.choice.drug,
        concentration_percent=filled.choice.concentration.value if filled.choice.concentration else None,
        with_epinephrine=filled.choice.epinephrine,
        volume_ml=filled.volume_ml,
        dose_mg=filled.dose_mg,
        sides=sides,
        expected_h=(filled.choice.lasts.low, filled.choice.lasts.high) if filled.choice.lasts else None,
        infusion=filled.choice.infusion,
        motor_effect=entry.motor_effect.text,
        verdict="confirm" if confirmations else "give",
        text="",
        instructions=_instructions(entry, work),
        reasons=_reasons(item, entry, work),
        cautions=work.cautions(rules),
        adjustments=_volume_adjustment(filled, work),
        confirmations=confirmations,
        sources=keys(item.evidence, entry.source, filled.choice.source),
    )
    for applied in (*rules.waiting, *rules.to_confirm):
        work.ask_for(applied.missing, entry.block)
    block.text = block_text(block)
    if filled.dose_mg and filled.maximum_mg:
        work.local_anesthetic.append(
            LocalAnestheticPart(
                block=entry.block,
                drug=filled.choice.drug,
                dose_mg=filled.dose_mg,
                maximum_mg=filled.maximum_mg,
                fraction=round(filled.dose_mg / filled.maximum_mg, 4),
            )
        )
    work.situation.planned |= {entry.block, "block"}
    if entry.technique != "infiltration":
        work.situation.planned.add("nerve-block")
    work.plan_drug(filled.choice.drug)
    return block


def _together(block: Assessment, drug: Assessment) -> Assessment:
    """What the rules of the block and of its drug say; doses of the drug are the block's own."""
    return Assessment(
        waiting=block.waiting + drug.waiting,
        to_confirm=block.to_confirm + drug.to_confirm,
        cautions=block.cautions + drug.cautions,
        untested=block.untested + drug.untested,
    )


def _sides(item: Item, work: Work) -> tuple[list, list[str]]:
    """The sides to block, and the fact to ask for when it is not known."""
    if item.sides == "midline":
        return ["midline"], []
    if item.sides == "both" or work.case.side == "both":
        return ["left", "right"], []
    return ([work.case.side], []) if work.case.side else ([], ["side"])


def _fill(entry: BlockEntry, sides: int, work: Work) -> Filled | Refusal:
    """The first drug choice of which a useful volume fits in what is left of the maximum."""
    left = 1 - sum(part.dose_mg / part.maximum_mg for part in work.local_anesthetic)
    refusal = None
    for choice in entry.choices:
        drug = work.library.drugs[choice.drug]
        rules = assess(drug_rules(drug, work.library), entry.technique, work.situation, work.library)
        if rules.ruled_out:
            refusal = contraindicated(rules)
            continue
        filled = _fit(choice, drug, sides, left, work)
        if filled is not None:
            filled.drug_rules = rules
            return filled
    return refusal or Refusal(
        "no useful volume is left within the maximum of local anesthetic",
        [f"{number(round(100 * (1 - left)))} percent of the maximum is used by other blocks"],
        origin="choice",
    )


def _fit(choice: Choice, drug: Drug, sides: int, left: float, work: Work) -> Filled | None:
    if choice.dose is not None:
        return Filled(choice, dose_mg=choice.dose.value * MASS_IN_MG[choice.dose.unit])
    if choice.volume is None or choice.concentration is None:
        return Filled(choice)
    try:
        maximum = maximum_mg(drug, choice, work)
    except NoWeight as missing:
        fields = tuple(
            dict.fromkeys(field for factor in missing.factors for field in work.factors.missing_fields(factor))
        )
        return Filled(choice, needs=fields)
    per_ml = choice.concentration.value * _MG_PER_ML_PER_PERCENT
    room = math.floor(maximum * left / per_ml / sides + 1e-9)
    volume = min(choice.volume.high, room)
    if volume < choice.volume.low:
        return None
    return Filled(choice, volume * sides, round(volume * sides * per_ml, 2), maximum, choice.volume.high * sides)


def maximum_mg(drug: Drug, choice: Choice, work: Work) -> float:
    """The most of a local anesthetic this patient may have in all, in mg, rounded down.

    Reductions for age, organ function and pregnancy are percents; the smallest holds, and
    one that hangs on a missing fact holds too. Raises NoWeight.
    """
    limit: Maximum = (
        drug.maximum_with_epinephrine if choice.epinephrine and drug.maximum_with_epinephrine else drug.maximum
    )
    weight = weight_for(limit.weight, work.factors.numbers)
    cap = (choice.maximum or limit.at_most).value
    if choice.maximum_per_kg:
        cap = min(cap, choice.maximum_per_kg.value * weight)
    share = min([applied.rule.then.dose.value / 100 for applied in _reductions(drug, work)], default=1.0)
    return math.floor(min(limit.per_kg.value * weight, cap) * share + 1e-6)


def _reductions(drug: Drug, work: Work) -> list:
    effects = assess(drug_rules(drug, work.library), "maximum", work.situation, work.library).effects
    return [applied for applied in effects if applied.rule.then.dose and applied.rule.then.dose.percent]


def _volume_adjustment(filled: Filled, work: Work) -> list[Adjustment]:
    if filled.volume_ml is None:
        return []
    drug = work.library.drugs[filled.choice.drug]
    reductions = _reductions(drug, work)
    for applied in reductions:
        work.ask_for(applied.missing, "local-anesthetic-maximum")
    if filled.volume_ml >= filled.wanted_ml:
        return []
    because = f"maximum of all local anesthetic together: {amount(filled.maximum_mg, 'mg')} of {drug.drug}"
    reasons = list(dict.fromkeys(applied.rule.because for applied in reductions))
    return [
        Adjustment(
            part="volume",
            from_text=amount(filled.wanted_ml, "mL"),
            to_text=amount(filled.volume_ml, "mL"),
            because="; ".join([because, *reasons]),
            for_unknown=[name for applied in reductions for name in applied.missing],
            sources=work.citations.keys(drug.maximum.source if drug.maximum else []),
        )
    ]


def _instructions(entry: BlockEntry, work: Work) -> list[Statement]:
    by_depth = [rules for rules in work.library.depth_rules if entry.depth in rules.depths]
    checks = [check for part in ("before", "after") for holder in (*by_depth, entry) for check in getattr(holder, part)]
    return [Statement(text=check.text, sources=work.citations.keys(check.source)) for check in (*checks, *entry.notes)]


def _reasons(item: Item, entry: BlockEntry, work: Work) -> list[Statement]:
    text = item.because or item.purpose or f"covers {entry.covers}"
    return [Statement(text=text, sources=work.citations.keys(item.evidence or entry.source))]


def omitted_block(candidate: BlockCandidate, refusal: Refusal, phase: str, work: Work) -> Omitted:
    """The line that says which block was left out and why."""
    return Omitted(
        id=candidate.block.block,
        block=candidate.block.block,
        phase=phase,
        title=candidate.title,
        because=refusal.because,
        facts=refusal.facts,
        origin=refusal.origin,
        sources=work.citations.keys(refusal.source),
    )
