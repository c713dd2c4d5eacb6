"""Every case below this folder: patient, expected lines, forbidden lines."""

from datetime import datetime
from pathlib import Path

import pytest

from planner.case.reading import case_from_options
from planner.clinical.compose import compose
from planner.reading.located import read_yaml
from tests.cases.lines import found, plan_lines

HERE = Path(__file__).parent
NOW = datetime(2026, 12, 1, 18, 0)
KEYS = {"case", "like", "but", "status", "expected", "forbidden"}


def _cases():
    for path in sorted(HERE.glob("*/*.yaml")):
        for entry in read_yaml(path.read_text(encoding="utf-8"), path.name).value:
            yield pytest.param(entry, id=f"{path.parent.name}/{path.stem}: {entry['case']}")


PATIENTS = read_yaml((HERE / "patients.yaml").read_text(encoding="utf-8"), "patients.yaml").value


@pytest.mark.parametrize("entry", list(_cases()))
def test_case(entry, library):
    assert set(entry) <= KEYS, f"unknown keys {set(entry) - KEYS}"
    facts = {**PATIENTS[entry["like"]], **(entry.get("but") or {})}
    given = {name: value for name, value in facts.items() if value is not None}
    plan = compose(case_from_options(given, library.case_words, today=NOW.date()), library, NOW)
    lines = plan_lines(plan)
    shown = "\n".join(lines)
    for wanted in entry.get("expected") or []:
        assert found(wanted, lines), f"expected but not found: {wanted}\n{shown}"
    for unwanted in entry.get("forbidden") or []:
        assert not found(unwanted, lines), f"forbidden but found: {unwanted}\n{shown}"
    if "status" in entry:
        assert plan.status == entry["status"], shown
    assert entry.get("expected") or entry.get("forbidden"), "a case expects or forbids something"
