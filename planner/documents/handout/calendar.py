"""The taper as a calendar: a falling staircase of bars with a box to tick for every dose."""

import math
from dataclasses import dataclass

from planner.plan.opioids import DischargeOpioid, TaperDay

DAYS_IN_A_ROW = 9
"""What fits across the page in large type; more days stand in rows of equal length."""

_HALF = 0.5


@dataclass(frozen=True)
class CalendarDay:
    """`bar`: the height of the bar, 0 to 1 of the first day's. `doses`: the most on this day, one box each."""

    day: int
    date: str | None
    tablets: float
    doses: int
    bar: float


@dataclass(frozen=True)
class Calendar:
    drug: str
    strength_mg: float
    dose_tablets: float
    dose_mg: float
    least_hours: float | None
    tablets: float
    last_date: str | None
    returns_to: str | None
    in_halves: bool
    """Half tablets are counted, not tablets: 3 is read more surely than 1.5."""
    rows: tuple[tuple[CalendarDay, ...], ...]


def calendar(opioid: DischargeOpioid) -> Calendar:
    """The days of a prescription in rows that fit across the page."""
    most = max((day.tablets for day in opioid.days), default=0) or 1
    days = [_day(day, opioid.tablets_per_dose, most) for day in opioid.days]
    taken = [day for day in days if day.tablets]
    return Calendar(
        drug=opioid.drug,
        strength_mg=opioid.strength_mg,
        dose_tablets=opioid.tablets_per_dose,
        dose_mg=opioid.strength_mg * opioid.tablets_per_dose,
        least_hours=opioid.interval_h,
        tablets=opioid.tablets,
        last_date=taken[-1].date if taken else None,
        returns_to=opioid.returns_to,
        in_halves=opioid.tablets_per_dose == _HALF,
        rows=_rows(days),
    )


def _rows(days: list[CalendarDay]) -> tuple[tuple[CalendarDay, ...], ...]:
    count = max(1, math.ceil(len(days) / DAYS_IN_A_ROW))
    length = math.ceil(len(days) / count)
    return tuple(tuple(days[at : at + length]) for at in range(0, len(days), max(1, length)))


def _day(day: TaperDay, per_dose: float, most: float) -> CalendarDay:
    return CalendarDay(day.day, day.date, day.tablets, math.floor(day.tablets / per_dose + 1e-9), day.tablets / most)
