"""The hospital's own file as a user meets it: --site, PLANNER_SITE and planner site check."""

import json
from pathlib import Path

import pytest

from planner.cli.exits import BAD_INPUT, BAD_LIBRARY, READY
from tests.cli.test_commands import EXAMPLES, NOW, call
from tests.library.site.pictures import picture

KNEE = "total-knee-arthroplasty"
EXAMPLE = Path(__file__).parents[2] / "docs" / "site-example.yaml"
CASE = EXAMPLES / "01-healthy-knee.yaml"


@pytest.fixture
def site(tmp_path):
    """Write a site file and give its path."""

    def write(text):
        path = tmp_path / "site.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def digest():
    rows = json.loads(call("protocols", "list", "--json")[1])
    return next(row["digest"] for row in rows if row["id"] == KNEE)


def approving(by="pain committee", **change):
    entry = {"version": "2026.1", "digest": digest(), "by": by, "on": "2026-12-01"} | change
    return f"approvals: {{{KNEE}: {json.dumps(entry)}}}"


def plan(path, *more):
    code, out, err = call("plan", CASE, "-f", "json", "--site", path, *NOW, *more)
    assert code == READY, err
    return json.loads(out)


def test_a_plan_says_what_was_approved(site):
    assert plan(site(approving()))["protocol"]["approval"] == "approved 2026-12-01 by pain committee"
    assert plan(site(approving(version="2020.1")))["protocol"]["approval"].startswith("draft; version 2020.1")
    assert plan(site(approving(digest="0123456789ab")))["protocol"]["approval"].startswith("draft; its content changed")


def test_a_plan_carries_hospital_and_phones(site):
    made = plan(
        site("hospital: Example Hospital\nlanguages: [en, es]\nphones: [{service: surgery office, number: 555-0100}]")
    )
    assert made["site"] == {
        "hospital": "Example Hospital",
        "languages": ["en", "es"],
        "phones": [{"service": "surgery office", "number": "555-0100", "hours": None}],
    }


def test_every_source_of_a_plan_is_named(site):
    made = plan(site("formulary: {not_stocked: [celecoxib], preferred: {opioid: hydromorphone}}"))
    cited = {key for part in (*made["orders"], *made["omitted"]) for key in part["sources"]}
    cited |= {key for order in made["orders"] for reason in order["reasons"] for key in reason["sources"]}
    assert "site-file" in cited
    assert cited <= set(made["sources"])


def test_explain_names_the_site_file(site):
    out = call("explain", CASE, "celecoxib", "--site", site("formulary: {not_stocked: [celecoxib]}"), *NOW)[1]
    assert "left out, celecoxib is not stocked here" in out and "[site-file]" in out


@pytest.mark.parametrize("form", ["html", "md"])
def test_words_of_the_site_are_printed_as_written(site, tmp_path, form):
    path = site("hospital: St. Example & Sons\n" + approving(by="P&T committee"))
    code, out, err = call("plan", CASE, "-f", form, "--site", path, *NOW)
    assert code == READY, err
    assert "St. Example &amp; Sons" in out and "P&amp;T committee" in out


@pytest.mark.parametrize(("paper", "size"), [("a4", "A4"), ("letter", "letter")])
def test_paper_of_the_site_is_the_default(site, paper, size):
    path = site(f"paper: {paper}")
    assert f"size: {size};" in call("plan", CASE, "-f", "html", "--site", path, *NOW)[1]
    other, other_size = ("letter", "letter") if paper == "a4" else ("a4", "A4")
    assert f"size: {other_size};" in call("plan", CASE, "-f", "html", "--site", path, "--paper", other, *NOW)[1]


def test_a_logo_is_held_by_the_page(site, tmp_path):
    (tmp_path / "logo.png").write_bytes(picture("PNG"))
    out = call("plan", CASE, "-f", "html", "--site", site("logo: logo.png"), *NOW)[1]
    assert '<img class="logo" src="data:image/png;base64,' in out and "img-src data:" in out
    assert "<img" not in call("plan", CASE, "-f", "html", *NOW)[1]


def test_a_replaced_template_is_used(site, tmp_path):
    (tmp_path / "pages" / "plan").mkdir(parents=True)
    (tmp_path / "pages" / "plan" / "plan.md").write_text("Our own page\n", encoding="utf-8")
    path = site("templates: pages")
    assert call("plan", CASE, "-f", "md", "--site", path, *NOW)[1] == "Our own page\n"
    assert "Example Surgeon" in call("plan", CASE, "-f", "html", "--site", path, *NOW)[1]


def test_an_approval_without_digest_is_told_the_one_to_write(site):
    path = site(f"approvals: {{{KNEE}: {{version: '2026.1', by: pain committee, on: 2026-12-01}}}}")
    for arguments in (["plan", CASE, "-f", "json", "--site", path, *NOW], ["site", "check", path]):
        code, out, err = call(*arguments)
        assert (code, out) == (BAD_INPUT, "")
        assert "The key digest is missing." in err and f'write digest: "{digest()}"' in err


def test_an_unknown_template_names_the_nearest(site, tmp_path):
    (tmp_path / "pages" / "plan").mkdir(parents=True)
    (tmp_path / "pages" / "plan" / "plam.md").write_text("x", encoding="utf-8")
    code, _, err = call("plan", CASE, "-f", "md", "--site", site("templates: pages"), *NOW)
    assert code == BAD_INPUT
    assert "plan/plam.md" in err and "did you mean plan/plan.md?" in err


