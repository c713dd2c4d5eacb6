"""2,000 rows with all the mess of a real export: every row has the outcome it must have, and the counts add up."""

import json
from collections import Counter

from planner.batch.outcome import STATUSES
from tests.batch.lists import command
from tests.batch.messy_schedule import as_csv, messy_schedule

ROWS = 2_000
ALLOWED = {
    "plan": {"ready", "confirm", "stop"},
    "duplicate": {"ready", "confirm", "stop"},
    "no_protocol": {"no_protocol"},
    "invalid": {"invalid"},
}


def test_every_row_of_a_messy_list_is_accounted_for(tmp_path):
    rows = messy_schedule(ROWS, seed=1)
    path = tmp_path / "list.csv"
    path.write_text(as_csv(rows), encoding="utf-8")
    out = tmp_path / "out"
    done = command(path, "-o", out, "--json-only", "--now", "2026-11-30T18:00")
    assert done.returncode == 3, done.stderr
    found = json.loads((out / "manifest.json").read_text("utf-8"))
    assert found["rows_read"] == sum(found["counts"].values()) == len(found["rows"]) == ROWS
    assert tuple(found["counts"]) == STATUSES
    assert found["counts"] == {status: 0 for status in STATUSES} | Counter(entry["status"] for entry in found["rows"])
    by_row = {entry["row"]: entry for entry in found["rows"]}
    assert set(by_row) == set(range(2, ROWS + 2))
    for number, row in enumerate(rows, 2):
        assert by_row[number]["status"] in ALLOWED[row["_expect"]], (number, row, by_row[number])
        assert by_row[number]["messages"] or row["_expect"] == "plan", "what is not a plan says why"
        assert bool(by_row[number]["files"]) == (row["_expect"] in ("plan", "duplicate"))
    names = {row["Patient Name"] for row in rows} | {row["MRN"] for row in rows if row["MRN"]}
    paths = " ".join(str(path) for path in out.rglob("*"))
    assert not [name for name in names if len(name) > 3 and name in paths]
