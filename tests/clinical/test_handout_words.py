"""What a handout says fits the one who reads it: what does not hold for a patient is not said, what is not known is."""

from datetime import datetime

import pytest

from planner.case.reading import case_from_options
from planner.clinical.compose import compose
from tests.cases.test_cases import ANY_OPERATION, asking_for

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
LIMIT = "If you have heart, kidney or liver disease, ask your doctor how much you may drink each day."
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


@pytest.mark.parametrize(
    ("asked", "changes", "told"),
    [
        ("adductor-canal", {}, False),
        ("adductor-canal/catheter", {}, True),
        ("adductor-canal", {"block_given": "femoral"}, True),
        ("adductor-canal", {"weight_kg": None}, True),
    ],
    ids=["one injection", "catheter", "a block nobody planned", "a dose that waits"],
)
def test_the_pump_is_told_of_unless_the_block_is_known_to_be_one_injection(asked, changes, told, library):
    early = {"discharge_at": "2026-12-15T17:00", "setting": "outpatient"}
    texts = said(asking_for(library, [asked]), ANY_OPERATION, "block", **{**early, **changes})
    assert any("set an alarm" in text for text in texts)
    assert any("thin tube and a pump" in text for text in texts) is told


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


def settled(library, procedure, **changes):
    return [statement.text for statement in handout(library, procedure, **changes).settle]


def test_a_patient_without_open_questions_leaves_nothing_to_settle(library):
    assert settled(library, KNEE, platelets_k=250) == []


def test_what_waits_is_told_to_the_nurse_with_its_question(library):
    found = settled(library, KNEE, medications=["metoprolol 25 mg twice daily", "ibuprofen 400 mg as needed"])
    assert "Home medicines: decide on each, and tick it on the page: metoprolol 25 mg twice daily" in found
    assert any(text.startswith("Home medicines on hold") and "ibuprofen" in text for text in found)
    found = settled(library, KNEE, allergies=None)
    assert any(text.startswith("acetaminophen") and "Allergies" in text for text in found)


def test_too_many_doses_are_settled_and_signed_for(library):
    many = handout(library, KNEE, used_last_24h="oxycodone 5 mg x 7")
    assert any("is the patient ready to leave?" in statement.text for statement in many.settle)
    assert many.signed
    assert not handout(library, KNEE, used_last_24h="oxycodone 5 mg x 3").signed


def test_an_opioid_that_is_not_decided_says_why(library):
    found = settled(library, KNEE, used_last_24h="hydromorphone IV 0.2 mg x 2")
    assert any(text.startswith("Opioid to take home: not decided:") and "hydromorphone" in text for text in found)


NEVER = "Never take ibuprofen (Advil, Motrin), naproxen (Aleve) or aspirin for pain. They are dangerous for you."


@pytest.mark.parametrize(
    ("changes", "never"),
    [
        ({}, False),
        ({"conditions": ["aspirin_exacerbated_respiratory_disease"]}, True),
        ({"creatinine_mg_dl": 3.1}, True),
        ({"conditions": None}, False),
    ],
)
def test_who_must_never_take_an_nsaid_reads_never(changes, never, library):
    found = said(library, KNEE, "avoid", **changes)
    assert (NEVER in found) is never
    assert any("unless your surgeon agrees" in text for text in found) is (changes.get("conditions", 1) is None)


def medicines(library, procedure, **changes):
    facts = {name: value for name, value in {"procedure": procedure, **HEALTHY, **changes}.items() if value is not None}
    plan = compose(case_from_options(facts, library.case_words, today=NOW.date()), library, NOW)
    return {order.drug: order for order in plan.orders if order.phase == "discharge"}


def test_a_laxative_goes_home_with_an_opioid_only(library):
    assert "senna" not in medicines(library, KNEE, used_last_24h="none")
    assert "senna" in medicines(library, KNEE, used_last_24h="oxycodone 5 mg x 2")
    assert "senna" in medicines(library, KNEE, used_last_24h=None)
    assert "senna" in medicines(library, KNEE, used_last_24h="none", medications=["oxycodone ER 20 mg every 12 hours"])


def test_the_stomach_is_protected_while_an_nsaid_goes_home(library):
    old = {"age": 70, "creatinine_mg_dl": 0.7}
    knee = medicines(library, KNEE, **old)
    assert ("pantoprazole" in knee) is ("celecoxib" in knee or "ibuprofen" in knee) is True
    assert "pantoprazole" not in medicines(library, FUSION, **old)


@pytest.mark.parametrize(
    ("used", "leaving", "last"),
    [
        # 7 days from going home, the day of surgery being the first of 10.
        ("none", "2026-12-17T11:00", "2026-12-23"),
        ("none", "2026-12-18T11:00", "2026-12-24"),
        ("none", "2026-12-19T11:00", "2026-12-24"),
        # The opioid ends on 24 December, and 10 days end with it.
        ("oxycodone 5 mg x 4", "2026-12-17T11:00", "2026-12-24"),
        ("oxycodone 5 mg x 3", "2026-12-17T11:00", "2026-12-23"),
    ],
)
def test_acetaminophen_lasts_as_long_as_the_opioid_and_no_longer_than_its_course(used, leaving, last, library):
    found = medicines(library, KNEE, used_last_24h=used, discharge_at=leaving)["acetaminophen"]
    assert (found.last_day, found.verdict) == (last, "give")


def test_after_the_longest_course_somebody_must_agree_to_more(library):
    found = medicines(library, KNEE, used_last_24h="none", discharge_at="2026-12-25T11:00")["acetaminophen"]
    assert found.verdict == "confirm"
    assert "ended on Thu 24-Dec-2026" in found.confirmations[-1].ask
    assert medicines(library, KNEE, discharge_at="2026-12-24T11:00")["acetaminophen"].verdict == "give"


def test_warnings_after_a_block_are_for_those_who_had_one(library):
    def signs(**changes):
        made = handout(library, KNEE, **changes)
        return [line.text for line in (*made.call, *made.emergency)]

    assert any("after the block" in text for text in signs(block_given=["adductor-canal"]))
    assert any("after the block" in text for text in signs(block_given=None))
    assert not any("the block" in text for text in signs(block_given="none"))
