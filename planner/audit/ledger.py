"""What a plan would really give: every dose of a week, at the hour it implies, as early and as often as it allows.

Hours count from the planned start of surgery. A plan does not say when the patient goes home unless the case does,
so two weeks are laid out: one on the ward, and one at home from a day after surgery.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from planner.library.quantities import MASS_IN_MG
from planner.plan.dates import has_clock, moment
from planner.plan.models import HomeMedicine, Order, Plan

HOURS_A_DAY = 24
WEEK_H = 7 * HOURS_A_DAY
_CLOSE = 1e-9
_SHORTEST_H = 1 / 60
"""A shorter interval is a mistake that other checks name; it is not laid out."""
_RECOVERY_H = 1
"""Recovery is laid out as one hour: what comes every hour or less often is given once, and goes on on the ward."""
_HOME = ("discharge", "home")
GOES_ON = ("continue", "ask")
"""What the plan does with a home medicine that is still taken."""


@dataclass(frozen=True)
class Dose:
    """One dose: hours from surgery, ingredient, amount in `unit` (mg where it is a mass), and the line it is of."""

    hour: float
    drug: str
    value: float
    unit: str
    line: str
    scheduled: bool
    every: float | None


@dataclass(frozen=True)
class Week:
    """The doses of a week in order of time. `leaves`: hours from surgery to going home; None: stays."""

    leaves: float | None
    doses: tuple[Dose, ...]

    @cached_property
    def by_drug(self) -> dict[str, list[Dose]]:
        """The doses of each ingredient, in order of time."""
        found: dict[str, list[Dose]] = {}
        for dose in self.doses:
            found.setdefault(dose.drug, []).append(dose)
        return found


def weeks(plan: Plan) -> list[Week]:
    """The week on the ward, and the week of a patient who goes home when the case says, else after a day."""
    surgery, leaving = moment(plan.case.get("surgery_at")), moment(plan.case.get("discharge_at"))
    hours = HOURS_A_DAY if not (surgery and leaving) else max(0.0, _hours(surgery, leaving))
    return [_week(plan, None), _week(plan, hours)]


def _week(plan: Plan, leaves: float | None) -> Week:
    doses: list[Dose] = []
    surgery = moment(plan.case.get("surgery_at"))
    for order in plan.orders:
        if order.kind == "home_medication" or not order.dose:
            continue
        at_home = order.phase in _HOME
        if at_home and leaves is None:
            continue
        first = _first_hour(order, surgery, doses, leaves or 0.0)
        last = leaves if order.phase == "ward" and leaves is not None else WEEK_H
        if order.phase == "pacu":
            last = first + _RECOVERY_H
        if order.duration_days is not None and order.interval_h:
            last = min(last, first + order.duration_days * HOURS_A_DAY)
        doses += _repeated(order, first, last)
    for medicine in plan.home_medicines or ():
        doses += _from_home(medicine)
    return Week(leaves, tuple(sorted(doses, key=lambda dose: (dose.hour, dose.line))))


def _first_hour(order: Order, surgery: datetime | None, given: Iterable[Dose], leaves: float) -> float:
    """When the first dose is due: as the order says, else as soon as its place in the plan allows."""
    start = moment(order.start)
    if surgery and start and has_clock(order.start):
        return _hours(surgery, start)
    if order.phase in ("before_admission", "preop"):
        return -1.0
    arrives = leaves if order.phase in _HOME else 0.0
    earlier = [dose for dose in given if (dose.drug, dose.scheduled) == (order.drug, not order.as_needed)]
    return max([arrives, *(dose.hour + max(order.interval_h or 0, dose.every or 0) for dose in earlier)])


def _hours(surgery: datetime, at: datetime) -> float:
    return (at.replace(tzinfo=None) - surgery.replace(tzinfo=None)).total_seconds() / 3600


def _repeated(order: Order, first: float, last: float) -> Iterator[Dose]:
    """The doses of one order; an as-needed one at its shortest interval up to its limit of each day."""
    value, unit = _mass(order.dose.value, order.dose.unit)
    common = (order.drug, value, unit, order.id, not order.as_needed)
    if not order.interval_h or order.interval_h < _SHORTEST_H:
        yield Dose(first, *common, None)
        return
    possible = int(HOURS_A_DAY / order.interval_h + _CLOSE)
    allowed = possible
    if order.as_needed and order.max_24h and value:
        allowed = min(possible, int(_mass(order.max_24h.value, order.max_24h.unit)[0] / value + _CLOSE))
    number, hour = 0, first
    while hour < min(last, WEEK_H):
        yield Dose(hour, *common, order.interval_h)
        number += 1
        if allowed < possible:
            day, number_of_day = divmod(number, max(1, allowed))
            hour = first + day * HOURS_A_DAY + number_of_day * order.interval_h
        else:
            hour = first + number * order.interval_h


def _from_home(medicine: HomeMedicine) -> Iterator[Dose]:
    """A home medicine that goes on, spread over each day from the day before surgery."""
    if medicine.action not in GOES_ON or not medicine.times_per_day or medicine.times_per_day <= 0:
        return
    every = max(_SHORTEST_H, HOURS_A_DAY / medicine.times_per_day)
    for part in medicine.ingredients:
        if part.dose_mg is None:
            continue
        for number in range(int((WEEK_H + HOURS_A_DAY) / every)):
            hour = number * every - HOURS_A_DAY
            yield Dose(hour, part.drug, part.dose_mg, "mg", medicine.text, False, every)


def _mass(value: float, unit: str) -> tuple[float, str]:
    """In mg where it is a mass."""
    return (value * MASS_IN_MG[unit], "mg") if unit in MASS_IN_MG else (value, unit)


def most_in_a_day(doses: list[Dose]) -> tuple[float, float]:
    """The most that any 24 hours hold, and the hour at which they begin; a dose 24 hours later is not in them."""
    most, begins, total, first = 0.0, 0.0, 0.0, 0
    for dose in doses:
        total += dose.value
        while dose.hour - doses[first].hour >= HOURS_A_DAY - 1e-6:
            total -= doses[first].value
            first += 1
        if total > most + _CLOSE:
            most, begins = total, doses[first].hour
    return most, begins
