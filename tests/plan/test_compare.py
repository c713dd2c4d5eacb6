"""Two plans for one patient: every part is looked at, and each line that differs is told once with its reason."""

from datetime import datetime

import pytest

from planner import api
from planner.plan.compare import NOT_COMPARED, SECTIONS, compare_plans
from planner.plan.models import Alert, Omitted, Plan
from planner.plan.parts import Adjustment, Quantity, Statement
from planner.reading.resources import protocols_folder

NOW = datetime(2026, 12, 1, 18)


@pytest.fixture(scope="module")
def knee(library) -> Plan:
    path = str(protocols_folder() / "examples" / "01-healthy-knee.yaml")
    return api.make_plans([(path, api.read_case_file(path, library, NOW))], library, NOW)[0]


def edited(plan: Plan, change) -> Plan:
    made = plan.model_copy(deep=True)
    change(made)
    return made


def order_of(plan: Plan, order_id: str):
    return next(order for order in plan.orders if order.id == order_id)


def test_every_part_of_a_plan_is_compared_or_named():
    assert set(SECTIONS) | NOT_COMPARED == set(Plan.model_fields)
    assert not set(SECTIONS) & NOT_COMPARED


def test_a_plan_is_the_same_as_itself_whenever_and_from_whatever_it_was_made(knee):
    def other_origin(plan):
        plan.provenance.library, plan.provenance.generated_at = "0" * 64, "2027-01-01T00:00"
        plan.protocol.version = "2030.1"

    assert compare_plans(knee, edited(knee, other_origin)) == []


def test_another_operation_is_told(knee):
    (change,) = compare_plans(knee, edited(knee, lambda plan: setattr(plan.protocol, "title", "Knee surgery")))
    assert (change.section, change.old, change.new) == ("protocol", knee.protocol.title, "Knee surgery")


def test_a_changed_order_says_its_words_and_what_else_changed(knee):
    def lower(plan):
        order = order_of(plan, "celecoxib-ward")
        order.text, order.max_24h = "celecoxib 100\u00a0mg by mouth", Quantity(value=200, unit="mg")
        order.adjustments.append(
            Adjustment(part="dose", from_text="200 mg", to_text="100 mg", because="small", sources=["beers-2023"])
        )

    (change,) = compare_plans(knee, edited(knee, lower))
    assert (change.section, change.what, change.line) == ("orders", "changed", "celecoxib-ward")
    assert change.new == "celecoxib 100 mg by mouth"
    (detail,) = change.details
    assert (detail.field, detail.what) == ("adjustments", "added")
    assert "dose from 200 mg to 100 mg, because small [beers-2023]" in detail.new
    assert "celecoxib" in change.about


def test_a_number_behind_the_same_words_is_told(knee):
    def more(plan):
        order_of(plan, "celecoxib-ward").max_24h = Quantity(value=100, unit="mg")

    (change,) = compare_plans(knee, edited(knee, more))
    assert change.old == change.new
    assert [(one.field, one.old, one.new) for one in change.details] == [("max 24h", "400 mg", "100 mg")]


def test_a_verdict_is_part_of_the_words(knee):
    (change,) = compare_plans(knee, edited(knee, lambda plan: setattr(plan.orders[0], "verdict", "confirm")))
    assert change.new == f"{change.old} (confirm first)"
    assert change.details == ()


def test_an_order_that_is_left_out_is_one_change_with_its_reason(knee):
    def leave_out(plan):
        order = order_of(plan, "celecoxib-ward")
        plan.orders.remove(order)
        plan.omitted.append(
            Omitted(id=order.id, drug=order.drug, title="celecoxib", because="kidney function", origin="patient")
        )

    without = edited(knee, leave_out)
    (gone,) = compare_plans(knee, without)
    assert (gone.section, gone.what, gone.new) == ("orders", "disappeared", "")
    assert gone.reasons == ("left out now: celecoxib: kidney function",)

    (back,) = compare_plans(without, knee)
    assert (back.what, back.old) == ("appeared", "")
    assert back.reasons[-1] == "was left out: celecoxib: kidney function"
    assert len(back.reasons) == 1 + len(order_of(knee, "celecoxib-ward").reasons)


def test_status_alerts_milestones_and_course(knee):
    def other(plan):
        plan.status = "stop"
        plan.alerts.append(Alert(severity="stop", about="naltrexone", text="stopped too late"))
        plan.milestones[0].to_day += 1
        plan.course.append(Statement(text="Pain peaks on day 2"))

    found = {one.section: one for one in compare_plans(knee, edited(knee, other))}
    assert (found["status"].old, found["status"].new) == (knee.status, "stop")
    assert found["alerts"].new == "stop: stopped too late"
    assert (found["milestones"].what, found["milestones"].details) == ("changed", ())
    assert found["milestones"].old != found["milestones"].new
    assert (found["course"].what, found["course"].new) == ("appeared", "Pain peaks on day 2")
    assert list(found) == [section for section in SECTIONS if section in found]


def test_a_sentence_that_reads_otherwise(knee):
    def other(plan):
        plan.course[0] = Statement(text="It heals", sources=["beers-2023"])

    (change,) = compare_plans(knee, edited(knee, other))
    assert (change.section, change.what, change.new) == ("course", "changed", "It heals [beers-2023]")


def test_a_block_that_disappeared(knee):
    name = knee.blocks[0].id
    found = compare_plans(knee, edited(knee, lambda plan: plan.blocks.pop(0)))
    assert [(one.section, one.what, one.line) for one in found] == [("blocks", "disappeared", name)]


def test_only_another_citation_is_told_once(knee):
    (change,) = compare_plans(knee, edited(knee, lambda plan: plan.orders[0].sources.append("beers-2023")))
    assert [(one.field, one.what, one.new) for one in change.details] == [("sources", "added", "beers-2023")]


def test_a_part_that_only_one_plan_has(knee):
    (change,) = compare_plans(knee, edited(knee, lambda plan: setattr(plan, "naloxone", None)))
    assert (change.section, change.what) == ("naloxone", "disappeared")
    assert change.old and not change.new


def test_the_drawing_is_told_in_one_line(knee):
    (change,) = compare_plans(knee, edited(knee, lambda plan: plan.timeline.pop()))
    bars = len(knee.timeline)
    assert (change.old, change.new) == (f"{bars} bars", f"{bars - 1} bars, {bars - 1} of them the same")
