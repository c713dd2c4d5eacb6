"""Every error planted in a good plan is found, and no good plan raises an alarm."""

import os
from collections import Counter
from itertools import islice
from typing import get_args

import pytest

from planner.audit import look_over
from planner.plan.audit import FindingKind
from tests.audit.plans import good_plans, library
from tests.audit.plants import PLANTS

LEAST_PLANTED, LEAST_OF_A_KIND = 200, 3
OF_ONE_PLAN = None if os.environ.get("PLANNER_TEST_PROFILE") == "soak" else 2
"""So many errors of a sort are planted in one plan; `make soak` plants all of them, in every line."""
_TRIED: dict[str, int] = {}
PRINTED = "printed-text"
"""Errors of the printed pages are planted in test_printed_pages.py."""


@pytest.mark.parametrize("name", sorted(good_plans()))
def test_a_good_plan_raises_no_alarm(name):
    assert look_over(good_plans()[name], library()).findings == []


@pytest.mark.parametrize(("name", "kinds", "plant"), PLANTS, ids=[name for name, _, _ in PLANTS])
def test_every_planted_error_is_found(name, kinds, plant):
    tried = 0
    for case, plan in good_plans().items():
        for what, wrong in islice(plant(plan), OF_ONE_PLAN):
            tried += 1
            found = {one.kind for one in look_over(wrong, library()).findings if one.hard}
            assert found & kinds, f"{name}: {case}, {what}: found {sorted(found) or 'nothing'}"
    assert tried, f"{name} fits none of the plans, so it proves nothing"
    _TRIED[name] = tried


def _count(plant):
    """How many errors a plant makes, where its own test did not run in this process."""
    return sum(1 for plan in good_plans().values() for _ in islice(plant(plan), OF_ONE_PLAN))


def test_enough_errors_of_every_kind_are_planted():
    planted = Counter()
    for name, kinds, plant in PLANTS:
        planted.update(dict.fromkeys(kinds, _TRIED.get(name) or _count(plant)))
    assert set(planted) == set(get_args(FindingKind)) - {PRINTED}
    assert min(planted.values()) >= LEAST_OF_A_KIND, planted
    assert sum(planted.values()) >= LEAST_PLANTED
