"""planner protocols diff as a hospital meets it that decides on a new edition."""

import json
import shutil

import pytest

from planner import api
from planner.api.editions import OpenedEdition
from planner.cli.exits import BAD_INPUT, BAD_LIBRARY, DIFFERENT, READY
from planner.library.site.digest import digest_of
from planner.reading.problems import InputError
from planner.reading.resources import protocols_folder
from tests.cli.test_commands import EXAMPLES, NOW, call

KNEE, HIP, FUSION = "01-healthy-knee.yaml", "03-anticoagulated-hip.yaml", "04-opioid-tolerant-fusion.yaml"
CELECOXIB = "drugs/celecoxib.yaml"
EDITS = {
    CELECOXIB: ("at_most: 400 mg\n    for: 5 days", "at_most: 200 mg\n    for: 5 days"),
    "hip/total-hip-arthroplasty.yaml": ("[THA, ", "["),
}


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """A later edition: a lower limit of celecoxib, an operation without one of its names, and three examples."""
    folder = shutil.copytree(protocols_folder(), tmp_path_factory.mktemp("later") / "protocols")
    for path in (folder / "examples").iterdir():
        if path.name not in (KNEE, HIP, FUSION):
            path.unlink()
    for name, (old, new) in EDITS.items():
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    (folder / "edition.yaml").write_text('version: "2099.1"\ndate: "2099-01-01"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def report(edition):
    """The report on the terminal, line by line without the space before each."""
    code, out, err = call("protocols", "diff", "shipped", edition, *NOW)
    assert (code, err) == (DIFFERENT, "")
    return [line.strip() for line in out.splitlines()]


def line_of(folder, name, text):
    return (folder / name).read_text(encoding="utf-8").split(text)[0].count("\n") + 1


def test_each_change_of_the_library_is_told_with_its_place(edition, report):
    assert report[0].startswith("Protocol library: shipped (edition ")
    assert report[0].endswith(f"{edition} (edition 2099.1 of 2099-01-01)")
    line = line_of(edition, CELECOXIB, EDITS[CELECOXIB][1])
    assert f"{CELECOXIB}:{line}: oral-scheduled, at_most: 400 mg -> 200 mg" in report
    assert any(line.endswith("of the old edition: also_known_as: removed: THA") for line in report)


def test_operations_to_approve_again_are_named(report):
    (knee,) = [line for line in report if line.startswith("operation Total knee arthroplasty (total-knee")]
    assert "a file it rests on changed; digest" in knee
    (hip,) = [line for line in report if line.startswith("operation Total hip arthroplasty (total-hip")]
    assert "in both, though its file changed" in hip


def test_each_patient_has_a_plan_compared(report):
    assert "Of 3 patients: 1 with another plan, 1 refused by one edition, 1 with the same plan." in report[2]
    at = report.index("order celecoxib-ward changed")
    assert report.index(f"{KNEE}: Total knee arthroplasty") < at
    assert report[at + 1].startswith("old: ") and "at most 400 mg in 24 hours" in report[at + 1]
    assert report[at + 2].startswith("new: ") and "at most 200 mg in 24 hours" in report[at + 2]
    assert f"see: {CELECOXIB}" in report[at:]
    assert report[report.index("Patients with the same plan: 1") + 1] == FUSION


def test_a_patient_whom_one_edition_refuses_is_told_why(report):
    at = report.index(f"{HIP}: no plan by the new edition")
    assert "No protocol stands for this operation. Found: THA." in report[at + 1]


def test_minutes_in_markdown(edition, tmp_path):
    minutes = tmp_path / "minutes.md"
    code, out, _ = call("protocols", "diff", edition, "shipped", "--cases", EXAMPLES / KNEE, "-o", minutes, *NOW)
    assert code == DIFFERENT
    assert out.startswith(f"{minutes}: Files of the library that differ: 2. Of 1 patient: 1 with another plan")
    text = minutes.read_text(encoding="utf-8")
    assert text.startswith("# Protocol library: ")
    assert "\n## Changes of the library\n" in text and f"\n### {KNEE}: Total knee arthroplasty\n" in text


def test_data_for_other_programs(edition, library):
    (later,) = api.open_editions([("later", edition)])
    shipped = OpenedEdition("shipped", protocols_folder(), library, later.edition)
    compared = api.compare_editions(later, shipped, [str(EXAMPLES / KNEE)], api.clock(NOW[1]))
    assert "Both are edition 2099.1: raise version: in edition.yaml of shipped." in api.render_comparison(
        compared, "text"
    )
    found = json.loads(api.render_comparison(compared, "json"))
    assert (found["old"]["edition"], found["new"]["library"], found["differs"]) == ("2099.1", "shipped", True)
    assert {entry["file"] for entry in found["library"]} == set(EDITS)
    (changed,) = found["cases"]["changed"]
    assert changed["name"] == KNEE
    ward = next(line for line in changed["lines"] if line["line"] == "celecoxib-ward")
    assert ward["files"] == [CELECOXIB]
    assert "200 mg in 24 hours" in ward["old"]


def test_what_the_hospital_approved_and_stocks_counts(edition, library, tmp_path):
    knee, digest = "total-knee-arthroplasty", digest_of("total-knee-arthroplasty", library)
    version = library.protocols[knee].version
    site = tmp_path / "site.yaml"
    site.write_text(
        "formulary: {not_stocked: [celecoxib]}\napprovals:\n"
        f'  {knee}: {{version: "{version}", digest: "{digest}", by: committee, on: 2026-12-01}}\n',
        encoding="utf-8",
    )
    opened = [OpenedEdition("shipped", protocols_folder(), library, None), *api.open_editions([("later", edition)])]
    found = api.compare_editions(*opened, [str(EXAMPLES / KNEE)], api.clock(NOW[1]), site)
    assert found.same == [KNEE]
    text = api.render_comparison(found, "text")
    assert "approved 2026-12-01 by committee -> draft; its content changed" in text
    assert f"Plans are made as in the hospital of {site}." in text


def test_the_same_library_does_not_differ(tmp_path):
    shutil.copy(EXAMPLES / KNEE, tmp_path)
    code, out, _ = call("protocols", "diff", "shipped", protocols_folder(), "--cases", tmp_path, *NOW)
    assert code == READY
    assert "No difference: every file says the same, and so do the plans of 1 patient." in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none", "shipped"], ["OLD none", "There is no such folder.", "or shipped"]),
        (["shipped", EXAMPLES / KNEE], [f"NEW {EXAMPLES / KNEE}", "This is a file, not a folder."]),
        (["shipped", "shipped", "--cases", "none.yaml"], ["--cases none.yaml", "no such file or folder"]),
        (["shipped", "shipped", "--cases", protocols_folder() / "drugs" / "none"], ["no such file or folder"]),
        (["shipped", "shipped", "--now", "soon"], ["2026-12-01T18:00"]),
    ],
)
def test_a_name_that_is_none_ends_in_one_clear_message(arguments, said):
    code, out, err = call("protocols", "diff", *arguments)
    assert (code, out) == (BAD_INPUT, "")
    assert all(words in err for words in said)
    assert "1 problem;" in err


