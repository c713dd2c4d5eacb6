"""Case files and options: what is read, and every error with its place and mend."""

import json
from datetime import date, datetime

import pytest

from planner.case.reading import case_from_options, read_case
from planner.reading.problems import InputError

TODAY = date(2026, 11, 23)
CASE = """\
name: Maria Olsen
birth_date: 1954-05-02
sex: F
weight_kg: "80.5"
surgery_at: 2026-12-01T07:30
conditions: [Sleep Apnea?, asthma]
medications:
  - apixaban 5 mg twice daily; not split here
  - {drug: metoprolol, dose_mg: 50, times_per_day: 2, last_taken_at: 2026-11-30 20:00}
allergies: NKDA
used_last_24h: oxycodone 5 mg x 4; ibuprofen 400 mg x3
"""


@pytest.fixture
def problems(words):
    """The problems of a case file as (place, message, mend)."""

    def found(text):
        with pytest.raises(InputError) as caught:
            read_case(text, "case.yaml", words, TODAY)
        return [(str(problem.place), problem.message, problem.mend) for problem in caught.value.problems]

    return found


def test_a_case_file_is_read(words):
    case = read_case(CASE, "case.yaml", words, TODAY)
    assert (case.name, case.sex, case.weight_kg) == ("Maria Olsen", "female", 80.5)
    assert case.conditions == ("sleep_apnea?", "asthma")
    assert case.medications[0] == "apixaban 5 mg twice daily; not split here"
    assert case.medications[1].last_taken_at == datetime(2026, 11, 30, 20, 0)
    assert case.allergies == ()
    assert [(used.drug, used.dose_mg, used.count) for used in case.used_last_24h] == [
        ("oxycodone", 5, 4),
        ("ibuprofen", 400, 3),
    ]
    assert case.height_cm is None and case.smoker is None and case.declines is None


def test_json_holds_the_same_case_as_yaml(words):
    facts = {
        "name": "𠮷野",
        "age": 67,
        "weight_kg": 80.5,
        "smoker": True,
        "conditions": ["asthma"],
        "medications": [{"drug": "aspirin", "dose_mg": 81}],
        "allergies": [],
    }
    as_json = read_case(json.dumps(facts), "case.json", words, TODAY)
    indented = read_case(json.dumps(facts, indent="\t", ensure_ascii=False), "case.json", words, TODAY)
    assert as_json == indented == case_from_options(facts, words, today=TODAY)
    assert (as_json.name, as_json.smoker, as_json.allergies) == ("𠮷野", True, ())


@pytest.mark.parametrize("blank", ["null", "~", ""])
def test_nothing_written_is_unknown(blank, words):
    case = read_case(f"age: 50\nweight_kg: {blank}\nmedications: {blank}\n", "case.yaml", words, TODAY)
    assert case.weight_kg is None and case.medications is None


def test_options_split_lists_at_semicolons(words):
    case = case_from_options(
        {"age": "50", "conditions": "asthma; Sleep-Apnea ?;", "medications": "aspirin 81 mg", "declines": ["block"]},
        words,
    )
    assert case.conditions == ("asthma", "sleep_apnea?")
    assert case.medications == ("aspirin 81 mg",)
    assert case.declines == ("block",)


@pytest.mark.parametrize("text", ["none", "[none]", "Denies", "NKA", "no", "[]"])
def test_none_words_are_a_known_empty_list(text, words):
    case = read_case(f"age: 50\nmedications: {text}\nallergies: {text}\n", "case.yaml", words, TODAY)
    assert case.medications == () and case.allergies == ()


def test_a_date_without_a_time_leaves_the_hour_unknown(words):
    case = case_from_options({"age": "50", "surgery_at": "2026-12-01"}, words)
    assert (case.surgery_date, case.surgery_start) == (date(2026, 12, 1), None)
    case = case_from_options({"age": "50", "surgery_at": "2026-12-01 07:30"}, words)
    assert (case.surgery_date, case.surgery_start) == (date(2026, 12, 1), datetime(2026, 12, 1, 7, 30))


