"""A list with every column understood: what it holds, in which unit, with day and month in which order."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from planner.case.listed import DATES, MEASURES
from planner.library.schedule import ScheduleWords
from planner.reading.problems import InputError, Place, Problem
from planner.schedule.column_map import ColumnMap
from planner.schedule.columns import NOT_KNOWN, Column, Headers, understand
from planner.schedule.dates import orders_shown
from planner.schedule.measures import unit_of_column
from planner.schedule.tables import Table, read_table


@dataclass(frozen=True)
class Understood:
    """`orders`: of each date column, by position, the order of day and month (None: it does not matter)."""

    table: Table
    columns: tuple[Column, ...]
    units: dict[int, str] = field(default_factory=dict)
    orders: dict[int, str | None] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user must know of what was not read: other sheets, columns that are not understood."""
        strange = [
            column.label
            for column in self.columns
            if column.why == NOT_KNOWN and any(cell.strip() for cell in self.table.cells[column.position])
        ]
        if not strange:
            return self.table.notes
        named = f"Columns not understood and not used: {', '.join(strange)}"
        return (*self.table.notes, f"{named}. --explain writes a map, in which --columns can say what they hold")


@dataclass(frozen=True)
class Looked:
    """A list as it is understood so far, with every `problem` that stands in the way of using it."""

    understood: Understood
    problems: tuple[Problem, ...]


def read_schedule(
    path: str, words: ScheduleWords, own: ColumnMap, dates: str | None = None, sheet: str | None = None
) -> Understood:
    """The list at `path`. `dates` is mdy or dmy, and goes before what the map says.

    Raises InputError with every column that cannot be told: two for one fact, a needed one that is
    missing, a number without a unit, dates that could be read both ways.
    """
    looked = look_at(path, words, own, dates, sheet)
    if looked.problems:
        raise InputError(looked.problems)
    return looked.understood


def look_at(
    path: str, words: ScheduleWords, own: ColumnMap, dates: str | None = None, sheet: str | None = None
) -> Looked:
    """The list at `path` as far as it is understood. Raises InputError where it cannot be read at all."""
    headers = Headers(words)
    table = read_table(path, headers.known, sheet)
    if table.cells.empty:
        raise InputError([Problem(Place(table.source), "There are no rows below the header.", mend="export it again")])
    columns, problems = understand(table, headers, own)
    units = dict(_units(table, columns, words, problems))
    orders = dict(_orders(table, columns, dates or own.dates, words, problems))
    return Looked(Understood(table, tuple(columns), units, orders), tuple(problems))


def _units(
    table: Table, columns: list[Column], words: ScheduleWords, problems: list[Problem]
) -> Iterator[tuple[int, str]]:
    for column in columns:
        if column.target not in MEASURES:
            continue
        units = words.units[column.target]
        cells = (cell for cell in table.cells[column.position] if not words.says_unknown(cell.strip()))
        unit = column.unit or unit_of_column(cells, column.target, units)
        if unit is None:
            listed = " or ".join(units)
            mend = f"say it in the header, or in a map: '{column.label}: {{field: {column.target}, unit: ...}}'"
            message = f"The unit of {column.label} is not said, and the numbers could be in {listed}."
            problems.append(Problem(_place(table, column), message, table.samples(column.position), mend))
            continue
        yield column.position, unit


def _orders(
    table: Table, columns: list[Column], said: str | None, words: ScheduleWords, problems: list[Problem]
) -> Iterator[tuple[int, str | None]]:
    for column in columns:
        if column.target not in DATES:
            continue
        cells = [cell.strip() for cell in table.cells[column.position] if not words.says_unknown(cell.strip())]
        shown, is_open = orders_shown(cells)
        if said is None and (len(shown) > 1 or (is_open and not shown)):
            fault = (
                "some dates put the month first and others the day"
                if shown
                else "no date shows whether the month or the day comes first"
            )
            message = f"The dates of {column.label} can be read in two ways: {fault}."
            mend = "say it with --dates mdy (month first) or --dates dmy (day first)"
            problems.append(Problem(_place(table, column), message, table.samples(column.position), mend))
        yield column.position, said or (next(iter(shown)) if len(shown) == 1 else None)


def _place(table: Table, column: Column) -> Place:
    return Place(table.source, table.header_row, 1, column.label)
