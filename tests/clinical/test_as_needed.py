"""Which as-needed pain medicine is meant must never be left to choose: one for each route and phase."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import api
from planner.clinical.compose import compose
from tests.clinical.test_properties import KNOWN, NOW, plan_for

EXAMPLES = Path(__file__).parents[2] / "protocols" / "examples"
OPIOIDS_AT_HOME = [
    "oxycodone ER 60 mg twice daily",
    "naltrexone 50 mg daily",
    "methadone 40 mg daily",
    "Percocet 5/325 mg every 6 hours as needed",
]
REACTIONS = [
    "oxycodone (hives)",
    "hydromorphone (hives)",
    "oxycodone (nausea)",
    "fentanyl",
    "tapentadol",
    "opioids (nausea)",
]
PATIENTS = st.fixed_dictionaries(
    {
        **KNOWN,
        "allergies": st.lists(st.sampled_from(REACTIONS), max_size=4, unique=True),
        "medications": st.lists(st.sampled_from(OPIOIDS_AT_HOME), max_size=2, unique=True),
        "cyp2d6": st.sampled_from(["poor", "normal", "ultrarapid"]),
    }
)


def assert_one_each(plan):
    pain = [
        order
        for order in plan.orders
        if order.as_needed and order.kind in ("opioid", "non_opioid") and order.phase != "before_admission"
    ]
    assert all(order.indication for order in pain)
    routes = Counter((order.phase, order.route) for order in pain)
    assert all(number == 1 for number in routes.values()), routes
    for phase, indication in Counter((order.phase, order.indication) for order in pain).items():
        assert indication == 1, phase
    at_home = [order for order in plan.orders if order.kind == "home_medication" and order.as_needed]
    for order in at_home:
        classes = next(one.classes for one in plan.home_medicines if one.drug == order.drug)
        if order.phase == "ward" and "opioid" in classes and any(one.phase == "ward" for one in pain):
            assert order.verdict == "confirm", order.id
    by_mouth = {order.phase for order in pain if order.route == "oral"}
    for order in pain:
        if order.route != "oral" and order.phase in by_mouth:
            assert "while nothing can be taken by mouth" in order.indication, order.id


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_examples_leave_no_choice_between_two_pain_medicines(path, library):
    assert_one_each(compose(api.read_case_file(str(path), library, NOW), library, NOW))


def test_two_orders_for_the_same_pain_are_noticed(library):
    path = EXAMPLES / "01-healthy-knee.yaml"
    plan = compose(api.read_case_file(str(path), library, NOW), library, NOW)
    rescue = next(order for order in plan.orders if order.kind == "opioid" and order.phase == "ward")
    doubled = plan.model_copy(update={"orders": [*plan.orders, rescue.model_copy(update={"drug": "tramadol"})]})
    with pytest.raises(AssertionError):
        assert_one_each(doubled)


@given(PATIENTS)
def test_no_patient_has_two_as_needed_pain_medicines_for_the_same(facts):
    assert_one_each(plan_for(facts))
