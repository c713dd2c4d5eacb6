"""The most of a drug that this patient may have, worked out anew from the drug's file and the facts of the plan.

Every rule that holds, or that hangs on an unknown fact, can only make a limit smaller.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from planner.audit.facts import Facts
from planner.audit.rules import Rule
from planner.library.drug import Ceiling, Drug, Regimen
from planner.library.quantities import MASS_IN_MG, Amount

_WEIGHTS = {
    "actual": ("weight_kg",),
    "ideal": ("ideal_weight_kg",),
    "adjusted": ("adjusted_weight_kg",),
    "lean": ("lean_weight_kg",),
    "lower of actual and ideal": ("weight_kg", "ideal_weight_kg"),
}


@dataclass(frozen=True)
class Limit:
    """A number that may not be passed, and what it rests on."""

    value: Fraction
    because: str
    sources: tuple[str, ...]


@dataclass
class Limits:
    """The limits of one way of giving a drug. Doses in `unit`, rates in `unit` an hour, times in hours; None: none."""

    unit: str
    dose: Limit | None = None
    rate: Limit | None = None
    day: Limit | None = None
    all_day: Limit | None = None
    """All orders of the drug together: the drug's ceiling, and what rules leave of it."""
    first_day: Limit | None = None
    """The same on the first day, which may have more."""
    interval: Limit | None = None
    course: Limit | None = None


class NoWeight(Exception):
    """A limit by weight cannot be worked out: the weight is not known."""


@lru_cache(maxsize=4096)
def exact(value: float) -> Fraction:
    """The number as it is written."""
    return Fraction(str(value))


def weight_of(kind: str, facts: Facts) -> Fraction:
    """The weight in kg that a limit goes by. Raises NoWeight."""
    known = [facts.numbers.get(name) for name in _WEIGHTS[kind]]
    if None in known:
        raise NoWeight
    return min(map(exact, known))


def in_unit(value: float, unit: str, wanted: str) -> Fraction:
    """An amount in another unit of mass. Raises ValueError where one of the units is no mass."""
    if unit == wanted:
        return exact(value)
    if unit not in MASS_IN_MG or wanted not in MASS_IN_MG:
        raise ValueError(f"{unit} cannot be told in {wanted}")
    return exact(value) * exact(MASS_IN_MG[unit]) / exact(MASS_IN_MG[wanted])


def limits_of(drug: Drug, regimen: Regimen, rules: Iterable[Rule], facts: Facts) -> Limits:
    """The limits of one way of giving a drug, with everything that lowers them. Raises NoWeight."""
    of = _Amounts(regimen, facts)
    usual = tuple(regimen.source)
    limits = Limits(of.unit)
    limits.dose = of.limit(regimen.dose, "the usual dose", usual, cap=regimen.dose_at_most)
    limits.rate = of.limit(regimen.rate, "the usual rate", usual, cap=regimen.dose_at_most)
    limits.day = of.limit(regimen.at_most, "the usual limit", usual)
    limits.interval = _limit(regimen.every, "the usual interval", usual)
    limits.course = _limit(regimen.for_, "the usual course", usual) if not regimen.until_opioid_ends else None
    base = {"dose": limits.dose, "rate": limits.rate, "day": limits.day}
    for ceiling in ceilings_of(drug, regimen.route):
        said = "the most of the drug", tuple(ceiling.source)
        limits.dose = _least(limits.dose, of.limit(ceiling.per_dose, *said) if limits.dose else None)
        limits.rate = _least(limits.rate, of.limit(ceiling.rate, *said) if limits.rate else None)
        limits.day = _least(limits.day, of.limit(ceiling.per_24h, *said))
        limits.all_day = _least(limits.all_day, of.limit(ceiling.per_24h, *said))
        limits.first_day = _least(limits.first_day, of.limit(ceiling.first_24h, *said))
        limits.course = _least(limits.course, _limit(ceiling.course, *said))
    base["all_day"], base["first_day"] = limits.all_day, limits.first_day
    for rule in rules:
        if not rule.then:
            continue
        said, at_most = (rule.because, rule.sources), rule.then.at_most
        if limits.dose:
            limits.dose = _least(limits.dose, of.limit(rule.then.dose, *said, base["dose"]))
        if limits.rate:
            limits.rate = _least(limits.rate, of.limit(rule.then.rate, *said, base["rate"]))
        limits.day = _least(limits.day, of.limit(at_most, *said, base["day"] or base["all_day"]))
        limits.all_day = _least(limits.all_day, of.limit(at_most, *said, base["all_day"]))
        if limits.first_day and at_most:
            # An amount that is set for this patient leaves the first day no more than any other.
            first = of.limit(at_most, *said, base["first_day"])
            limits.first_day = _least(limits.first_day, first)
        if rule.then.every is not None and limits.interval:
            limits.interval = max(limits.interval, _limit(rule.then.every, *said), key=lambda one: one.value)
        limits.course = _least(limits.course, _limit(rule.then.for_, *said))
    return limits


def ceilings_of(drug: Drug, route: str) -> list[Ceiling]:
    return [one for one in drug.ceilings if one.route in ("any", route)]


class _Amounts:
    """Amounts of one regimen as limits in one unit."""

    def __init__(self, regimen: Regimen, facts: Facts):
        self._regimen, self._facts = regimen, facts
        self.unit = (regimen.dose or regimen.rate or Amount(0, "mg")).unit

    def limit(
        self,
        wanted: Amount | None,
        because: str,
        sources: tuple[str, ...],
        of: Limit | None = None,
        cap: Amount | None = None,
    ) -> Limit | None:
        """`wanted` as a limit; a percentage is one of `of`. None where there is nothing to limit."""
        if wanted is None or (wanted.percent and of is None):
            return None
        if wanted.percent:
            return Limit(of.value * exact(wanted.value) / 100, because, sources)
        value = in_unit(wanted.value, wanted.unit, self.unit)
        if wanted.per_kg:
            value *= weight_of(self._regimen.weight, self._facts)
        return Limit(min(value, in_unit(cap.value, cap.unit, self.unit)) if cap else value, because, sources)


def _limit(value: float | None, because: str, sources: tuple[str, ...]) -> Limit | None:
    return None if value is None else Limit(exact(value), because, sources)


def _least(one: Limit | None, other: Limit | None) -> Limit | None:
    return min((limit for limit in (one, other) if limit), key=lambda limit: limit.value, default=None)
