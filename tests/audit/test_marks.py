"""A hard finding stops the plan, stands on page 1 and on the nurse's list, and ends with exit code 3."""

import json
import sys

import pytest
from click.testing import CliRunner

from planner import api
from planner.audit import audited, look_over
from planner.cli import cli
from planner.cli.exits import BAD_INPUT, READY, STOP, run
from planner.plan.files import printed_text
from tests.audit.plans import good_plans, library
from tests.audit.plants import changed, own, times


def call(*arguments):
    """(exit code, standard output, standard error) of one command, run as the program runs it."""
    with CliRunner().isolation() as (out, err, *_):
        sys.argv = ["planner", *map(str, arguments)]
        code = run(cli)
        return code, out.getvalue().decode(), err.getvalue().decode()


@pytest.fixture
def wrong():
    """A plan with ten times the celecoxib of the ward."""
    plan = good_plans()["goes-home"]
    at = next(at for at in own(plan) if plan.orders[at].id == "celecoxib-ward")
    return changed(plan, at, dose=times(plan.orders[at].dose, 10))


def test_a_hard_finding_stops_the_plan_and_is_its_first_alert(wrong):
    audited(wrong, library())
    assert wrong.status == "stop"
    assert wrong.alerts[0].about == "audit"
    assert "2,000\u00a0mg, at most 200\u00a0mg" in " ".join(alert.text for alert in wrong.alerts)


def test_an_audit_can_be_repeated_and_marks_once(wrong):
    once = audited(wrong, library()).model_copy(deep=True)
    assert audited(wrong, library()) == once


def test_the_stop_stands_on_page_1_and_on_the_handout(wrong):
    audited(wrong, library())
    page = printed_text(api.render_plan(wrong, "pdf", library()), "plan.pdf")[:4000]
    assert "STOP" in page
    assert "at most 200" in " ".join(page.split())
    handout = " ".join(printed_text(api.render_handout(wrong, "pdf"), "handout.pdf").split())
    assert "Do not give out this handout" in handout


def test_the_command_names_each_finding_and_ends_with_3(wrong, tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(wrong.model_dump_json(), encoding="utf-8")
    code, said, _ = call("audit", path)
    assert code == STOP
    assert "celecoxib-ward: Dose 2,000" in said
    _, said, _ = call("audit", "--json", path)
    found = json.loads(said)[str(path)]["findings"]
    assert {one["kind"] for one in found} >= {"dose", "daily-total"}


def test_a_good_case_plan_and_pdf_have_no_finding(tmp_path):
    plan = good_plans()["01-healthy-knee"].model_copy(deep=True)
    (tmp_path / "plan.json").write_bytes(api.render_plan(plan, "json", library()))
    (tmp_path / "plan.pdf").write_bytes(api.render_plan(plan, "pdf", library()))
    for name in ("plan.json", "plan.pdf"):
        code, said, _ = call("audit", tmp_path / name)
        assert code == READY
        assert "nothing found" in said


def test_a_pdf_that_carries_another_plan_is_found(tmp_path):
    """The attachment says one thing, the pages another."""
    from pypdf import PdfReader, PdfWriter

    plan = good_plans()["01-healthy-knee"].model_copy(deep=True)
    (tmp_path / "good.pdf").write_bytes(api.render_plan(plan, "pdf", library()))
    at = next(at for at in own(plan) if plan.orders[at].id == "oxycodone-ward")
    false = changed(plan, at, dose=times(plan.orders[at].dose, 0.5), max_24h=times(plan.orders[at].max_24h, 0.5))
    writer = PdfWriter()
    for page in PdfReader(tmp_path / "good.pdf").pages:
        writer.add_page(page)
    writer.add_attachment("plan.json", false.model_dump_json().encode())
    writer.write(tmp_path / "false.pdf")
    code, said, _ = call("audit", tmp_path / "false.pdf")
    assert code == STOP
    assert "printed-text, oxycodone-ward" in said


def test_what_is_no_plan_ends_in_one_clear_error(tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    code, _, errors = call("audit", path)
    assert code == BAD_INPUT
    assert "cannot be read" in errors


def test_two_looks_at_one_plan_say_the_same():
    plan = good_plans()["04-opioid-tolerant-fusion"]
    assert look_over(plan, library()) == look_over(plan, library())
