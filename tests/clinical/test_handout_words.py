"""What a handout says fits the one who reads it: what does not hold for a patient is not said, what is not known is."""

from datetime import datetime

import pytest

from planner.case.reading import case_from_options
from planner.clinical.compose import compose

NOW = datetime(2026, 12, 16, 8, 0)
HEALTHY = {
    "age": 55,
    "sex": "female",
    "weight_kg": 70,
    "height_cm": 168,
    "creatinine_mg_dl": 0.8,
    "frailty": 2,
    "smoker": "no",
    "setting": "inpatient",
    "anesthesia": "general",
    "surgery_at": "2026-12-15T07:30",
    "discharge_at": "2026-12-17T11:00",
    "used_last_24h": "none",
    "conditions": "none",
    "medications": "none",
    "allergies": "none",
}
GLASSES = "Drink 6 to 8 glasses of fluid a day, unless a doctor told you to drink less."
LIMIT = "If you have heart failure or are on dialysis, ask your doctor how much you may drink each day."
KNEE, FUSION, COLON = "TKA", "lumbar fusion", "laparoscopic colectomy"


def handout(library, procedure, **changes):
    facts = {name: value for name, value in {"procedure": procedure, **HEALTHY, **changes}.items() if value is not None}
    return compose(case_from_options(facts, library.case_words, today=NOW.date()), library, NOW).handout


def said(library, procedure, topic, **changes):
    advice = handout(library, procedure, **changes).advice
    return [line.text for part in advice if part.topic == topic for line in part.lines]


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ("none", {GLASSES}),
        (["heart_failure"], {LIMIT}),
        (["dialysis"], {LIMIT}),
        (["asthma"], {GLASSES}),
        (None, {GLASSES, LIMIT}),
    ],
)
def test_a_patient_with_a_limit_is_not_told_a_number_of_glasses(conditions, found, library):
    assert {GLASSES, LIMIT} & set(said(library, KNEE, "eating", conditions=conditions)) == found


@pytest.mark.parametrize(("procedure", "cold"), [(KNEE, True), ("THA", True), (FUSION, True), (COLON, False)])
def test_ice_is_for_bones_and_joints(procedure, cold, library):
    assert bool(said(library, procedure, "cold")) is cold


@pytest.mark.parametrize(("procedure", "urgent"), [(KNEE, False), (COLON, False), (FUSION, True)])
def test_no_urine_stands_in_one_list(procedure, urgent, library):
    page = handout(library, procedure)
    found = [
        [sign.text for sign in signs if "urine." in sign.text or "passed urine" in sign.text] for signs in _lists(page)
    ]
    assert [len(texts) for texts in found] == ([0, 1] if urgent else [1, 0])


def _lists(page):
    """Without the sign of the kidneys, which is less urine."""
    return [[sign for sign in signs if "much less" not in sign.text] for signs in (page.call, page.emergency)]


@pytest.mark.parametrize(("smoker", "told"), [("yes", True), ("no", False), (None, True)])
def test_tobacco_after_a_fusion(smoker, told, library):
    assert any("tobacco" in text for text in said(library, FUSION, "wound", smoker=smoker)) is told
    assert not any("tobacco" in text for text in said(library, KNEE, "wound", smoker=smoker))


@pytest.mark.parametrize("used", ["oxycodone 5 mg x 3", None])
def test_an_opioid_that_may_go_home_comes_with_what_makes_it_safe(used, library):
    for topic, words in (
        ("opioid", "Do not drive"),
        ("opioid", "drink alcohol"),
        ("storage", "locked up"),
        ("overdose", "Call 911"),
        ("bowels", "laxative"),
        ("teach_back", "the opioid"),
    ):
        assert any(words in text for text in said(library, KNEE, topic, used_last_24h=used)), (topic, words)


def test_without_an_opioid_none_of_it_is_said(library):
    for topic in ("opioid", "storage", "overdose", "naloxone"):
        assert said(library, KNEE, topic) == []


def test_the_opioid_of_these_patients_is_decided_only_where_its_use_is_known(library):
    states = [handout(library, KNEE, used_last_24h=used).opioid for used in ("oxycodone 5 mg x 3", "none", None)]
    assert states == ["prescribed", "none", "undecided"]


def test_how_to_get_rid_of_an_opioid_that_is_not_decided_is_left_to_the_pharmacy(library):
    flush, trash = "flush what is left", "coffee grounds"
    known = said(library, KNEE, "storage", used_last_24h="oxycodone 5 mg x 3")
    assert [any(words in text for text in known) for words in (flush, trash)] == [True, False]
    unknown = said(library, KNEE, "storage", used_last_24h=None)
    assert [any(words in text for text in unknown) for words in (flush, trash)] == [False, False]
    assert any("take-back site" in text for text in unknown)


def test_an_opioid_from_home_brings_the_signs_of_too_much(library):
    assert said(library, KNEE, "overdose", medications=["oxycodone 5 mg every 6 hours"])


def test_senna_is_taken_at_bedtime(library):
    page = handout(library, KNEE, used_last_24h="oxycodone 5 mg x 3")
    assert [medicine.slots for medicine in page.medicines if medicine.order.startswith(("senna", "laxative"))] == [
        ["bedtime"]
    ]


def test_how_long_it_hurts_is_told(library):
    assert "Pain is worst on days 1 to 3." in " ".join(said(library, KNEE, "expect"))


def test_what_to_do_before_a_block_ends_is_told_while_it_may_act(library):
    early = {"discharge_at": "2026-12-15T17:00", "setting": "outpatient"}
    told = said(library, KNEE, "block", **early)
    assert any("set an alarm" in text for text in told)
    assert any("put your next dose" in text for text in told)
    assert said(library, KNEE, "block", **early, block_given="none") == []


@pytest.mark.parametrize(("medications", "told"), [("none", False), (["aspirin 81 mg daily"], True), (None, True)])
def test_when_to_start_aspirin_again_is_for_those_who_take_it(medications, told, library):
    assert any("stop your aspirin" in text for text in said(library, KNEE, "avoid", medications=medications)) is told


@pytest.mark.parametrize(
    ("medications", "told"),
    [
        (["Narcan nasal spray 4 mg as needed", "oxycodone 5 mg every 6 hours"], True),
        (["lisinopril 10 mg daily"], False),
    ],
)
def test_who_has_naloxone_at_home_reads_how_to_give_it(medications, told, library):
    assert bool(said(library, KNEE, "naloxone", medications=medications)) is told
