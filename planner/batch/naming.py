"""Names of folders and files: by date, room, start and case number, and by patient only where that is wished."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from planner.schedule.cases import ListedCase

_OTHER = re.compile(r"[^a-z0-9]+", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d+)")
_LONGEST = 40
UNDATED = "no-date"


def folder_of(listed: ListedCase) -> str:
    """The folder of a case's day."""
    return listed.day.isoformat() if listed.day else UNDATED


def names(cases: Sequence[ListedCase], with_patient: bool = False) -> list[str]:
    """One name a case; where two would be the same, both tell their row."""
    plain = [_name(listed, with_patient) for listed in cases]
    return [
        f"{name}_row{listed.rows[0]}" if plain.count(name) > 1 else name
        for name, listed in zip(plain, cases, strict=True)
    ]


def _name(listed: ListedCase, with_patient: bool) -> str:
    clock = f"{listed.start:%H%M}" if listed.start else "no-time"
    room = _slug(listed.room) or "no-room"
    number = _slug(listed.case_number) or f"row{listed.rows[0]}"
    patient = [_slug(listed.name) or "no-name"] if with_patient else []
    return "_".join([folder_of(listed), room, clock, number, *patient])


def _slug(text: str | None) -> str:
    """Letters and digits that every file system keeps, other signs as one hyphen."""
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode()
    return _OTHER.sub("-", plain).strip("-")[:_LONGEST]


def print_order(listed: ListedCase) -> tuple:
    """Date, room, start, row; what is not known comes last."""
    return (
        listed.day or date.max,
        listed.room is None,
        natural(listed.room or ""),
        listed.start or datetime.max,
        listed.rows[0],
    )


def natural(text: str) -> tuple:
    """OR 2 before OR 10."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part.lower()) for part in _NUMBERS.split(text))
