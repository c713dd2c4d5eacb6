"""Text of one field to a number, a date, a yes or no, a word of a list, or clean text.

Every reader takes what a case file, an option or a program gave for a field. It returns
the value, or None where nothing is known, and raises a PydanticCustomError whose
context holds the sentence (`message`) and the next step (`mend`) for a person.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic_core import PydanticCustomError

UNFIT = "unfit"
LONGEST_TEXT = 500
_UNKNOWN_WORDS = {"", "?", "unknown"}
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?")
_NUMBER_AND_UNIT = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*([^\d\s.,].*)")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?))?")
_CLOCK_ONLY = re.compile(r"\d{1,2}:\d\d(:\d\d)?\s*([ap]m)?", re.IGNORECASE)
_OFFSET = re.compile(r"\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)$", re.IGNORECASE)
_YES, _NO = {"yes", "y", "true"}, {"no", "n", "false"}
# Letters that turn the direction of text could show a dose in another order than it was typed.
_DIRECTION_MARKS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def unfit(message: str, mend: str) -> PydanticCustomError:
    """The error for a value that cannot be used: one plain sentence and the next step."""
    return PydanticCustomError(UNFIT, "{message}", {"message": message, "mend": mend})


def is_unknown(value: Any) -> bool:
    """Whether a value says that nothing is known: None, blank text, `?` or `unknown`."""
    return value is None or (isinstance(value, str) and value.strip().lower() in _UNKNOWN_WORDS)


def read_text(value: Any) -> str | None:
    """Text without spaces at its ends. Refuses characters a page cannot show and over-long text."""
    if is_unknown(value):
        return None
    if not isinstance(value, str):
        raise unfit("This must be text.", "write one piece of text here")
    text = value.strip()
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in _DIRECTION_MARKS:
            raise unfit(
                f"The text holds a control character (U+{ord(character):04X}).", "type the text again on one line"
            )
    if len(text) > LONGEST_TEXT:
        raise unfit(f"The text has {len(text)} characters; at most {LONGEST_TEXT} fit.", "shorten it")
    return text


def read_number(value: Any) -> float | None:
    """A finite number, from a number or from text such as "80.5"."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if math.isfinite(value):
            return value
        raise unfit("This is not a finite number.", "write the measured number")
    text = read_text(value)
    if text is None:
        return None
    if _NUMBER.fullmatch(text):
        return float(text)
    with_unit = _NUMBER_AND_UNIT.fullmatch(text)
    if with_unit:
        raise PydanticCustomError(
            "number_with_unit", "a number with a unit", {"number": with_unit[1], "written_unit": with_unit[2]}
        )
    raise unfit("This must be a number.", "write digits with a point for decimals, as in 80.5")


def read_whole(value: Any) -> int | None:
    """A whole number, from a number or from text such as "3"."""
    number = read_number(value)
    if number is None:
        return None
    if number != int(number):
        raise unfit("This must be a whole number.", "write a number without decimals")
    return int(number)


def read_yes_no(value: Any) -> bool | None:
    """True for yes, y, true; False for no, n, false."""
    if isinstance(value, bool):
        return value
    text = read_text(value)
    if text is None:
        return None
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise unfit("This must be yes or no.", "write yes or no as of today, or leave it blank if not known")


def read_choice(value: Any, choices: Sequence[str]) -> str | None:
    """One of `choices`, ignoring case; its first letter is enough where that names one alone."""
    text = read_text(value)
    if text is None:
        return None
    exact = [choice for choice in choices if choice.lower() == text.lower()]
    by_letter = [choice for choice in choices if choice[0].lower() == text.lower()]
    for found in (exact, by_letter):
        if len(found) == 1:
            return found[0]
    listed = ", ".join(choices)
    raise unfit(f"This must be one of: {listed}.", f"write one of: {listed}; or leave it blank if not known")


def read_date(value: Any) -> date | None:
    """A calendar date, from a date or from text such as 1957-03-09."""
    moment = read_moment(value)
    if isinstance(moment, datetime):
        raise unfit("This must be a date without a time of day.", "write it as 1957-03-09")
    return moment


def read_moment(value: Any) -> datetime | date | None:
    """A date with a time of day (datetime), or a date whose time is not known (date).

    Text is ISO 8601 in the hospital's local time: 2026-12-01T07:30 or 2026-12-01.
    """
    if isinstance(value, datetime) and value.tzinfo:
        raise _offset_error()
    if isinstance(value, date):
        return value
    text = read_text(value)
    if text is None:
        return None
    found = _MOMENT.fullmatch(text)
    if not found:
        raise _moment_error(text)
    try:
        return datetime.fromisoformat(f"{found[1]}T{found[2]}") if found[2] else date.fromisoformat(found[1])
    except ValueError:
        raise unfit("There is no such day or time.", "check the month, day, hour and minute") from None


def _moment_error(text: str) -> PydanticCustomError:
    if _CLOCK_ONLY.fullmatch(text):
        return unfit("A time of day stands here without its date.", "write both, as in 2026-12-01 07:30")
    if _OFFSET.search(text):
        return _offset_error()
    return unfit("This is not a date, or a date and time, as year-month-day.", "write 2026-12-01 or 2026-12-01 07:30")


def _offset_error() -> PydanticCustomError:
    return unfit(
        "The time names a time zone, and a plan is in the hospital's local time.",
        "write the local time without a zone, as in 2026-12-01 07:30",
    )
