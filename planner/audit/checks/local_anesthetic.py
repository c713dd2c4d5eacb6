"""Local anesthetic added up anew: each drug's part of its own maximum at once, and with infusions in a day."""

from collections.abc import Iterator
from fractions import Fraction

from planner.audit.ledger import HOURS_A_DAY
from planner.audit.limits import NoWeight, exact, weight_of
from planner.audit.look import Look, finding
from planner.audit.rules import acting, drug_rules
from planner.library.block import Choice
from planner.library.drug import Drug
from planner.library.quantities import MASS_IN_MG
from planner.plan.audit import Finding
from planner.plan.regional import Block
from planner.plan.wording import amount

_CLOSE = Fraction(1, 10**6)
_MG_PER_ML_OF_A_PERCENT = 10
_UNCOUNTED = ("spinal",)
_INFUSED = "infusion"
_HALF_A_MG = 0.5


def check(look: Look) -> Iterator[Finding]:
    at_once, in_a_day, names = Fraction(0), Fraction(0), []
    for block in look.plan.blocks:
        yield from _adds_up(block)
        drug = look.drug(block.drug)
        if drug is None:
            yield finding("incomplete", block.id, f"The library has no drug {block.drug}: its maximum is not known")
            continue
        try:
            shares = _shares(block, drug, look)
        except NoWeight:
            if block.dose_mg and block.technique not in _UNCOUNTED and block.verdict == "give":
                yield finding("local-anesthetic", block.id, "A dose, and the weight its maximum goes by is not known")
            continue
        at_once += shares[0]
        in_a_day += shares[1]
        names += [block.id] if shares[0] else []
    for share, span in ((at_once, "at once"), (in_a_day, "in 24 hours")):
        if share > 1 + _CLOSE:
            percent = amount(float(int(share * 1000)) / 10, "%")
            text = f"Local anesthetic {span}: {percent} of the maximum, {', '.join(names)} together"
            yield finding("local-anesthetic", names[-1], text)
    yield from _as_printed(at_once, look)


def _adds_up(block: Block) -> Iterator[Finding]:
    """Concentration times volume is the dose."""
    if block.concentration_percent and block.volume_ml and block.dose_mg:
        mg = exact(block.concentration_percent) * _MG_PER_ML_OF_A_PERCENT * exact(block.volume_ml)
        if abs(mg - exact(block.dose_mg)) > Fraction(1, 2):
            text = f"{block.concentration_percent:g} % of {amount(block.volume_ml, 'mL')} is {amount(float(mg), 'mg')}"
            yield finding("local-anesthetic", block.id, f"{text}, not {amount(block.dose_mg, 'mg')}")
    infusion = block.infusion
    if infusion:
        sides = max(1, len(block.sides))
        per_ml = exact(infusion.concentration_percent) * _MG_PER_ML_OF_A_PERCENT * sides
        least = per_ml * exact(infusion.ml_per_hour)
        if infusion.bolus_ml and infusion.lockout_minutes:
            least += per_ml * exact(infusion.bolus_ml) * 60 / exact(infusion.lockout_minutes)
        if exact(infusion.mg_per_hour) < least - Fraction(1, 2):
            text = f"The infusion gives {amount(round(float(least), 1), 'mg')} an hour"
            yield finding("local-anesthetic", block.id, f"{text}, not {amount(infusion.mg_per_hour, 'mg')}")


def _shares(block: Block, drug: Drug, look: Look) -> tuple[Fraction, Fraction]:
    """What a block uses of the maximum at once and of the limit of a day. Raises NoWeight."""
    if block.technique in _UNCOUNTED or drug.maximum is None:
        return Fraction(0), Fraction(0)
    mg = exact(block.dose_mg or 0)
    infused = block.infusion
    at_once, day = Fraction(0), Fraction(0)
    limit = _limit_of_a_day(drug, look)
    if mg:
        at_once += mg / _maximum(block, drug, look)
        day += mg / limit if limit else Fraction(0)
    if infused and (running := look.drug(infused.drug)) and running.maximum:
        at_once += exact(infused.mg_per_hour) / _maximum(None, running, look)
        limit = _limit_of_a_day(running, look)
        day += exact(infused.mg_per_hour) * HOURS_A_DAY / limit if limit else Fraction(0)
    return at_once, day


