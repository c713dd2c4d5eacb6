"""Lists read as the program reads them."""

from datetime import datetime
from pathlib import Path

import pytest

from planner.schedule.cases import read_cases
from planner.schedule.column_map import ColumnMap
from planner.schedule.understood import read_schedule

NOW = datetime(2026, 12, 1, 18, 0)


@pytest.fixture
def cases_of(library):
    """The cases of a list at a path."""

    def read(path, dates=None, own=None, sheet=None):
        understood = read_schedule(str(path), library.schedule, own or ColumnMap(), dates, sheet)
        return read_cases(understood, library, NOW)

    return read


@pytest.fixture
def listed(tmp_path, cases_of):
    """The cases of a list in CSV text."""

    def read(text: str, **named):
        path: Path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        return cases_of(path, **named)

    return read
