"""Operating lists: read to cases, and their columns explained."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from planner.api.writing import write_whole
from planner.library.library import Library
from planner.reading.problems import InputError, Place, Problem
from planner.schedule.cases import ListedCase, read_cases
from planner.schedule.column_map import ColumnMap, read_column_map
from planner.schedule.explain import columns_in_words, starter_map
from planner.schedule.understood import look_at, read_schedule


@dataclass(frozen=True)
class ReadList:
    """The cases of a list. `source` is its file name, `blank` the number of rows without text."""

    source: str
    cases: list[ListedCase]
    blank: int
    notes: tuple[str, ...]


def read_list(
    path: str,
    library: Library,
    now: datetime,
    columns: str | None = None,
    dates: str | None = None,
    sheet: str | None = None,
) -> ReadList:
    """Every case of the list at `path`; `columns` is the path of a map. Raises InputError."""
    own = read_column_map(columns, library.schedule) if columns else ColumnMap()
    understood = read_schedule(path, library.schedule, own, dates, sheet)
    cases = read_cases(understood, library, now)
    return ReadList(understood.table.source, cases, understood.table.blank, understood.notes)


def explain_columns(
    path: str,
    library: Library,
    columns: str | None = None,
    dates: str | None = None,
    sheet: str | None = None,
    target: Path | None = None,
) -> str:
    """How each column of a list is understood, in words. A map to start from is written to `target`, by default
    NAME.columns.yaml in the current folder; a file that is there already is kept. Raises InputError."""
    own = read_column_map(columns, library.schedule) if columns else ColumnMap()
    looked = look_at(path, library.schedule, own, dates, sheet)
    place = target or Path(f"{'schedule' if path == '-' else Path(path).stem}.columns.yaml")
    if place.exists():
        mend = "name another file with -o, or remove it"
        raise InputError([Problem(Place(str(place)), "There is a file of this name already.", mend=mend)])
    write_whole([(place, starter_map(looked, library.schedule).encode())])
    return (
        f"{columns_in_words(looked, library.schedule)}\n\n{place}: a map to start from; use it with --columns {place}"
    )
