"""The most local anesthetic one patient may have: maxima, rates, and what each milliliter uses of them."""

import math
from fractions import Fraction

from planner.clinical.assess import Applied, assess
from planner.clinical.doses import round_down, weight_for
from planner.clinical.regional.budget import NOTHING, Part, exact
from planner.clinical.regional.ways import Injected, Limit, Running, mg_per_ml
from planner.clinical.rules import drug_rules
from planner.clinical.work import Work
from planner.library.block import Choice, Infusion
from planner.library.drug import Drug, Maximum
from planner.library.entry import Effect
from planner.library.quantities import MASS_IN_MG, Amount
from planner.plan.wording import amount, number

_HOURS_A_DAY = 24
DOSING_WEIGHT = "lower of actual and ideal"
"""The weight that rates, lipid emulsion and the printed basis go by; a maximum names its own."""


def dosing_weight(kind: str, work: Work) -> float:
    """The weight a maximum goes by, in kg, rounded down to the one decimal that is printed. Raises NoWeight."""
    return round_down(weight_for(kind, work.factors.numbers), 1)


def maximum(drug: Drug, work: Work, choice: Choice | None = None) -> Limit:
    """The most of a local anesthetic this patient may have at once, in whole mg, rounded down.

    Reductions for age, organ function and pregnancy are percents; the smallest holds, and
    one that hangs on a missing fact holds too. Raises NoWeight.
    """
    rule: Maximum = drug.maximum
    if choice and choice.epinephrine and drug.maximum_with_epinephrine:
        rule = drug.maximum_with_epinephrine
    weight = dosing_weight(rule.weight, work)
    cap = choice.maximum if choice and choice.maximum else rule.at_most
    per_kg = rule.per_kg
    if choice and choice.maximum_per_kg and choice.maximum_per_kg.value < per_kg.value:
        per_kg = choice.maximum_per_kg
    by_weight = exact(per_kg.value) * exact(weight)
    most = min(by_weight, exact(cap.value))
    words = f"{_amount(per_kg)} of {amount(weight, 'kg')} = {amount(round_down(float(by_weight), 1), 'mg')}"
    own = " for this use" if cap is not rule.at_most or per_kg is not rule.per_kg else ""
    if most < by_weight or own:
        words += f", at most {_amount(cap)}{own}"
    return _lowered(most, words, "mg", drug, "maximum", work)


def limit_of_day(drug: Drug, work: Work, route: str = "perineural") -> Limit | None:
    """The most in 24 hours by infusion and injections together, in whole mg; None where no source gives one."""
    limits = [ceiling.per_24h for ceiling in drug.ceilings if ceiling.per_24h]
    if not limits:
        return None
    least = min(limits, key=lambda limit: limit.value)
    return _lowered(exact(least.value), f"at most {_amount(least)} in 24 hours", "mg", drug, f"{route}-infusion", work)


def limit_of_hour(drug: Drug, route: str, work: Work) -> Limit:
    """The most an infusion may give in an hour, in whole mg. Raises NoWeight."""
    rates = [ceiling.rate for ceiling in drug.ceilings if ceiling.rate and ceiling.route == route]
    most, rate = min(((_an_hour(rate, work), rate) for rate in rates), key=lambda pair: pair[0])
    limit = _lowered(most, f"at most {_amount(rate)}", "mg/h", drug, f"{route}-infusion", work)
    fixed = [
        applied
        for applied in _effects(drug, f"{route}-infusion", work)
        if applied.rule.then.rate and not applied.rule.then.rate.percent
    ]
    for applied in fixed:
        if applied.rule.then.rate.value < limit.mg:
            text = f"at most {_amount(applied.rule.then.rate)}: {applied.rule.because}"
            limit = Limit(math.floor(applied.rule.then.rate.value), text, (*limit.lowered_by, applied))
    return limit


def _an_hour(rate: Amount, work: Work) -> Fraction:
    weight = exact(dosing_weight(DOSING_WEIGHT, work)) if rate.per_kg else 1
    return exact(rate.value) * weight


