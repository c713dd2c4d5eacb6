"""Operating lists that attack: refused as a whole, or every row accounted for, in words and in time."""

import time
from datetime import datetime

import pytest

from planner.api.schedules import read_list
from planner.reading.problems import InputError
from tests.hostile.texts import LONG, TEXTS, UNPRINTABLE

NOW = datetime(2026, 12, 1, 18, 0)
HEADER = "Case ID,Patient Name,MRN,Age,Sex,Surgery Date,Start Time,Procedure,Side,Weight (kg),Medications,Allergies"
USUAL = "1,Testcase,7,60,F,2026-12-15,07:30,TKA,L,70,none,none"
LONGEST_S = 10
FILES = {
    "empty": b"",
    "one line break": b"\n",
    "nulls": b"\x00" * 1000,
    "binary": bytes(range(256)) * 20,
    "only a header": HEADER.encode(),
    "an open quote": f'{HEADER}\n"{USUAL}\n{USUAL}'.encode(),
    "too many cells": f"{HEADER}\n{USUAL}{',x' * 500}\n".encode(),
    "too few cells": f"{HEADER}\n1,2,3\n".encode(),
    "5,000 columns": (",".join(f"c{n}" for n in range(5000)) + "\n" + "," * 4999).encode(),
    "the same header twice": f"{HEADER},Procedure\n{USUAL},THA\n".encode(),
    "a workbook that is none": b"PK\x03\x04" + b"x" * 200,
    "an old workbook that is none": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
    "half of UTF-16": "\ufeff".encode("utf-16-le") + b"a",
    "a cell of a megabyte": f"{HEADER}\n{USUAL.replace('none', 'x' * 1_000_000, 1)}\n".encode(),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_hostile_file_is_refused_or_its_rows_accounted_for(library, content, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    begun = time.process_time()
    try:
        listed = read_list(str(path), library, NOW)
    except InputError as error:
        assert all(problem.message and problem.mend for problem in error.problems)
    else:
        assert all(case.case or case.messages for case in listed.cases)
    assert time.process_time() - begun < LONGEST_S


CELLS = {**TEXTS, **UNPRINTABLE, "long": LONG}
del CELLS["null"]  # a list with a null is no text, and is refused as a whole


@pytest.mark.parametrize("text", CELLS.values(), ids=CELLS)
def test_hostile_text_in_every_cell_never_stops_the_row_beside_it(library, text, tmp_path):
    quoted = '"' + text.replace('"', '""').encode("utf-8", "replace").decode() + '"'
    cells = USUAL.split(",")
    rows = [
        ",".join([str(at + 2), *(quoted if at == n else cell for n, cell in enumerate(cells) if n)])
        for at in range(1, len(cells))
    ]
    path = tmp_path / "list.csv"
    path.write_text("\n".join([HEADER, USUAL, *rows]), encoding="utf-8", errors="replace", newline="\n")
    listed = read_list(str(path), library, NOW)
    first = next(case for case in listed.cases if 2 in case.rows)
    assert first.case is not None
    assert all(case.case or case.messages for case in listed.cases)
