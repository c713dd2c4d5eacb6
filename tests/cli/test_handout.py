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


SITE = "opioid_limits: [{name: state law, days: 3}]\nformulary: {not_stocked: [celecoxib]}\n"


@pytest.fixture
def with_site(tmp_path):
    """A plan made with the hospital's own file, and that file."""
    site = tmp_path / "site.yaml"
    site.write_text(SITE, encoding="utf-8")
    assert call("plan", KNEE, "-o", tmp_path / "plan.json", "--site", site, *EVENING)[0] == READY
    return tmp_path / "plan.json", site


def test_what_the_hospital_decided_is_not_lost_on_the_way_home(with_site, tmp_path):
    plan, site = with_site
    code, out, err = call("handout", plan, *FACTS, "-o", tmp_path / "h.pdf", *MORNING)
    assert (code, out) == (BAD_INPUT, "")
    assert "made with the hospital's own file" in err
    assert "--site" in err
    code, out, err = call("handout", plan, *FACTS, "--site", site, "-f", "html", "-o", "-", *MORNING)
    assert (code, err) == (READY, "")
    assert "celecoxib" not in out.split("</table>")[0]
    assert "You get 6 tablets in all" in out


def test_a_site_file_that_has_changed_is_told_to_the_nurse(with_site, tmp_path):
    plan, site = with_site
    site.write_text("hospital: Example Hospital\n", encoding="utf-8")
    code, out, err = call("handout", plan, *FACTS, "--site", site, "-f", "html", "-o", "-", *MORNING)
    assert code == READY
    assert "celecoxib-discharge: was not given" in err
    assert "Changed since the plan was printed: celecoxib-discharge" in out


def test_a_handout_of_another_day_asks_again_what_was_used(tmp_path):
    first = tmp_path / "first.pdf"
    assert call("handout", KNEE, *FACTS, "-o", first, *MORNING)[0] == READY
    later = ["--discharge-at", "2026-12-19T11:00", "--now", "2026-12-19T08:00"]
    _, out, _ = call("handout", first, *later, "-f", "html", "-o", tmp_path / "h.html")
    assert "say what was used, --used-24h" in out
    again = tmp_path / "again.pdf"
    _, out, _ = call("handout", first, "-o", again, *MORNING)
    assert out == f"{again}: ready\n"


@pytest.mark.parametrize("used", [";", " ; ", ""])
def test_text_that_names_nothing_is_not_none(used, tmp_path):
    _, out, _ = call("handout", KNEE, "--used-24h", used, *FACTS[2:], "-f", "html", "-o", tmp_path / "h.html", *MORNING)
    assert "say what was used" in out


@pytest.mark.parametrize("limit", ["days: 1, mme_per_day: 5", "mme_total: 5"])
def test_a_limit_that_leaves_no_tablet_is_decided_by_hand(limit, tmp_path):
    site = tmp_path / "site.yaml"
    site.write_text(f"opioid_limits: [{{name: state law, {limit}}}]", encoding="utf-8")
    _, _, _ = call("handout", KNEE, *FACTS, "--site", site, "-f", "html", "-o", tmp_path / "h.html", *MORNING)
    text = (tmp_path / "h.html").read_text(encoding="utf-8")
    assert "Your team writes here what you may take" in text
    assert "no whole tablet fits, decide by hand: state law" in text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "template",
    ["{% if %}", "{{ no_such_name }}", '<img src="http://127.0.0.1:9/x.png" alt="x">', "give 1.0 mg", "\udce9"],
)
def test_a_replaced_template_that_cannot_be_printed_is_an_error_with_a_mend(template, tmp_path):
    folder = tmp_path / "templates" / "handout"
    folder.mkdir(parents=True)
    (folder / "handout.html").write_bytes(template.encode("utf-8", "surrogateescape"))
    site = tmp_path / "site.yaml"
    site.write_text("templates: templates", encoding="utf-8")
    code, out, err = call("handout", KNEE, *FACTS, "--site", site, "-o", tmp_path / "h.pdf", *MORNING)
    assert (code, out) == (BAD_INPUT, "")
    assert "replaced template" in err
    assert "mend:" in err
    assert not (tmp_path / "h.pdf").exists()


def test_a_sentence_without_a_translation_is_an_error_with_a_mend(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    text = (protocols_folder() / "handout.yaml").read_text(encoding="utf-8")
    (own / "handout.yaml").write_text(text.replace("Your plan works if", "Our plan works if"), encoding="utf-8")
    site = tmp_path / "site.yaml"
    site.write_text("protocols: own", encoding="utf-8")
    spanish = ["--language", "es", "-o", tmp_path / "h.pdf"]
    code, _, err = call("handout", KNEE, *FACTS, "--site", site, *spanish, *MORNING)
    assert code == BAD_INPUT
    assert "No text in es for: Our plan works if" in err
    assert "--language en" in err


@pytest.mark.parametrize("name", ["h.docx", "h.md"])
def test_another_kind_of_file_is_refused(name, tmp_path):
    code, _, err = call("handout", KNEE, *FACTS, "-o", tmp_path / name, *MORNING)
    assert code == BAD_INPUT
    assert ".pdf or .html" in err


def test_a_folder_gets_a_file_of_the_usual_name(tmp_path):
    assert call("handout", KNEE, *FACTS, "-f", "html", "-o", tmp_path, *MORNING)[0] == READY
    assert (tmp_path / "handout.html").is_file()
    assert not list(tmp_path.glob(".planner-*"))
