"""The handout as it is printed: for every example, in every language, in ordinary and in large print."""

import io
import logging
import re
from datetime import datetime
from html import unescape

import pypdf
import pytest

from planner import api
from planner.documents.handout.render import LARGE_POINTS, MOST_PAGES, ORDINARY_POINTS, render_handout
from planner.documents.sheet import plan_json
from planner.plan.files import plan_in
from planner.reading.resources import protocols_folder
from tests.documents.printed import colors, overflowing, page_text, tags

NOW = datetime(2026, 12, 19, 8, 0)
EXAMPLES = {path.stem: path for path in sorted((protocols_folder() / "examples").glob("*.yaml"))}
HOME = {"discharge_at": "2026-12-19T11:00"}
USED = {**HOME, "used_last_24h": "oxycodone 5 mg x 4"}
MUCH_USED = {**HOME, "used_last_24h": "oxycodone ER 30 mg x 2; Percocet 5/325 mg x 4; oxycodone 5 mg x 6"}
FUSION, KNEE = "04-opioid-tolerant-fusion", "01-healthy-knee"


@pytest.fixture(autouse=True)
def no_warnings(caplog):
    """A warning of the PDF engine is a fault of the page."""
    caplog.set_level(logging.WARNING, logger="weasyprint")
    yield
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []


@pytest.fixture(scope="module")
def at_home(library):
    """The plan of an example on the day of going home."""

    def plan(name, language="en", **facts):
        more = {**(facts or USED), "language": language}
        return api.going_home(str(EXAMPLES[name]), more, library, NOW).plan

    return plan


def read(plan, **more):
    return pypdf.PdfReader(io.BytesIO(render_handout(plan, "pdf", **more)))


def words(page):
    return " ".join(page_text(page).replace("\u00a0", " ").split())


def text_of(plan, **more):
    """The words of the page; laying it out as PDF takes long, and is done only where pages matter."""
    html = render_handout(plan, "html", **more).decode()
    shown = re.sub(r"<head>.*?</head>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(shown).replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("name", "language"),
    [(name, "es") for name in EXAMPLES] + [(name, "en") for name in (KNEE, FUSION, "10-naltrexone-microdiscectomy")],
)
def test_four_pages_at_most_with_both_identifiers_on_each(name, language, at_home):
    plan = at_home(name, language, **(MUCH_USED if name == FUSION else USED))
    pages = read(plan).pages
    assert len(pages) <= MOST_PAGES
    for at, page in enumerate(pages, 1):
        text = words(page)
        assert plan.case["name"] in text
        assert plan.case["mrn"] in text
        assert f"{at} " in text.split(plan.case["mrn"])[-1] + text


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("large", [False, True])
def test_no_text_leaves_the_paper(paper, large, at_home):
    from planner.documents.sheet import Sheet

    reader = read(at_home(FUSION, **MUCH_USED), large_print=large, sheet=Sheet.of(None, paper))
    assert overflowing(reader) == []


@pytest.mark.parametrize("large, points", [(False, ORDINARY_POINTS), (True, LARGE_POINTS)])
def test_the_body_is_set_in_clear_print(large, points, at_home):
    html = render_handout(at_home(KNEE), "html", large_print=large).decode()
    assert f"html {{ font-size: {points}pt;" in html


def test_it_is_tagged_and_without_color(at_home):
    reader = read(at_home(KNEE))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert {"/H1", "/H2", "/P", "/Table"} <= {tag["/S"] for tag in tags(reader)}
    assert all(len(set(color)) == 1 for page in reader.pages for color in colors(page))


def test_the_pdf_carries_its_plan(at_home):
    plan = at_home(KNEE)
    assert plan_in(render_handout(plan, "pdf"), "handout.pdf") == plan


def test_the_same_plan_gives_the_same_bytes(at_home):
    plan = at_home(KNEE)
    assert render_handout(plan, "pdf") == render_handout(plan, "pdf")


def test_the_opioid_falls_to_none_with_dates_and_a_total(at_home):
    plan = at_home(KNEE)
    text = text_of(plan)
    assert "Only if you need it: oxycodone 5 mg" in text
    assert f"You get {plan.discharge_opioid.tablets:g} tablets in all" in text
    assert "stop" in text
    assert sum(day.tablets for day in plan.discharge_opioid.days) == plan.discharge_opioid.tablets
    assert "Sat 19" in text


def test_none_used_none_goes_home(at_home):
    text = text_of(at_home(KNEE, **HOME, used_last_24h="none"))
    assert "No new opioid tablets" in text
    assert "Only if you need it: oxycodone" not in text
    assert "get rid of it" not in text


