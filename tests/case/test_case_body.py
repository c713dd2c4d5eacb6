"""Formulas against worked examples: creatinine in mg/dL, weight in kg, height in cm."""

import pytest

from planner.case import body


@pytest.mark.parametrize(
    "sex, age, creatinine, expected",
    [
        ("female", 55, 0.9, 75.5),
        ("female", 30, 0.6, 123.8),
        ("male", 50, 1.0, 91.7),
        ("male", 72, 1.8, 39.5),
        ("female", 80, 2.4, 19.9),
        ("male", 65, 0.8, 98.2),
        ("female", 80, 1.1, 50.8),
        ("female", 45, 0.8, 92.5),
    ],
)
def test_egfr_matches_the_worked_examples(sex, age, creatinine, expected):
    assert round(body.egfr_ckd_epi_2021(creatinine, age, sex), 1) == expected


@pytest.mark.parametrize(
    "sex, age, height, weight, ideal, adjusted, lean, surface",
    [
        ("male", 72, 178, 110, 73.2, 87.9, 71.9, 2.33),
        ("female", 80, 158, 48, 50.6, 49.5, 33.0, 1.45),
        ("female", 45, 165, 130, 56.9, 86.1, 59.0, 2.44),
    ],
)
def test_weights_match_the_worked_examples(sex, age, height, weight, ideal, adjusted, lean, surface):
    computed_ideal = body.ideal_weight_kg(height, sex)
    assert round(computed_ideal, 1) == ideal
    assert round(body.adjusted_weight_kg(weight, computed_ideal), 1) == adjusted
    assert round(body.lean_weight_kg(weight, height, sex), 1) == lean
    assert round(body.body_surface_m2(weight, height), 2) == surface


@pytest.mark.parametrize(
    "sex, age, creatinine, weight, expected",
    [
        ("male", 72, 1.8, 110, 57.7),
        ("male", 72, 1.8, 73.18, 38.4),
        ("male", 72, 1.8, 87.91, 46.1),
        ("female", 80, 1.1, 48, 30.9),
        ("female", 45, 0.8, 130, 182.2),
        ("female", 45, 0.8, 86.14, 120.8),
    ],
)
def test_clearance_matches_the_worked_examples(sex, age, creatinine, weight, expected):
    assert round(body.creatinine_clearance(creatinine, age, weight, sex), 1) == expected


def test_an_obese_patient_is_dosed_by_adjusted_weight():
    weight, named = body.clearance_weight(110, 178, "male")
    assert (round(weight, 1), named) == (87.9, "adjusted weight")


def test_a_patient_of_usual_build_is_dosed_by_ideal_weight():
    weight, named = body.clearance_weight(80, 178, "male")
    assert (round(weight, 1), named) == (73.2, "ideal weight")


def test_a_thin_patient_is_dosed_by_actual_weight():
    assert body.clearance_weight(45, 170, "female") == (45, "actual weight")


def test_an_ideal_weight_above_the_actual_one_is_never_used():
    assert body.clearance_weight(48, 158, "female") == (48, "actual weight, below ideal weight")


def test_without_a_height_the_actual_weight_is_used_and_named():
    assert body.clearance_weight(80, None, "male") == (80, "actual weight, since height is unknown")


@pytest.mark.parametrize("weight, named", [(86.7, "ideal weight"), (86.71, "adjusted weight")])
def test_adjusted_weight_starts_above_a_bmi_of_30(weight, named):
    assert body.clearance_weight(weight, 170, "male")[1] == named


@pytest.mark.parametrize("weight, named", [(53.46, "actual weight"), (53.47, "actual weight, below ideal weight")])
def test_underweight_ends_at_a_bmi_of_18_5(weight, named):
    assert body.clearance_weight(weight, 170, "male")[1] == named
