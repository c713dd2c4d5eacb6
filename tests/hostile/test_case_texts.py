"""Hostile text in every text field of a case: refused with one clear error, or printed as harmless text."""

import io
import re
import time
from datetime import datetime

import pytest
import yaml
from pypdf import PdfReader

from planner import api
from planner.case.reading import case_from_options, read_case
from planner.plan.files import printed_text
from planner.reading.problems import InputError
from tests.hostile.texts import LONG, SECRET, TEXTS, UNPRINTABLE

NOW = datetime(2026, 12, 1, 18, 0)
LISTS = ("medications", "allergies")
FREE = ("mrn", "name", "surgeon", "location", *LISTS)
OTHERS = ("procedure", "conditions", "declines", "sex", "side", "surgery_at", "birth_date", "weight_kg", "block_given")
USUAL = {"procedure": "tka", "age": "58", "weight_kg": "74"}
LONGEST_S = 2


def read(library, **facts):
    return case_from_options(USUAL | facts, library.case_words, today=NOW.date())


@pytest.mark.parametrize("field", [*FREE, *OTHERS])
@pytest.mark.parametrize("text", [*TEXTS.values(), *UNPRINTABLE.values(), LONG], ids=[*TEXTS, *UNPRINTABLE, "long"])
def test_a_case_is_read_or_refused_in_words(library, field, text):
    begun = time.process_time()
    try:
        case = read(library, **{field: text})
        plan = api.make_plans([("x", case)], library, NOW)[0]
    except InputError as error:
        for problem in error.problems:
            said = str(problem)
            assert problem.mend and len(said) < 1000
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", said), "said as it is"
    else:
        assert field not in ("sex", "side", "weight_kg", "birth_date", "surgery_at"), "taken for a fact"
        assert plan.status in ("confirm", "stop")
    assert time.process_time() - begun < LONGEST_S


@pytest.fixture(scope="module")
def hostile():
    """A plan whose every free text is hostile, and its pages."""
    library = api.open_library()
    texts = [text for text in TEXTS.values() if ";" not in text]
    facts = {"name": TEXTS["markup"], "mrn": TEXTS["closing"][:60], "surgeon": TEXTS["jinja"], "location": TEXTS["svg"]}
    facts |= {"medications": "; ".join(texts), "allergies": "; ".join(reversed(texts))}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANNER_PLANTED", SECRET)
        plan = api.make_plans([("x", read(library, **facts))], library, NOW)[0]
        pages = {form: api.render_plan(plan, form, library) for form in ("html", "md", "json", "pdf")}
        pages["handout.html"] = api.render_handout(plan, "html")
        pages["handout.pdf"] = api.render_handout(plan, "pdf")
    return plan, pages


def test_no_markup_of_a_case_becomes_markup_of_a_page(hostile):
    for name in ("html", "handout.html"):
        html = hostile[1][name].decode()
        body = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
        for tag in ("script", "img", "iframe", "link rel=attachment", "use", "image", "b>bold"):
            assert f"<{tag}" not in body.lower(), f"{tag} in {name}"
        assert body.lower().count("</html>") == 1
        assert "alert(1)" in body or name == "handout.html"


def test_a_template_in_a_case_is_not_run_and_the_environment_not_printed(hostile):
    for name, content in hostile[1].items():
        text = printed_text(content, name) if name.endswith("pdf") else content.decode()
        assert SECRET not in text
        assert "1337" not in text, "7*191 was worked out"
        assert "root:" not in text, "a file of the computer was read"


def test_a_pdf_links_to_nothing_the_case_names_and_carries_the_plan_alone(hostile):
    for name in ("pdf", "handout.pdf"):
        reader = PdfReader(io.BytesIO(hostile[1][name]))
        assert set(reader.attachments) <= {"plan.json"}
        addresses = [
            note.get_object().get("/A", {}).get("/URI", "") for page in reader.pages for note in page.get("/Annots", [])
        ]
        assert not [one for one in addresses if "127.0.0.1" in one or one.startswith(("file:", "javascript:"))]
        assert "/JavaScript" not in str(reader.trailer["/Root"])


def test_the_plan_of_a_hostile_case_still_passes_the_audit(hostile):
    assert hostile[0].audit.findings == []


FILES = {
    "anchors that expand": "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nname: *c\n",
    "an alias to itself": "name: &a [*a]\n",
    "a tag": "name: !!python/object/apply:os.system ['true']\n",
    "deep lists": "name: " + "[" * 5000 + "]" * 5000,
    "deep maps": "name: " + "{a: " * 3000 + "1" + "}" * 3000,
    "deep json": '{"name": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "duplicate keys": '{"procedure": "tka", "age": 50, "age": 90}',
    "duplicate keys in yaml": "procedure: tka\nweight_kg: 70\nweight_kg: 7\n",
    "not a number": "procedure: tka\nage: 50\nweight_kg: .nan\n",
    "infinite": "procedure: tka\nage: 50\nweight_kg: .inf\n",
    "huge": f"procedure: tka\nage: 50\nweight_kg: {'9' * 4000}\n",
    "huge exponent": "procedure: tka\nage: 50\nweight_kg: 1e999999999\n",
    "two documents": "procedure: tka\n---\nprocedure: tha\n",
    "binary": "procedure: \x00\x01\x02\n",
    "no text at all": "",
    "a list": "- procedure: tka\n",
    "a merge": "<<: {procedure: tka}\nage: 50\n",
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_a_hostile_file_is_refused_in_words_and_in_time(library, text):
    begun = time.process_time()
    with pytest.raises(InputError) as refused:
        read_case(text, "case.yaml", library.case_words, NOW.date())
    assert all(problem.message and problem.mend for problem in refused.value.problems)
    assert time.process_time() - begun < LONGEST_S


def test_what_yaml_would_build_is_never_built(library, tmp_path):
    planted = tmp_path / "planted"
    text = yaml.safe_dump({"name": f"!!python/object/apply:pathlib.Path.touch ['{planted}']"})
    with pytest.raises(InputError):
        read_case(
            text + f"surgeon: !!python/object/apply:os.mkdir ['{planted}']\n", "x", library.case_words, NOW.date()
        )
    assert not planted.exists()
