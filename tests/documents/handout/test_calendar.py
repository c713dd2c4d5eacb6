"""The taper as a calendar."""

import pytest

from planner.documents.handout.calendar import calendar
from planner.plan.opioids import DischargeOpioid, TaperDay


def prescription(tablets, per_dose=1.0):
    days = [
        TaperDay(day=at, date=f"2026-12-{16 + at}", tablets=count, mme=count * 7.5, text="")
        for at, count in enumerate(tablets, 1)
    ]
    return DischargeOpioid(
        drug="oxycodone",
        strength_mg=5,
        tablets=sum(tablets),
        tablets_per_dose=per_dose,
        interval_h=4,
        mme_total=sum(tablets) * 7.5,
        days=days,
        text="",
    )


def test_the_bars_fall_with_the_number_of_tablets():
    days = [day for row in calendar(prescription([4, 3, 2, 1, 0])).rows for day in row]
    assert [day.bar for day in days] == [1, 0.75, 0.5, 0.25, 0]
    assert [day.doses for day in days] == [4, 3, 2, 1, 0]


@pytest.mark.parametrize("days, rows", [(5, [5]), (9, [9]), (10, [5, 5]), (19, [7, 7, 5])])
def test_rows_are_of_equal_length_and_fit_the_page(days, rows):
    found = calendar(prescription([1] * (days - 1) + [0]))
    assert [len(row) for row in found.rows] == rows


def test_half_tablets_get_a_box_for_each_half():
    found = calendar(prescription([1.5, 1, 0.5, 0], per_dose=0.5))
    assert [day.doses for day in found.rows[0]] == [3, 2, 1, 0]
    assert (found.dose_tablets, found.dose_mg, found.in_halves) == (0.5, 2.5, True)
    assert not calendar(prescription([2, 1, 0])).in_halves


def test_the_last_day_with_a_tablet_is_named():
    assert calendar(prescription([2, 1, 0])).last_date == "2026-12-18"
