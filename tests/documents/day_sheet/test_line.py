"""What of a plan stands in the line of its case."""

from datetime import datetime

import pytest

from planner import api
from planner.case.fields import Case
from planner.documents.day_sheet import line_of
from planner.documents.day_sheet.asking import WHOM_BY_FACTOR
from planner.plan.models import HomeMedicine
from planner.plan.opioids import HomeOpioids
from planner.plan.parts import Pieces, Quantity
from planner.reading.resources import protocols_folder
from tests.documents.day_sheet.lists import case_text, planned
from tests.documents.samples import HARD_CASE, HEALTHY_CASE, catheter, hard, healthy, mg, needle, order, stopped

NOW = datetime(2026, 12, 14, 18)


def changed(plan, **parts):
    return plan.model_copy(update=parts)


def with_medicines(plan, *medicines):
    return changed(plan, home_medicines=list(medicines))


def supplied(*orders):
    return line_of(changed(healthy(), orders=list(orders))).drugs


def test_a_settled_knee_is_told_in_full():
    text = case_text(planned(with_medicines(healthy())))
    for words in (
        "07:30 READY",
        "EXAMPLE, Ada",
        "MRN 0048213",
        "64 years, female, 72 kg",
        "Allergies: penicillin (rash)",
        "TKA, left",
        "planned as Total knee arthroplasty",
        "surgeon Dr. Rivera",
        "Adductor canal block, left ropivacaine 0.5 % 20 mL = 100 mg",
        "Knee infiltration by the surgeon, left ropivacaine 0.2 % 50 mL = 100 mg",
        "Caution: Acetaminophen: count every product, 4,000 mg in 24 hours in all",
        "not tolerant",
    ):
        assert words in text
    for words in ("NOT KNOWN", "STOP", "Ask", "confirm", "less than 50 MME"):
        assert words not in text


def test_unknown_is_said_and_never_blank_or_no():
    plan = changed(hard(), case=HARD_CASE | {"side": None}, antithrombotics=[], home_medicines=None)
    case = planned(plan, sex=None, age=None, weight_kg=None, name=None, mrn=None, procedure=None, start="2026-12-15")
    text = case_text(case)
    for words in (
        "time NOT KNOWN",
        "name NOT KNOWN",
        "MRN NOT KNOWN",
        "age NOT KNOWN, sex NOT KNOWN, weight NOT KNOWN",
        "allergies NOT KNOWN",
        "operation NOT KNOWN",
        "medicines at home not recorded blood thinner NOT KNOWN",
        "MME NOT KNOWN",
        "tolerance NOT KNOWN",
        "surgeon not named",
    ):
        assert words in text
    for words in ("None", "none known", "not tolerant", "passed", " none "):
        assert words not in text


def test_none_known_is_not_the_same_as_not_known():
    for listed, words, other in (
        ([], "none known", "allergies NOT KNOWN"),
        (None, "allergies NOT KNOWN", "none known"),
        ([" "], "allergies NOT KNOWN", "none known"),
    ):
        text = case_text(planned(changed(healthy(), case=HEALTHY_CASE | {"allergies": listed})))
        assert words in text
        assert other not in text


def test_a_side_that_the_plan_asks_for_is_not_known_and_one_it_does_not_need_is_not_listed():
    asked = planned(healthy(), side=None)
    assert "no side listed" in case_text(asked)
    question = {"of": "surgeon", "text": "side of the operation", "factor": "side"}
    line = asked.line.model_validate(asked.line.model_dump() | {"questions": [question]})
    text = case_text(asked.model_copy(update={"line": line}))
    assert "TKA, side NOT KNOWN" in text
    assert "no side listed" not in text


@pytest.mark.parametrize(
    ("verdict", "last", "earliest", "said"),
    [
        ("unknown", None, None, "needle not before the last dose is known last dose NOT KNOWN"),
        (
            "too_early",
            "2026-12-14T20:00",
            "2026-12-17T20:00",
            "last dose Mon 14-Dec-2026 20:00 needle not before Thu 17-Dec-2026 20:00 TOO EARLY at the start",
        ),
        (
            "passed",
            "2026-12-12T20:00",
            "2026-12-15T06:00",
            "last dose Sat 12-Dec-2026 20:00 needle not before Tue 15-Dec-2026 06:00 passed at the start",
        ),
        ("avoid", "2026-12-14T20:00", None, "last dose Mon 14-Dec-2026 20:00 needle ADVISED AGAINST"),
    ],
)
def test_the_last_dose_and_the_earliest_needle(verdict, last, earliest, said):
    row = needle(verdict=verdict, last_dose_at=last, earliest_at=earliest)
    taken = HomeMedicine(text="apixaban 5 mg", drug="apixaban", classes=["anticoagulant"])
    text = case_text(planned(changed(with_medicines(healthy(), taken), antithrombotics=[row])))
    assert f"{row.drug} {said}" in text


def test_a_medicine_that_is_not_recognized_may_be_a_blood_thinner():
    text = case_text(planned(with_medicines(healthy(), HomeMedicine(text="Xanthoban 5"))))
    assert "a medicine is not recognized another blood thinner: NOT KNOWN" in text


def test_opioids_at_home():
    counted = {"edition": "cdc-2022", "medicines": []}
    for found, said in (
        (HomeOpioids(**counted, mme_per_day=120, known_mme=120, tolerant=True), "tolerant 120 MME a day"),
        (HomeOpioids(**counted, mme_per_day=30, known_mme=30, tolerant=False), "30 MME a day not tolerant"),
        (HomeOpioids(**counted, known_mme=45, tolerant=None), "45 MME a day and more tolerance NOT KNOWN"),
        (HomeOpioids(**counted, tolerant=None), "MME NOT KNOWN tolerance NOT KNOWN"),
    ):
        assert said in case_text(planned(changed(healthy(), home_opioids=found)))