def test_a_folder_without_a_case_is_named(tmp_path):
    code, _, err = call("protocols", "diff", "shipped", "shipped", "--cases", tmp_path)
    assert code == BAD_INPUT
    assert "No case is in this folder." in err


def test_a_case_that_both_editions_refuse_is_bad_input(tmp_path, library):
    (tmp_path / "minor.yaml").write_text("procedure: tka\nage: 15\n", encoding="utf-8")
    opened = OpenedEdition("shipped", protocols_folder(), library, None)
    with pytest.raises(InputError, match="minor.yaml:2:"):
        api.compare_editions(opened, opened, [str(tmp_path / "minor.yaml")], api.clock(NOW[1]))


def test_a_library_with_problems_is_told_apart_from_the_other(tmp_path):
    folder = shutil.copytree(protocols_folder(), tmp_path / "broken")
    drug = folder / "drugs" / "senna.yaml"
    drug.write_text(drug.read_text(encoding="utf-8").replace("17.2 mg", "17.2"), encoding="utf-8")
    code, out, err = call("protocols", "diff", "shipped", folder)
    assert (code, out) == (BAD_LIBRARY, "")
    assert f"{drug}:" in err and "mend:" in err
    code, _, err = call("protocols", "diff", tmp_path, tmp_path)
    assert code == BAD_LIBRARY
    assert f"{tmp_path}\n    No protocol library is here" in err
