"""From a plan to each format: whole, escaped, checked, the same every time."""

import json
import re

import pytest
from markupsafe import escape

from planner.documents.clinician_plan import plan_page
from planner.documents.columns import merged
from planner.documents.render import render
from planner.documents.safe_writing import UnsafeText, shown_lines
from planner.documents.sheet import Sheet
from planner.documents.templates import Templates
from planner.documents.text import HtmlVoice, MarkdownVoice
from planner.plan.models import Alert, Plan
from tests.documents.samples import HEALTHY_CASE, TALL_MAN, catheter, hard, healthy, says, stopped, time_out

SAMPLES = [healthy, hard, stopped, catheter]
HOSTILE = "<script>alert(1)</script>{{ 1234*1234 }}{% raw %}</style><img src=x onerror=y>&lt;\"'`*_[a](http://x)|"
TYPED = ("name", "mrn", "surgeon", "location")


def made(plan: Plan, form: str = "html", **more) -> str:
    return render(plan, form, tall_man=TALL_MAN, **more).decode()


def with_case(**case) -> Plan:
    return healthy().model_copy(update={"case": HEALTHY_CASE | case})


@pytest.mark.parametrize("plan", SAMPLES)
@pytest.mark.parametrize("form", ["html", "md", "json"])
def test_every_sample_renders(plan, form):
    assert len(made(plan(), form)) > 3000


def test_json_is_the_plan():
    assert Plan.model_validate(json.loads(made(hard(), "json"))) == hard()


def test_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="docx"):
        made(healthy(), "docx")


@pytest.mark.parametrize("form", ["html", "md"])
def test_every_order_block_care_and_milestone_is_shown(form):
    plan = healthy()
    text = re.sub(r"<[^>]*>|\*|\\", "", made(plan, form)).replace("\u00a0", " ").lower()
    shown = [
        *(item.drug for item in (*plan.orders, *plan.blocks)),
        *(item.text for item in plan.milestones),
        *(item.title for item in (*plan.omitted, *plan.blocks)),
    ]
    assert [words for words in shown if words.lower() not in text] == []


@pytest.mark.parametrize("field", TYPED)
@pytest.mark.parametrize("form", ["html", "md"])
def test_typed_text_is_escaped(field, form):
    text = made(with_case(**{field: HOSTILE}), form)
    assert "<script" not in text
    assert "<img" not in text
    assert "1234*1234" in text.replace("\\", "")
    assert "1522756" not in text


@pytest.mark.parametrize("form", ["html", "md"])
def test_typed_lists_are_escaped(form):
    text = made(with_case(allergies=[HOSTILE], medications=[{"drug": HOSTILE}]), form)
    assert "<script" not in text
    assert "<img" not in text


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_typed_fact_before_the_needle_is_escaped(form):
    plan = with_case(allergies=[HOSTILE, "10U qhs"])
    facts = {"side": "left", "antithrombotics": None, "weight": None, "total": None}
    plan.time_out = time_out(allergies=f"{HOSTILE}, 10U qhs", **facts)
    text = made(plan, form)
    assert "<script" not in text
    assert "<img" not in text
    assert re.sub(r"<[^>]*>", "", text).count("10U qhs") == 2


def test_text_of_the_program_is_escaped_too():
    assert HtmlVoice({}).say("</style><b onclick='x'>bold") == "&lt;/style&gt;&lt;b onclick=&#39;x&#39;&gt;bold"
    assert MarkdownVoice({}).say("<b>*a*|") == r"&lt;b&gt;\*a\*\|"


@pytest.mark.parametrize("spot", ["protocol", "planner", "source"])
def test_text_of_the_library_is_escaped_or_refused(spot):
    plan, text = healthy(), "</style><b onclick=x>bold"
    if spot == "protocol":
        plan.protocol.id = text
    elif spot == "planner":
        plan.provenance.planner = plan.provenance.library = text
    else:
        plan.sources = {
            key: source.model_copy(update={"title": text, "doi": text}) for key, source in plan.sources.items()
        }
    assert "<b onclick" not in made(plan)
    plan.protocol.title = text
    with pytest.raises(UnsafeText):
        made(plan)


