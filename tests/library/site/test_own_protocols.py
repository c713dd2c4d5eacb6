"""A hospital's own files over the shipped library: added, replaced, checked with it as a whole."""

import pytest

from planner import api
from planner.library.checks import check_library
from planner.reading.problems import InputError
from planner.reading.resources import protocols_folder


@pytest.fixture
def own(tmp_path):
    """A folder of own protocols, and a way to write a file into it."""
    folder = tmp_path / "own"
    folder.mkdir()

    def write(name, text):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return folder, write


def shipped(name):
    return (protocols_folder() / name).read_text(encoding="utf-8")


def test_an_empty_folder_changes_nothing(own, library):
    assert api.open_library(own=own[0]).digest == library.digest


def test_a_file_of_the_same_path_is_replaced(own, library):
    folder, write = own
    write("drugs/senna.yaml", shipped("drugs/senna.yaml").replace("kind: bowel", "kind: bowel\nrxnorm: '1'"))
    opened = api.open_library(own=folder)
    assert (opened.drugs["senna"].rxnorm, library.drugs["senna"].rxnorm) == ("1", None)
    assert len(opened.drugs) == len(library.drugs)
    assert opened.digest != library.digest


def test_an_operation_is_added_in_a_folder_of_its_own(own, library):
    folder, write = own
    write(
        "foot/bunion-removal.yaml",
        "title: Bunion removal\nextends: eras\nversion: '1'\nreviewed: 2026-12-01\nalso_known_as: [bunionectomy]\n",
    )
    opened = api.open_library(own=folder)
    assert opened.complete["bunion-removal"].pathway
    assert set(opened.protocols) - set(library.protocols) == {"bunion-removal"}


def test_a_problem_names_the_own_file(own):
    folder, write = own
    write("drugs/senna.yaml", shipped("drugs/senna.yaml").replace("17.2 mg", "17.2"))
    found = [problem for problem in check_library(protocols_folder(), folder) if "number, a space" in problem.message]
    assert {problem.place.source for problem in found} == {str(folder / "drugs" / "senna.yaml")}


def test_the_whole_is_checked_together(own):
    """An own file that no longer has what a shipped protocol asks for is a problem of the shipped protocol."""
    folder, write = own
    write("drugs/senna.yaml", shipped("drugs/senna.yaml").replace("oral-scheduled", "oral-nightly"))
    with pytest.raises(InputError, match="eras.yaml"):
        api.open_library(own=folder)


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("home-medicine.yaml", "home-medicines.yaml"),
        ("drugs/senna.yml", "drugs/senna.yaml"),
        ("drugs/more/senna.yaml", "drugs/senna.yaml"),
        ("regional/by-depths.yaml", "regional/by-depth.yaml"),
        ("edition.yaml", "take it away"),
    ],
)
def test_a_file_that_nothing_is_read_from_is_named(own, name, mend):
    folder, write = own
    write(name, "title: X\n")
    (found,) = check_library(protocols_folder(), folder)
    assert found.place.source == str(folder / name)
    assert "No part of a library" in found.message and mend in found.mend


def test_own_example_cases_are_let_be(own):
    folder, write = own
    write("examples/one.yaml", "procedure: tka\n")
    assert check_library(protocols_folder(), folder) == []
