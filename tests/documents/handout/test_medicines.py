"""Tablets by time of day, and boxes for the first days."""

import pytest

from planner.documents.handout.medicines import COLUMNS, medicine_rows
from planner.plan.handout import Handout, PatientMedicine, PatientText
from planner.plan.models import Order
from planner.plan.parts import Pieces, Quantity
from tests.documents.samples import healthy


def plan_with(slots, *, pieces=2.0, strength=500, every=8, last_day=None, **order):
    """A plan whose only medicine for home is acetaminophen at these times."""
    amount = pieces * strength
    given = Order(
        id="acetaminophen-discharge",
        phase="discharge",
        kind="non_opioid",
        drug="acetaminophen",
        route="oral",
        dose=Quantity(value=amount, unit="mg"),
        pieces=Pieces(count=pieces, form="tablet", strength=Quantity(value=strength, unit="mg")),
        interval_h=every,
        max_24h=Quantity(value=3000, unit="mg"),
        text="",
        **{"verdict": "give", **order},
    )
    plan = healthy()
    plan.orders = [given]
    plan.handout = Handout(
        operation=PatientText(text="knee replacement"),
        opioid="none",
        medicines=[PatientMedicine(order=given.id, slots=slots, last_day=last_day, brands=["Tylenol"])],
    )
    return plan


@pytest.mark.parametrize(
    "slots, taken, named",
    [
        (["morning"], [True, False, False, False], ["", "", "", ""]),
        (["bedtime"], [False, False, False, True], ["", "", "", ""]),
        (["morning", "evening"], [True, False, True, False], ["", "", "", ""]),
        (["morning", "afternoon", "bedtime"], [True, True, False, True], ["", "afternoon", "", ""]),
        (["morning", "noon", "evening", "bedtime"], [True] * 4, ["", "", "", ""]),
        ([], [False] * 4, ["", "", "", ""]),
    ],
)
def test_a_medicine_stands_at_its_times_of_the_day(slots, taken, named):
    (row,) = medicine_rows(plan_with(slots))
    assert len(COLUMNS) == len(row.cells) == 4
    assert [cell.taken for cell in row.cells] == taken
    assert [cell.named for cell in row.cells] == named
    assert row.times_a_day == len(slots)


def test_tablets_and_milligrams_are_both_told():
    (row,) = medicine_rows(plan_with(["morning"]))
    assert (row.dose.count, row.dose.form, row.dose.amount, row.strength) == (2, "tablet", 1000, (500, "mg"))
    assert (row.least_hours, row.most, row.most_unit) == (8, 3000, "mg")


def test_a_line_that_waits_for_an_answer_is_not_settled():
    assert medicine_rows(plan_with(["morning"], verdict="confirm"))[0].settled is False
    assert medicine_rows(plan_with(["morning"]))[0].settled is True


def test_boxes_run_for_five_days_and_stop_after_the_last_day():
    plan = plan_with(["morning", "evening"], last_day="2026-12-19")
    plan.case["discharge_at"] = "2026-12-17T11:00:00"
    (row,) = medicine_rows(plan)
    assert [(day.date, day.boxes) for day in row.days] == [
        ("2026-12-17", 2),
        ("2026-12-18", 2),
        ("2026-12-19", 2),
        ("2026-12-20", 0),
        ("2026-12-21", 0),
    ]


def test_without_the_day_of_going_home_the_days_have_no_date():
    plan = plan_with(["morning"])
    plan.case["discharge_at"] = None
    assert [(day.date, day.boxes) for day in medicine_rows(plan)[0].days] == [("", 1)] * 5


def test_what_is_taken_only_when_needed_has_no_boxes():
    assert medicine_rows(plan_with([], as_needed=True))[0].days == ()
