"""Dose arithmetic on small invented drugs: rounding down, limits, and the most cautious part."""

import pytest

from planner.clinical.assess import Applied
from planner.clinical.doses import DoseBuilder, NoWeight, givable, round_down, weight_for
from planner.clinical.rules import FlatRule
from planner.library.conditions import parse_condition
from planner.library.drug import Drug
from planner.library.entry import Effect
from planner.plan.wording import pieces_text

SOURCE = "general-knowledge"


def drug(regimen: dict, **rest) -> Drug:
    tablets = [{"form": "tablet", "route": "oral", "strengths": ["325 mg", "500 mg"], "source": SOURCE}]
    return Drug.model_validate(
        {
            "drug": "testol",
            "kind": "non_opioid",
            "products": rest.pop("products", tablets),
            "regimens": {"usual": {"route": "oral", "source": SOURCE, **regimen}},
            **rest,
        }
    )


def effect(because: str = "a rule", missing: tuple[str, ...] = (), **then) -> Applied:
    rule = FlatRule(
        "adjust",
        parse_condition("age > 1"),
        because,
        (SOURCE,),
        then=Effect.model_validate({key.rstrip("_"): value for key, value in then.items()}),
    )
    return Applied(rule, missing)


def resolve(made: Drug, *effects: Applied, numbers: dict | None = None, home: float = 0):
    numbers = numbers or {"weight_kg": 70.0, "ideal_weight_kg": 60.0}
    return DoseBuilder(made, made.regimens["usual"], numbers).resolve(effects, home)


USUAL = {"dose": "1,000 mg", "every": "6 h", "at_most": "4,000 mg"}


def test_without_rules_the_protocol_dose_stands():
    result = resolve(drug(USUAL))
    assert (result.dose, result.every, result.at_most, pieces_text(result.pieces)) == (
        1000,
        6,
        4000,
        "2\u00a0tablets of 500\u00a0mg",
    )
    assert result.changes == []


def test_smallest_dose_longest_interval_and_lowest_limit_win_whatever_their_order():
    effects = [effect(dose="650 mg"), effect(dose="500 mg"), effect(every="8 h"), effect(at_most="2,000 mg")]
    for order in (effects, effects[::-1]):
        result = resolve(drug(USUAL), *order)
        assert (result.dose, result.every, result.at_most) == (500, 8, 1500)


def test_percents_are_of_the_protocol_dose_and_do_not_multiply():
    result = resolve(drug(USUAL), effect(dose="50 %"), effect(dose="50 %"))
    assert result.dose == 500


def test_a_limit_of_three_doses_lengthens_the_interval():
    result = resolve(drug(USUAL), effect(at_most="3,000 mg"))
    assert (result.dose, result.every, result.at_most) == (1000, 8, 3000)
    assert {change.part for change in result.changes} == {"max_24h", "interval"}


def test_a_limit_that_is_no_whole_number_of_doses_keeps_the_dose_and_spreads_it():
    result = resolve(drug(USUAL), effect(at_most="2,700 mg"))
    assert (result.dose, result.every, result.at_most) == (1000, 12, 2000)


def test_a_limit_under_one_dose_lowers_the_dose():
    result = resolve(drug(USUAL), effect(at_most="700 mg"))
    assert (result.dose, result.every, result.at_most) == (650, 24, 650)


def test_a_dose_by_weight_rounds_down_to_whole_tablets():
    result = resolve(drug(USUAL), effect(dose="15 mg/kg", at_most="60 mg/kg"), numbers={"weight_kg": 44.0})
    assert (result.dose, pieces_text(result.pieces), result.at_most) == (650, "2\u00a0tablets of 325\u00a0mg", 2600)
    assert "15\u00a0mg\u00a0per\u00a0kg of actual weight, 44\u00a0kg" == result.basis


@pytest.mark.parametrize("numbers", [{}, {"weight_kg": None}])
def test_without_weight_a_dose_by_weight_is_not_computed(numbers):
    result = DoseBuilder(made := drug({"dose": "15 mg/kg"}), made.regimens["usual"], numbers).resolve([])
    assert result.dose is None
    assert result.needs == ["weight_kg"]


def test_an_unknown_weight_in_a_band_gives_no_dose_rather_than_the_larger():
    result = resolve(drug(USUAL), effect(missing=("weight_kg",), dose="15 mg/kg"), numbers={"weight_kg": None})
    assert result.dose is None
    assert result.needs == ["weight_kg"]


