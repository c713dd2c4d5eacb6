"""The day sheet as its page sees it: rooms in order, counts that add up, totals. Templates only lay out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from planner.documents.day_sheet.totals import totals
from planner.documents.day_sheet.totals_words import Table, counted, tables
from planner.documents.day_sheet.words import STATUS_WORDS, CaseWords, case_words
from planner.plan.dates import date_words, has_clock, moment, stamp_words
from planner.plan.day import DayCase


@dataclass(frozen=True)
class Room:
    """`name` as the list writes it; None where it names none."""

    name: str | None
    cases: tuple[CaseWords, ...]


@dataclass(frozen=True)
class DayPage:
    """`counts`: the word of each status and how many cases have it; together they are `total`.

    `counted`: sentences that say what the numbers of `tables` hold.
    """

    day: str
    made: str
    total: int
    counts: tuple[tuple[str, int], ...]
    rooms: tuple[Room, ...]
    undated: tuple[CaseWords, ...]
    tables: tuple[Table, ...]
    counted: tuple[str, ...]


def day_page(day: str, cases: Sequence[DayCase], undated: Sequence[DayCase], made_at: str) -> DayPage:
    """`day`: ISO date of the list. `undated`: rows without a date, which are in no count and no total."""
    ordered = sorted(cases, key=_place)
    together = totals(cases)
    return DayPage(
        day=date_words(day) or day,
        made=stamp_words(made_at),
        total=len(cases),
        counts=tuple(
            (words, count)
            for status, words in STATUS_WORDS.items()
            if (count := sum(case.status == status for case in cases)) or status in ("stop", "confirm", "ready")
        ),
        rooms=tuple(
            Room(name, tuple(case_words(case, day) for case in found))
            for name, found in groupby(ordered, key=lambda case: (case.room or "").strip() or None)
        ),
        undated=tuple(case_words(case, day) for case in sorted(undated, key=_place)),
        tables=tables(together),
        counted=counted(together, len(undated)),
    )


def _place(case: DayCase) -> tuple:
    """By room, `OR 2` before `OR 10`; then by start, a case without a clock time last; then as the list has them."""
    room = (case.room or "").strip()
    parts = tuple(_in_order(part) for part in re.split(r"(\d+)", room))
    found = moment(case.start)
    timed = found is not None and has_clock(case.start)
    return (not room, parts, not timed, found.isoformat() if found else "", case.row)


def _in_order(part: str) -> tuple:
    """Numbers by their value, before words."""
    value = part.lstrip("0") if part.isdecimal() else part
    return (not part.isdecimal(), len(value) if part.isdecimal() else 0, value, part)
