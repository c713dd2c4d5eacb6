"""Every fact a patient needs at home is said, and says what the clinicians' words beside it say."""

import pytest

from planner.library.checks.patient import numbers_in
from planner.library.patient import placeholders
from planner.library.sentences import library_sentences, patient_words
from tests.shipped import shipped_library

LIBRARY = shipped_library()
PROTOCOLS = sorted(LIBRARY.complete.items())
# What a patient need not add up: the range of days printed beside it says it.
NUMBERS_LEFT_OUT = {
    "One study advises 3 months, handouts 2 to 6 weeks": {"2"},
}


def left_out(fact):
    return next((numbers for words, numbers in NUMBERS_LEFT_OUT.items() if words.lower() in fact.lower()), set())


@pytest.mark.parametrize("name", [name for name, _ in PROTOCOLS])
def test_the_operation_has_a_name_in_plain_words(name):
    assert LIBRARY.complete[name].in_plain_words


@pytest.mark.parametrize(("name", "protocol"), PROTOCOLS)
def test_every_warning_sign_is_said(name, protocol):
    signs = protocol.warning_signs
    assert signs.call and signs.emergency
    assert [sign.text for sign in (*signs.call, *signs.emergency) if not sign.patient] == []


@pytest.mark.parametrize(("name", "protocol"), PROTOCOLS)
def test_every_milestone_at_home_is_said(name, protocol):
    assert [one.id for one in protocol.milestones if one.phase == "home" and not one.patient] == []


@pytest.mark.parametrize(("name", "protocol"), PROTOCOLS)
def test_how_long_pain_lasts_is_said(name, protocol):
    assert any(one.patient for one in protocol.course)


def test_no_number_is_lost():
    for located, path, text, fact in patient_words(LIBRARY):
        if fact is not None:
            assert numbers_in(fact) - numbers_in(text) <= left_out(fact), f"{located.place(path)}\n{fact}\n{text}"


@pytest.mark.parametrize(
    ("name", "days"), [("total-knee-arthroplasty", 3), ("lumbar-fusion", 3), ("open-colectomy", 2)]
)
def test_one_number_of_days_without_a_bowel_movement(name, days):
    said = [sign.patient for sign in LIBRARY.complete[name].warning_signs.call if "bowel movement" in sign.text]
    assert said == [f"You have had no bowel movement for {days} days."]


@pytest.mark.parametrize(("name", "urgent"), [("lumbar-fusion", False), ("laparoscopic-colectomy", True)])
def test_black_stools_stand_in_one_list(name, urgent):
    signs = LIBRARY.complete[name].warning_signs
    stands = [
        ("emergency" if sign in signs.emergency else "call")
        for sign in (*signs.call, *signs.emergency)
        if "black" in sign.patient
    ]
    assert stands == ["emergency" if urgent else "call"]


def test_sentences_are_those_of_every_kind_of_file():
    found = library_sentences(LIBRARY)
    sources = {place.source.partition("/")[0] for place in found.values()}
    assert sources == {"handout.yaml", "pathways", "knee", "hip", "spine", "colorectal", "drugs", "blocks", "regional"}
    assert str(found["knee replacement"]) == "knee/total-knee-arthroplasty.yaml:8:17: in_plain_words"


def test_values_of_other_patients_never_stand_in_a_sentence():
    assert {name for text in library_sentences(LIBRARY) for name in placeholders(text)} == {
        "acetaminophen_planned_mg",
        "acetaminophen_limit_mg",
    }
