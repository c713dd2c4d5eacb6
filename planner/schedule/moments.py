"""When a case is operated on, and when its patient was born, by the columns of a list."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from planner.case.fields import Case
from planner.case.messages import limits
from planner.schedule.cells import Notes
from planner.schedule.columns import Column
from planner.schedule.dates import NotADate, Order, born, read_moment, read_time
from planner.schedule.joining import Joined

Orders = Mapping[int, Order | None]
"""Of each date column, by position, the order of day and month."""
Blank = Callable[[str], bool]
_MINUTES_MAYBE = 3
"""So many digits alone are a time only under a header that speaks of a start."""


def day_of(moment: datetime | date | None) -> date | None:
    """The day of a moment whose hour may not be known."""
    return moment.date() if isinstance(moment, datetime) else moment


def surgery_start(group: Joined, orders: Orders, blank: Blank, notes: Notes) -> datetime | date | None:
    """The start of surgery: a date alone where no time is given, None where no date can be read."""
    days: dict[str, date] = {}
    clocks: dict[str, time] = {}
    for target in ("surgery_at", "surgery_date"):
        column, cell = group.one(target)
        if column is None or blank(cell):
            continue
        try:
            _, days[column.label], clock = read_moment(cell, orders[column.position])
        except NotADate as fault:
            notes.problem(column.label, str(fault), cell, "write it as 2026-12-01")
            continue
        # A date exported as a moment stands at midnight, when nothing is scheduled.
        if clock not in (None, time()):
            clocks[column.label] = clock
    column, cell = group.one("start_time")
    if column is not None and not blank(cell):
        day, clock = _day_and_clock(column, cell, notes)
        if day is not None:
            days[column.label] = day
        if clock == time():
            notes.doubts.append(f"{column.label} says {cell}, midnight: taken as not known")
        elif clock is not None:
            clocks[column.label] = clock
    for found in (days, clocks):
        if len(set(found.values())) > 1:
            named = " and ".join(f"{label} {value}" for label, value in found.items())
            message = f"The start of surgery is told in two ways: {named}."
            notes.problem(" and ".join(found), message, "", "correct one")
    if not days:
        _ask_for_date(group, notes)
        return None
    day = next(iter(days.values()))
    return datetime.combine(day, next(iter(clocks.values()))) if clocks else day


def _ask_for_date(group: Joined, notes: Notes) -> None:
    """Say that the date is missing, where it was not said already that it cannot be read."""
    columns = [column.label for column, _ in (group.one("surgery_at"), group.one("surgery_date")) if column]
    if not any(problem.place.path in columns for problem in notes.problems):
        notes.problem(columns[0], "The date of surgery is not given.", "", "add it")


def _day_and_clock(column: Column, cell: str, notes: Notes) -> tuple[date | None, time | None]:
    """A time of day, with its date where the cell has that too."""
    bare = cell.isdecimal() and len(cell) == _MINUTES_MAYBE
    try:
        if bare and "start" not in column.label.lower():
            raise NotADate("This may be a number of minutes.")
        return None, read_time(cell)
    except NotADate as fault:
        try:
            return read_moment(cell, None)[1:]
        except NotADate:
            notes.problem(column.label, str(fault), cell, "write it as 07:30, or leave the cell blank")
            return None, None


def birth_date(group: Joined, orders: Orders, blank: Blank, surgery: date, notes: Notes) -> date | None:
    """The date of birth; a year of two digits is the one that makes a possible age on the day of surgery."""
    column, cell = group.one("birth_date")
    if column is None or blank(cell):
        return None
    oldest = int(limits(Case.model_fields["age"])[1])
    try:
        year, day, _ = read_moment(cell, orders[column.position])
        return born(year, day, surgery, oldest)
    except NotADate as fault:
        notes.problem(column.label, str(fault), cell, "write it as 1957-03-09")
        return None
