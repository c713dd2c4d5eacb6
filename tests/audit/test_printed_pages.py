"""The pages are read back: what they say otherwise than the plan is found, and a plan that disagrees is stopped."""

import pytest

from planner import api
from planner.audit import look_over, with_pages
from planner.plan.files import printed_text
from planner.plan.parts import Quantity
from tests.audit.plans import good_plans, library
from tests.audit.plants import changed, own, times, with_block

PRINTED = ("01-healthy-knee", "04-opioid-tolerant-fusion", "05-frail-hip", "epidural")


@pytest.fixture(scope="module", params=PRINTED)
def printed(request):
    plan = good_plans()[request.param].model_copy(deep=True)
    return plan, printed_text(api.render_plan(plan, "pdf", library()), "plan.pdf")


def wrong_pages(plan):
    """(id, a plan that its printed pages no longer match)"""
    for at in own(plan):
        order = plan.orders[at]
        if order.dose:
            yield order.id, changed(plan, at, dose=times(order.dose, 7))
        if order.max_24h:
            yield order.id, changed(plan, at, max_24h=Quantity(value=7777, unit=order.max_24h.unit))
        if order.interval_h and order.interval_h > 1:
            yield order.id, changed(plan, at, interval_h=order.interval_h + 1)
        yield order.id, changed(plan, at, drug="another drug")
    for at, block in enumerate(plan.blocks):
        if block.dose_mg:
            yield block.id, with_block(plan, at, dose_mg=block.dose_mg + 1)
        yield block.id, with_block(plan, at, title="Another block")


def test_pages_that_say_the_same_raise_no_alarm(printed):
    plan, pages = printed
    assert look_over(plan, library(), pages).findings == []


def test_every_difference_between_plan_and_pages_is_found(printed):
    plan, pages = printed
    planted = list(wrong_pages(plan))
    assert len(planted) > 20
    for about, wrong in planted:
        found = {(one.kind, one.about) for one in look_over(wrong, library(), pages).findings}
        assert ("printed-text", about) in found


def test_a_plan_that_disagrees_with_its_pages_is_stopped(printed):
    plan, pages = printed
    about, wrong = next(wrong_pages(plan))
    assert with_pages(wrong, pages) is True
    assert wrong.status == "stop"
    assert [one.about for one in wrong.audit.findings if one.hard] == [about]
    assert wrong.alerts[0].severity == "stop"


def test_a_line_of_another_row_is_not_taken_for_this_one(printed):
    """A dose that stands elsewhere on the page does not hide that the row itself is wrong."""
    plan, pages = printed
    at = next(at for at in own(plan) if plan.orders[at].id == "ondansetron-ward" or plan.orders[at].kind == "opioid")
    order = plan.orders[at]
    other = next(one for one in plan.orders if one.dose and one.dose != order.dose)
    found = look_over(changed(plan, at, dose=other.dose), library(), pages).findings
    assert ("printed-text", order.id) in {(one.kind, one.about) for one in found}
