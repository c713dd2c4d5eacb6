"""Dose arithmetic: from a regimen and the effects of rules to what can really be given.

Effects combine by taking the most cautious of each part: the smallest dose, the longest
interval, the smallest limit, the shortest course. So an unknown fact, which lets every
band act at once, never yields more than the most cautious known value.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from planner.clinical.assess import Applied
from planner.clinical.rules import FlatRule
from planner.library.conditions import All
from planner.library.drug import Drug, Regimen
from planner.library.entry import Effect
from planner.library.quantities import MASS_IN_MG, Amount
from planner.plan.parts import Pieces, Quantity
from planner.plan.wording import amount, count, hours

_WEIGHTS = {
    "actual": ("weight_kg",),
    "ideal": ("ideal_weight_kg",),
    "adjusted": ("adjusted_weight_kg",),
    "lean": ("lean_weight_kg",),
    "lower of actual and ideal": ("weight_kg", "ideal_weight_kg"),
}
_USUAL_INTERVALS_H = (4, 6, 8, 12, 24)
_MOST_UNITS = 4
# A longer course is counted in whole days, rounded down.
_COUNTED_IN_HOURS = 72
_CLOSE = 1e-9


class NoWeight(Exception):
    """A dose by weight cannot be computed; `fields` are the case fields that are missing."""

    def __init__(self, factors: list[str]):
        self.factors = factors
        super().__init__(", ".join(factors))


@dataclass
class Change:
    """One part of the dose that a rule made more cautious."""

    part: str
    before: str
    after: str
    applied: Applied


@dataclass
class Resolved:
    """What can be given. Doses in `unit`; `rate` in unit per hour; None where the part is not used."""

    unit: str
    dose: float | None = None
    rate: float | None = None
    every: float | None = None
    at_most: float | None = None
    for_hours: float | None = None
    pieces: Pieces | None = None
    basis: str | None = None
    changes: list[Change] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    course_rule: FlatRule | None = None


def weight_for(kind: str, numbers: dict) -> float:
    """The dosing weight in kg. Raises NoWeight naming the factors that are not known."""
    names = _WEIGHTS[kind]
    missing = [name for name in names if numbers.get(name) is None]
    if missing:
        raise NoWeight(missing)
    return min(numbers[name] for name in names)


class DoseBuilder:
    """Resolves one regimen of one drug for one patient."""

    def __init__(self, drug: Drug, regimen: Regimen, numbers: dict):
        self.drug, self.regimen, self.numbers = drug, regimen, numbers
        self.unit = (regimen.dose or regimen.rate or Amount(0, "mg")).unit
        self.result = Resolved(self.unit)
        self.base: dict[str, float | None] = {}
        # The most of the drug in 24 hours; a single dose is held to it too, and does not print it.
        self.day_limit: float | None = None
        # The longest course a rule or ceiling allows, all orders of the plan together, in hours.
        self.course_limit: float | None = None
        self.shares = False

    def resolve(self, effects: Iterable[Applied], taken_elsewhere: float = 0.0, course_used: float = 0.0) -> Resolved:
        """Apply effects, then ceilings, then round down to what can be given.

        `taken_elsewhere`: amount of the same ingredient in 24 hours from home medicines that
        go on, in this regimen's unit; it is taken off the limit. `course_used`: hours that
        earlier orders of the plan already give the drug; they are taken off a limited course.
        """
        self._set_base()
        for applied in effects:
            self._apply(applied)
        self._hold_to_ceilings()
        if taken_elsewhere and self.day_limit is not None:
            self._share_limit(taken_elsewhere)
        if self.course_limit is not None and self.result.for_hours is not None:
            left = max(0.0, min(self.result.for_hours, self.course_limit - course_used))
            self.result.for_hours = left if left <= _COUNTED_IN_HOURS else left // 24 * 24
        if self.result.needs:
            self._say_the_most()
            self.result.dose = self.result.rate = self.day_limit = None
        self._round()
        self._fit_limit()
        self._say_what_came_out()
        return self.result

    def _say_the_most(self) -> None:
        """Where the dose waits for a weight, the most that holds at any weight is said beside the amount per kg."""
        if self.result.basis and self.result.dose is not None:
            self.result.basis += f", at most {amount(round_down(self.result.dose, 1), self.unit)}"
            if self.day_limit is not None:
                self.result.basis += f" and {amount(round_down(self.day_limit, 1), self.unit)} in 24 hours"

    def _set_base(self) -> None:
        regimen, result = self.regimen, self.result
        result.dose = self._value(regimen.dose, cap=regimen.dose_at_most)
        result.rate = self._value(regimen.rate, cap=regimen.dose_at_most)
        result.every, result.for_hours = regimen.every, regimen.for_
        self.day_limit = self._value(regimen.at_most)
        by_weight = next((wanted for wanted in (regimen.dose, regimen.rate) if wanted and wanted.per_kg), None)
        if by_weight:
            result.basis = self._basis(by_weight)
        self.base = {"dose": result.dose, "rate": result.rate, "at_most": self.day_limit}

    def _value(self, wanted: Amount | None, of: float | None = None, cap: Amount | None = None) -> float | None:
        """An amount in the regimen's unit: per kg times weight, percent of `of`, held to `cap`.

        A weight that is not known is noted in `needs`, and no dose is given.
        """
        if wanted is None:
            return None
        if wanted.percent:
            return None if of is None else of * wanted.value / 100
        value = convert(wanted, self.unit)
        if wanted.per_kg:
            try:
                value *= weight_for(self.regimen.weight, self.numbers)
            except NoWeight as missing:
                self.result.needs += [name for name in missing.factors if name not in self.result.needs]
                return None
        return value if cap is None else min(value, convert(cap, self.unit))

    def _basis(self, wanted: Amount) -> str:
        """The arithmetic of a dose by weight: `15 mg per kg of actual weight, 44 kg`."""
        text = f"{amount(wanted.value, '/'.join((wanted.unit, *wanted.per)))} of {self.regimen.weight} weight"
        try:
            return f"{text}, {amount(round_down(weight_for(self.regimen.weight, self.numbers), 1), 'kg')}"
        except NoWeight:
            return text

    def _apply(self, applied: Applied) -> None:
        effect: Effect = applied.rule.then
        for part in ("dose", "rate"):
            wanted = getattr(effect, part)
            lowered = self._lower(part, self._value(wanted, self.base[part]), applied)
            if wanted and wanted.per_kg and (lowered or self.result.needs):
                self.result.basis = self._basis(wanted)
        self._limit_day(self._value(effect.at_most, self.base["at_most"]), applied)
        if effect.for_ is not None and self.regimen.every is not None:
            self._limit_course(effect.for_, applied)
        if effect.every is not None and self.result.every is not None and effect.every > self.result.every:
            self._note("interval", f"every {hours(self.result.every)}", f"every {hours(effect.every)}", applied)
            self.result.every = effect.every

    def _lower(self, part: str, value: float | None, applied: Applied) -> bool:
        """Set a dose or rate to a smaller value and note it. A part the regimen does not use stays unused."""
        current = getattr(self.result, part)
        if value is None or current is None or value >= current - _CLOSE:
            return False
        unit = f"{self.unit}/h" if part == "rate" else self.unit
        self._note(part, amount(round_down(current, 2), unit), amount(round_down(value, 2), unit), applied)
        setattr(self.result, part, value)
        return True

    def _limit_day(self, value: float | None, applied: Applied) -> None:
        if value is None or (self.day_limit is not None and value >= self.day_limit - _CLOSE):
            return
        if self.result.every is not None:
            before = (
                "no limit of its own" if self.day_limit is None else amount(round_down(self.day_limit, 2), self.unit)
            )
            self._note("max_24h", before, amount(round_down(value, 2), self.unit), applied)
        self.day_limit = value

    def _limit_course(self, longest: float, applied: Applied) -> None:
        if self.course_limit is None or longest < self.course_limit:
            self.course_limit, self.result.course_rule = longest, applied.rule
        if self.result.for_hours is None or longest < self.result.for_hours:
            before = _duration(self.result.for_hours) if self.result.for_hours else "no fixed end"
            self._note("duration", before, f"{_duration(longest)} in all", applied)
            self.result.for_hours = longest

    def _note(self, part: str, before: str, after: str, applied: Applied) -> None:
        self.result.changes = [
            change for change in self.result.changes if change.part != part or change.applied.certain
        ] + [Change(part, before, after, applied)]

    def _hold_to_ceilings(self) -> None:
        result = self.result
        for ceiling in self.drug.ceilings:
            if ceiling.route not in ("any", self.regimen.route):
                continue
            result.dose = _least(result.dose, self._value(ceiling.per_dose))
            result.rate = _least(result.rate, self._value(ceiling.rate))
            limit = self._value(ceiling.per_24h)
            if limit is not None:
                self.day_limit = limit if self.day_limit is None else min(limit, self.day_limit)
            if ceiling.course is not None:
                self.course_limit = min(ceiling.course, self.course_limit or ceiling.course)

    def _share_limit(self, taken_elsewhere: float) -> None:
        """Leave room for what home medicines give. A single dose is held to one share of the day's doses,
        so that it and the scheduled doses after it stay within the limit together."""
        self.shares = True
        self.day_limit = max(0.0, self.day_limit - taken_elsewhere)
        if self.regimen.every is None and self.result.dose is not None:
            intervals = [regimen.every for regimen in self.drug.regimens.values() if regimen.every]
            self.result.dose = min(self.result.dose, self.day_limit / doses_in_a_day(min(intervals, default=24)))

    def _round(self) -> None:
        """Down to whole tablets or the smallest step that is measured out, within the limit of a day."""
        result = self.result
        if result.dose is not None:
            dose = result.dose if self.day_limit is None else min(result.dose, self.day_limit)
            result.dose, result.pieces = givable(dose, self.unit, self.drug, self.regimen.route)
            self._say_what_is_stocked(dose)
        if result.rate is not None:
            result.rate = round_down(result.rate, 1)

    def _say_what_is_stocked(self, wanted: float) -> None:
        """A dose made smaller by strengths that have a reason of their own is said, as a rule would be."""
        product = next((one for one in self.drug.products if one.because and one.route == self.regimen.route), None)
        if product and self.result.dose < wanted - _CLOSE:
            rule = FlatRule("adjust", All(()), product.because, tuple(product.source))
            before, after = (amount(round_down(value, 2), self.unit) for value in (wanted, self.result.dose))
            self._note("dose", before, after, Applied(rule))

    def _fit_limit(self) -> None:
        """The limit of a day as a whole number of doses; scheduled doses further apart where they must be.

        The dose stays as it is, so that a lower limit never makes one dose larger. Only beside
        home medicines that take a part of the limit is it made smaller, where that fills the rest better.
        """
        result = self.result
        if not result.dose or result.every is None:
            return
        if self.shares and not self.regimen.as_needed:
            smaller = givable(
                min(result.dose, self.day_limit / doses_in_a_day(result.every)),
                self.unit,
                self.drug,
                self.regimen.route,
            )
            spread = math.floor(self.day_limit / result.dose + _CLOSE) * result.dose
            if smaller[0] * doses_in_a_day(result.every) > spread:
                result.dose, result.pieces = smaller
        in_a_day = doses_in_a_day(result.every)
        fits = in_a_day if self.day_limit is None else min(in_a_day, math.floor(self.day_limit / result.dose + _CLOSE))
        if fits < in_a_day and not self.regimen.as_needed:
            every = next(usual for usual in _USUAL_INTERVALS_H if usual * fits >= 24 - _CLOSE)
            cause = next((change for change in reversed(result.changes) if change.part == "max_24h"), None)
            if cause:
                self._note("interval", f"every {hours(result.every)}", f"every {hours(every)}", cause.applied)
            result.every = every
        result.at_most = round_down(fits * result.dose, 4)

    def _say_what_came_out(self) -> None:
        """The last change of each part ends at what is really given, after rounding."""
        result = self.result
        final = {
            "dose": result.dose and amount(result.dose, self.unit),
            "rate": result.rate and amount(result.rate, f"{self.unit}/h"),
            "max_24h": result.at_most and amount(result.at_most, self.unit),
        }
        for part, words in final.items():
            last = next((change for change in reversed(result.changes) if change.part == part), None)
            if last and words:
                last.after = words


def doses_in_a_day(every: float) -> int:
    """Doses that start within 24 hours: `doses_in_a_day(6)` is 4."""
    return math.floor(24 / every + _CLOSE)


def _least(value: float | None, ceiling: float | None) -> float | None:
    """The smaller of two; an unused part stays unused."""
    return value if value is None or ceiling is None else min(value, ceiling)


def convert(wanted: Amount, unit: str) -> float:
    """An amount's number in another unit of mass; other units must agree."""
    if wanted.unit == unit:
        return wanted.value
    if wanted.unit in MASS_IN_MG and unit in MASS_IN_MG:
        return wanted.value * MASS_IN_MG[wanted.unit] / MASS_IN_MG[unit]
    raise ValueError(f"{wanted} cannot be expressed in {unit}")


