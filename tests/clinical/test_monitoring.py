"""Everyone at high risk of slow breathing by the PRODIGY score is watched, and the score's own limit shows."""

from datetime import datetime
from itertools import product

import pytest

from planner.case.reading import case_from_options
from planner.clinical.compose import compose

NOW = datetime(2026, 12, 14, 18, 0)
POINTS_OF_AGE = {59: 0, 60: 8, 69: 8, 70: 12, 79: 12, 80: 16}


def watched(library, age, sex, apnea, failure, medications):
    conditions = [*(["sleep_apnea"] if apnea else []), *(["heart_failure"] if failure else [])]
    facts = {
        "procedure": "TKA",
        "age": age,
        "sex": sex,
        "weight_kg": 70,
        "height_cm": 170,
        "surgery_at": "2026-12-15T07:30",
        "stop_bang": 1,
        "conditions": conditions or "none",
        "medications": medications,
        "allergies": "none",
    }
    plan = compose(case_from_options(facts, library.case_words, today=NOW.date()), library, NOW)
    return any(care.id == "oximetry" for care in plan.care)


@pytest.mark.parametrize("age, points", POINTS_OF_AGE.items())
def test_a_high_score_is_watched(library, age, points):
    for sex, apnea, failure, naive in product(("female", "male"), (False, True), (False, True), (False, True)):
        score = points + 8 * (sex == "male") + 5 * apnea + 7 * failure + 3 * naive
        found = watched(library, age, sex, apnea, failure, "none" if naive else ["oxycodone 5 mg daily"])
        if score >= 15:
            assert found, (age, sex, apnea, failure, naive, score)


@pytest.mark.parametrize(
    "age, sex, failure", [(59, "male", False), (69, "female", False), (59, "female", True), (59, "female", False)]
)
def test_a_low_or_intermediate_score_alone_is_not(library, age, sex, failure):
    assert not watched(library, age, sex, False, failure, "none")
