"""No clinical file changes without a later version: both sides, for files with a version of their own and without."""

import copy
import shutil
from dataclasses import replace

import pytest

from planner.library.editions.edition import Edition
from planner.library.editions.record import record_of, record_path, record_text
from planner.library.editions.standing import standing
from planner.library.loading import read_library
from planner.reading.problems import Place
from planner.reading.resources import protocols_folder

KNEE, CELECOXIB = "knee/total-knee-arthroplasty.yaml", "drugs/celecoxib.yaml"
EDITION = Edition(version="2026.1", date="2026-11-22")


@pytest.fixture(scope="module")
def given_out(library, edited):
    """The library of the tests, one of its operations in a version that is known here."""
    return edited(library, {KNEE: lambda value: value | {"version": "2026.1"}})


@pytest.fixture
def folder(tmp_path, given_out):
    """A folder whose library is that of the tests, given out as edition 2026.1."""
    write_edition(tmp_path)
    path = record_path(tmp_path, EDITION.version)
    path.parent.mkdir()
    path.write_text(record_text(record_of(given_out, EDITION)), encoding="utf-8")
    return tmp_path


def write_edition(folder, version="2026.1", date="2026-11-22"):
    (folder / "edition.yaml").write_text(f'version: "{version}"\ndate: "{date}"\n', encoding="utf-8")


def other(version=None):
    """A change of a file: another title or kind, and perhaps another version."""

    def change(value):
        value["title" if "title" in value else "kind"] = "other"
        return value | ({"version": version} if version else {})

    return change


def told(problems) -> dict[str, str]:
    """File to the words of its problem."""
    return {problem.place.source: f"{problem.message} {problem.mend}" for problem in problems}


def test_the_shipped_library_has_the_versions_its_changes_ask_for(library):
    """Changed clinical files: raise `version` in protocols/edition.yaml, and in each changed protocol or pathway."""
    assert standing(protocols_folder(), library).problems == []


def test_what_was_given_out_stands_unchanged(folder, given_out):
    found = standing(folder, given_out)
    assert (found.differs, found.problems) == (False, [])


def test_a_changed_drug_asks_for_a_later_edition(folder, given_out, edited):
    found = standing(folder, edited(given_out, {CELECOXIB: other()}))
    assert found.changed == [CELECOXIB]
    (problem,) = found.problems
    assert problem.place == Place("edition.yaml", 1, 10, "version")
    assert f"its edition is still 2026.1: {CELECOXIB} changed" in problem.message
    assert 'version: "2026.2"' in problem.mend


def test_a_later_edition_lets_a_drug_change(folder, given_out, edited):
    write_edition(folder, "2026.2")
    assert standing(folder, edited(given_out, {CELECOXIB: other()})).problems == []


def test_a_changed_protocol_asks_for_its_own_version_too(folder, given_out, edited):
    words = told(standing(folder, edited(given_out, {KNEE: other()})).problems)
    assert set(words) == {KNEE, "edition.yaml"}
    assert 'since release 2026.1, but its version is still 2026.1. raise it: version: "2026.2"' in words[KNEE]

    write_edition(folder, "2026.2")
    assert set(told(standing(folder, edited(given_out, {KNEE: other()})).problems)) == {KNEE}
    assert standing(folder, edited(given_out, {KNEE: other("2026.2")})).problems == []


@pytest.mark.parametrize("version", ["2025.9", "2026", "2026.0.7"])
def test_an_earlier_version_is_not_raised(folder, given_out, version, edited):
    write_edition(folder, version)
    words = told(standing(folder, edited(given_out, {KNEE: other(version)})).problems)
    assert f"{version}, which is not later than 2026.1" in words[KNEE]
    assert f"{version}, which is not later than 2026.1" in words["edition.yaml"]


def test_a_shared_pathway_has_a_version_of_its_own(folder, given_out, edited):
    path = "pathways/eras.yaml"
    assert set(told(standing(folder, edited(given_out, {path: other()})).problems)) == {path, "edition.yaml"}


def test_added_and_removed_files_ask_for_a_later_edition(folder, given_out, edited):
    more = dict(given_out.files)
    located, entry = more["drugs", "senna"]
    more["drugs", "new"] = replace(located, source="drugs/new.yaml"), entry
    added, removed = copy.copy(given_out), edited(given_out, {KNEE: None})
    added.files = more

    assert "drugs/new.yaml added" in told(standing(folder, added).problems)["edition.yaml"]
    assert f"{KNEE} removed" in told(standing(folder, removed).problems)["edition.yaml"]
    write_edition(folder, "2026.2")
    for one in (added, removed):
        assert standing(folder, one).differs
        assert standing(folder, one).problems == []


def test_a_file_that_cannot_be_read_is_not_called_removed(folder, given_out, edited):
    (folder / "knee").mkdir()
    (folder / KNEE).write_text("title: [", encoding="utf-8")
    assert standing(folder, edited(given_out, {KNEE: None})).removed == []


def test_comments_layout_and_examples_are_no_change(tmp_path, library):
    """A real folder, read again, with a comment in a drug file and another example."""
    folder = tmp_path / "protocols"
    copied = shutil.copytree(protocols_folder(), folder)
    path = copied / CELECOXIB
    path.write_text("# reviewed\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    (copied / "examples" / "new.yaml").write_text("procedure: tka\nage: 70\n", encoding="utf-8")
    again, problems = read_library(folder)
    assert problems == []
    assert standing(folder, again).changed == standing(protocols_folder(), library).changed


def test_only_the_latest_release_counts(folder, given_out, edited):
    later = edited(given_out, {CELECOXIB: other()})
    path = record_path(folder, "2026.10")
    path.write_text(record_text(record_of(later, Edition(version="2026.10", date="2026-12-24"))), encoding="utf-8")
    write_edition(folder, "2026.10", "2026-12-24")
    assert standing(folder, later).problems == []
    assert "since release 2026.10" in told(standing(folder, given_out).problems)["edition.yaml"]


def test_an_edition_is_not_dated_before_the_release(folder, given_out):
    write_edition(folder, "2026.2", "2026-11-01")
    (problem,) = standing(folder, given_out).problems
    assert problem.place.path == "date"
    assert "dated before release 2026.1" in problem.message


def test_an_edition_does_not_go_back(folder, given_out):
    write_edition(folder, "2025.4")
    assert 'write version: "2026.1"' in told(standing(folder, given_out).problems)["edition.yaml"]


def test_without_a_release_nothing_is_compared(tmp_path, given_out):
    found = standing(tmp_path, given_out)
    assert (found.edition, found.release, found.problems) == (None, None, [])


def test_a_release_asks_for_the_name_of_the_edition(folder, given_out):
    (folder / "edition.yaml").unlink()
    assert 'write version: "2026.1"' in told(standing(folder, given_out).problems)["edition.yaml"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("edition.yaml", "version: 2026/1\ndate: 2026-11-22\n", "digits, letters, points and hyphens"),
        ("edition.yaml", "version: 2026.1\n", "date is missing"),
        ("releases/2026.1.yaml", "edition: 2026.1\nfiles: [\n", "not readable YAML"),
        ("releases/2026.2.yaml", "edition: 2026.1\ndate: 2026-11-22\nfiles: {}\n", "named 2026.2 and holds 2026.1"),
    ],
)
def test_a_file_that_is_at_fault_is_named(folder, given_out, name, text, said):
    (folder / name).write_text(text, encoding="utf-8")
    (problem,) = standing(folder, given_out).problems
    assert problem.place.source == name
    assert said in str(problem)
