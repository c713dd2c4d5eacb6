"""A user's own map of columns: what each header stands for, where the library does not know or errs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.case.listed import TARGETS
from planner.library.matching import fold
from planner.library.schedule import ScheduleWords
from planner.reading.files import read_text
from planner.reading.located import Located, read_yaml
from planner.reading.problems import InputError, Place, Problem, nearest
from planner.schedule.tables import Table

IGNORE = "ignore"
ORDERS = ("mdy", "dmy")
LARGEST_MAP_BYTES = 1_000_000


@dataclass(frozen=True)
class Wish:
    """What a map says of one header: the fact it stands for, or ignore, and its unit."""

    field: str
    unit: str | None
    place: Place


@dataclass(frozen=True)
class ColumnMap:
    """`wishes` by header as written; `dates` is the order of day and month."""

    wishes: Mapping[str, Wish] = field(default_factory=dict)
    dates: str | None = None

    def wish(self, header: str) -> Wish | None:
        """What the map says of a header; spelling apart from case and punctuation must fit."""
        return self.wishes.get(header) or self._folded.get(fold(header))

    @property
    def _folded(self) -> dict[str, Wish]:
        return {fold(header): wish for header, wish in self.wishes.items()}

    def problems_with(self, table: Table) -> Iterator[Problem]:
        """Headers of the map that the table has not."""
        there = {*table.headers, *map(fold, table.headers)}
        for header, wish in self.wishes.items():
            if header not in there and fold(header) not in there:
                mend = nearest(header, table.headers) or f"the list has: {', '.join(table.headers)}"
                yield Problem(wish.place, f"{table.source} has no column of this name.", header, mend)


def read_column_map(path: str, words: ScheduleWords) -> ColumnMap:
    """The map in a YAML file. Raises InputError with every problem.

    columns: {Pt Wt: {field: weight, unit: lb}, Planned proc: procedure, Comment: ignore}
    dates: mdy
    """
    located = read_yaml(read_text(path, LARGEST_MAP_BYTES), path)
    value = located.value
    if not isinstance(value, dict) or not isinstance(value.get("columns", {}), dict):
        mend = "write columns: and below it HEADER: field; planner batch --explain writes one to start from"
        raise InputError([Problem(located.place(()), "A map is headers with the facts they hold.", mend=mend)])
    problems = [
        Problem(located.place((key,)), "This is not known here.", key, "use columns and dates")
        for key in value
        if key not in ("columns", "dates")
    ]
    dates = value.get("dates")
    if dates is not None and dates not in ORDERS:
        problems.append(
            Problem(located.place(("dates",)), "This is no order of dates.", str(dates), "write mdy or dmy")
        )
    wishes = dict(_wishes(value.get("columns") or {}, located, words, problems))
    if problems:
        raise InputError(problems)
    return ColumnMap(wishes, dates)


def _wishes(
    columns: Mapping[str, Any], located: Located, words: ScheduleWords, problems: list[Problem]
) -> Iterable[tuple[str, Wish]]:
    for header, said in columns.items():
        place = located.place(("columns", header))
        entry = said if isinstance(said, dict) else {"field": said}
        name, unit = entry.get("field"), entry.get("unit")
        if set(entry) - {"field", "unit"} or not isinstance(name, str):
            problems.append(Problem(place, "A column is a fact, or field and unit.", mend="write HEADER: weight"))
            continue
        if name != IGNORE and name not in TARGETS:
            mend = nearest(name, TARGETS) or f"use one of {', '.join(TARGETS)}, or {IGNORE}"
            problems.append(Problem(place, "There is no such fact.", name, mend))
            continue
        known = words.units.get(name, {})
        found = next((one for one, spelled in known.items() if unit in (one, *spelled.also)), None) if unit else None
        if unit and not found:
            mend = f"use one of {', '.join(known)}" if known else "leave the unit out"
            problems.append(Problem(place, f"There is no such unit for {name}.", str(unit), mend))
            continue
        yield header, Wish(name, found, place)
