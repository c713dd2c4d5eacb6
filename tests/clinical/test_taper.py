"""A staircase of doses never rises, keeps every limit, and is used up exactly; tried on made-up ones."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.clinical.discharge.taper import Room, Steps, highest_start, staircase

NAIVE, WITH_HOME = Steps(2, 0.25, 8), Steps(3, 0.25)
ROOMS = st.builds(
    Room,
    doses=st.one_of(st.integers(0, 120), st.just(math.inf)),
    per_day=st.one_of(st.integers(0, 15), st.just(math.inf)),
    days=st.one_of(st.integers(1, 20), st.just(math.inf)),
)
STEPS = st.sampled_from([NAIVE, WITH_HOME])


@pytest.mark.parametrize(
    ("used", "doses", "days"),
    [
        (1, math.inf, [1, 1]),
        (2, math.inf, [2, 2, 1, 1]),
        (3, 6, [3, 2, 1]),
        (3, 7, [3, 2, 1, 1]),
        (3, 9, [3, 2, 2, 1, 1]),
        (4, 10, [4, 3, 2, 1]),
        (6, 21, [6, 5, 4, 3, 2, 1]),
        (7, 28, [7, 6, 5, 4, 3, 2, 1]),
        (8, 20, [8, 6, 4, 2]),
        (12, 30, [12, 9, 6, 3]),
        (6, 12, [6, 4, 2]),
        (5, 8, [3, 2, 1, 1]),
    ],
)
def test_one_dose_less_each_day_from_eight_a_quarter(used, doses, days):
    assert list(staircase(used, NAIVE, Room(doses=doses))) == days


def test_beside_a_home_opioid_each_step_stands_three_days():
    days = staircase(6, WITH_HOME, Room())
    assert days == (6, 6, 6, 5, 5, 5, 4, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1, 1)
    assert sum(days) == 63


def test_a_limit_of_days_takes_larger_steps_and_then_a_lower_start():
    assert staircase(6, NAIVE, Room(days=3)) == (6, 4, 2)
    assert staircase(4, NAIVE, Room(days=3)) == (3, 2, 1)
    assert staircase(6, WITH_HOME, Room(days=7)) == (6, 5, 4, 3, 2, 1, 1)
    assert staircase(4, NAIVE, Room(days=1)) == (1,)


def test_halves_come_in_pairs():
    assert staircase(1, NAIVE, Room(), 2) == (1, 1)
    assert staircase(3, NAIVE, Room(doses=6), 2) == (3, 2, 1)
    assert staircase(5, NAIVE, Room(doses=15), 2) == (5, 4, 3, 2)
    assert staircase(5, NAIVE, Room(doses=16), 2) == (5, 4, 3, 2, 1, 1)
    assert staircase(1, NAIVE, Room(days=1), 2) == ()


def test_nothing_fits_and_nothing_used():
    assert staircase(3, NAIVE, Room(doses=0)) == ()
    assert staircase(3, NAIVE, Room(per_day=0)) == ()
    assert staircase(0, NAIVE, Room()) == ()


@given(st.integers(0, 20), STEPS, ROOMS, st.sampled_from([1, 2]))
def test_it_falls_keeps_every_limit_and_adds_up(used, steps, room, multiple):
    days = staircase(used, steps, room, multiple)
    assert list(days) == sorted(days, reverse=True)
    assert all(isinstance(doses, int) and 0 < doses <= used for doses in days)
    assert sum(days) <= room.doses and len(days) <= room.days and max(days, default=0) <= room.per_day
    assert sum(days) % multiple == 0
    if room.days > 1:
        assert bool(days) == bool(used and room.per_day and room.doses >= multiple)


@given(st.integers(1, 20), STEPS, st.sampled_from([1, 2]))
def test_without_limits_it_begins_where_the_patient_is(used, steps, multiple):
    days = staircase(used, steps, Room(), multiple)
    assert days[0] == used
    assert all(high - low <= max(1, used // 4) or low == days[-1] for high, low in zip(days, days[1:], strict=False))


@given(st.integers(1, 12), st.integers(0, 100))
def test_the_highest_start_is_the_highest_that_fits(most, doses):
    first = highest_start(most, Room(doses=doses))
    assert first * (first + 1) / 2 <= doses
    assert first == most or (first + 1) * (first + 2) / 2 > doses
