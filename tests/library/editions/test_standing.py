"""No clinical file changes without a later version: both sides, for files with a version of their own and without."""

import copy
import shutil
from dataclasses import replace

import pytest

from planner.library.editions.edition import Edition
from planner.library.editions.record import record_of, record_path, record_text
from planner.library.editions.standing import standing
from planner.library.library import Library
from planner.library.loading import read_library
from planner.reading.problems import Place
from planner.reading.resources import protocols_folder

KNEE, CELECOXIB = "knee/total-knee-arthroplasty.yaml", "drugs/celecoxib.yaml"
EDITION = Edition(version="2026.1", date="2026-11-22")


@pytest.fixture
def folder(tmp_path, library):
    """A folder whose library is that of the tests, given out as edition 2026.1."""
    write_edition(tmp_path)
    path = record_path(tmp_path, EDITION.version)
    path.parent.mkdir()
    path.write_text(record_text(record_of(library, EDITION)), encoding="utf-8")
    return tmp_path


def write_edition(folder, version="2026.1", date="2026-11-22"):
    (folder / "edition.yaml").write_text(f'version: "{version}"\ndate: "{date}"\n', encoding="utf-8")


def changed(library: Library, path: str, version: str | None = None) -> Library:
    """The library with another title or kind in one file, and perhaps another version of it."""

    def other(located, entry):
        if located.source != path:
            return located, entry
        value = {**located.value, "title" if "title" in located.value else "kind": "other"}
        if version:
            value["version"], entry = version, entry.model_copy(update={"version": version})
        return replace(located, value=value), entry

    return with_files(library, {key: other(*found) for key, found in library.files.items()})


def without(library: Library, path: str) -> Library:
    return with_files(library, {key: found for key, found in library.files.items() if found[0].source != path})


def with_files(library: Library, files: dict) -> Library:
    made = copy.copy(library)
    made.files = files
    return made


def told(problems) -> dict[str, str]:
    """File to the words of its problem."""
    return {problem.place.source: f"{problem.message} {problem.mend}" for problem in problems}


def test_the_shipped_library_has_the_versions_its_changes_ask_for(library):
    """Changed clinical files: raise `version` in protocols/edition.yaml, and in each changed protocol or pathway."""
    assert standing(protocols_folder(), library).problems == []


def test_what_was_given_out_stands_unchanged(folder, library):
    found = standing(folder, library)
    assert (found.differs, found.problems) == (False, [])


def test_a_changed_drug_asks_for_a_later_edition(folder, library):
    found = standing(folder, changed(library, CELECOXIB))
    assert found.changed == [CELECOXIB]
    (problem,) = found.problems
    assert problem.place == Place("edition.yaml", 1, 10, "version")
    assert f"its edition is still 2026.1: {CELECOXIB} changed" in problem.message
    assert 'version: "2026.2"' in problem.mend


def test_a_later_edition_lets_a_drug_change(folder, library):
    write_edition(folder, "2026.2")
    assert standing(folder, changed(library, CELECOXIB)).problems == []


def test_a_changed_protocol_asks_for_its_own_version_too(folder, library):
    words = told(standing(folder, changed(library, KNEE)).problems)
    assert set(words) == {KNEE, "edition.yaml"}
    assert 'since release 2026.1, but its version is still 2026.1. raise it: version: "2026.2"' in words[KNEE]

    write_edition(folder, "2026.2")
    assert set(told(standing(folder, changed(library, KNEE)).problems)) == {KNEE}
    assert standing(folder, changed(library, KNEE, "2026.2")).problems == []


@pytest.mark.parametrize("version", ["2025.9", "2026", "2026.0.7"])
def test_an_earlier_version_is_not_raised(folder, library, version):
    write_edition(folder, version)
    words = told(standing(folder, changed(library, KNEE, version)).problems)
    assert f"{version}, which is not later than 2026.1" in words[KNEE]
    assert f"{version}, which is not later than 2026.1" in words["edition.yaml"]


def test_a_shared_pathway_has_a_version_of_its_own(folder, library):
    path = "pathways/eras.yaml"
    assert set(told(standing(folder, changed(library, path)).problems)) == {path, "edition.yaml"}


def test_added_and_removed_files_ask_for_a_later_edition(folder, library):
    more = dict(library.files)
    located, entry = more["drugs", "senna"]
    more["drugs", "new"] = replace(located, source="drugs/new.yaml"), entry
    added, removed = with_files(library, more), without(library, KNEE)

    assert "drugs/new.yaml added" in told(standing(folder, added).problems)["edition.yaml"]
    assert f"{KNEE} removed" in told(standing(folder, removed).problems)["edition.yaml"]
    write_edition(folder, "2026.2")
    for other in (added, removed):
        assert standing(folder, other).differs
        assert standing(folder, other).problems == []


def test_a_file_that_cannot_be_read_is_not_called_removed(folder, library):
    (folder / "knee").mkdir()
    (folder / KNEE).write_text("title: [", encoding="utf-8")
    assert standing(folder, without(library, KNEE)).removed == []


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


def test_only_the_latest_release_counts(folder, library):
    other = changed(library, CELECOXIB)
    path = record_path(folder, "2026.10")
    path.write_text(record_text(record_of(other, Edition(version="2026.10", date="2026-12-24"))), encoding="utf-8")
    write_edition(folder, "2026.10", "2026-12-24")
    assert standing(folder, other).problems == []
    assert "since release 2026.10" in told(standing(folder, library).problems)["edition.yaml"]


def test_an_edition_is_not_dated_before_the_release(folder, library):
    write_edition(folder, "2026.2", "2026-11-01")
    (problem,) = standing(folder, library).problems
    assert problem.place.path == "date"
    assert "dated before release 2026.1" in problem.message


def test_an_edition_does_not_go_back(folder, library):
    write_edition(folder, "2025.4")
    assert 'write version: "2026.1"' in told(standing(folder, library).problems)["edition.yaml"]


def test_without_a_release_nothing_is_compared(tmp_path, library):
    found = standing(tmp_path, library)
    assert (found.edition, found.release, found.problems) == (None, None, [])


def test_a_release_asks_for_the_name_of_the_edition(folder, library):
    (folder / "edition.yaml").unlink()
    assert 'write version: "2026.1"' in told(standing(folder, library).problems)["edition.yaml"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("edition.yaml", "version: 2026/1\ndate: 2026-11-22\n", "digits, letters, points and hyphens"),
        ("edition.yaml", "version: 2026.1\n", "date is missing"),
        ("releases/2026.1.yaml", "edition: 2026.1\nfiles: [\n", "not readable YAML"),
        ("releases/2026.2.yaml", "edition: 2026.1\ndate: 2026-11-22\nfiles: {}\n", "named 2026.2 and holds 2026.1"),
    ],
)
def test_a_file_that_is_at_fault_is_named(folder, library, name, text, said):
    (folder / name).write_text(text, encoding="utf-8")
    (problem,) = standing(folder, library).problems
    assert problem.place.source == name
    assert said in str(problem)
