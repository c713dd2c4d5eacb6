"""Every case below this folder: patient, expected lines, forbidden lines.

A case may name `blocks` instead of leaving them to its operation: then its plan asks for these
alone, so that every technique of the catalog can be tried. `edition` chooses another guideline, and
`site` holds what a hospital's own file would say.
"""

import copy
from datetime import datetime
from pathlib import Path

import pytest

from planner.case.reading import case_from_options
from planner.clinical.compose import compose
from planner.library.protocol import Item
from planner.library.site import Site
from planner.reading.located import read_yaml
from tests.cases.lines import found, plan_lines

HERE = Path(__file__).parent
NOW = datetime(2026, 12, 15, 6, 0)
KEYS = {"case", "like", "but", "blocks", "edition", "site", "status", "expected", "forbidden"}
ANY_OPERATION = "total-knee-arthroplasty"


def _cases():
    for path in sorted(HERE.glob("*/*.yaml")):
        for entry in read_yaml(path.read_text(encoding="utf-8"), path.name).value:
            yield pytest.param(entry, id=f"{path.parent.name}/{path.stem}: {entry['case']}")


PATIENTS = read_yaml((HERE / "patients.yaml").read_text(encoding="utf-8"), "patients.yaml").value


def asking_for(library, blocks):
    """The library with one operation that asks for `blocks` alone: ids, or mappings as a protocol writes them."""
    items = [
        Item(**(block if isinstance(block, dict) else {"block": block}), evidence="general-knowledge")
        for block in blocks
    ]
    only = library.complete[ANY_OPERATION].model_copy(update={"pathway": {"intraop": items}})
    changed = copy.copy(library)
    changed.prepared_parts = {}
    changed.__dict__["complete"] = {**library.complete, ANY_OPERATION: only}
    return changed


@pytest.mark.parametrize("entry", list(_cases()))
def test_case(entry, library):
    assert set(entry) <= KEYS, f"unknown keys {set(entry) - KEYS}"
    facts = {**PATIENTS[entry["like"]], **(entry.get("but") or {})}
    if "blocks" in entry:
        library = asking_for(library, entry["blocks"])
        facts.setdefault("procedure", ANY_OPERATION)
    given = {name: value for name, value in facts.items() if value is not None}
    own = entry.get("site", {}) | ({"antithrombotic_edition": entry["edition"]} if "edition" in entry else {})
    site = Site(**own) if own else None
    plan = compose(case_from_options(given, library.case_words, today=NOW.date()), library, NOW, site=site)
    lines = plan_lines(plan)
    shown = "\n".join(lines)
    for wanted in entry.get("expected") or []:
        assert found(wanted, lines), f"expected but not found: {wanted}\n{shown}"
    for unwanted in entry.get("forbidden") or []:
        assert not found(unwanted, lines), f"forbidden but found: {unwanted}\n{shown}"
    if "status" in entry:
        assert plan.status == entry["status"], shown
    assert entry.get("expected") or entry.get("forbidden"), "a case expects or forbids something"
