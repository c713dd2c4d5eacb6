"""Headers to facts: which column of a list holds what, by the words of the library and the map of the user."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.case.listed import MEASURES, REQUIRED, SEVERAL, TARGETS
from planner.library.matching import fold
from planner.library.schedule import ScheduleWords, own_unit, unit_named
from planner.reading.problems import Place, Problem, nearest
from planner.schedule.column_map import IGNORE, ColumnMap
from planner.schedule.tables import Table

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_NUMBERED = re.compile(r"\s*#?\s*\d{1,2}$")

NOT_KNOWN = "not known"
"""Why a column is not used whose header nobody has told the meaning of."""
_OTHER_BY_VALUES = {
    "birth_date": (re.compile(r"\d{1,3}"), "age", "whole years"),
    "surgery_at": (re.compile(r"\d{1,2}:?\d{2}(:\d{2})?\s*([AaPp]\.?[Mm]?\.?)?"), "start_time", "times without a date"),
}


@dataclass(frozen=True)
class Column:
    """One column: where it stands, its header, the fact it holds (None: it is not used), and why.

    `unit` is that of its header or of the user's map, by the name the library gives it.
    """

    position: int
    header: str
    target: str | None
    why: str
    unit: str | None = None

    @property
    def label(self) -> str:
        """How messages name the column."""
        return self.header or f"column {self.position + 1}"


class Headers:
    """Understands headers by the words of a library."""

    def __init__(self, words: ScheduleWords):
        self.words = words
        self._targets = {fold(target): target for target in TARGETS} | words.target_of
        self._fields = {fold(field): target for target, field in MEASURES.items()}

    def known(self, header: str) -> bool:
        """Whether a header is understood, also as one to ignore."""
        return bool(header.strip()) and (self.read(header)[0] is not None or self.words.ignores(header))

    def read(self, header: str) -> tuple[str | None, str | None]:
        """The fact and the unit that a header names; None where it names none."""
        for text, unit_text in self._readings(header):
            target = self._targets.get(fold(text))
            if target is None:
                continue
            if not unit_text:
                return target, None
            unit = unit_named(unit_text, self.words.units.get(target, {}))
            if unit:
                return target, unit
        field = self._fields.get(fold(header))
        return (field, own_unit(self.words.units[field])) if field else (None, None)

    def _readings(self, header: str) -> Iterator[tuple[str, str]]:
        """The header as a name and a unit, in every way it may be split; the whole first."""
        # Only a word is split at its humps, never a unit such as mg/dL.
        name = _BRACKETS.sub(" ", header.strip())
        spaced = _HUMP.sub(" ", name)
        brackets = _BRACKETS.findall(header)
        units = [text for text in brackets if not self.words.is_header_remark(text)]
        for text in (name, spaced):
            yield text, " ".join(units)
        if units:
            return
        for text in (name, spaced):
            parts = re.split(r"[\s_,/-]+", text)
            for kept in range(len(parts) - 1, max(0, len(parts) - 4), -1):
                ending = parts[kept:] if parts[kept].lower() != "in" or len(parts) == kept + 1 else parts[kept + 1 :]
                yield " ".join(parts[:kept]), " ".join(ending)
                yield " ".join(parts[:kept]), "/".join(ending)
        if _NUMBERED.search(spaced):
            yield _NUMBERED.sub("", spaced), ""


def understand(table: Table, headers: Headers, own: ColumnMap) -> tuple[list[Column], list[Problem]]:
    """Every column of a table, and what is wrong: two hold one fact, a needed one is missing, the map errs."""
    columns = [_by_its_values(column, table) for column in _columns(table, headers, own)]
    return columns, [*own.problems_with(table), *_twins(columns, table), *_missing(columns, table)]


def _columns(table: Table, headers: Headers, own: ColumnMap) -> Iterator[Column]:
    for position, header in enumerate(table.headers):
        wish = own.wish(header)
        if wish is not None:
            if wish.field == IGNORE:
                yield Column(position, header, None, "ignored by the map")
            else:
                unit = wish.unit or headers.read(header)[1]
                yield Column(position, header, wish.field, "as the map says", unit if wish.field in MEASURES else None)
            continue
        target, unit = headers.read(header)
        if target:
            yield Column(position, header, target, "by its header", unit)
        elif headers.words.ignores(header):
            yield Column(position, header, None, "known, and of no use for a plan")
        else:
            yield Column(position, header, None, NOT_KNOWN)


def _by_its_values(column: Column, table: Table) -> Column:
    """A date of birth that holds whole years, as in some exports, is the age; a start that holds times is the time."""
    shape, other, words = _OTHER_BY_VALUES.get(column.target, (None, "", ""))
    cells = [cell.strip() for cell in table.cells[column.position] if cell.strip()] if shape else []
    if not cells or not all(shape.fullmatch(cell) for cell in cells):
        return column
    return replace(column, target=other, why=f"{column.why}; it holds {words}, so it is read as {other}")


def _twins(columns: list[Column], table: Table) -> Iterator[Problem]:
    """Two columns for one fact: which of them holds is for a person to say."""
    for target in dict.fromkeys(column.target for column in columns if column.target):
        same = [column for column in columns if column.target == target]
        if len(same) > 1 and target not in SEVERAL:
            named = " and ".join(f"{column.label} (column {column.position + 1})" for column in same)
            mend = f"say which one holds in a map: --columns map.yaml with '{same[-1].header}: {IGNORE}'"
            yield Problem(
                Place(table.source, table.header_row, 1), f"Two columns stand for {target}: {named}.", mend=mend
            )


def _missing(columns: list[Column], table: Table) -> Iterator[Problem]:
    there = {column.target for column in columns}
    for group, what in REQUIRED:
        if there.isdisjoint(group):
            free = [column.label for column in columns if column.target is None]
            close = next((f"; {guess}" for header in free if (guess := nearest(header, group))), "")
            mend = (
                f"name the column in a map: --columns map.yaml; planner batch --explain writes one to start from{close}"
            )
            message = f"No column holds {what} ({' or '.join(group)}). Not understood: {', '.join(free) or 'none'}."
            yield Problem(Place(table.source, table.header_row, 1), message, mend=mend)
