"""Which of two version numbers is the later one, and which one comes next."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

_PART = re.compile(r"[0-9]+|[A-Za-z]+")
_VERSION = re.compile(r"^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$")
_LAST_NUMBER = re.compile(r"([0-9]+)([^0-9]*)$")


def _version(value: Any) -> Any:
    if isinstance(value, str) and not _VERSION.match(value):
        raise ValueError("a version is written in digits, letters, points and hyphens: 2026.1")
    return value


Version = Annotated[
    str,
    BeforeValidator(_version),
    WithJsonSchema({"type": "string", "pattern": _VERSION.pattern, "examples": ["2026.1"]}),
]
"""A version that can be the name of a file."""


def is_later(version: str, than: str) -> bool:
    """Whether `version` comes after `than`: numbers count as numbers, 2026.10 after 2026.9 and after 2026."""
    return _order(version) > _order(than)


def next_after(version: str) -> str:
    """A version that comes after this one: 2026.2 after 2026.1."""
    if not _LAST_NUMBER.search(version):
        return f"{version}.2"
    return _LAST_NUMBER.sub(lambda found: f"{int(found[1]) + 1}{found[2]}", version)


def _order(version: str) -> list[tuple[int, int, str]]:
    parts = _PART.findall(version)
    return [(1, int(part), "") if part.isdigit() else (0, 0, part.lower()) for part in parts]