def test_markdown_of_a_user_stays_text():
    line = made(with_case(name="*bold* [a](http://x) # |"), "md").split("\n")[0]
    assert line == r"# Pain plan: \*bold\* \[a\](http://x) \# \|, MRN 0048213"


def test_characters_that_turn_or_hide_text_are_dropped():
    assert "\u202e" not in made(with_case(name="EXAMPLE\u202e, Ada\x00\ue000"))
    assert "EXAMPLE, Ada" in made(with_case(name="EXAMPLE\u202e, Ada\x00\ue000"), "md")


@pytest.mark.parametrize("form", ["html", "md"])
def test_an_unsafe_word_of_the_library_stops_the_document(form):
    plan = healthy()
    plan.orders[0].reasons = [says("give 1.0 mg qhs")]
    with pytest.raises(UnsafeText) as caught:
        made(plan, form)
    assert {problem.mend for problem in caught.value.problems} == {"write 1 mg, not 1.0 mg", "write at bedtime"}


@pytest.mark.parametrize("form", ["html", "md"])
def test_an_unsafe_word_the_user_typed_is_shown_as_typed(form):
    text = made(hard(), form)
    assert "Lantus 10U qhs" in re.sub(r"<[^>]*>", "", text)


@pytest.mark.parametrize("form", ["html", "md"])
def test_unsafe_text_around_what_the_user_typed_is_still_caught(form):
    plan = hard()
    plan.alerts.append(Alert(severity="caution", about="Insulin", text="Lantus 10U qhs, then 5 U"))
    with pytest.raises(UnsafeText):
        made(plan, form)


def test_an_id_made_of_any_letters_is_let_be(monkeypatch):
    monkeypatch.setattr("planner.documents.record.short_id", lambda digest: "4K10-50MS")
    for form in ("html", "md"):
        assert "4K10-50MS" in made(healthy(), form)


def test_drug_names_are_tall_man_in_every_sentence():
    text = "\n".join(shown_lines(made(hard())))
    assert "hydromorphone" not in text
    assert "eGFR 19: HYDROmorphone, not oxyCODONE" in text


def test_hours_are_spelled_out():
    plan = healthy()
    plan.orders[0].reasons = [says("wears off after 8 h, repeat in 1 h or 20 min")]
    assert "wears off after 8 hours, repeat in 1 hour or 20 minutes" in made(plan).replace("\u00a0", " ")


def test_a_range_is_not_cut_at_the_end_of_a_line():
    assert HtmlVoice({}).say("pain 4 to 10") == "pain 4\u00a0to\u00a010"


def test_the_list_of_sources_is_one_paragraph_in_each_column():
    """Run in, so that many sources still fit the page of record."""
    plan = healthy()
    page, text = plan_page(plan), made(plan)
    listed = text[text.index("<h2>Sources") : text.index("<h2>Record")]
    assert len(page.sources) == 3
    assert listed.count("<p data-as-written>") == len(page.sources)
    lines = [line for group in merged(page.sources) for line in group.lines]
    assert re.findall(r"<b>(\d+)</b>", listed) == [str(line.number) for line in lines]
    assert [line.title for line in lines if str(escape(line.title)) not in listed] == []


def test_html_refers_to_nothing_outside_itself():
    text = made(healthy())
    assert not re.search(r"\b(?:src|href)=|url\(|@import", text)
    assert "default-src 'none'" in text


def test_unknown_is_never_printed_as_none():
    for form in ("html", "md"):
        text = re.sub(r"<style>.*?</style>|<[^>]*>", "", made(stopped(), form), flags=re.DOTALL)
        assert "None" not in text
        assert "nan" not in re.findall(r"\w+", text)


def test_the_same_plan_gives_the_same_text():
    assert made(healthy()) == made(healthy())


def test_the_default_folder_is_the_bundled_one(tmp_path):
    with pytest.raises(Exception, match="plan.html|base.css"):
        made(healthy(), sheet=Sheet(Templates(tmp_path)))