def round_down(value: float, digits: int) -> float:
    """Toward zero at `digits` decimals, forgiving the noise of binary fractions."""
    scale = 10**digits
    return math.floor(value * scale + 1e-6) / scale


def givable(dose: float, unit: str, drug: Drug, route: str) -> tuple[float, Pieces | None]:
    """The largest dose not over `dose` that the drug's products allow, and how it is made up.

    Solid forms: up to four units of one strength, halves where allowed; the fewest where
    several do. Others, where no solid form is small enough: whole steps. Without a product
    for the route the dose stays as it is, to two decimals. A product that holds another drug
    as well makes up no dose.
    """
    products = [product for product in drug.products if product.route == route]
    options = [option for product in products if not product.holds for option in _options(product, dose, unit)]
    if not options:
        has_product = bool(products)
        return (0.0, None) if has_product else (round_down(dose, 2), None)
    best = max(options, key=lambda option: (option[2] is not None, round(option[0], 6), -option[1]))
    return best[0], best[2]


def _options(product, dose: float, unit: str) -> list[tuple[float, float, Pieces | None]]:
    """(dose, number of units, the units) for each way a product can make up at most `dose`."""
    if product.step is not None:
        step = convert(product.step, unit)
        steps = math.floor(dose / step + _CLOSE)
        return [(round(steps * step, 4), 0, None)] if steps else []
    options = []
    for strength in product.strengths:
        size = convert(strength, unit)
        smallest = 0.5 if product.halves else 1
        units = min(_MOST_UNITS, math.floor(dose / size / smallest + _CLOSE) * smallest)
        if units:
            options.append((round(units * size, 4), units, _pieces(units, product.form, size, unit)))
    return options


@lru_cache(maxsize=4096)
def _pieces(units: float, form: str, size: float, unit: str) -> Pieces:
    """So many of one strength. Plans share it, and none changes it."""
    return Pieces(count=units, form=form, strength=Quantity(value=size, unit=unit))


def _duration(value: float) -> str:
    return f"for {hours(value)}" if value < 96 else f"for {count(value / 24, 'day')}"
