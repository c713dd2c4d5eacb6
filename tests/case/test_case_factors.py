"""What follows from a case, and what stays unknown."""

from datetime import date, datetime
from time import perf_counter

import pytest

from planner.case.factors import DEPENDS_ON, compute_factors
from planner.case.fields import Case
from planner.case.interval import Interval
from planner.case.medicines import _read_text

OBESE_MAN = {"age": 72, "sex": "male", "height_cm": 178, "weight_kg": 110, "creatinine_mg_dl": 1.8}


def rounded(number):
    return number if number is None or isinstance(number, Interval) else round(number, 1)


def test_an_obese_man_with_kidney_disease(factors_of):
    factors = factors_of(**OBESE_MAN)
    expected = {
        "age": 72,
        "bmi": 34.7,
        "ideal_weight_kg": 73.2,
        "adjusted_weight_kg": 87.9,
        "lean_weight_kg": 71.9,
        "body_surface_m2": 2.3,
        "egfr": 39.5,
        "crcl": 46.1,
        "kidney": 39.5,
    }
    assert {name: rounded(factors.numbers[name]) for name in expected} == expected
    assert factors.crcl_weight == "adjusted weight, 87.9 kg"


def test_a_small_old_woman_has_a_clearance_far_below_her_egfr(factors_of):
    factors = factors_of(age=80, sex="female", height_cm=158, weight_kg=48, creatinine_mg_dl=1.1)
    assert [rounded(factors.numbers[name]) for name in ("egfr", "crcl", "kidney")] == [50.8, 30.9, 30.9]


def test_without_a_height_clearance_says_that_it_used_actual_weight(factors_of):
    factors = factors_of(**OBESE_MAN | {"height_cm": None})
    assert rounded(factors.numbers["crcl"]) == 57.7
    assert factors.crcl_weight == "actual weight, since height is unknown, 110.0 kg"


@pytest.mark.parametrize("reported, used", [(30, 30), (60, 39.5)])
def test_the_lower_of_reported_and_computed_egfr_counts(reported, used, factors_of):
    assert rounded(factors_of(**OBESE_MAN, egfr=reported).numbers["egfr"]) == used


def test_kidney_function_with_one_estimate_unknown_may_be_anything_up_to_the_other(factors_of):
    assert factors_of(egfr=70).numbers["kidney"] == Interval(0, 70)
    assert factors_of(age=70).numbers["kidney"] is None


def test_nothing_is_computed_from_nothing(factors_of):
    factors = factors_of()
    assert factors.numbers.pop("apfel") == Interval(1, 4)
    assert set(factors.numbers.values()) == {None}
    assert factors.words.keys() >= {"sex", "child_pugh", "cyp2c9", "cyp2d6", "side", "setting", "anesthesia"}
    assert set(factors.words.values()) == {None}
    assert factors.crcl_weight == ""


@pytest.mark.parametrize(
    "facts, score",
    [
        ({"sex": "female", "smoker": False, "conditions": ("motion_sickness",)}, 4),
        ({"sex": "female", "smoker": False, "conditions": ("ponv_history",)}, 4),
        ({"sex": "male", "smoker": True, "conditions": ()}, 1),
        ({"sex": "male", "smoker": False, "conditions": ()}, 2),
        ({"sex": "female", "conditions": ()}, Interval(2, 3)),
        ({"sex": "male", "smoker": True}, Interval(1, 2)),
        ({"sex": "male", "smoker": True, "conditions": ("ponv_history?",)}, Interval(1, 2)),
        ({"sex": "male", "smoker": True, "conditions": ("ponv_history?", "motion_sickness")}, 2),
    ],
)
def test_the_apfel_score_counts_opioids_always_and_keeps_what_is_unknown(facts, score, factors_of):
    assert factors_of(**facts).numbers["apfel"] == score


