"""How often a chart says a medicine is taken, and when it was last taken."""

import re
from collections.abc import Callable
from datetime import date, datetime

from pydantic_core import PydanticCustomError

from planner.case.chart_text import NUMBER, PIECES, RANGE, ChartText, largest, smallest
from planner.case.values import read_moment

# "Once" in "once at bedtime" adds nothing to the time it stands with.
_ONCE = re.compile(r"\b1 times\b")
_HOURS = {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30, "y": 24 * 365}
_UNITS_OF_TIME = r"(hours?|hourly|hrs?|h|days?|d|weeks?|wks?|w|months?|mo|years?|yrs?)\b"


def _per_interval(found: re.Match) -> float | None:
    """Doses a day for "every N hours": the shortest interval of a range counts."""
    hours = smallest(found) * _HOURS[found[3][0]]
    return 24 / hours if hours else None


def _per_period(found: re.Match) -> float:
    """Doses a day for "N times a week": the largest number of a range counts."""
    return largest(found) * 24 / _HOURS[found[3][0]]


def _fixed(rate: float) -> Callable[[re.Match], float]:
    return lambda found: rate


# A month counts 30 days and a year 365, as in the CDC rules for morphine equivalents.
_FREQUENCIES: tuple[tuple[re.Pattern, Callable[[re.Match], float | None]], ...] = (
    (re.compile(rf"\b(?:q|every|each)\s*{RANGE}\s*-?\s*{_UNITS_OF_TIME}"), _per_interval),
    (
        re.compile(
            rf"\b{RANGE}\s*(?:x|times?)\s*(?:(?:a|per|each|every)\s+|/\s*)?"
            r"(day|daily|d|week|weekly|wk|month|monthly|year|yearly)\b"
        ),
        _per_period,
    ),
    (re.compile(r"\b(?:qod|q ?other day|every other day|alternate days)\b"), _fixed(1 / 2)),
    (re.compile(r"\b(?:q|every)\s*(?:third|3rd)\s+day\b"), _fixed(1 / 3)),
    (re.compile(r"\bbid\b"), _fixed(2)),
    (re.compile(r"\btid\b"), _fixed(3)),
    (re.compile(r"\bqid\b"), _fixed(4)),
    (re.compile(r"\bweekly\b|\b(?:q|every|each|per|a)\s*(?:week|wk)\b"), _fixed(1 / 7)),
    (re.compile(r"\bmonthly\b|\b(?:q|every|each|per|a)\s*month\b"), _fixed(1 / 30)),
    (re.compile(r"\b(?:yearly|annually)\b|\b(?:every|per|a)\s+year\b"), _fixed(1 / 365)),
    (re.compile(r"\bdaily\b|\bqd\b|/\s*d(?:ay)?\b|\b(?:q|every|each|per|a)\s*day\b"), _fixed(1)),
)
_TIMES_OF_DAY = (
    re.compile(r"\b(?:mornings?|breakfast|am|qam)\b"),
    re.compile(r"\b(?:noon|lunch|midday|afternoon)\b"),
    re.compile(r"\b(?:evenings?|dinner|supper|pm|qpm)\b"),
    re.compile(r"\b(?:bed ?time|night|nightly|hs|qhs)\b"),
)
_CLOCK = re.compile(r"(?:\bat\s+)?\b\d{1,2}(?::\d\d)?\s*[ap]m\b")
_AS_NEEDED = re.compile(r"\b(?:prn|(?:as|if|when)\s+needed)\b")
_LIMIT = re.compile(
    rf"\b(?:up to|max(?:imum)?(?: of)?:?|no more than|not to exceed|limit)\s*{NUMBER}\s*"
    rf"(times|doses|x|{PIECES})?\s*(?:/|per|an?|in|every)?\s*"
    r"(?:day|daily|24 ?h(?:ours|rs?)?)\b"
)
_DAILY_AMOUNT = re.compile(
    rf"\bmax(?:imum)? daily (?:amount|dose|number)(?: of|:)?\s*{NUMBER}\s*(times|doses|x|{PIECES})"
)
_LAST_TAKEN = re.compile(
    r"\blast\b(?:\s+(?:taken|dose|took|given|injection|used))?(?:\s+(?:on|at|was))?\s*"
    r":?\s*(?:(\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d)?)(?![\d:])|[^,;()]*)"
)

_LAST_TAKEN_AS_WRITTEN = re.compile(_LAST_TAKEN.pattern, re.IGNORECASE)


def take_last_taken(chart: ChartText) -> datetime | date | None:
    """The time, or the day, of the last dose. Written in another way than ISO it stays unread."""
    found = chart.take(_LAST_TAKEN)
    moments = {_moment(match[1]) for match in found}
    if len(moments) == 1 and None not in moments:
        return moments.pop()
    chart.report(found)
    return None


def without_last_taken(text: str) -> str:
    """A medicine as it is written, without the time of its last dose."""
    return _LAST_TAKEN_AS_WRITTEN.sub("", text).rstrip(" ,;")


def _moment(text: str | None) -> datetime | date | None:
    try:
        return read_moment(text.upper()) if text else None
    except PydanticCustomError:
        return None


def take_as_needed(chart: ChartText) -> bool:
    """Whether the medicine is taken only as needed."""
    return bool(chart.take(_AS_NEEDED))


def take_limits(chart: ChartText) -> list[tuple[float, bool]]:
    """Stated daily limits, each as a number and whether it counts pieces such as tablets."""
    limits = chart.take(_LIMIT) + chart.take(_DAILY_AMOUNT)
    return [(float(found[1]), found[2] not in (None, "times", "doses", "x")) for found in limits]


def take_times_per_day(chart: ChartText) -> float | None:
    """Doses in 24 hours. Frequencies that disagree stay unread, and the number is unknown."""
    found = [(match, rate(match)) for pattern, rate in _FREQUENCIES for match in chart.take(pattern)]
    clock = chart.take(_CLOCK)
    times_of_day = sum(bool(chart.take(pattern)) for pattern in _TIMES_OF_DAY)
    if found or times_of_day:
        chart.take(_ONCE)
    rates = {rate for _, rate in found}
    if len(rates) > 1:
        chart.report([match for match, _ in found])
        return None
    # A time of day is one dose then; it adds nothing to a frequency that is written out.
    return rates.pop() if rates else times_of_day or len(clock) or None


def within_limits(times: float | None, limits: list[tuple[float, bool]], pieces_per_dose: float | None) -> float | None:
    """Doses in 24 hours under the stated limits: the fewest that any of them allows."""
    for number, counts_pieces in limits:
        if counts_pieces and not pieces_per_dose:
            continue
        most = number / pieces_per_dose if counts_pieces else number
        times = most if times is None else min(times, most)
    return times
