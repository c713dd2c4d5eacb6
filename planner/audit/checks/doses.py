"""Each order against its own limits: dose, rate, interval, limit of the day, length of the course."""

from collections.abc import Iterator
from fractions import Fraction

from planner.audit.ledger import HOURS_A_DAY
from planner.audit.limits import Limit, ceilings_of, exact, in_unit
from planner.audit.look import Look, finding
from planner.plan.audit import Finding, FindingKind
from planner.plan.models import Order
from planner.plan.parts import Quantity
from planner.plan.wording import amount, count, hours

_CLOSE = Fraction(1, 10**6)


def check(look: Look) -> Iterator[Finding]:
    for order in look.own_orders:
        drug = look.drug(order.drug)
        if drug is None:
            yield finding("incomplete", order.id, f"The library has no drug {order.drug}: its limits are not known")
            continue
        if look.regimen(order) is None:
            text = f"The library gives {order.drug} in no such way: {order.regimen or 'none named'}, {order.route}"
            yield finding("incomplete", order.id, text)
            continue
        yield from _against_itself(order)
        if look.limits(order):
            yield from _against_limits(order, look)


def _against_itself(order: Order) -> Iterator[Finding]:
    """An order that says of itself two things that cannot both hold."""
    if not order.dose or not order.max_24h:
        return
    try:
        most = in_unit(order.max_24h.value, order.max_24h.unit, order.dose.unit)
    except ValueError:
        yield finding("daily-total", order.id, f"Dose in {order.dose.unit}, limit in {order.max_24h.unit}")
        return
    dose = exact(order.dose.value)
    if dose > most:
        text = f"One dose, {_words(order.dose)}, is more than the limit in 24 hours, {_words(order.max_24h)}"
        yield finding("daily-total", order.id, text)
    elif order.interval_h:
        doses = int(HOURS_A_DAY / exact(order.interval_h) + _CLOSE)
        in_a_day = f"{count(doses, 'dose')} of {_words(order.dose)} in 24 hours"
        if dose * doses > most + _CLOSE and not order.as_needed:
            yield finding("daily-total", order.id, f"{in_a_day} pass the limit, {_words(order.max_24h)}")
        elif dose * doses < most - _CLOSE:
            text = f"{in_a_day} are less than the limit, {_words(order.max_24h)}: one of the two is wrong"
            yield finding("daily-total", order.id, text)


def _against_limits(order: Order, look: Look) -> Iterator[Finding]:
    limits = look.limits(order)
    most_dose, most_day = limits.dose, limits.day
    if raised := _for_the_tolerant(order, look):
        most_dose = max(most_dose, raised, key=lambda limit: limit.value)
        day = most_day.value * most_dose.value / limits.dose.value if most_day else None
        most_day = Limit(min([day, *_fixed_limits(order, look)]), raised.because, raised.sources) if day else None
    yield from _over("dose", "Dose", order, order.dose, most_dose, limits.unit)
    yield from _over("rate", "Rate", order, _per_hour(order.rate), limits.rate, limits.unit)
    if order.interval_h or order.max_24h:
        yield from _over("daily-total", "Limit in 24 hours", order, order.max_24h, most_day, limits.unit)
    if limits.interval and order.interval_h and exact(order.interval_h) < limits.interval.value - _CLOSE:
        least = hours(float(limits.interval.value))
        text = f"Every {hours(order.interval_h)}, at least {least} apart: {limits.interval.because}"
        yield finding("interval", order.id, text, limits.interval.sources)
    if limits.interval is None and order.interval_h:
        text = f"Every {hours(order.interval_h)}, and this way of giving is for one dose"
        yield finding("interval", order.id, text)
    if limits.course and order.interval_h and order.duration_days is not None:
        if exact(order.duration_days) * HOURS_A_DAY > limits.course.value + _CLOSE:
            text = f"For {order.duration_days:g} days, at most {float(limits.course.value) / 24:g}: "
            yield finding("course", order.id, text + limits.course.because, limits.course.sources)


def _over(
    kind: FindingKind, what: str, order: Order, given: Quantity | None, most: Limit | None, unit: str
) -> Iterator[Finding]:
    if given is None or most is None:
        return
    try:
        value = in_unit(given.value, given.unit, unit)
    except ValueError:
        yield finding(kind, order.id, f"{what} in {given.unit}, and the library has {unit}", most.sources)
        return
    if value > most.value + _CLOSE:
        text = f"{what} {_words(given)}, at most {amount(_down(most.value), unit)}: {most.because}"
        yield finding(kind, order.id, text, most.sources)


def _for_the_tolerant(order: Order, look: Look) -> Limit | None:
    """The share of the scheduled dose at home that one rescue dose of a tolerant patient may be."""
    tolerant = look.plan.factors.get("opioid_tolerant") == "yes"
    if not (tolerant and order.kind == "opioid" and order.as_needed and order.dose):
        return None
    daily = Fraction(0)
    for medicine in look.plan.home_medicines or ():
        if not medicine.as_needed and medicine.times_per_day and (medicine.route or "oral") == order.route:
            parts = [part.dose_mg or 0 for part in medicine.ingredients if part.drug == order.drug]
            daily += exact(medicine.times_per_day) * sum(map(exact, parts))
    if not daily:
        return None
    rule = look.library.opioids.baseline.rescue
    share = in_unit(float(daily), "mg", order.dose.unit) * exact(rule.share_percent) / 100
    return Limit(min([share, *_fixed_doses(order, look)]), rule.because, tuple(rule.source))


def _fixed_doses(order: Order, look: Look) -> list[Fraction]:
    found = [one.per_dose for one in ceilings_of(look.library.drugs[order.drug], order.route) if one.per_dose]
    return [in_unit(one.value, one.unit, order.dose.unit) for one in found if not one.per]


def _fixed_limits(order: Order, look: Look) -> list[Fraction]:
    """Limits of the day that a larger dose does not raise."""
    found = [one.per_24h for one in ceilings_of(look.library.drugs[order.drug], order.route)]
    found += [one.rule.then.at_most for one in look.rules(order) if one.rule.then]
    kept = [one for one in found if one and not one.per and not one.percent]
    return [in_unit(one.value, one.unit, order.dose.unit) for one in kept]


def _per_hour(rate: Quantity | None) -> Quantity | None:
    """The rate as an amount for one hour."""
    if rate is None or not rate.unit.endswith("/h"):
        return rate
    return Quantity(value=rate.value, unit=rate.unit.removesuffix("/h"))


def _words(given: Quantity) -> str:
    return amount(given.value, given.unit)


def _down(value: Fraction) -> float:
    return int(value * 10_000) / 10_000