def test_ceilings_hold_over_every_regimen():
    made = drug(USUAL, ceilings=[{"per_dose": "800 mg", "per_24h": "2,000 mg", "source": SOURCE}])
    result = resolve(made)
    assert (result.dose, result.every, result.at_most) == (650, 8, 1950)


def test_what_home_products_hold_comes_off_the_limit():
    result = resolve(drug(USUAL), home=1300)
    assert (result.dose, result.every, result.at_most) == (650, 6, 2600)


def test_as_needed_keeps_its_interval_and_holds_its_limit():
    result = resolve(
        drug({"dose": "500 mg", "every": "4 h", "as_needed": True, "indication": "pain", "at_most": "3,000 mg"}),
        effect(at_most="1,600 mg"),
    )
    assert (result.every, result.at_most) == (4, 1500)


def test_a_dose_smaller_than_any_tablet_is_nothing():
    assert resolve(drug(USUAL), effect(dose="100 mg")).dose == 0


def test_a_rate_rounds_down_to_a_tenth():
    made = drug({"rate": "0.11 mg/kg/h", "dose": None}, products=[])
    assert resolve(made, numbers={"weight_kg": 77.0}).rate == 8.4


@pytest.mark.parametrize(
    ("dose", "strengths", "halves", "given"),
    [
        (249, ["250 mg"], False, 0),
        (250, ["250 mg"], False, 250),
        (260, ["250 mg"], False, 250),
        (130, ["250 mg"], True, 125),
        (1200, ["250 mg"], False, 1000),
        (400, ["100 mg", "400 mg"], False, 400),
        (2.5, ["5 mg"], True, 2.5),
        (2.4, ["5 mg"], True, 0),
    ],
)
def test_givable_is_never_more_than_asked(dose, strengths, halves, given):
    made = drug(
        {"dose": "1 mg"},
        products=[{"form": "tablet", "route": "oral", "strengths": strengths, "halves": halves, "source": SOURCE}],
    )
    assert givable(dose, "mg", made, "oral")[0] == given


def test_givable_prefers_fewer_tablets():
    made = drug(
        {"dose": "1 mg"},
        products=[
            {"form": "capsule", "route": "oral", "source": SOURCE, "strengths": ["50 mg", "100 mg", "200 mg", "400 mg"]}
        ],
    )
    dose, pieces = givable(400, "mg", made, "oral")
    assert (dose, pieces_text(pieces)) == (400, "1\u00a0capsule of 400\u00a0mg")


@pytest.mark.parametrize(
    ("value", "digits", "down"), [(2.59, 1, 2.5), (0.3, 1, 0.3), (0.1 * 3, 1, 0.3), (99.99, 0, 99)]
)
def test_round_down_forgives_binary_noise_only(value, digits, down):
    assert round_down(value, digits) == down


def test_the_lower_of_actual_and_ideal_weight_needs_both():
    assert weight_for("lower of actual and ideal", {"weight_kg": 90, "ideal_weight_kg": 60}) == 60
    assert weight_for("lower of actual and ideal", {"weight_kg": 50, "ideal_weight_kg": 60}) == 50
    with pytest.raises(NoWeight) as missing:
        weight_for("lower of actual and ideal", {"weight_kg": 90, "ideal_weight_kg": None})
    assert missing.value.factors == ["ideal_weight_kg"]


def test_a_single_dose_is_held_to_the_limit_of_a_day_less_what_comes_from_home():
    made = drug({"dose": "1,000 mg"}, ceilings=[{"per_24h": "4,000 mg", "source": SOURCE}])
    assert resolve(made, home=3400).dose == 500
    assert resolve(made, home=3900).dose == 0


def test_a_limited_course_counts_what_earlier_orders_give():
    made = drug({**USUAL, "for": "5 days"})
    applied = effect(for_="48 h")
    assert resolve(made, applied).for_hours == 48
    builder = DoseBuilder(made, made.regimens["usual"], {"weight_kg": 70})
    assert builder.resolve([applied], course_used=36).for_hours == 12
    builder = DoseBuilder(made, made.regimens["usual"], {"weight_kg": 70})
    assert builder.resolve([applied], course_used=48).for_hours == 0


def test_a_change_ends_at_what_is_really_given():
    result = resolve(drug(USUAL), effect(dose="15 mg/kg"), numbers={"weight_kg": 49.3})
    assert [change.after for change in result.changes if change.part == "dose"] == ["650\u00a0mg"]
