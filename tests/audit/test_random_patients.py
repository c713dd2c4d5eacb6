"""Made-up patients of every protocol, facts missing at random: no crash, no finding, every refusal explained.

A patient that fails is told by its number: `patient(number, library)` makes it again.
"""

import os

import pytest

from planner.audit import look_over
from planner.clinical.compose import compose
from tests.audit.patients import NOW, completed, patient

SOAKED = os.environ.get("PLANNER_TEST_PROFILE") == "soak"
PATIENTS, AT_ONCE = (100_000 if SOAKED else 20_000), 500
COMPLETED = 10
"""Of so many patients one is also composed with one of the missing facts known."""


@pytest.mark.parametrize("first", range(0, PATIENTS, AT_ONCE))
def test_every_plan_passes_the_audit(first, library):
    for number in range(first, first + AT_ONCE):
        plan = compose(patient(number, library), library, NOW)
        findings = look_over(plan, library).findings
        assert findings == [], f"patient {number}"
        unexplained = [one.id for one in plan.omitted if not one.because]
        assert unexplained == [], f"patient {number}"


@pytest.mark.parametrize("first", range(0, PATIENTS, AT_ONCE * COMPLETED))
def test_one_more_fact_undoes_nothing_that_the_known_facts_forbid(first, library):
    """What certain facts rule out stays ruled out, whatever else becomes known."""
    for number in range(first, first + AT_ONCE * COMPLETED, COMPLETED * 5):
        case = patient(number, library)
        fuller = completed(case, number, library)
        if fuller is None:
            continue
        before, after = compose(case, library, NOW), compose(fuller, library, NOW)
        ruled_out = {(one.drug, one.phase) for one in before.omitted if one.drug and one.facts}
        given = {(order.drug, order.phase) for order in before.orders}
        again = {(order.drug, order.phase) for order in after.orders if order.kind != "home_medication"}
        assert not (ruled_out - given) & again, f"patient {number}"
        stopped = {alert.text for alert in before.alerts if alert.severity == "stop"}
        assert bool(stopped) <= (after.status == "stop"), f"patient {number}"