def _lowered(most: Fraction, words: str, unit: str, drug: Drug, regimen: str, work: Work) -> Limit:
    """The limit with this patient's reductions, which are percents of the dose or the rate."""
    part = "dose" if regimen == "maximum" else "rate"
    shares = [
        (exact(share) / 100, applied)
        for applied in _effects(drug, regimen, work)
        if (share := _percent(applied.rule.then, part))
    ]
    least = min((share for share, _ in shares), default=Fraction(1))
    deciding = tuple(applied for share, applied in shares if share == least)
    if least < 1:
        causes = dict.fromkeys(applied.rule.because for applied in deciding)
        words += f"; {number(float(least) * 100)} percent of it: {', '.join(causes)}"
        words += " (the strictest holds, they are not multiplied)" if len(shares) > 1 else ""
    whole = math.floor(most * least)
    return Limit(whole, words if whole == most else f"{words}: {amount(whole, unit)}", deciding)


def _effects(drug: Drug, regimen: str, work: Work) -> list[Applied]:
    return assess(drug_rules(drug, work.library), regimen, work.situation, work.library).effects


def _percent(effect: Effect, part: str) -> float | None:
    value = getattr(effect, part)
    return value.value if value and value.percent else None


def _amount(value: Amount) -> str:
    return amount(value.value, "/".join((value.unit, *value.per)))


def injected(choice: Choice, technique: str, sides: int, work: Work, is_test: bool = False) -> Injected:
    """What an injection uses of the limits, for all sides together. Raises NoWeight.

    A dose into the spinal fluid uses nothing: it is a fraction of the others and hardly reaches the blood.
    """
    drug = work.library.drugs[choice.drug]
    if choice.volume is None:
        return _fixed(choice, drug, technique, sides)
    limit = maximum(drug, work, choice)
    per_ml = mg_per_ml(choice.concentration) * sides
    part = Part(
        math.ceil(choice.volume.low),
        math.floor(choice.volume.high),
        (per_ml / limit.mg, _share_of_day(per_ml, drug, work), Fraction(0)),
        NOTHING,
    )
    return Injected(choice, part, limit, sides, is_test)


def _fixed(choice: Choice, drug: Drug, technique: str, sides: int) -> Injected:
    """A dose in mg. One that has a ceiling of its own for this way of giving uses its share of that."""
    route = "infiltration" if technique == "infiltration" else "perineural"
    ceilings = [ceiling.per_dose for ceiling in drug.ceilings if ceiling.per_dose and ceiling.route == route]
    used = Fraction(0)
    limit = None
    if technique != "spinal" and ceilings:
        limit = Limit(math.floor(ceilings[0].value), f"at most {_amount(ceilings[0])} once")
        used = exact(choice.dose.value * MASS_IN_MG[choice.dose.unit]) * sides / limit.mg
    return Injected(choice, Part(1, 1, NOTHING, (used, Fraction(0), Fraction(0))), limit, sides)


def running(infusion: Infusion, technique: str, sides: int, work: Work) -> list[Running]:
    """The ways to run an infusion: with its bolus, with a smaller one, with none. Raises NoWeight."""
    drug = work.library.drugs[infusion.drug]
    route = "epidural" if technique == "epidural" else "perineural"
    limit, per_day, per_hour = maximum(drug, work), limit_of_day(drug, work, route), limit_of_hour(drug, route, work)
    per_ml = mg_per_ml(infusion.concentration) * sides
    costs = (per_ml / limit.mg, per_ml * _HOURS_A_DAY / per_day.mg, per_ml / per_hour.mg)
    boluses = [infusion.bolus.high, infusion.bolus.low, 0] if infusion.bolus else [0]
    found = []
    for bolus in dict.fromkeys(boluses):
        ml_per_hour = exact(bolus) / exact(infusion.lockout.high) if bolus else Fraction(0)
        base = tuple(cost * ml_per_hour for cost in costs)
        part = Part(math.ceil(infusion.rate.low), math.floor(infusion.rate.high), costs, base)
        found.append(Running(infusion, part, limit, per_day, per_hour, sides, bolus))
    return found


def _share_of_day(mg: Fraction, drug: Drug, work: Work) -> Fraction:
    limit = limit_of_day(drug, work)
    return mg / limit.mg if limit else Fraction(0)