def test_own_protocols_are_planned_listed_and_shown(site, tmp_path):
    (tmp_path / "own" / "foot").mkdir(parents=True)
    text = "title: Bunion removal\nextends: eras\nversion: '1'\nreviewed: 2026-12-01\n"
    (tmp_path / "own" / "foot" / "bunion-removal.yaml").write_text(text, encoding="utf-8")
    path = site("protocols: own")
    assert "bunion-removal" in call("protocols", "list", "--site", path)[1]
    assert "Bunion removal" in call("protocols", "show", "bunion removal", "--site", path)[1]
    code, out, _ = call("plan", "--procedure", "bunion removal", "--age", "50", "-f", "json", "--site", path, *NOW)
    assert (code, json.loads(out)["protocol"]["id"]) == (READY, "bunion-removal")
    assert call("plan", "--procedure", "bunion removal", "--age", "50", "-f", "json", *NOW)[0] == BAD_INPUT


def test_list_and_show_say_approval_and_digest(site):
    path = site(approving())
    rows = json.loads(call("protocols", "list", "--json", "--site", path)[1])
    assert {row["id"]: row["approval"] for row in rows}[KNEE] == "approved 2026-12-01 by pain committee"
    shown = call("protocols", "show", KNEE, "--site", path)[1]
    assert f"digest {digest()}" in shown and "approved 2026-12-01" in shown
    assert "\ndraft\n" in call("protocols", "show", KNEE)[1]


def test_the_environment_names_the_site_file(site, monkeypatch):
    monkeypatch.setenv("PLANNER_SITE", str(site("hospital: Example Hospital")))
    assert json.loads(call("plan", CASE, "-f", "json", *NOW)[1])["site"]["hospital"] == "Example Hospital"
    assert "hospital: Example Hospital" in call("site", "check")[1]
    monkeypatch.setenv("PLANNER_SITE", "")
    assert json.loads(call("plan", CASE, "-f", "json", *NOW)[1])["site"] is None


def test_a_missing_site_file_is_named_with_where_it_was_named(monkeypatch):
    code, _, err = call("plan", CASE, "-f", "json", "--site", "none.yaml", *NOW)
    assert code == BAD_INPUT and "--site none.yaml" in err and "no such site file" in err
    monkeypatch.setenv("PLANNER_SITE", "none.yaml")
    for arguments in (["plan", CASE, "-f", "json", *NOW], ["protocols", "list"], ["explain", CASE, "oxycodone", *NOW]):
        code, out, err = call(*arguments)
        assert (code, out) == (BAD_INPUT, "")
        assert "PLANNER_SITE=none.yaml" in err and "environment variable PLANNER_SITE" in err
    code, _, err = call("site", "check")
    assert code == BAD_INPUT and "none.yaml" in err


def test_check_says_what_holds(site):
    text = "hospital: Example Hospital\nphones: [{service: surgery office, number: 555-0100}]\n"
    text += (
        "formulary: {not_stocked: [celecoxib], preferred: {opioid: hydromorphone}, strengths: {oxycodone: [5 mg]}}\n"
    )
    text += "opioid_limits: [{name: state law, days: 7, mme_total: 350}]\n" + approving()
    code, out, err = call("site", "check", site(text))
    assert (code, err) == (READY, "")
    for line in (
        "hospital: Example Hospital",
        "  surgery office: 555-0100",
        "not stocked: celecoxib",
        "  hydromorphone among opioid",
        "  oxycodone: 5 mg",
        "  state law: 7 days, 350 MME in one prescription",
        "antithrombotic edition: asra-2025",
        "own protocols: none",
        f"  {KNEE}: approved 2026-12-01 by pain committee",
    ):
        assert line in out.splitlines()


def test_the_example_is_sound():
    code, out, err = call("site", "check", EXAMPLE)
    assert (code, err) == (READY, "")
    assert "hospital: Example Hospital" in out and "not stocked: amisulpride" in out


def test_check_says_what_to_write_where_an_approval_does_not_hold(site):
    code, out, _ = call("site", "check", site(approving(digest="0123456789ab")))
    assert code == READY
    assert f"digest 0123456789ab; this is version 2026.1, digest {digest()}: review it, then write" in out


def test_check_names_every_problem_at_once(site):
    code, out, err = call("site", "check", site("hospitl: X\nformulary: {not_stocked: [celcoxib]}\nlogo: none.png\n"))
    assert (code, out) == (BAD_INPUT, "")
    assert "site.yaml:1:" in err and "did you mean hospital?" in err
    assert "site.yaml:2:" in err and "did you mean celecoxib?" in err
    assert "site.yaml:3:" in err and "3 problems" in err


def test_check_names_problems_of_own_protocols(site, tmp_path):
    (tmp_path / "own" / "drugs").mkdir(parents=True)
    (tmp_path / "own" / "drugs" / "senna.yaml").write_text("drug: senna\nkindd: bowel\n", encoding="utf-8")
    code, out, err = call("site", "check", site("protocols: own"))
    assert (code, out) == (BAD_LIBRARY, "")
    assert "own/drugs/senna.yaml:2:" in err and "kindd" in err
    assert call("site", "check", site("protocols: own\nhospitl: X"))[0] == BAD_INPUT
    assert call("plan", CASE, "-f", "json", "--site", site("protocols: own"), *NOW)[0] == BAD_LIBRARY


def test_check_without_a_file_says_how_to_name_one(monkeypatch):
    monkeypatch.delenv("PLANNER_SITE", raising=False)
    code, _, err = call("site", "check")
    assert code == BAD_INPUT and "PLANNER_SITE" in err


@pytest.mark.parametrize(
    "key", ["languages: [sp]", "reviewed_languages: {sp: {by: Example Committee, on: 2026-01-01}}"]
)
def test_a_language_without_words_is_a_problem(key, site):
    code, _, err = call("site", "check", site(key))
    assert code == BAD_INPUT
    assert "no words for the patient in this language" in err
    assert call("plan", CASE, "-f", "json", "--site", site(key), *NOW)[0] == BAD_INPUT
