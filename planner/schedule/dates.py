"""Dates and times as operating lists write them. The order of day and month is settled for a whole column."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import Literal

Order = Literal["mdy", "dmy"]
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = {
    name
    for full in ("january february march april may june july august september october november december".split())
    for name in (full, full[:3], full[:4])
}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"^(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]?\s+", re.IGNORECASE)
_EARLY = 6
"""An hour before this, written without AM, PM or a leading zero, may be one of the afternoon."""
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|(\d{4})(\d{2})(\d{2})(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_DAY_FIRST_NAMED = re.compile(r"(\d{1,2})[\s./-]*([A-Za-z]{3,9})\.?[\s,./-]*(\d{4}|\d{2})(?!\d)")
_MONTH_FIRST_NAMED = re.compile(r"([A-Za-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4}|\d{2})(?!\d)")
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))(?::(\d{2})(?:\.\d+)?)?\s*([ap])?\.?\s*(?:m\.?)?", re.IGNORECASE)
_HOUR = re.compile(r"(\d{1,2})\s*([ap])\.?\s*m\.?", re.IGNORECASE)
_MILITARY = re.compile(r"(\d{1,2})(\d{2})\s*(?:h|hrs?|hours)?", re.IGNORECASE)


class NotADate(ValueError):
    """A cell that cannot be read as a date or a time; the message is a sentence for a person."""


def orders_shown(cells: Iterable[str]) -> tuple[set[Order], bool]:
    """What the dates of a column show: the orders of day and month that some date proves, and whether one is open."""
    proven: set[Order] = set()
    is_open = False
    for first, second in _pairs(cells):
        if first > 12 >= second:
            proven.add("dmy")
        elif second > 12 >= first:
            proven.add("mdy")
        elif first != second and first <= 12:
            is_open = True
    return proven, is_open


def _pairs(cells: Iterable[str]) -> Iterator[tuple[int, int]]:
    for cell in cells:
        found = _NUMERIC.match(_WEEKDAY.sub("", cell.strip()))
        if found and not _ISO.match(cell.strip()):
            yield int(found[1]), int(found[2])


def read_moment(cell: str, order: Order | None) -> tuple[str, date, time | None]:
    """A cell as its year as written, its day, and its time of day where it has one.

    The year of two digits is returned as that of this century; the caller knows which one is meant.
    Raises NotADate.
    """
    text = _WEEKDAY.sub("", cell.strip())
    year, month, day, end = _day(text, order)
    try:
        found = date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    except ValueError:
        raise NotADate("There is no such day.") from None
    named = _WEEKDAY.match(cell.strip())
    if named and found.weekday() != _WEEKDAYS.index(named[1][:3].lower()):
        raise NotADate("The day of the week and the date do not fit.")
    rest = text[end:].strip(" ,T\t")
    return year, found, read_time(rest) if rest else None


def _day(text: str, order: Order | None) -> tuple[str, int, int, int]:
    """Year as written, month, day, and where the date ends in the text."""
    if found := _ISO.match(text):
        year, month, day = found.group(1, 2, 3) if found[1] else found.group(4, 5, 6)
        return year, int(month), int(day), found.end()
    if found := _NUMERIC.match(text):
        first, second = int(found[1]), int(found[2])
        if order is None and first != second:
            raise NotADate("It cannot be told which number is the month.")
        month, day = (second, first) if order == "dmy" else (first, second)
        return found[3], month, day, found.end()
    for pattern, at in ((_DAY_FIRST_NAMED, (3, 2, 1)), (_MONTH_FIRST_NAMED, (3, 1, 2))):
        found = pattern.match(text)
        if found and found[at[1]].lower() in _MONTH_NAMES:
            return found[at[0]], _MONTHS.index(found[at[1]][:3].lower()) + 1, int(found[at[2]]), found.end()
    raise NotADate("This is not a date.")


def read_time(cell: str) -> time:
    """A time of day: 07:30, 7:30 AM, 0730, 7 pm. Raises NotADate."""
    text = "12:00" if cell.strip().lower() == "noon" else cell.strip()
    if found := _TIME.fullmatch(text):
        return _sure(found[1], _clock(int(found[1]), int(found[2]), found[4]), found[4])
    if found := _HOUR.fullmatch(text):
        return _clock(int(found[1]), 0, found[2])
    if (found := _MILITARY.fullmatch(text)) and len(text) > 2:
        return _sure(found[1], _clock(int(found[1]), int(found[2]), None), None)
    raise NotADate("This is not a time of day.")


def _sure(hour: str, clock: time, half: str | None) -> time:
    """The time, where it is sure to be of the morning or of the afternoon."""
    if half is None and len(hour) == 1 and clock.hour < _EARLY:
        raise NotADate("It cannot be told whether this is in the morning or in the afternoon.")
    return clock


def _clock(hour: int, minute: int, half: str | None) -> time:
    if half and not 1 <= hour <= 12:
        raise NotADate("There is no such time of day.")
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise NotADate("There is no such time of day.") from None


def born(year: str, day: date, surgery: date, most_years: int) -> date:
    """A date of birth, whose year of two digits is the one that makes a possible age. Raises NotADate where both do."""
    if len(year) == 4:
        return day
    possible = [
        moved
        for century in (1900, 2000)
        if (moved := _in_year(day, century + int(year)))
        and moved <= surgery
        and surgery.year - moved.year <= most_years
    ]
    if len(possible) != 1:
        raise NotADate("The year of birth needs four digits here.")
    return possible[0]


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None
