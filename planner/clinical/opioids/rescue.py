"""The rescue dose of an opioid-tolerant patient: a share of the same drug taken on schedule at home."""

import math

from planner.clinical.candidates import DrugCandidate
from planner.clinical.doses import Resolved, convert, givable, round_down
from planner.clinical.work import Work
from planner.plan.models import Order
from planner.plan.parts import Adjustment, Quantity, Statement
from planner.plan.wording import amount

# Amounts are compared with what rounding of fractions leaves.
_CLOSE = 1e-9


def fit_to_baseline(order: Order, candidate: DrugCandidate, resolved: Resolved, work: Work) -> None:
    """Raise an as-needed opioid order to the patient's own baseline, or say that the pain team sets it.

    Only where the patient is known to be tolerant; not known, which is asked for with the home opioids:
    the dose for new users stays.
    """
    tolerant = work.factors.words.get("opioid_tolerant")
    if candidate.drug.kind != "opioid" or not order.as_needed or tolerant != "yes":
        return
    scheduled = _scheduled_mg(candidate, work)
    if scheduled:
        _raise(order, candidate, resolved, scheduled, work)
    else:
        another = work.library.opioids.baseline.another_drug
        order.cautions.append(Statement(text=another.text, sources=work.citations.keys(another.source)))


def _scheduled_mg(candidate: DrugCandidate, work: Work) -> float:
    """mg in 24 hours of the same drug by the same route, as-needed doses not counted; 0 where there is none."""
    name, route = candidate.drug.drug, candidate.regimen.route
    daily = [
        medicine.daily_mg(name) or 0.0
        for medicine in work.factors.home_medicines
        if medicine.holds(name) and not medicine.as_needed and (medicine.route or "oral") == route
    ]
    return sum(daily)


def _raise(order: Order, candidate: DrugCandidate, resolved: Resolved, scheduled: float, work: Work) -> None:
    """Set dose and limit of the order; the reductions of this patient hold for the larger dose as well."""
    rule = work.library.opioids.baseline.rescue
    drug, unit, usual = candidate.drug, resolved.unit, convert(candidate.regimen.dose, resolved.unit)
    share = scheduled * rule.share_percent / 100
    ceilings = [
        convert(ceiling.per_dose, unit)
        for ceiling in drug.ceilings
        if ceiling.per_dose and ceiling.route in ("any", order.route)
    ]
    day_limits = _day_limits(candidate, order, unit)
    most = min([*ceilings, *day_limits], default=share)
    kept = min(1.0, resolved.dose / usual)
    wanted = min(share, most) * kept
    dose, form = givable(wanted, unit, drug, order.route)
    sum_text = f"{_percent(rule.share_percent)} of {amount(scheduled, unit)} is {amount(round(share, 2), unit)}"
    bound = _bound(share, most, kept, dose, resolved.dose, unit)
    keys = work.citations.keys(rule.source)
    because = f"{rule.because}: {sum_text}; {bound}"
    if dose <= resolved.dose + _CLOSE:
        order.cautions.append(Statement(text=because, sources=keys))
        return
    order.adjustments.append(_changed("dose", resolved.dose, dose, unit, because, keys))
    if resolved.at_most:
        limit = min([resolved.at_most * dose / resolved.dose, *day_limits])
        limit = round_down(math.floor(limit / dose + _CLOSE) * dose, 4)
        if limit > resolved.at_most + _CLOSE:
            because = "in proportion to the dose"
            order.adjustments.append(_changed("max_24h", resolved.at_most, limit, unit, because, keys))
        order.max_24h = Quantity(value=limit, unit=unit)
    order.dose, order.dose_form = Quantity(value=dose, unit=unit), form


def _day_limits(candidate: DrugCandidate, order: Order, unit: str) -> list[float]:
    """Limits in 24 hours that a larger dose does not raise: those of the drug, and an amount set for this patient."""
    of_drug = [one.per_24h for one in candidate.drug.ceilings if one.route in ("any", order.route)]
    of_patient = [applied.rule.then.at_most for applied in candidate.assessment.effects]
    return [convert(limit, unit) for limit in (*of_drug, *of_patient) if limit and not limit.percent and not limit.per]


def _bound(share: float, most: float, kept: float, dose: float, usual: float, unit: str) -> str:
    """Which limit decided, in words."""
    if dose < usual - _CLOSE:
        return f"not under the usual dose, {amount(usual, unit)}"
    words = (
        f"the largest single dose, {amount(most, unit)}, decides"
        if share > most
        else "rounded down to what can be given"
    )
    lowered = f", and {_percent(kept * 100)} of it as for every dose of this patient" if kept < 1 else ""
    return words + lowered


def _percent(value: float) -> str:
    return f"{value:g} percent"


def _changed(part: str, before: float, after: float, unit: str, because: str, keys: list[str]) -> Adjustment:
    return Adjustment(
        part=part, from_text=amount(before, unit), to_text=amount(after, unit), because=because, sources=keys
    )