@pytest.mark.parametrize(
    "conditions, term, answer",
    [
        (None, "asthma", None),
        ((), "asthma", False),
        (("asthma",), "asthma", True),
        (("asthma?",), "asthma", None),
        (("asthma?",), "epilepsy", False),
        (("dialysis",), "chronic_kidney_disease", True),
        (("dialysis?",), "chronic_kidney_disease", None),
        (("chronic_kidney_disease",), "dialysis", False),
        (("dialysis?", "chronic_kidney_disease"), "chronic_kidney_disease", True),
    ],
)
def test_a_condition_is_yes_no_or_unknown(conditions, term, answer, factors_of):
    assert factors_of(conditions=conditions).has(term) is answer


@pytest.mark.parametrize(
    "facts, term, answer",
    [
        ({"sex": "male"}, "pregnancy", False),
        ({"sex": "male"}, "breastfeeding", False),
        ({"sex": "female"}, "pregnancy", None),
        ({"sex": "female", "age": 80}, "pregnancy", None),
        ({"gestation_weeks": 20}, "pregnancy", True),
        ({"gestation_weeks": 20, "conditions": ()}, "pregnancy", True),
        ({"child_pugh": "A"}, "cirrhosis", True),
        ({}, "cirrhosis", None),
    ],
)
def test_other_facts_settle_a_condition(facts, term, answer, factors_of):
    assert factors_of(**facts).has(term) is answer


@pytest.mark.parametrize(
    "medications, name, answer",
    [
        (None, "opioid", None),
        ((), "opioid", False),
        (("oxycodone 5 mg q6h",), "opioid", True),
        (("oxycodone 5 mg q6h",), "oxycodone", True),
        (("oxycodone 5 mg q6h",), "anticoagulant", False),
        (("little white pill",), "opioid", None),
        (("little white pill", "apixaban"), "anticoagulant", True),
        (("aspirin 81 mg, apixaban 5 mg bid",), "anticoagulant", True),
        (("aspirin 81 mg, apixaban 5 mg bid",), "ssri", None),
        (("no aspirin",), "aspirin", None),
        (("Percocet 5/325 q6h",), "acetaminophen", True),
    ],
)
def test_a_home_medicine_is_yes_no_or_unknown(medications, name, answer, factors_of):
    assert factors_of(medications=medications).takes(name) is answer


@pytest.mark.parametrize("question, name", [("has", "astma"), ("takes", "oxicodone"), ("allergic", "sulfa drugs")])
def test_a_misspelled_question_is_an_error_and_not_a_no(question, name, factors_of):
    with pytest.raises(KeyError):
        getattr(factors_of(conditions=(), medications=(), allergies=()), question)(name)


@pytest.mark.parametrize(
    "medications, mme, tolerant",
    [
        (None, None, None),
        ((), 0, False),
        (("lisinopril 10 mg daily",), 0, False),
        (("oxycodone 5 mg q6h",), 30, False),
        (("oxycodone 5 mg as needed",), None, None),
        (("oxycodone 5 mg q6h", "little white pill"), None, None),
        (("little white pill",), None, None),
    ],
)
def test_opioids_at_home_are_counted_and_never_zero_where_unknown(medications, mme, tolerant, factors_of):
    factors = factors_of(medications=medications)
    assert factors.numbers["home_mme"] == mme
    assert factors.opioid_tolerant is tolerant


def test_a_wish_exists_only_where_it_was_stated(factors_of):
    assert factors_of().declines("block") is False
    assert factors_of(declines=("block",)).declines("block") is True
    assert factors_of(declines=("block",)).declines("opioid") is False


