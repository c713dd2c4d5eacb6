"""An approval holds for one version of one content, and falls when anything the plan rests on changes."""

import pytest

from planner import api
from planner.library.site import Approval, Formulary, Site, approval_of
from planner.library.site.approvals import standing
from planner.library.site.digest import digest_of
from planner.library.site.formulary import at_site
from planner.reading.resources import protocols_folder

KNEE, SPINE = "total-knee-arthroplasty", "lumbar-fusion"


def approving(library, **change):
    entry = {"version": library.protocols[KNEE].version, "digest": digest_of(KNEE, library)[:12]}
    return Site(approvals={KNEE: Approval(**(entry | {"by": "pain committee", "on": "2026-12-01"} | change))})


def changed(tmp_path, name, old, new):
    """The shipped library with one file changed by a hospital."""
    path = tmp_path / "own" / name
    path.parent.mkdir(parents=True)
    text = (protocols_folder() / name).read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return api.open_library(own=tmp_path / "own")


def test_an_approval_of_this_version_and_content_holds(library):
    assert approval_of(KNEE, library, approving(library)) == "approved 2026-12-01 by pain committee"
    assert standing(KNEE, library, approving(library)).mend == ""
    whole = approving(library, digest=digest_of(KNEE, library))
    assert standing(KNEE, library, whole).holds


def test_without_an_approval_it_is_a_draft(library):
    assert approval_of(KNEE, library, None) == approval_of(KNEE, library, Site()) == "draft"
    assert approval_of(SPINE, library, approving(library)) == "draft"


def test_another_version_is_a_draft(library):
    found = standing(KNEE, library, approving(library, version="2020.1"))
    assert (found.holds, found.text) == (False, "draft; version 2020.1 was approved, this is 2026.1")
    assert digest_of(KNEE, library)[:12] in found.mend


def test_another_content_is_a_draft(library):
    found = standing(KNEE, library, approving(library, digest="0123456789ab"))
    assert (found.holds, found.text) == (False, "draft; its content changed since the approval of 2026-12-01")
    assert "digest 0123456789ab; this is" in found.mend


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("knee/total-knee-arthroplasty.yaml", "title: Total", "title: Whole"),
        ("pathways/arthroplasty.yaml", "BMI under 40", "BMI under 35"),
        ("pathways/eras.yaml", "round the clock", "by the clock"),
        ("drugs/oxycodone.yaml", "dose: 5 mg", "dose: 10 mg"),
        ("classes/nsaid.yaml", "avoid all NSAIDs", "avoid every NSAID"),
        ("blocks/adductor-canal.yaml", "10 to 20 mL", "10 to 15 mL"),
        ("regional/by-depth.yaml", "until 4 hours after", "until 6 hours after"),
        ("home-medicines.yaml", "too_late_under: 72 h", "too_late_under: 96 h"),
        ("antithrombotics/apixaban.yaml", "wait: 72 h", "wait: 73 h"),
    ],
)
def test_a_change_of_anything_it_rests_on_ends_the_approval(library, tmp_path, name, old, new):
    other = changed(tmp_path, name, old, new)
    assert digest_of(KNEE, other) != digest_of(KNEE, library)
    assert not standing(KNEE, other, approving(library)).holds


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("spine/lumbar-fusion.yaml", "title: Lumbar", "title: Low"),
        ("blocks/tlip.yaml", "mL", " mL"),
        ("vocabulary.yaml", "label: sleep apnea", "label: apnea in sleep"),
        ("sources/general.yaml", "year: 2023", "year: 2024"),
    ],
)
def test_a_change_elsewhere_does_not(library, tmp_path, name, old, new):
    other = changed(tmp_path, name, old, new)
    assert other.digest != library.digest
    assert digest_of(KNEE, other) == digest_of(KNEE, library)


def test_comments_and_layout_do_not_count(library, tmp_path):
    other = changed(tmp_path, "drugs/oxycodone.yaml", "drug: oxycodone", "# checked again\ndrug:   oxycodone")
    assert other.digest != library.digest
    assert digest_of(KNEE, other) == digest_of(KNEE, library)


def test_the_formulary_does_not_change_a_digest(library):
    stocked = at_site(library, Site(formulary=Formulary(not_stocked=["celecoxib"])))
    assert digest_of(KNEE, stocked) == digest_of(KNEE, library)


def test_two_operations_have_two_digests(library):
    assert len({digest_of(name, library) for name in library.protocols}) == len(library.protocols)
