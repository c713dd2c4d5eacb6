"""Kinds of values in a site file. Each parser raises ValueError with a plain sentence."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from planner.reading.notation import findings

LONGEST_WORDS = 80
"""Characters of a name or number that still fit on one line of a page."""
SHORTEST_DIGEST = 12
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Z]{2})?$")
_DIGEST = re.compile(rf"^[0-9a-f]{{{SHORTEST_DIGEST},64}}$")


def _words(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    words = value.strip()
    if not words:
        raise ValueError("this is empty: write it, or leave the key out")
    if not words.isprintable():
        raise ValueError("this has a line end, a tab or a hidden character: write one line of plain text")
    if len(words) > LONGEST_WORDS:
        raise ValueError(f"this is too long for a page: at most {LONGEST_WORDS} characters")
    return words


def _safe_words(value: Any) -> Any:
    """Words that are printed among doses, and keep the rules of safe writing."""
    words = _words(value)
    for rule, found in findings(words) if isinstance(words, str) else ():
        raise ValueError(f"{found.strip()} is not safe beside a dose ({rule.name}): {rule.mend}")
    return words


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if not _DATE.match(value):
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise ValueError("this is not a date of the calendar: write year, month and day as 2026-12-01") from None
    return value


def _language(value: Any) -> Any:
    if isinstance(value, str) and not _LANGUAGE.match(value):
        raise ValueError("a language is written as its code: en, es or pt-BR")
    return value


def _digest(value: Any) -> Any:
    if isinstance(value, str) and not _DIGEST.match(value):
        raise ValueError(f"a digest is {SHORTEST_DIGEST} to 64 of the characters 0 to 9 and a to f")
    return value


def _beside(value: Any) -> Any:
    if isinstance(value, str) and "://" in value:
        raise ValueError("this is an address: name a place on this computer, from the folder of the site file")
    return _words(value)


def _schema(example: str, pattern: re.Pattern[str] | None = None) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "examples": [example]} | ({"pattern": pattern.pattern} if pattern else {}))


Words = Annotated[
    str,
    BeforeValidator(_words),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_WORDS}),
]
SafeWords = Annotated[
    str,
    BeforeValidator(_safe_words),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_WORDS}),
]
Day = Annotated[str, BeforeValidator(_date), _schema("2026-12-01", _DATE)]
Language = Annotated[str, BeforeValidator(_language), _schema("es", _LANGUAGE)]
Digest = Annotated[str, BeforeValidator(_digest), _schema("0123456789ab", _DIGEST)]
Beside = Annotated[str, BeforeValidator(_beside), _schema("logo.png")]
"""A file or folder; one that is not absolute starts from the folder of the site file."""
