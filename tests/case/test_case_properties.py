"""Promises that hold for every case."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.case.fields import Case
from planner.case.medicines import read_medicine
from planner.case.reading import case_from_options, read_case
from planner.reading.problems import InputError

TODAY = date(2026, 11, 23)
MEDICINES = ["apixaban 5 mg bid", "aspirin 81 mg", "Percocet 5/325 q6h prn", "white pill", "lisinopril"]
TERMS = ["asthma", "dialysis?", "ponv_history", "heart_failure", "diabetes_type_1"]
NAMES = st.text(string.ascii_lowercase + "_", min_size=1, max_size=20).filter(
    lambda name: name not in Case.model_fields
)
PIECES = [
    "aspirin",
    "Percocet",
    "5",
    "10",
    "325",
    "mg",
    "5/325",
    "1-2",
    "tablets",
    "q4h",
    "q4-6h",
    "bid",
    "daily",
    "prn",
    "max",
    "per",
    "day",
    "every",
    "0",
    "hours",
    "last taken",
    "2026-11-30",
    "20:00",
    "and",
    "no",
    "for",
    "x",
    "1/2",
    "mL",
    "%",
    "mcg/h",
    "patch",
    "#30",
    "then",
    ",",
    "(",
    ")",
]


@given(medicines=st.permutations(MEDICINES), terms=st.permutations(TERMS))
def test_the_order_of_lists_changes_nothing(medicines, terms, factors_of):
    here = factors_of(medications=tuple(medicines), conditions=tuple(terms))
    there = factors_of(medications=tuple(MEDICINES), conditions=tuple(TERMS))
    assert here.numbers == there.numbers and here.terms == there.terms
    assert set(here.home_medicines) == set(there.home_medicines)


@given(name=NAMES)
def test_an_unknown_name_is_always_an_error(name, words):
    with pytest.raises(InputError) as caught:
        case_from_options({"age": "50", name: "1"}, words, today=TODAY)
    assert [problem.place.path for problem in caught.value.problems] == [name]


@given(text=st.text(max_size=200))
def test_any_text_is_a_case_or_a_clear_error(text, words):
    try:
        case = read_case(text, "case.yaml", words, TODAY)
    except InputError as error:
        assert error.problems
    else:
        assert case.age_on(TODAY) >= 18


@given(
    name=st.sampled_from(sorted(Case.model_fields)),
    value=st.recursive(
        st.none() | st.text(max_size=20) | st.integers() | st.floats() | st.booleans(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    ),
)
def test_any_value_of_a_field_is_taken_or_a_clear_error(name, value, words):
    try:
        case_from_options({"age": 50, name: value}, words, today=TODAY)
    except InputError as error:
        assert all(problem.message and problem.mend for problem in error.problems)


@given(text=st.text(max_size=120) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_any_medicine_text_is_read_without_a_negative_or_endless_dose(text, lexicon):
    medicine = read_medicine(text, lexicon)
    assert medicine.text == text
    for portion in medicine.ingredients:
        daily = medicine.daily_mg(portion.ingredient)
        assert daily is None or 0 <= daily < 1e9


@given(value=st.floats(30, 350))
def test_a_weight_means_the_same_as_number_and_as_text(value):
    assert Case(weight_kg=value) == Case(weight_kg=repr(value))
