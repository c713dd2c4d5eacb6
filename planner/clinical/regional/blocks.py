"""A block for one patient: suitable or not, which drug, and room in the budget of local anesthetic."""

from dataclasses import dataclass

from planner.clinical.assess import Assessment, assess
from planner.clinical.candidates import Refusal, contraindicated, not_stocked
from planner.clinical.doses import NoWeight
from planner.clinical.regional.budget import Costs, first_that_fits, least_of
from planner.clinical.regional.clearance import Clearance, clearance_for
from planner.clinical.regional.local_anesthetic import injected, limit_of_day, running
from planner.clinical.regional.suited import Suited, suitable
from planner.clinical.regional.ways import Budgeted, Injected, Limit, Running, Way, mg_per_ml
from planner.clinical.rules import block_rules
from planner.clinical.work import Work
from planner.library.block import Block as BlockEntry
from planner.library.block import Choice
from planner.library.protocol import Item
from planner.plan.models import Omitted
from planner.plan.parts import Confirmation, Statement
from planner.plan.regional import WITH_CATHETER, Block
from planner.plan.wording import amount


@dataclass
class BlockCandidate:
    """A block held against the patient. `technique` is catheter where the protocol asks for one."""

    block: BlockEntry
    item: Item
    technique: str
    assessment: Assessment
    clearance: Clearance
    refusal: Refusal | None = None

    @property
    def title(self) -> str:
        return f"{self.block.title} with catheter" if self.added_catheter else self.block.title

    @property
    def id(self) -> str:
        return f"{self.block.block}-catheter" if self.added_catheter else self.block.block

    @property
    def added_catheter(self) -> bool:
        """Whether a catheter is placed in a block that is also done without one."""
        return self.technique == "catheter" and self.block.technique != "catheter"


def block_candidate(item: Item, work: Work) -> BlockCandidate:
    """Hold `block: id`, or `block: id/catheter`, against the patient."""
    name, _, way = item.block.partition("/")
    block = work.library.blocks[name]
    technique = way or block.technique
    situation = work.situation.with_words(side="both") if item.sides == "both" else work.situation
    assessment = assess(block_rules(block.block, work.library), technique, situation, work.library)
    clearance = clearance_for(block.depth, technique in WITH_CATHETER, work)
    refusal = contraindicated(assessment) if assessment.ruled_out else clearance.refusal
    return BlockCandidate(block, item, technique, assessment, clearance, refusal)


def build_block(candidate: BlockCandidate, phase: str, work: Work, instead: str = "") -> Block | Refusal:
    """The block, with its place in the budget, or a refusal when the maximum leaves no useful volume.

    Volumes and rates are filled in when the whole plan is known; see block_doses.
    """
    entry, item = candidate.block, candidate.item
    sides, asked = _sides(item, work)
    if entry.test_dose and entry.test_dose.drug in work.library.not_stocked:
        return not_stocked(entry.test_dose.drug, work)
    suited = suitable(entry, candidate.technique, item.drug, work)
    if isinstance(suited, Refusal):
        return suited
    try:
        ways = _ways(candidate, suited, max(1, len(sides)), work)
        needs = ()
    except NoWeight as missing:
        ways = []
        needs = tuple(dict.fromkeys(name for factor in missing.factors for name in work.factors.missing_fields(factor)))
    if ways and not _fits(ways, work):
        return _no_room(ways, work)
    drug = suited.drugs[(suited.choices or suited.infusions)[0].drug]
    rules = _together(candidate.assessment, drug)
    confirmations = [*candidate.clearance.confirmations, *work.confirmations(rules, instead)]
    confirmations += _facts_needed(asked, needs, candidate.id, work)
    block = _block(candidate, suited, sides, phase, confirmations, work)
    block.adjustments = suited.changed
    for change in suited.changed:
        work.ask_for(change.for_unknown, block.id)
    block.cautions = [*work.cautions(rules), *candidate.clearance.cautions]
    for applied in (*rules.waiting, *rules.to_confirm):
        work.ask_for(applied.missing, block.id)
    for entry_ in candidate.clearance.confirmations:
        work.ask_for(entry_.factors, block.id)
    if ways:
        work.in_budget.append(Budgeted(block, ways))
    work.situation.planned |= {entry.block, block.id, "block"}
    if entry.technique != "infiltration":
        work.situation.planned.add("nerve-block")
    work.plan_drug(block.drug)
    return block


def _ways(candidate: BlockCandidate, suited: Suited, sides: int, work: Work) -> list[Way]:
    """Every way to do the block, the preferred one first. Raises NoWeight."""
    technique, test = candidate.technique, candidate.block.test_dose
    first = [injected(test, technique, 1, work, is_test=True)] if test else []
    singles = [[injected(choice, technique, sides, work)] for choice in suited.choices] or [[]]
    continuous = [[one] for infusion in suited.infusions for one in running(infusion, technique, sides, work)] or [[]]
    if suited.choices and suited.infusions:
        same = [
            Way((*first, *single, *infused))
            for single in singles
            for infused in continuous
            if single[0].choice.drug == infused[0].infusion.drug
        ]
        return same or [Way((*first, *single, *infused)) for single in singles for infused in continuous]
    return [Way((*first, *single, *infused)) for single in singles for infused in continuous]


