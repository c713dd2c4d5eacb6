"""Doses of the last 24 hours as a chart writes them."""

import pytest
from pydantic import ValidationError

from planner.case.fields import Case


@pytest.mark.parametrize(
    ("text", "drug", "dose_mg", "count"),
    [
        ("oxycodone 5 mg x 3", "oxycodone", 5, 3),
        ("oxycodone 5 mg x3", "oxycodone", 5, 3),
        ("oxycodone 5mg \u00d7 3", "oxycodone", 5, 3),
        ("3 x oxycodone 5 mg", "oxycodone", 5, 3),
        ("oxycodone 2.5 mg x 2 doses", "oxycodone", 2.5, 2),
        ("hydromorphone IV 0.2 mg x 2", "hydromorphone IV", 0.2, 2),
        ("hydromorphone 0.2 mg IV x 2", "hydromorphone IV", 0.2, 2),
        ("fentanyl 25 mcg IV x 4", "fentanyl IV", 0.025, 4),
        ("Percocet 5/325 x 2", "Percocet 5/325", None, 2),
        ("Tylenol #3 x 2", "Tylenol #3", None, 2),
        ("oxycodone 5-10 mg x 2", "oxycodone 5-10 mg", None, 2),
        ("oxycodone 5 mg 2 tablets x 3", "oxycodone 5 mg 2 tablets", None, 3),
        ("fentanyl patch 25 mcg/h x 1", "fentanyl patch 25 mcg/h", None, 1),
        ("no opioid", "opioid", None, 0),
    ],
)
def test_text_is_taken_apart_where_one_dose_is_certain(text, drug, dose_mg, count):
    (used,) = Case(used_last_24h=[text]).used_last_24h
    assert (used.drug, used.count) == (drug, count)
    assert used.dose_mg == (pytest.approx(dose_mg) if dose_mg else None)


@pytest.mark.parametrize("text", ["some oxycodone", "oxycodone x 3", "oxycodone 5 mg", "oxycodone 5 mg x", "x 3"])
def test_without_dose_or_count_it_is_refused(text):
    with pytest.raises(ValidationError, match="does not name a medicine, its dose and how many"):
        Case(used_last_24h=[text])
