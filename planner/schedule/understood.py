"""A list with every column understood: what it holds, in which unit, with day and month in which order."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from planner.library.schedule import ScheduleWords
from planner.reading.problems import InputError, Place, Problem
from planner.schedule.column_map import ColumnMap
from planner.schedule.columns import Column, Headers, understand
from planner.schedule.dates import orders_shown
from planner.schedule.measures import unit_of_column
from planner.schedule.tables import Table, read_table
from planner.schedule.targets import DATES, MEASURES


@dataclass(frozen=True)
class Understood:
    """`orders`: of each date column, by position, the order of day and month (None: it does not matter)."""

    table: Table
    columns: tuple[Column, ...]
    units: dict[int, str] = field(default_factory=dict)
    orders: dict[int, str | None] = field(default_factory=dict)


def read_schedule(
    path: str, words: ScheduleWords, own: ColumnMap, dates: str | None = None, sheet: str | None = None
) -> Understood:
    """The list at `path`. `dates` is mdy or dmy, and goes before what the map says.

    Raises InputError with every column that cannot be told: two for one fact, a needed one that is
    missing, a number without a unit, dates that could be read both ways.
    """
    headers = Headers(words)
    table = read_table(path, headers.known, sheet)
    columns = understand(table, headers, own)
    if table.cells.empty:
        raise InputError([Problem(Place(table.source), "There are no rows below the header.", mend="export it again")])
    problems: list[Problem] = []
    units = dict(_units(table, columns, words, problems))
    orders = dict(_orders(table, columns, dates or own.dates, words, problems))
    if problems:
        raise InputError(problems)
    return Understood(table, tuple(columns), units, orders)


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
