"""The header says who, what, and every fact that is not known."""

import pytest

from planner.documents.header import field_words, header
from planner.plan.models import HomeMedicine
from planner.plan.opioids import HomeOpioids
from tests.documents.samples import HEALTHY_CASE, HEALTHY_FACTORS, hard, healthy, stopped


def made(case=None, factors=None, plan=None):
    base = plan or healthy()
    return header(base.model_copy(update={"case": base.case | (case or {}), "factors": base.factors | (factors or {})}))


def fact(shown, label):
    return next(fact for fact in shown.facts if fact.label == label)


def test_who_and_which_operation():
    shown = made()
    assert (shown.name, shown.mrn, shown.born) == ("EXAMPLE, Ada", "0048213", "14-Mar-1962")
    assert shown.operation == "Left total knee arthroplasty"
    assert shown.surgery_at == "Tue 15-Dec-2026 07:30"
    assert shown.place == "inpatient, spinal anesthesia"


@pytest.mark.parametrize(
    ("side", "words"),
    [
        ("both", "Left and right total knee arthroplasty"),
        ("right", "Right total knee arthroplasty"),
        (None, "Total knee arthroplasty"),
    ],
)
def test_the_side_stands_in_full_before_the_operation(side, words):
    assert made({"side": side}).operation == words


def test_an_operation_that_begins_with_letters_keeps_them():
    plan = healthy()
    plan.protocol.title = "ACL reconstruction"
    assert header(plan).operation == "Left ACL reconstruction"


def test_unknown_facts_are_said():
    shown = header(stopped())
    assert (shown.name, shown.mrn, shown.born) == (None, None, "")
    assert shown.age_sex == "age not known, female"
    assert fact(shown, "Weight, height").main == "weight not known"
    assert not fact(shown, "Weight, height").known


@pytest.mark.parametrize(
    ("case", "factors", "main", "known"),
    [
        ({}, {}, "eGFR 82.4", True),
        ({}, {"egfr": None}, "creatinine 0.8", True),
        ({"creatinine_mg_dl": None}, {"egfr": None}, "not known", False),
    ],
)
def test_kidney(case, factors, main, known):
    kidney = fact(made(case, factors), "Kidney")
    assert (kidney.main, kidney.known) == (main, known)


def with_medicines(*medicines, **factors):
    taken = None if medicines == (None,) else [HomeMedicine(**medicine) for medicine in medicines]
    base = healthy()
    return header(base.model_copy(update={"home_medicines": taken, "factors": base.factors | factors}))


APIXABAN = {"text": "Eliquis 5 mg bid", "drug": "apixaban", "classes": ["anticoagulant", "doac"]}


@pytest.mark.parametrize(
    ("medicines", "main", "more"),
    [
        ((), "none", ""),
        (({**APIXABAN, "last_taken_at": "2026-12-12T20:00"},), "apixaban", "last 12-Dec 20:00"),
        ((APIXABAN,), "apixaban", "last dose not known"),
        (({"text": "apixiban 5 mg"},), "not known", "a medicine is not recognized"),
        ((None,), "not known", "medicines not recorded"),
    ],
)
def test_blood_thinner(medicines, main, more):
    thinner = fact(with_medicines(*medicines), "Blood thinner")
    assert (thinner.main, thinner.more) == (main, more)


def with_opioids(mme, known, tolerant):
    found = HomeOpioids(edition="cdc-2022", mme_per_day=mme, known_mme=known, medicines=[], tolerant=tolerant)
    base = healthy()
    return header(base.model_copy(update={"home_opioids": found, "factors": base.factors | {"home_mme": mme}}))


@pytest.mark.parametrize(
    ("mme", "known", "tolerant", "main", "more"),
    [
        (60, 60, True, "60\u00a0MME a day", "tolerant"),
        (29.04, 29.04, False, "29\u00a0MME a day", "not tolerant"),
        (60, 60, None, "60\u00a0MME a day", "tolerant: ask"),
        (None, 90, None, "90\u00a0MME a day and more", "part cannot be computed; tolerant: ask"),
        (None, 90, True, "90\u00a0MME a day and more", "part cannot be computed; tolerant"),
        (None, 0, None, "yes", "MME cannot be computed; tolerant: ask"),
    ],
)
def test_opioids_at_home(mme, known, tolerant, main, more):
    shown = fact(with_opioids(mme, known, tolerant), "Opioids at home")
    assert (shown.main, shown.more, shown.known) == (main, more, mme is not None)


@pytest.mark.parametrize(("medicines", "mme", "main"), [((None,), None, "not known"), ((), 0, "none")])
def test_no_opioid_at_home_is_said_only_where_it_is_known(medicines, mme, main):
    assert fact(with_medicines(*medicines, home_mme=mme), "Opioids at home").main == main


def test_allergies_known_none_and_unknown_are_three_things():
    assert made().allergies == ("penicillin (rash)",)
    assert made({"allergies": []}).allergy_note == "none known"
    assert header(hard()).allergy_note == "not known"


def test_many_allergies_get_the_whole_width():
    assert not made().allergies_wide
    assert made({"allergies": [f"allergen {at}" for at in range(20)]}).allergies_wide


@pytest.mark.parametrize(
    ("conditions", "asa", "words"),
    [
        (["gi_bleed", "severe_copd"], 3, "GI bleed, severe COPD; ASA 3"),
        ([], None, "none known"),
        (None, None, "not recorded"),
    ],
)
def test_history(conditions, asa, words):
    assert made({"conditions": conditions, "asa_class": asa}).history == words


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        ("qtc_ms", "QTc"),
        ("conditions.peptic_ulcer", "peptic ulcer"),
        ("creatinine_mg_dl", "creatinine"),
        ("weight_kg", "weight"),
        ("platelets_k", "platelets"),
        ("hours_since.apixaban", "last dose of apixaban"),
        ("stop_bang", "STOP-Bang score"),
    ],
)
def test_fields_in_words(factor, words):
    assert field_words(factor) == words


def test_the_samples_hold_the_facts_the_header_reads():
    assert {"name", "mrn", "weight_kg", "allergies"} <= set(HEALTHY_CASE)
    assert {"age", "bmi", "egfr", "crcl", "home_mme"} <= set(HEALTHY_FACTORS)