def test_a_block_names_when_and_whether_it_waits():
    text = case_text(planned(hard()))
    assert (
        "Adductor canal block, right confirm ropivacaine 0.5 % 20 mL = 100 mg not before Tue 15-Dec-2026 20:00" in text
    )


def test_an_infusion_is_told_with_its_rate_and_limit():
    text = case_text(planned(catheter()))
    assert "ropivacaine 0.5 % 10 mL = 50 mg; then ropivacaine 0.2 %, 4 to 8 mL per hour, bolus 5 mL" in text
    assert "at most 26 mg per hour in all" in text


def test_a_stop_is_told_whole():
    plan = stopped()
    text = case_text(planned(plan))
    stops = [alert.text for alert in plan.alerts if alert.severity == "stop"]
    assert stops
    assert "STOP" in text
    assert [words for words in stops if words not in text] == []


def test_who_must_be_asked_what():
    text = case_text(planned(hard()))
    assert "Ask patient or family: peripheral neuropathy;" in text
    assert "more facts of the history, listed in the plan" in text
    assert "ECG: QTc over 500 ms" in text
    assert "Chart or examination: infection at site; clinical Frailty Scale" in text
    assert "Ask surgeon: surgeon agrees to restart apixaban on day 1? (apixaban)" in text


def test_questions_a_block_waits_for_come_first():
    waits = {question.factor for question in line_of(hard()).questions if question.for_block}
    assert waits == {"conditions.infection_at_site", "conditions.peripheral_neuropathy"}


def test_no_fact_that_is_missing_is_left_out(library):
    """Of the case that is hardly known, every missing fact is named or counted."""
    path = str(protocols_folder() / "examples" / "07-little-known-knee.yaml")
    (plan,) = api.make_plans([(path, api.read_case_file(path, library, NOW))], library, NOW)
    questions = line_of(plan).questions
    named = {question.factor for question in questions if question.factor}
    left = {missing.factor for missing in plan.missing} - named - {"conditions"}
    (more,) = (question for question in questions if question.text.endswith("listed in the plan"))
    assert all(factor.startswith("conditions.") for factor in left)
    assert more.text.startswith(f"{len(left)} more facts")


def test_a_line_is_small(library):
    paths = [str(path) for path in sorted((protocols_folder() / "examples").glob("*.yaml"))]
    plans = api.make_plans([(path, api.read_case_file(path, library, NOW)) for path in paths], library, NOW)
    assert max(len(line_of(plan).model_dump_json()) for plan in plans) < 8000


def test_doses_of_24_hours_are_counted_and_a_part_counts_whole():
    counts = [
        (order("a-ward", "ward", "opioid", "a", "oral", 5, interval_h=6), 4),
        (order("a-ward", "ward", "opioid", "a", "oral", 5, interval_h=5), 5),
        (order("a-ward", "ward", "opioid", "a", "oral", 5, interval_h=6, max_24h=mg(15)), 3),
        (order("a-ward", "ward", "opioid", "a", "oral", 5, interval_h=6, duration_days=0.5), 2),
        (order("a-ward", "ward", "opioid", "a", "oral", 5), 1),
        (order("a-preop", "preop", "opioid", "a", "oral", 5, interval_h=6), 1),
        (order("a-pacu", "pacu", "opioid", "a", "iv", 0.1, as_needed=True, interval_h=0.25, max_24h=mg(0.3)), 3),
        (order("a-ward", "ward", "opioid", "a", "iv", 4, as_needed=True, max_24h=mg(10)), 3),
        (order("a-ward", "ward", "opioid", "a", "iv", 4, as_needed=True), None),
        (order("a-ward", "ward", "opioid", "a", "oral", None, as_needed=True, interval_h=6), None),
    ]
    assert [drug.count for drug in supplied(*(one for one, _ in counts))] == [count for _, count in counts]


def test_pieces_are_counted_where_the_plan_names_them():
    half = Pieces(count=0.5, form="tablet", strength=mg(5))
    (drug,) = supplied(order("a-ward", "ward", "opioid", "a", "oral", 2.5, interval_h=6, pieces=half))
    assert (drug.count, drug.form, drug.strength) == (2, "tablet", mg(5))


def test_an_infusion_counts_as_one_with_its_rate():
    rate = Quantity(value=7.6, unit="mg/h")
    (drug,) = supplied(order("k-intraop", "intraop", "adjuvant", "ketamine", "iv", None, rate=rate))
    assert (drug.count, drug.form, drug.strength) == (1, "infusion", rate)


def test_an_order_under_a_condition_is_counted_as_needed():
    given = order("p-pacu", "pacu", "antiemetic", "propofol", "iv", 20, timing="only if nausea in recovery")
    assert [drug.as_needed for drug in supplied(given)] == [True]


def test_what_is_taken_before_admission_or_at_home_is_not_counted():
    for phase in ("before_admission", "discharge", "home"):
        assert supplied(order(f"a-{phase}", phase, "opioid", "a", "oral", 5)) == []


def test_every_fact_that_somebody_is_named_for_is_a_fact_of_the_case(library):
    derived = {"crcl", "kidney"}
    fields = set(Case.model_fields) | derived
    conditions = {f"conditions.{term}" for term in library.case_words.conditions}
    assert set(WHOM_BY_FACTOR) <= fields | conditions