def _maximum(block: Block | None, drug: Drug, look: Look) -> Fraction:
    """The most of a drug at once for this patient, in mg. Raises NoWeight."""
    rule = drug.maximum
    if block and block.with_epinephrine and drug.maximum_with_epinephrine:
        rule = drug.maximum_with_epinephrine
    weight = weight_of(rule.weight, look.facts)
    most = Fraction(0)
    for choice in _choices(block, drug, look) or [None]:
        cap = choice.maximum if choice and choice.maximum else rule.at_most
        per_kg = exact(rule.per_kg.value)
        if choice and choice.maximum_per_kg:
            per_kg = min(per_kg, exact(choice.maximum_per_kg.value))
        most = max(most, min(per_kg * weight, exact(cap.value)))
    return most * _lowered(drug, "maximum", "dose", look)


def _choices(block: Block | None, drug: Drug, look: Look) -> list[Choice]:
    """The solutions of the library that a block may be of."""
    entry = look.library.blocks.get(block.id) if block else None
    if entry is None:
        return []
    return [
        one
        for one in entry.choices
        if one.drug == drug.drug
        and one.epinephrine == block.with_epinephrine
        and (one.concentration is None or one.concentration.value == block.concentration_percent)
    ]


def _limit_of_a_day(drug: Drug, look: Look) -> Fraction | None:
    limits = [exact(one.per_24h.value) * exact(MASS_IN_MG[one.per_24h.unit]) for one in drug.ceilings if one.per_24h]
    return min(limits) * _lowered(drug, "perineural-infusion", "rate", look) if limits else None


def _lowered(drug: Drug, regimen: str, part: str, look: Look) -> Fraction:
    """The smallest share of a limit that a rule leaves this patient."""
    effects = [one.rule.then for one in acting(drug_rules(drug, look.library), regimen, look.facts, look.library)]
    shares = [getattr(effect, part) for effect in effects if effect]
    return min((exact(share.value) / 100 for share in shares if share and share.percent), default=Fraction(1))


def _as_printed(at_once: Fraction, look: Look) -> Iterator[Finding]:
    """The sum that the plan prints is not less than what is given."""
    printed = look.plan.local_anesthetic
    if printed is None:
        if at_once:
            yield finding("local-anesthetic", look.plan.blocks[0].id, "Local anesthetic is given and not added up")
        return
    parts = sum((exact(part.fraction) for part in printed.components), Fraction(0))
    if exact(printed.fraction_of_maximum) > 1:
        text = f"The plan itself adds up to {printed.fraction_of_maximum:g} of the maximum"
        yield finding("local-anesthetic", "local-anesthetic", text)
    if abs(parts - exact(printed.fraction_of_maximum)) > Fraction(1, 100):
        text = f"The parts add up to {float(parts):g}, and the plan says {printed.fraction_of_maximum:g}"
        yield finding("local-anesthetic", "local-anesthetic", text)
    for block in look.plan.blocks:
        counted = [part for part in printed.components if part.block == block.id and part.how != _INFUSED]
        same = [part.dose_mg for part in counted if part.drug == block.drug]
        if block.dose_mg and block.technique not in _UNCOUNTED:
            if not any(abs(mg - block.dose_mg) < _HALF_A_MG for mg in same):
                told = ", ".join(amount(mg, "mg") for mg in same) or "nothing"
                text = f"{amount(block.dose_mg, 'mg')} is given, and {told} is counted"
                yield finding("local-anesthetic", block.id, text)
