"""Doses in words: each form exactly as it is printed."""

import math

import pytest

from planner.plan import wording
from planner.plan.models import Order
from planner.plan.parts import Quantity
from planner.plan.regional import Block

NB = "\u00a0"


def make(**parts):
    return Order(
        **(
            {"id": "x", "phase": "ward", "kind": "non_opioid", "drug": "acetaminophen", "verdict": "give", "text": ""}
            | parts
        )
    )


def mg(value):
    return Quantity(value=value, unit="mg")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1000.0, "1,000"),
        (0.5, "0.5"),
        (0.50, "0.5"),
        (1.0, "1"),
        (1234567, "1,234,567"),
        (0.625, "0.625"),
        (2.12345, "2.1235"),
        (0, "0"),
        (-0.0, "0"),
        (0.00002, "0.00002"),
        (100, "100"),
    ],
)
def test_numbers(value, text):
    assert wording.number(value) == text


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_never_printed(value):
    with pytest.raises(ValueError):
        wording.number(value)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1000, "mg", "1,000 mg"),
        (2, "tablet", "2 tablets"),
        (1, "tablet", "1 tablet"),
        (0.5, "tablet", "0.5 tablets"),
        (5000, "unit", "5,000 units"),
        (400, "IU", "400 international units"),
        (2, "patch", "2 patches"),
        (50, "ug", "50 mcg"),
        (0.1, "mg/kg/h", "0.1 mg per kg per hour"),
        (8, "mL/h", "8 mL per hour"),
        (2, "unit/h", "2 units per hour"),
        (3000, "mg/day", "3,000 mg per day"),
        (5, "ml", "5 mL"),
    ],
)
def test_amounts(value, unit, text):
    assert wording.amount(value, unit) == text.replace(" ", NB).replace(f"international{NB}", "international ")


@pytest.mark.parametrize(
    ("value", "text"), [(0.25, "15 minutes"), (1, "1 hour"), (6, "6 hours"), (1.5, "1.5 hours"), (1 / 6, "10 minutes")]
)
def test_hours(value, text):
    assert wording.hours(value) == text.replace(" ", NB)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"dose": mg(1000), "interval_h": 6}, "every 6 hours"),
        ({"dose": mg(1000), "interval_h": 24}, "daily"),
        ({"dose": mg(1000), "interval_h": 1}, "every hour"),
        ({"dose": mg(1000), "timing": "1 hour before surgery"}, "once, 1 hour before surgery"),
        ({"dose": mg(5), "interval_h": 4, "as_needed": True, "indication": "pain"}, "every 4 hours as needed for pain"),
        ({"dose": mg(5), "as_needed": True, "indication": "nausea"}, "as needed for nausea"),
        ({"rate": Quantity(value=8, unit="mL/h")}, "continuous"),
        ({"dose": mg(1000), "interval_h": 6, "duration_days": 2}, "every 6 hours, for 48 hours"),
        ({"dose": mg(1000), "interval_h": 6, "duration_days": 5}, "every 6 hours, for 5 days"),
        ({"dose": mg(1000), "over": "15 minutes"}, "once, over 15 minutes"),
    ],
)
def test_how_often(parts, text):
    assert wording.often_text(make(**parts)).replace(NB, " ") == text


def test_an_order_in_one_line():
    order = make(route="oral", dose=mg(1000), interval_h=6, max_24h=mg(4000))
    assert (
        wording.order_text(order).replace(NB, " ")
        == "acetaminophen 1,000 mg by mouth, every 6 hours, at most 4,000 mg in 24 hours"
    )


def test_a_rate_stands_for_the_dose():
    assert (
        wording.give_text(make(drug="ropivacaine", rate=Quantity(value=8, unit="mL/h"))).replace(NB, " ")
        == "ropivacaine 8 mL per hour"
    )


def make_block(**parts):
    return Block(
        **(
            {
                "id": "b",
                "phase": "intraop",
                "title": "Adductor canal block",
                "technique": "single-shot",
                "depth": "superficial",
                "drug": "ropivacaine",
                "fall_risk": "moderate",
                "region": "leg",
                "verdict": "give",
                "text": "",
            }
            | parts
        )
    )


INFUSION = {
    "drug": "ropivacaine",
    "concentration_percent": 0.2,
    "lowest_ml_per_hour": 4,
    "ml_per_hour": 8,
    "mg_per_hour": 16,
    "mg_in_24h": 384,
    "hours": (48, 72),
    "text": "ropivacaine 0.2 %, 4 to 8 mL per hour",
}


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (
            {"sides": ["left"], "concentration_percent": 0.5, "volume_ml": 20, "dose_mg": 100},
            "Adductor canal block, left, ropivacaine 0.5 % 20 mL = 100 mg",
        ),
        (
            {"sides": ["left", "right"], "volume_ml": 40},
            "Adductor canal block, left and right, ropivacaine 20 mL on each side, 40 mL in all",
        ),
        (
            {"sides": ["left", "right"], "concentration_percent": 0.2, "volume_ml": 40, "dose_mg": 80},
            "Adductor canal block, left and right, ropivacaine 0.2 % 20 mL on each side, 40 mL = 80 mg in all",
        ),
        ({"concentration_percent": 0.2}, "Adductor canal block"),
        (
            {"volume_ml": 50, "with_epinephrine": True, "mixture": "with epinephrine 5 mcg per mL and ketorolac 30 mg"},
            "Adductor canal block, ropivacaine 50 mL with epinephrine 5 mcg per mL and ketorolac 30 mg",
        ),
        ({"sides": ["midline"], "dose_mg": 10}, "Adductor canal block, ropivacaine 10 mg"),
        ({}, "Adductor canal block"),
        (
            {"volume_ml": 20, "dose_mg": 100, "with_epinephrine": True},
            "Adductor canal block, ropivacaine 20 mL = 100 mg with epinephrine",
        ),
        ({"infusion": INFUSION}, "Adductor canal block, ropivacaine 0.2 %, 4 to 8 mL per hour"),
        (
            {"test_dose": "lidocaine 45 mg", "volume_ml": 8, "dose_mg": 16, "infusion": INFUSION},
            "Adductor canal block, test dose lidocaine 45 mg, ropivacaine 8 mL = 16 mg, "
            "then ropivacaine 0.2 %, 4 to 8 mL per hour",
        ),
    ],
)
def test_a_block_in_one_line(parts, text):
    assert wording.block_text(make_block(**parts)).replace(NB, " ") == text