@pytest.mark.parametrize(
    "facts, factor, missing",
    [
        ({}, "crcl", ["creatinine_mg_dl", "birth_date", "sex", "weight_kg"]),
        ({"age": 70, "sex": "male", "weight_kg": 80}, "crcl", ["creatinine_mg_dl"]),
        (OBESE_MAN, "crcl", []),
        (OBESE_MAN, "kidney", []),
        ({"egfr": 70}, "egfr", []),
        ({"egfr": 70}, "kidney", ["creatinine_mg_dl", "birth_date", "sex", "weight_kg"]),
        ({"age": 70}, "age", []),
        ({}, "age", ["birth_date"]),
        ({}, "inr", ["inr"]),
        ({"inr": 1}, "inr", []),
        ({}, "child_pugh", ["child_pugh"]),
        ({"child_pugh": "A"}, "child_pugh", []),
        ({"sex": "male", "conditions": ()}, "apfel", ["smoker"]),
        ({"sex": "male", "smoker": True, "conditions": ("ponv_history?",)}, "apfel", ["conditions.ponv_history"]),
        ({"medications": ("oxycodone 5 mg q6h",)}, "home_mme", []),
        ({"medications": ("oxycodone 5 mg prn",)}, "home_mme", ["medications"]),
        ({"medications": ("methadone 5 mg daily",)}, "home_mme", ["conditions.opioid_use_disorder"]),
        ({"medications": ("Suboxone 8-2 mg daily",)}, "home_mme", ["medications"]),
        ({"medications": ()}, "home_mme", []),
        ({"medications": ()}, "opioid_tolerant", []),
        ({}, "opioid_tolerant", ["medications"]),
    ],
)
def test_a_missing_fact_is_asked_for_by_its_field(facts, factor, missing, factors_of):
    assert factors_of(**facts).missing_fields(factor) == missing


def test_a_factor_that_does_not_exist_is_an_error(factors_of):
    with pytest.raises(KeyError):
        factors_of().missing_fields("kidneys")


def test_every_factor_depends_on_fields_of_a_case():
    assert {field for fields in DEPENDS_ON.values() for field in fields} <= set(Case.model_fields)


@pytest.mark.parametrize(
    "now, surgery, age",
    [
        (datetime(2026, 11, 23), None, 65),
        (datetime(2026, 11, 23), date(2026, 12, 1), 66),
        (datetime(2026, 12, 5), date(2026, 12, 1), 66),
        (datetime(2026, 11, 30, 23, 59), None, 66),
    ],
)
def test_age_is_that_on_the_day_of_surgery(now, surgery, age, lexicon, words, opioid_rules):
    case = Case(birth_date=date(1960, 11, 30), surgery_at=surgery, age=60)
    assert compute_factors(case, lexicon, words, now, opioid_rules).numbers["age"] == age


@pytest.mark.parametrize("low, high", [(2, 1), (float("nan"), 1)])
def test_an_interval_holds_at_least_one_number(low, high):
    with pytest.raises(ValueError):
        Interval(low, high)


def test_yes_or_no_fields_can_be_asked_as_words(factors_of):
    factors = factors_of(smoker=True, approach="Laparoscopic", medications=())
    assert (factors.words["smoker"], factors.words["approach"]) == ("yes", "laparoscopic")
    assert factors.words["opioid_tolerant"] == "no"


def test_eight_medicines_are_read_fast_enough_for_a_day_of_cases(lexicon, words, opioid_rules):
    case = Case(
        **OBESE_MAN,
        medications=(
            "apixaban 5 mg bid",
            "Percocet 5/325 mg 1-2 tablets every 4-6 hours as needed",
            "aspirin 81 mg daily",
            "metoprolol succinate ER 50 mg daily",
            "fentanyl patch 25 mcg/h every 72 hours",
            "lisinopril 10 mg daily",
            "acetaminophen 500 mg 2 tabs TID",
            "insulin glargine 20 units at bedtime",
        ),
    )

    def seconds():
        _read_text.cache_clear()
        start = perf_counter()
        compute_factors(case, lexicon, words, datetime(2026, 11, 23), opioid_rules)
        return perf_counter() - start

    # Five times what it takes, so that only a change of kind fails on a slow machine.
    assert min(seconds() for _ in range(20)) < 0.005
