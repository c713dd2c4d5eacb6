"""Hand-made exports, one of each system's style: what each row must be read as, written before the code."""

from pathlib import Path

import pytest
import yaml

from planner.reading.problems import InputError

FOLDER = Path(__file__).parent / "exports"
LISTS = {
    path.name.removesuffix(".expected.yaml"): yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.glob("*.yaml")
}
WHOLE = sorted(name for name, said in LISTS.items() if not said.get("refused"))
REFUSED = sorted(set(LISTS) - set(WHOLE))
OF_THE_LIST = {"case_number"}


def check(rows, cases):
    """Every expected row against the case that was read from it."""
    by_row = {row: listed for listed in cases for row in listed.rows}
    for wanted in rows:
        if wanted["outcome"] == "blank":
            assert wanted["row"] not in by_row
            continue
        found = by_row[wanted["row"]]
        where = f"row {wanted['row']}"
        said = " ".join(found.messages)
        outcome = {"plan": None, "canceled": "invalid"}.get(wanted["outcome"], wanted["outcome"])
        assert found.refused == outcome, (where, found.refused, said)
        assert found.rows == (wanted["row"], *wanted.get("also_rows", ())), where
        if found.case is None:
            for words in wanted.get("says", ()):
                assert words.lower() in said.lower(), (where, words, said)
            continue
        facts = found.case.model_dump(mode="json") | {"case_number": found.case_number}
        for name, value in wanted.get("facts", {}).items():
            if name == "conditions_text":
                continue
            read = facts[name]
            if name == "surgery_at":
                read = read[:16] if len(str(value)) > 10 else read
            assert read == value, (where, name, read, value)
        for name in wanted.get("unknown", ()):
            assert facts.get(name) is None, (where, name, facts.get(name))
        noted = " ".join([*(found.case.doubts or ()), *(found.case.remarks or ())])
        for text in wanted.get("facts", {}).get("conditions_text", ()):
            known = {term.replace("_", " ") for term in found.case.conditions}
            assert text.lower() in known or text in noted or "others?" in found.case.conditions, (where, text)


@pytest.mark.parametrize("name", WHOLE)
def test_every_row_is_read_as_written_beforehand(name, cases_of):
    check(LISTS[name]["rows"], cases_of(FOLDER / f"{name}.csv"))


@pytest.mark.parametrize("name", REFUSED)
def test_a_list_that_cannot_be_told_is_refused_with_its_place(name, cases_of):
    with pytest.raises(InputError) as raised:
        cases_of(FOLDER / f"{name}.csv")
    for words in LISTS[name]["says"]:
        assert words.lower() in str(raised.value).lower(), words


@pytest.mark.parametrize("order", ["mdy", "dmy"])
def test_dates_that_can_be_read_both_ways_are_read_as_said(order, cases_of):
    check(LISTS["ambiguous"]["with_dates"][order], cases_of(FOLDER / "ambiguous.csv", dates=order))
