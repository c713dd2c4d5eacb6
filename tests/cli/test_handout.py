"""planner handout as a nurse meets it: from the plan's PDF and three facts to a finished page."""

import io
import json

import pypdf
import pytest

from planner.cli.exits import BAD_INPUT, READY, STOP
from planner.reading.resources import protocols_folder
from tests.cli.test_commands import call

EXAMPLES = protocols_folder() / "examples"
KNEE = EXAMPLES / "01-healthy-knee.yaml"
EVENING, MORNING = ["--now", "2026-12-14T18:00"], ["--now", "2026-12-17T08:00"]
FACTS = ["--used-24h", "oxycodone 5 mg x 3", "--discharge-at", "2026-12-17T11:00", "--block-given", "adductor-canal"]


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """The plan of the evening before, as PDF and as JSON."""
    folder = tmp_path_factory.mktemp("plans")
    for form in ("pdf", "json"):
        assert call("plan", KNEE, "-o", folder / f"plan.{form}", *EVENING)[0] == READY
    return folder


def page(path):
    return " ".join(" ".join(one.extract_text() for one in pypdf.PdfReader(path).pages).replace("\u00a0", " ").split())


def test_the_pdf_of_a_plan_and_three_facts_make_a_handout(plans, tmp_path):
    target = tmp_path / "handout.pdf"
    code, out, err = call("handout", plans / "plan.pdf", *FACTS, "-o", target, *MORNING)
    assert (code, err) == (READY, "")
    assert out == f"{target}: ready\n"
    text = page(target)
    assert "knee replacement, left side on December 15, 2026" in text
    assert "going home on December 17, 2026" in text
    assert "Only if you need it: oxycodone 5 mg" in text
    assert "You get 12 tablets in all" in text
    assert "EXAMPLE, Ada" in text


def test_case_json_and_pdf_say_the_same(plans, tmp_path):
    made = []
    for source in (KNEE, plans / "plan.json", plans / "plan.pdf"):
        code, out, _ = call("handout", source, *FACTS, "-f", "html", "-o", "-", *MORNING)
        assert code == READY
        made.append(out)
    assert made[0] == made[1] == made[2]


@pytest.mark.parametrize("language", ["es", "Spanish"])
def test_in_spanish(plans, language):
    _, out, err = call(
        "handout", plans / "plan.json", *FACTS, "--language", language, "-f", "html", "-o", "-", *MORNING
    )
    assert err == ""
    assert '<html lang="es">' in out
    assert "Su plan para el dolor en casa" in out


def test_a_language_without_words_is_told(plans, tmp_path):
    code, _, err = call(
        "handout", plans / "plan.json", *FACTS, "--language", "Vietnamese", "-o", tmp_path / "h.pdf", *MORNING
    )
    assert code == READY
    assert "qualified interpreter" in err


def test_large_print_is_larger(plans, tmp_path):
    usual, large = tmp_path / "usual.pdf", tmp_path / "large.pdf"
    call("handout", plans / "plan.pdf", *FACTS, "-o", usual, *MORNING)
    call("handout", plans / "plan.pdf", *FACTS, "--large-print", "-o", large, *MORNING)
    assert len(pypdf.PdfReader(large).pages) > len(pypdf.PdfReader(usual).pages)


def test_what_was_used_may_be_said_in_parts(plans):
    one, two = (
        call("handout", plans / "plan.json", *used, *FACTS[2:], "-f", "html", "-o", "-", *MORNING)[1]
        for used in (
            ["--used-24h", "oxycodone 5 mg x 1; acetaminophen 1000 mg x 3"],
            ["--used-24h", "oxycodone 5 mg x 1", "--used-24h", "acetaminophen 1000 mg x 3"],
        )
    )
    assert one == two


def test_without_what_was_used_the_nurse_is_asked(plans, tmp_path):
    code, out, _ = call("handout", plans / "plan.pdf", *FACTS[2:], "-o", tmp_path / "h.pdf", *MORNING)
    assert code == READY
    assert "the opioid to take home is not decided: say what was used, --used-24h" in out


def test_a_stop_of_the_plan_changes_the_exit_code(tmp_path):
    case = EXAMPLES / "10-naltrexone-microdiscectomy.yaml"
    facts = ["--used-24h", "oxycodone 5 mg x 3", "--discharge-at", "2026-12-20T11:00"]
    code, out, _ = call("handout", case, *facts, "-f", "html", "-o", tmp_path / "h.html", "--now", "2026-12-20T08:00")
    assert code == STOP
    assert out.startswith(f"{tmp_path / 'h.html'}: stop")
    text = (tmp_path / "h.html").read_text(encoding="utf-8")
    assert "The plan stands at stop. naltrexone:" in text
    assert "Your team writes here what you may take" in text
    assert "tablets in all" not in text


def test_a_library_that_has_changed_since_is_told_medicine_by_medicine(plans, tmp_path):
    plan = json.loads((plans / "plan.json").read_text(encoding="utf-8"))
    plan["provenance"]["library"] = "0" * 64
    order = next(order for order in plan["orders"] if order["id"] == "celecoxib-discharge")
    order["text"] = "celecoxib 100 mg by mouth"
    old = tmp_path / "old.json"
    old.write_text(json.dumps(plan), encoding="utf-8")
    code, _, err = call("handout", old, *FACTS, "-f", "html", "-o", tmp_path / "h.html", *MORNING)
    assert code == READY
    assert "celecoxib-discharge: was celecoxib 100 mg by mouth; is celecoxib 200" in err.replace("\u00a0", " ")
    assert "acetaminophen-discharge" not in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such-file.pdf"], "cannot be read"),
        ([KNEE, "--used-24h", "banana"], "oxycodone 5 mg x"),
        ([KNEE, "--block-given", "adductor kanal"], "did you mean adductor canal?"),
        ([KNEE, "--discharge-at", "tomorrow"], "discharge_at"),
        ([KNEE, "--discharge-at", "2026-12-14T11:00"], "discharge_at"),
    ],
)
def test_a_mistake_ends_in_one_message_and_no_file(arguments, said, tmp_path):
    target = tmp_path / "h.pdf"
    code, out, err = call("handout", *arguments, "-o", target, *MORNING)
    assert (code, out) == (BAD_INPUT, "")
    assert said in err
    assert "mend:" in err
    assert not target.exists()


def test_a_pdf_that_carries_no_plan_is_refused(tmp_path):
    from weasyprint import HTML

    letter = tmp_path / "letter.pdf"
    letter.write_bytes(HTML(string="<p>letter</p>").write_pdf())
    code, _, err = call("handout", letter, "-o", tmp_path / "h.pdf", *MORNING)
    assert code == BAD_INPUT
    assert "carries no plan" in err


def test_standard_input_holds_a_case_or_a_plan(plans):
    text = (plans / "plan.json").read_text(encoding="utf-8")
    code, out, _ = call("handout", "-", *FACTS, "-f", "html", "-o", "-", *MORNING, stdin=text)
    assert code == READY
    assert "Your pain plan at home" in out


def test_the_bytes_are_the_same_each_time(plans, tmp_path):
    made = []
    for name in ("a.pdf", "b.pdf"):
        call("handout", plans / "plan.pdf", *FACTS, "-o", tmp_path / name, *MORNING)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    assert pypdf.PdfReader(io.BytesIO(made[0])).metadata.title
