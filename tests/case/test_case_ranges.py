"""Every range of a field from both sides, and every kind of value a field takes."""

import pytest
from pydantic import ValidationError

from planner.case.fields import Case, MedicineEntry, UsedDose
from planner.case.messages import limits
from planner.case.reading import case_from_options
from planner.reading.problems import InputError

RANGES = {
    "age": (18, 115),
    "weight_kg": (30, 350),
    "height_cm": (120, 230),
    "creatinine_mg_dl": (0.2, 20),
    "egfr": (1, 200),
    "platelets_k": (5, 2000),
    "inr": (0.5, 20),
    "bilirubin_mg_dl": (0.1, 60),
    "albumin_g_dl": (0.5, 7),
    "hba1c_percent": (3, 20),
    "hemoglobin_g_dl": (3, 25),
    "qtc_ms": (250, 800),
    "anti_xa_iu_ml": (0, 10),
    "doac_level_ng_ml": (0, 2000),
    "asa_class": (1, 6),
    "stop_bang": (0, 8),
    "frailty": (0, 9),
    "gestation_weeks": (1, 45),
    "pain_baseline": (0, 10),
    "opioid_days": (0, 36500),
}


def test_every_number_has_a_range_in_this_table():
    ranged = {
        name: limits(field)
        for name, field in Case.model_fields.items()
        if field.metadata and any(hasattr(mark, "ge") for mark in field.metadata)
    }
    assert ranged == RANGES


@pytest.mark.parametrize("name, edge", [(name, edge) for name, edges in RANGES.items() for edge in edges])
def test_the_edge_of_a_range_is_taken(name, edge):
    assert getattr(Case(**{name: edge}), name) == edge
    assert getattr(Case(**{name: str(edge)}), name) == edge


@pytest.mark.parametrize(
    "name, beyond",
    [
        (name, beyond)
        for name, (low, high) in RANGES.items()
        for beyond in (
            (low - 1, high + 1)
            if name in ("age", "asa_class", "stop_bang", "frailty", "pain_baseline")
            else (round(low - 0.01, 2), round(high + 0.01, 2))
        )
    ],
)
def test_beyond_the_edge_is_refused_with_field_range_and_unit(name, beyond, words):
    with pytest.raises(InputError) as caught:
        case_from_options({"age": "50", name: str(beyond)}, words)
    low, high = RANGES[name]
    [problem] = caught.value.problems
    assert problem.place.path == name
    if name == "age" and beyond < low:
        assert problem.message == "Plans are made for adults only, from 18 years."
    else:
        unit = Case.model_fields[name].json_schema_extra["unit"]
        assert problem.message == f"{name} must be from {low:g} to {high:g} {unit}".rstrip() + "."


@pytest.mark.parametrize(
    "text, mend",
    [
        ("80 kg", "write 80"),
        ("80kg", "write 80"),
        ("176 lb", "write the number in kg"),
        ("80,5", "write digits with a point for decimals, as in 80.5"),
        ("nan", "write digits with a point for decimals, as in 80.5"),
        ("inf", "write digits with a point for decimals, as in 80.5"),
        ("about 80", "write digits with a point for decimals, as in 80.5"),
        ("1e99", "check the number and that it is in kg"),
    ],
)
def test_a_weight_that_is_no_plain_number_says_what_to_write(text, mend, words):
    with pytest.raises(InputError) as caught:
        case_from_options({"age": "50", "weight_kg": text}, words)
    assert [problem.mend for problem in caught.value.problems] == [mend]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True])
def test_a_program_cannot_give_what_is_no_number(value):
    with pytest.raises(ValidationError):
        Case(weight_kg=value)


@pytest.mark.parametrize("text, value", [("80", 80), ("80.5", 80.5), (" 80 ", 80), ("8.05e1", 80.5)])
def test_numbers_written_as_text_are_taken(text, value):
    assert Case(weight_kg=text).weight_kg == value


@pytest.mark.parametrize(
    "text, value", [("yes", True), ("Y", True), ("TRUE", True), ("no", False), ("n", False), ("false", False)]
)
def test_yes_and_no_are_read(text, value):
    assert Case(smoker=text).smoker is value


@pytest.mark.parametrize("name", ["age", "sex", "smoker", "name", "surgery_at", "medications", "conditions"])
@pytest.mark.parametrize("text", ["", "  ", "?", "unknown", "Unknown"])
def test_a_blank_is_unknown_in_every_kind_of_field(name, text, words):
    fields = {"birth_date": "1960-01-01", name: text}
    assert getattr(case_from_options(fields, words), name) is None


@pytest.mark.parametrize("text, value", [("F", "female"), ("female", "female"), ("MALE", "male")])
def test_a_word_is_read_without_regard_to_case(text, value):
    assert Case(sex=text).sex == value


def test_a_first_letter_that_names_two_words_is_refused():
    with pytest.raises(ValidationError):
        Case(anesthesia="s")


@pytest.mark.parametrize(
    "model, fields",
    [
        (MedicineEntry, {"drug": "aspirin", "dose_mg": 0}),
        (MedicineEntry, {"drug": "aspirin", "times_per_day": 49}),
        (UsedDose, {"drug": "oxycodone", "dose_mg": 5, "count": 201}),
        (UsedDose, {"drug": "oxycodone", "dose_mg": 5}),
    ],
)
def test_an_entry_out_of_range_or_incomplete_is_refused(model, fields):
    with pytest.raises(ValidationError):
        model(**fields)


def test_every_field_is_described():
    assert [name for name, field in Case.model_fields.items() if not field.description] == []