def _fits(ways: list[Way], work: Work) -> bool:
    """Whether the block finds room beside those before it, all at their least if need be."""
    before = [[way.option for way in other.ways] for other in work.in_budget]
    return first_that_fits([*before, [way.option for way in ways]]) is not None


def _no_room(ways: list[Way], work: Work) -> Refusal:
    """The least useful amount and the limit it does not keep, with what the other blocks use first."""
    least = min(ways, key=lambda way: way.least)
    used = least_of([part for other in work.in_budget for part in min(other.ways, key=lambda way: way.least).option])
    part, limit = _over(least, used, work)
    if isinstance(part, Running):
        mg = float(part.part.low * part.sides * mg_per_ml(part.infusion.concentration))
        needed = f"at least {amount(part.part.low * part.sides, 'mL')} = {amount(mg, 'mg')} an hour"
    elif part.choice.volume is not None:
        mg = float(part.part.low * part.sides * mg_per_ml(part.choice.concentration))
        needed = f"at least {amount(part.part.low * part.sides, 'mL')} = {amount(mg, 'mg')} of {part.choice.drug}"
    else:
        needed = f"{part.choice.drug} takes all of it"
    most = f", all together {limit.text}" if limit else ""
    return Refusal(
        f"no useful volume is left within the maximum of local anesthetic: {needed} needed{most}",
        [f"{other.block.title} takes its part first" for other in work.in_budget if other.ways[0].least],
        tuple(source for one in least.given for source in _maximum_source(one, work)),
        origin="choice",
    )


def _over(way: Way, used: Costs, work: Work) -> tuple[Injected | Running, Limit | None]:
    """The part of a way that is too much, and the limit it passes; parts count in their order."""
    for given in way.given:
        used = least_of([given.part], used)
        if isinstance(given, Running):
            limits = (given.limit, given.per_day, given.per_hour)
        else:
            limits = (given.limit, limit_of_day(work.library.drugs[given.choice.drug], work), None)
        for share, limit in zip(used, limits, strict=True):
            if share > 1:
                return given, limit
    return way.given[-1], way.given[-1].limit


def _maximum_source(part: Injected | Running, work: Work) -> list[str]:
    drug = work.library.drugs[part.infusion.drug if isinstance(part, Running) else part.choice.drug]
    return drug.maximum.source if drug.maximum else []


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


def _facts_needed(side: list[str], weight: tuple[str, ...], block_id: str, work: Work) -> list[Confirmation]:
    """What is asked where the side, or the facts behind the dosing weight, are not known."""
    needed = (
        (side, "once known: mark the side", "do not block"),
        (list(weight), "once known: work out the maximum and the volume", "do not block"),
    )
    found = []
    for factors, if_yes, if_no in needed:
        if factors:
            work.ask_for(factors, block_id)
            ask = " ".join(work.question(name) for name in factors)
            found.append(Confirmation(factors=factors, ask=ask, if_yes=if_yes, if_no=if_no))
    return found


def _block(
    candidate: BlockCandidate,
    suited: Suited,
    sides: list,
    phase: str,
    confirmations: list[Confirmation],
    work: Work,
) -> Block:
    entry, item, keys = candidate.block, candidate.item, work.citations.keys
    given = (suited.choices or suited.infusions)[0]
    statements = work.citations.statements
    by_depth = work.library.regional.rules_for(entry.depth)
    return Block(
        id=candidate.id,
        phase=phase,
        title=candidate.title,
        technique=candidate.technique,
        depth=entry.depth,
        drug=given.drug,
        concentration_percent=given.concentration.value if given.concentration else None,
        sides=sides,
        expected_h=(given.lasts.low, given.lasts.high) if isinstance(given, Choice) and given.lasts else None,
        onset=given.onset if isinstance(given, Choice) else None,
        motor_effect=entry.motor_effect.text,
        fall_risk=entry.fall_risk,
        region=entry.region,
        verdict="confirm" if confirmations else "give",
        earliest_at=candidate.clearance.earliest_at,
        text="",
        limb_position=next(iter(statements([entry.limb_position])), None) if entry.limb_position else None,
        adjuvants=statements([one for holder in (*by_depth, entry) for one in holder.adjuvants]),
        side_effects=statements(entry.side_effects),
        tell_patient=statements(entry.tell_patient),
        before=statements([one for holder in (entry, *by_depth) for one in holder.before]),
        after=statements([one for holder in (entry, *by_depth) for one in holder.after]),
        instructions=statements(entry.notes),
        reasons=_reasons(item, entry, work),
        confirmations=confirmations,
        sources=keys(item.evidence, entry.source, candidate.clearance.source),
    )


def _reasons(item: Item, entry: BlockEntry, work: Work) -> list[Statement]:
    text = item.because or item.purpose or f"covers {entry.covers}"
    return [work.citations.statement(text, item.evidence or entry.source)]


def omitted_block(candidate: BlockCandidate, refusal: Refusal, phase: str, work: Work) -> Omitted:
    """The line that says which block was left out and why."""
    return Omitted(
        id=candidate.id,
        block=candidate.block.block,
        phase=phase,
        title=candidate.title,
        because=refusal.because,
        facts=refusal.facts,
        origin=refusal.origin,
        sources=work.citations.keys(refusal.source),
    )
