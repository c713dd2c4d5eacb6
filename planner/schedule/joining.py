"""Rows that are one case: a line for each of its operations, or the same row twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from planner.reading.problems import Place, Problem
from planner.schedule.columns import Column
from planner.schedule.understood import Understood

_OF_ONE_LINE = ("procedure", "cpt", "side", "line", "approach", "surgeon")
"""What may differ between the rows of one case."""
_CASE = ("case_number", "surgery_date", "surgery_at")


@dataclass(frozen=True)
class Joined:
    """The rows of one case, the leading one first, and what stands against using them.

    `lines` holds the cells of each row by column position, stripped.
    """

    rows: tuple[int, ...]
    columns: tuple[Column, ...]
    lines: tuple[dict[int, str], ...]
    problems: tuple[Problem, ...] = field(default=())

    def cell(self, column: Column) -> str:
        """The first cell of a column that is not blank, in the rows of the case."""
        return next((line[column.position] for line in self.lines if line[column.position]), "")

    def one(self, target: str) -> tuple[Column | None, str]:
        """The column of a fact and its cell; no column where the list has none."""
        column = next((column for column in self.columns if column.target == target), None)
        return column, self.cell(column) if column else ""

    def text(self, target: str) -> str | None:
        return self.one(target)[1] or None

    def of(self, target: str) -> list[tuple[Column, str]]:
        """Every cell of a fact that several columns or rows may hold, each different one once."""
        found = [
            (column, line[column.position])
            for line in self.lines
            for column in self.columns
            if column.target == target and line[column.position]
        ]
        return list({_plain(cell): (column, cell) for column, cell in reversed(found)}.values())[::-1]

    def cells_of(self, target: str, line: dict[int, str]) -> list[str]:
        """The cells of a fact in one row that are not blank."""
        return [line[column.position] for column in self.columns if column.target == target and line[column.position]]


def joined(understood: Understood) -> Iterator[Joined]:
    """The cases of a list, in the order of their first rows."""
    used = [column for column in understood.columns if column.target]
    groups: dict[tuple, list[tuple[int, dict[int, str]]]] = {}
    for row, cells in zip(understood.table.cells.index, understood.table.cells.itertuples(index=False), strict=True):
        line = {column.position: cells[column.position].strip() for column in used}
        key = (row,) if row in understood.table.odd else _key(used, line)
        groups.setdefault(key, []).append((row, line))
    for found in groups.values():
        yield _joined(found, tuple(used), understood)


def _key(used: list[Column], line: dict[int, str]) -> tuple:
    """What tells one case from another: number, day and patient; without a number the whole row."""
    by_target = {column.target: line[column.position] for column in used}
    if by_target.get("case_number"):
        return tuple(_plain(by_target.get(target, "")) for target in (*_CASE, "mrn"))
    return ("", *line.values())


def _joined(found: list[tuple[int, dict[int, str]]], used: tuple[Column, ...], understood: Understood) -> Joined:
    ordered = sorted(found, key=lambda row: _line_number(used, row[1]))
    rows = tuple(row for row, _ in ordered)
    problems = [
        Problem(
            Place(f"row {row}", path="row"),
            understood.table.odd[row],
            mend="look for a line break or a separator in a cell",
        )
        for row in rows
        if row in understood.table.odd
    ]
    for column in used:
        if column.target in _OF_ONE_LINE:
            continue
        different = dict.fromkeys(line[column.position] for _, line in ordered if line[column.position])
        if len(set(map(_plain, different))) > 1:
            message = f"Rows {' and '.join(map(str, rows))} are one case, and differ here: {' and '.join(different)}."
            problems.append(Problem(Place(f"row {rows[0]}", path=column.label), message, mend="correct or remove one"))
    return Joined(rows, used, tuple(line for _, line in ordered), tuple(problems))


def _line_number(used: tuple[Column, ...], line: dict[int, str]) -> int:
    cell = next((line[column.position] for column in used if column.target == "line"), "")
    return int(cell) if cell.isdecimal() else 0


def _plain(cell: str) -> str:
    """A cell as it is compared with another: case and spaces do not count, every other sign does."""
    return " ".join(cell.split()).casefold()
