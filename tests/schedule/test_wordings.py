"""Operations as lists write them: to one protocol with its side, or to none. A wrong match is worse than none."""

import csv
from pathlib import Path

import pytest

from planner.schedule.leading import Line, lead
from planner.schedule.operations import OperationReader

WORDINGS = list(csv.DictReader((Path(__file__).parent / "wordings.csv").open(encoding="utf-8")))


@pytest.fixture(scope="module")
def reader(library):
    return OperationReader(library.schedule.operation, library.protocols)


@pytest.mark.parametrize("row", WORDINGS, ids=lambda row: row["text"])
def test_wording(row, reader, library):
    leading = lead([Line(reader.operations([row["text"]]))], reader)
    found = leading.operation
    assert (found.protocol if found else "") == row["expected"]
    if found and library.protocols[found.protocol].laterality:
        assert next(iter(leading.sides), "") == row["side"]
