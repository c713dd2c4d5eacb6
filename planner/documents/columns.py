"""Columns of about equal length, filled in reading order, with headings where they belong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

Item = TypeVar("Item")
_FEW_LINES = 3
_TRIES = 24


@dataclass(frozen=True)
class Group(Generic[Item]):
    """Items under one heading."""

    title: str
    lines: tuple[Item, ...]


Columns = tuple[tuple[Group[Item], ...], ...]
"""One column or more; each a tuple of groups. Empty where there is nothing."""


@dataclass(frozen=True)
class Shape:
    """How many columns, and how many letters fit on a line of one.

    `over`: lines taken by a heading over the first column; `title`: by the title of a group.
    `run_in`: items follow each other in one paragraph.
    """

    count: int
    letters: int
    over: float = 0
    title: float = 1
    run_in: bool = False

    def lines(self, text: str) -> float:
        return len(text) / self.letters if self.run_in else wrapped(text, self.letters)


HALVES = Shape(2, 68, over=1)
RUN_IN = Shape(2, 68, over=1, run_in=True)
"""Second-level text in two columns under a heading."""


def wrapped(text: str, letters: int) -> int:
    """How many lines a text takes where so many letters fit on one, the later ones a little indented."""
    lines, room = 1, letters
    for word in text.split(" "):
        if len(word) > room and room < letters:
            lines, room = lines + 1, letters - 2
        lines += max(0, len(word) - 1) // letters
        room -= len(word) % letters + 1
    return lines


def columns(groups: Sequence[Group[Item]], words: Callable[[Item], str], shape: Shape) -> Columns:
    """The groups in one column where they are short, else in several; a heading is repeated where it is cut.

    `words`: the text of an item, about as it is printed.
    """
    flat = [(group.title, line) for group in groups for line in group.lines]
    if not flat:
        return ()
    sizes = [shape.lines(words(line)) for _, line in flat]
    if sum(sizes) <= _FEW_LINES:
        return (_grouped(flat),)
    cuts = [0, *cut(sizes, [title for title, _ in flat], shape), len(flat)]
    return tuple(_grouped(flat[start:end]) for start, end in zip(cuts, cuts[1:], strict=False) if start < end)


def depth(columns: Columns[Item], words: Callable[[Item], str], shape: Shape) -> float:
    """About how many lines the longest column takes."""
    heights = [
        sum(shape.title * bool(group.title) + sum(shape.lines(words(line)) for line in group.lines) for group in column)
        for column in columns
    ]
    return shape.over + max(heights, default=0)


def merged(many: Columns) -> tuple[Group, ...]:
    """The groups of all columns in one list, for pages without columns."""
    return _grouped([(group.title, line) for column in many for group in column for line in group.lines])


def cut(sizes: Sequence[float], titles: Sequence[str], shape: Shape) -> list[int]:
    """Where to cut, so that the longest column, with its headings, is about as short as it can be."""
    low, high = 0.0, sum(sizes) + shape.title * len(sizes) + shape.over
    best = _filled(sizes, titles, high, shape)
    for _ in range(_TRIES):
        limit = (low + high) / 2
        found = _filled(sizes, titles, limit, shape)
        if found is None or len(found) >= shape.count:
            low = limit
        else:
            high, best = limit, found
    return best or []


def _filled(sizes: Sequence[float], titles: Sequence[str], limit: float, shape: Shape) -> list[int] | None:
    """Where columns no longer than `limit` end; None where one item alone is longer."""
    cuts, height, heading = [], shape.over, None
    for at, (size, title) in enumerate(zip(sizes, titles, strict=True)):
        needed = size + (shape.title if title and title != heading else 0)
        if height + needed > limit and at > (cuts[-1] if cuts else 0):
            cuts.append(at)
            height, needed = 0.0, size + (shape.title if title else 0)
        if height + needed > limit:
            return None
        height, heading = height + needed, title
    return cuts


def _grouped(flat: Sequence[tuple[str, Item]]) -> tuple[Group[Item], ...]:
    return tuple(
        Group(title, tuple(line for _, line in lines)) for title, lines in groupby(flat, key=lambda pair: pair[0])
    )
