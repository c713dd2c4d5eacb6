"""Two columns of about equal length, filled in reading order, with headings where they belong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

Item = TypeVar("Item")
_LETTERS_A_LINE = 58
_FEW_LINES = 3


@dataclass(frozen=True)
class Group(Generic[Item]):
    """Items under one heading."""

    title: str
    lines: tuple[Item, ...]


Columns = tuple[tuple[Group[Item], ...], ...]
"""One column or two; each a tuple of groups. Empty where there is nothing."""


def columns(groups: Sequence[Group[Item]], letters: Callable[[Item], int]) -> Columns:
    """The groups in one column where they are short, else in two; a heading is repeated where it is cut."""
    flat = [(group.title, line) for group in groups for line in group.lines]
    if not flat:
        return ()
    sizes = [lines_of(letters(line)) for _, line in flat]
    if sum(sizes) <= _FEW_LINES:
        return (_grouped(flat),)
    at = cut(sizes, [title for title, _ in flat])
    return (_grouped(flat[:at]), _grouped(flat[at:]))


def merged(both: Columns) -> tuple[Group, ...]:
    """The groups of all columns in one list, for pages without columns."""
    return _grouped([(group.title, line) for column in both for group in column for line in group.lines])


def cut(sizes: Sequence[int], titles: Sequence[str]) -> int:
    """Where to cut, so that the longer part, with its headings, is as short as it can be."""

    def longer(at: int) -> int:
        return max(_height(sizes[:at], titles[:at]), _height(sizes[at:], titles[at:]))

    return min(range(1, len(sizes) + 1), key=lambda at: (longer(at), titles[at - 1 : at] == titles[at : at + 1], -at))


def _height(sizes: Sequence[int], titles: Sequence[str]) -> int:
    return sum(sizes) + len(dict.fromkeys(title for title in titles if title))


def lines_of(letters: int) -> int:
    return max(1, -(-letters // _LETTERS_A_LINE))


def _grouped(flat: Sequence[tuple[str, Item]]) -> tuple[Group[Item], ...]:
    return tuple(
        Group(title, tuple(line for _, line in lines)) for title, lines in groupby(flat, key=lambda pair: pair[0])
    )