def test_all_problems_come_at_once_each_at_its_place(problems):
    found = problems(
        "age: 50\nwieght_kg: 80\nheight_cm: 17\nsex: x\nconditions: [astma]\nmedications:\n  - aspirin\n  - {dose: 5}\n"
    )
    assert [place for place, _, _ in found] == [
        "case.yaml:2:12: wieght_kg",
        "case.yaml:3:12: height_cm",
        "case.yaml:4:6: sex",
        "case.yaml:5:14: conditions[1]",
        "case.yaml:8:5: medications[2].drug",
        "case.yaml:8:12: medications[2].dose",
    ]
    mends = [mend for _, _, mend in found]
    assert mends[0] == "did you mean weight_kg?"
    assert mends[3] == "did you mean asthma?"
    assert mends[4:] == ["add drug", "did you mean dose_mg?"]


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "There is nothing in this case."),
        ("# only a comment\n", "There is nothing in this case."),
        ("- age: 50\n", "A case is names with values, and this is none."),
        ("fifty\n", "A case is names with values, and this is none."),
        ("age: 50\n---\nage: 51\n", "A second case starts here."),
        ("age: 50\nage: 51\n", "The key 'age' stands twice here."),
        ('{"age": 50, "age": 51}', "The key 'age' stands twice here."),
    ],
)
def test_a_file_that_is_no_single_case_is_refused(text, message, problems):
    assert [found for _, found, _ in problems(text)] == [message]


@pytest.mark.parametrize(
    "line, message",
    [
        ("surgery_at: 07:30", "A time of day stands here without its date."),
        ("surgery_at: 12/01/2026", "This is not a date, or a date and time, as year-month-day."),
        ("surgery_at: 2026-13-01", "There is no such day or time."),
        ("surgery_at: 2026-12-01T25:00", "There is no such day or time."),
        ("surgery_at: 2026-12-01T07:30Z", "The time names a time zone, and a plan is in the hospital's local time."),
        ("surgery_at: 3026-12-01", "The year must be from 2000 to 2100."),
        ("smoker: former", "This must be yes or no."),
        ("stop_bang: 3.5", "This must be a whole number."),
        ("sex: [female]", "This must be text."),
        ("allergies: {penicillin: rash}", "This must be a list."),
        ("medications: [[aspirin]]", "This must be text."),
        ("used_last_24h: some oxycodone", "This does not name a medicine, its dose and how many were taken."),
        ("conditions: [none, asthma]", "The list says none and also names entries."),
        ("conditions: [asthma, asthma?]", "asthma is listed as yes and as unknown."),
        ("declines: [blocks of all kinds]", "This is not a known word for declines."),
        ('name: "a\\u0007b"', "The text holds a control character (U+0007)."),
        ('name: "a\\u202eb"', "The text holds a control character (U+202E)."),
        (f"name: {'x' * 201}", "The text is longer than 200 characters."),
        (f"medications: [{'x' * 501}]", "The text has 501 characters; at most 500 fit."),
    ],
)
def test_a_bad_value_gets_one_clear_error(line, message, problems):
    assert [found for _, found, _ in problems(f"age: 50\n{line}\n")] == [message]


@pytest.mark.parametrize(
    "facts, path",
    [
        ("birth_date: 1960-01-01\nage: 60\n", "age"),
        ("birth_date: 2027-01-01\n", "birth_date"),
        ("birth_date: 2010-01-01\n", "birth_date"),
        ("birth_date: 1890-01-01\n", "birth_date"),
        ("weight_kg: 80\n", "age"),
        ("age: 50\nsurgery_at: 2026-12-02\ndischarge_at: 2026-12-01\n", "discharge_at"),
        ("age: 50\nsurgery_at: 2026-12-01T10:00\ndischarge_at: 2026-12-01T09:00\n", "discharge_at"),
        ("age: 50\nweight_kg: 250\nheight_cm: 125\n", "weight_kg"),
        ("age: 50\nsex: male\nconditions: [pregnancy]\n", "conditions"),
        ("age: 50\nsex: male\ngestation_weeks: 20\n", "gestation_weeks"),
    ],
)
def test_facts_that_contradict_each_other_are_refused(facts, path, problems):
    assert [place.split(": ")[1] for place, _, _ in problems(facts)] == [path]


@pytest.mark.parametrize(
    "facts",
    [
        "birth_date: 1960-01-01\nage: 66\n",
        "birth_date: 1960-01-01\nage: 65\n",
        "birth_date: 2008-11-23\n",
        "age: 50\nsurgery_at: 2026-12-01T10:00\ndischarge_at: 2026-12-01\n",
        "age: 50\nsex: female\nconditions: [pregnancy]\n",
    ],
)
def test_facts_that_agree_are_taken(facts, words):
    read_case(facts, "case.yaml", words, TODAY)


def test_a_refused_age_is_not_also_called_missing(problems):
    assert len(problems("age: old\n")) == 1


def test_no_wording_of_the_checking_library_is_shown(problems):
    found = problems(
        "age: [1]\nweight_kg: {a: 1}\nsex: 3\nmedications: 5 mg; {}\nconditions: {a: b}\n"
        "smoker: []\nused_last_24h: [{drug: a, dose_mg: -1, count: x}]\nbirth_date: 1\n"
        "name: [1]\nmrn: {a: 1}\n"
    )
    assert len(found) == 10
    assert not [message for _, message, _ in found if "Input should" in message or "valid" in message]