def test_an_opioid_that_is_not_decided_is_left_open_and_the_nurse_is_told(at_home):
    text = text_of(at_home(KNEE, **HOME))
    assert "For the nurse: settle this first" in text
    assert "Opioid to take home: not decided" in text
    assert "Your team writes here what you may take" in text
    assert "No new opioid tablets" not in text


def test_what_came_from_home_goes_on_or_waits_for_the_team(at_home):
    text = text_of(at_home("03-anticoagulated-hip"))
    assert "Take these only when your team ticks them" in text
    assert "apixaban" in text.split("Take these only when your team ticks them")[1]
    text = text_of(at_home(FUSION, **MUCH_USED))
    assert "duloxetine 60 mg daily" in text.split("Go on with:")[1]
    assert "These tablets come on top of your own opioid medicine" in text


def test_acetaminophen_is_added_up_with_what_comes_from_home(at_home):
    plan = at_home(FUSION, **MUCH_USED)
    amount = plan.handout.acetaminophen
    order = next(order for order in plan.orders if order.id == "acetaminophen-discharge")
    # Percocet 5/325 mg, 1 tablet every 6 hours: 1,300 mg.
    assert amount.planned_mg == order.max_24h.value + 1300
    assert f"{amount.planned_mg:,.0f} mg" in text_of(plan)


def home_the_same_day(library, language="en"):
    case = api.read_case_file(str(EXAMPLES[KNEE]), library, NOW)
    leaves = {"discharge_at": datetime(2026, 12, 15, 17, 0), "setting": "outpatient", "used_last_24h": ()}
    return case.model_copy(update={**leaves, "language": language})


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_care_of_a_numb_leg_fits_four_pages_too(language, library):
    (plan,) = api.make_plans([("case", home_the_same_day(library, language))], library, NOW)
    assert len(read(plan).pages) == MOST_PAGES


def test_a_numb_limb_is_told_only_while_the_block_may_act(at_home, library):
    late = at_home(KNEE)
    assert "Your numb part" not in text_of(late)
    same_day = home_the_same_day(library)
    (plan,) = api.make_plans([("case", same_day)], library, NOW)
    assert "Your numb part" in text_of(plan)
    assert "Do not walk without a helper and your walker" in text_of(plan)
    (none_given,) = api.make_plans([("case", same_day.model_copy(update={"block_given": ()}))], library, NOW)
    assert "Your numb part" not in text_of(none_given)


def test_a_language_without_a_catalog_is_english_and_asks_for_an_interpreter(at_home):
    plan = at_home(KNEE, "Vietnamese")
    assert "go through it with a qualified interpreter" in text_of(plan)


def test_phones_come_from_the_hospital_and_are_never_made_up(at_home):
    from planner.plan.handout import Phone, SiteFacts

    plan = at_home(KNEE)
    assert "Surgery team, daytime" in text_of(plan)
    plan.site = SiteFacts(hospital="Example Hospital", phones=[Phone(service="Pain team", number="555-0100")])
    text = text_of(plan)
    assert "Example Hospital" in text
    assert "Pain team 555-0100" in text
    assert "Surgery team, daytime" not in text


def test_a_reviewed_language_names_who_reviewed_it(at_home):
    plan = at_home(KNEE)
    assert "not yet been reviewed by a person outside" in text_of(plan)
    plan.handout.reviewed = {"en": "Example Committee, 2026-11-01"}
    assert "Wording reviewed by: Example Committee, 2026-11-01" in text_of(plan)


def test_names_that_look_like_markup_are_printed_as_they_are(at_home):
    plan = at_home(KNEE)
    plan.case["name"] = "<b>O'Brien & Söhne</b>"
    html = render_handout(plan, "html").decode()
    assert "<b>O'Brien" not in html
    assert "&lt;b&gt;O&#39;Brien" in html


def test_a_handout_of_a_plan_made_before_surgery_says_the_same_as_one_of_the_case(library):
    case = api.read_case_file(str(EXAMPLES[KNEE]), library, NOW)
    (before,) = api.make_plans([("case", case)], library, datetime(2026, 12, 14, 18, 0))
    direct = api.going_home(str(EXAMPLES[KNEE]), USED, library, NOW).plan
    assert plan_in(plan_json(before), "plan.json").case == before.case
    assert direct.handout.opioid == "prescribed"


def test_half_a_tablet_is_never_shown_as_one(at_home):
    plan = at_home(KNEE)
    order = next(order for order in plan.orders if order.id == "acetaminophen-discharge")
    order.pieces = order.pieces.model_copy(update={"count": 0.5})
    html = render_handout(plan, "html").decode()
    row = html.split("acetaminophen 500")[1].split("</tr>")[0]
    assert row.count('<span class="circle word">half</span>') == 3
    assert '<span class="circle">' not in row
