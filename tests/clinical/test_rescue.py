"""Rescue of an opioid-tolerant patient: a tenth of the scheduled dose at home of the same drug, within limits."""

from dataclasses import replace
from datetime import datetime

import pytest

from planner.case.reading import case_from_options
from planner.clinical import compose as composing

NOW = datetime(2026, 12, 14, 18, 0)
FACTS = {
    "procedure": "TKA",
    "birth_date": "1971-03-14",
    "sex": "female",
    "weight_kg": 70,
    "height_cm": 168,
    "surgery_at": "2026-12-15T07:30",
    "setting": "inpatient",
    "creatinine_mg_dl": 0.8,
    "qtc_ms": 420,
    "stop_bang": 1,
    "frailty": 2,
    "side": "left",
    "conditions": "none",
    "allergies": "none",
}


@pytest.fixture
def ward(library, monkeypatch):
    """The ward order of a drug by a route, for home medicines and a tolerance that is decided here."""
    computed = composing.compute_factors

    def plan_for(medications, tolerant, drug="oxycodone", route="oral", **changed):
        def with_tolerance(*args, **named):
            factors = computed(*args, **named)
            return replace(factors, words={**factors.words, "opioid_tolerant": tolerant})

        monkeypatch.setattr(composing, "compute_factors", with_tolerance)
        case = case_from_options({**FACTS, "medications": medications, **changed}, library.case_words, today=NOW.date())
        plan = composing.compose(case, library, NOW)
        return next(
            one for one in plan.orders if (one.drug, one.route, one.phase, one.kind) == (drug, route, "ward", "opioid")
        )

    return plan_for


@pytest.mark.parametrize(
    "home, dose, limit, said",
    [
        ("oxycodone ER 40 mg twice daily", 7.5, 45, "80 mg is 8 mg; rounded down"),
        ("oxycodone ER 30 mg twice daily", 5, 30, "60 mg is 6 mg; rounded down"),
        ("oxycodone ER 20 mg twice daily", 5, 30, "40 mg is 4 mg; not under the usual dose, 5 mg"),
        ("oxycodone ER 50 mg twice daily", 10, 60, "100 mg is 10 mg; rounded down"),
        ("oxycodone ER 80 mg twice daily", 10, 60, "160 mg is 16 mg; the largest single dose, 10 mg, decides"),
    ],
)
def test_a_tenth_of_the_scheduled_dose_within_the_usual_and_the_largest(ward, home, dose, limit, said):
    order = ward([home], "yes")
    assert (order.dose.value, order.max_24h.value, order.verdict) == (dose, limit, "confirm")
    told = " ".join([*(one.because for one in order.adjustments), *(one.text for one in order.cautions)])
    assert said in told.replace("\u00a0", " ")
    assert f"oxycodone {dose} mg by mouth" in order.text.replace("\u00a0", " ")


def test_the_change_shows_dose_and_limit_from_and_to(ward):
    changes = {
        one.part: (one.from_text, one.to_text) for one in ward(["oxycodone ER 50 mg twice daily"], "yes").adjustments
    }
    assert {part: tuple(text.replace("\u00a0", " ") for text in texts) for part, texts in changes.items()} == {
        "dose": ("5 mg", "10 mg"),
        "max_24h": ("30 mg", "60 mg"),
    }


def test_as_needed_doses_at_home_do_not_count(ward):
    order = ward(["oxycodone ER 20 mg twice daily", "oxycodone 20 mg every 4 hours as needed"], "yes")
    assert order.dose.value == 5


def test_reductions_of_the_patient_hold_for_the_larger_dose(ward):
    order = ward(["oxycodone ER 80 mg twice daily"], "yes", creatinine_mg_dl=1.0)
    assert (order.dose.value, order.max_24h.value) == (5, 30)


@pytest.mark.parametrize("tolerant", ["no", None])
def test_not_tolerant_or_not_known_keeps_the_dose_for_new_users(ward, tolerant):
    order = ward(["oxycodone ER 80 mg twice daily"], tolerant)
    assert (order.dose.value, order.max_24h.value) == (5, 30)


@pytest.mark.parametrize(
    "home, drug, route, dose",
    [
        ("morphine ER 100 mg twice daily", "oxycodone", "oral", 5),
        ("hydromorphone ER 32 mg daily", "hydromorphone", "iv", 0.2),
        ("fentanyl patch 50 mcg/h every 72 hours", "oxycodone", "oral", 5),
    ],
)
def test_another_drug_or_route_is_not_scaled_and_says_so(ward, home, drug, route, dose):
    order = ward([home], "yes", drug, route)
    assert order.dose.value == dose
    assert any("the pain team sets it" in one.text for one in order.cautions)
