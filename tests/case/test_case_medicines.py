"""Home medicines as charts write them."""

from datetime import date, datetime

import pytest

from planner.case.fields import MedicineEntry
from planner.case.medicines import read_medicine

# text: drug, amounts of one dose as "ingredient amount unit", doses a day, as needed, route
LINES = [
    ("apixaban 5 mg twice daily", "apixaban", ["apixaban 5 mg"], 2, False, None),
    ("Eliquis 2.5mg BID", "apixaban", ["apixaban 2.5 mg"], 2, False, None),
    (
        "Percocet 5/325 mg 1-2 tablets every 4-6 hours as needed",
        "oxycodone-acetaminophen",
        ["oxycodone 10 mg", "acetaminophen 650 mg"],
        6,
        True,
        "oral",
    ),
    ("oxyCODONE 10 mg tablet q3h PRN", "oxycodone", ["oxycodone 10 mg"], 8, True, "oral"),
    ("metoprolol succinate ER 50 mg daily", "metoprolol", ["metoprolol 50 mg"], 1, False, None),
    (
        "Norco 10-325 one tab QID",
        "hydrocodone-acetaminophen",
        ["hydrocodone 10 mg", "acetaminophen 325 mg"],
        4,
        False,
        "oral",
    ),
    ("fentanyl patch 25 mcg/h every 72 hours", "fentanyl", ["fentanyl 25 mcg/h"], 1 / 3, False, "transdermal"),
    ("fentanyl 50 mcg/hr patch q3 days", "fentanyl", ["fentanyl 50 mcg/h"], 1 / 3, False, "transdermal"),
    ("aspirin 81 mg", "aspirin", ["aspirin 81 mg"], None, False, None),
    ("ASA 325 mg po qd", "aspirin", ["aspirin 325 mg"], 1, False, "oral"),
    ("lisinopril", "lisinopril", ["lisinopril None"], None, False, None),
    ("acetaminophen 500 mg 2 tabs TID", "acetaminophen", ["acetaminophen 1000 mg"], 3, False, "oral"),
    ("paracetamol 1 g q8h", "acetaminophen", ["acetaminophen 1000 mg"], 3, False, None),
    ("acetaminophen 1,000 mg every 6 hours", "acetaminophen", ["acetaminophen 1000 mg"], 4, False, None),
    ("insulin glargine 20 units at bedtime", "insulin glargine", ["insulin glargine 20 units"], 1, False, None),
    (
        "Lantus insulin 100 units/mL, inject 22 units nightly",
        "insulin glargine",
        ["insulin glargine 22 units"],
        1,
        False,
        None,
    ),
    ("warfarin 5 mg Mon/Wed/Fri", "warfarin", ["warfarin 5 mg"], None, False, None),
    ("naltrexone ER 380 mg IM monthly", "naltrexone", ["naltrexone 380 mg"], 1 / 30, False, "intramuscular"),
    ("Vivitrol 380 mg every 4 weeks", "naltrexone", ["naltrexone 380 mg"], 1 / 28, False, None),
    (
        "oxyCODONE (ROXICODONE) 5 mg immediate release tablet Take 1 tablet (5 mg total) by mouth every "
        "4 (four) hours as needed for severe pain",
        "oxycodone",
        ["oxycodone 5 mg"],
        6,
        True,
        "oral",
    ),
    (
        "acetaminophen (TYLENOL) 500 mg tablet Take 2 tablets (1,000 mg total) by mouth 3 (three) times daily",
        "acetaminophen",
        ["acetaminophen 1000 mg"],
        3,
        False,
        "oral",
    ),
    (
        "Tylenol #3 1-2 tabs q4h prn pain",
        "acetaminophen-codeine",
        ["acetaminophen 600 mg", "codeine 60 mg"],
        6,
        True,
        "oral",
    ),
    (
        "acetaminophen-codeine 300-30 mg 1 tab q6h",
        "acetaminophen-codeine",
        ["acetaminophen 300 mg", "codeine 30 mg"],
        4,
        False,
        "oral",
    ),
    (
        "codeine/acetaminophen 30/300 q6h prn",
        "acetaminophen-codeine",
        ["codeine 30 mg", "acetaminophen 300 mg"],
        4,
        True,
        None,
    ),
    (
        "hydrocodone 5 mg/acetaminophen 325 mg, 1 tab q6h",
        "hydrocodone-acetaminophen",
        ["hydrocodone 5 mg", "acetaminophen 325 mg"],
        4,
        False,
        "oral",
    ),
    (
        "Percocet (oxycodone-acetaminophen) 5-325 q6h",
        "oxycodone-acetaminophen",
        ["oxycodone 5 mg", "acetaminophen 325 mg"],
        4,
        False,
        None,
    ),
    (
        "oxycodone/APAP 7.5/325 q6h prn max 3 tabs per day",
        "oxycodone-acetaminophen",
        ["oxycodone 7.5 mg", "acetaminophen 325 mg"],
        3,
        True,
        "oral",
    ),
    ("oxycodone 5 mg up to 4 times a day", "oxycodone", ["oxycodone 5 mg"], 4, False, None),
    ("oxycodone 5-10 mg every 4 to 6 hours prn", "oxycodone", ["oxycodone 10 mg"], 6, True, None),
    ("oxycodone 5 mg/5 mL, 10 mL q4h prn", "oxycodone", ["oxycodone 10 mg"], 6, True, None),
    ("oxycodone 2 x 5 mg q6h", "oxycodone", ["oxycodone 10 mg"], 4, False, None),
    (
        "Percocet 5/325 1-2 po q6h prn",
        "oxycodone-acetaminophen",
        ["oxycodone 10 mg", "acetaminophen 650 mg"],
        4,
        True,
        "oral",
    ),
    (
        "Take 1 Norco 10/325 every 6 hours",
        "hydrocodone-acetaminophen",
        ["hydrocodone 10 mg", "acetaminophen 325 mg"],
        4,
        False,
        None,
    ),
    ("oxycodone 20 mg/mL 0.5 mL q4h", "oxycodone", ["oxycodone 10 mg"], 6, False, None),
    ("10 mg oxycodone q6h", "oxycodone", ["oxycodone 10 mg"], 4, False, None),
    ("fentanyl 25 mcg patch every 72 hours", "fentanyl", ["fentanyl None"], 1 / 3, False, "transdermal"),
    ("clonidine 0.1 mg/24 hr patch weekly", "clonidine", ["clonidine None"], 1 / 7, False, "transdermal"),
    ("enoxaparin 40 mg/0.4 mL syringe SC daily", "enoxaparin", ["enoxaparin 40 mg"], 1, False, "subcutaneous"),
    ("tramadol 50 mg prn", "tramadol", ["tramadol 50 mg"], None, True, None),
    (
        "Ultracet 37.5/325 2 tablets q6h",
        "tramadol-acetaminophen",
        ["tramadol 75 mg", "acetaminophen 650 mg"],
        4,
        False,
        "oral",
    ),
    ("methadone 10 mg t.i.d.", "methadone", ["methadone 10 mg"], 3, False, None),
    (
        "Suboxone 8-2 mg film SL daily",
        "buprenorphine-naloxone",
        ["buprenorphine 8 mg", "naloxone 2 mg"],
        1,
        False,
        "sublingual",
    ),
    ("morphine ER 30 mg q12h", "morphine", ["morphine 30 mg"], 2, False, None),
    ("losartan potassium 50 mg daily", "losartan", ["losartan 50 mg"], 1, False, None),
    (
        "lisinopril-HCTZ 20-12.5 mg daily",
        "lisinopril-hydrochlorothiazide",
        ["lisinopril 20 mg", "hydrochlorothiazide 12.5 mg"],
        1,
        False,
        None,
    ),
    ("Entresto 24/26 mg bid", "sacubitril-valsartan", ["sacubitril 24 mg", "valsartan 26 mg"], 2, False, None),
    (
        "Exforge HCT 5/160/12.5 daily",
        "amlodipine-valsartan-hydrochlorothiazide",
        ["amlodipine 5 mg", "valsartan 160 mg", "hydrochlorothiazide 12.5 mg"],
        1,
        False,
        None,
    ),
    (
        "Advair 250/50 1 puff BID",
        "fluticasone-salmeterol",
        ["fluticasone 250 mcg", "salmeterol 50 mcg"],
        2,
        False,
        "inhaled",
    ),
    (
        "albuterol HFA 90 mcg/actuation 2 puffs q4-6h prn wheezing",
        "albuterol",
        ["albuterol 180 mcg"],
        6,
        True,
        "inhaled",
    ),
    ("levothyroxine 50 µg daily before breakfast", "levothyroxine", ["levothyroxine 50 mcg"], 1, False, None),
    ("metoprolol tartrate 25mg 1/2 tab BID", "metoprolol", ["metoprolol 12.5 mg"], 2, False, "oral"),
    ("metoprolol 25 mg 1½ tablets bid", "metoprolol", ["metoprolol 37.5 mg"], 2, False, "oral"),
    ("methotrexate 2.5 mg 8 tablets once weekly", "methotrexate", ["methotrexate 20 mg"], 1 / 7, False, "oral"),
    ("semaglutide 1 mg SC once a week", "semaglutide", ["semaglutide 1 mg"], 1 / 7, False, "subcutaneous"),
    ("prednisone 5 mg every other day", "prednisone", ["prednisone 5 mg"], 1 / 2, False, None),
    ("gabapentin 300 mg in the morning and at bedtime", "gabapentin", ["gabapentin 300 mg"], 2, False, None),
    ("gabapentin 300 mg at 8 am, 2 pm and 8 pm", "gabapentin", ["gabapentin 300 mg"], 3, False, None),
    ("trazodone 50 mg once at bedtime", "trazodone", ["trazodone 50 mg"], 1, False, None),
    ("Voltaren gel 1% 4 g QID", "diclofenac", ["diclofenac None"], 4, False, "topical"),
    ("potassium 20 mEq daily", "potassium chloride", ["potassium chloride 20 mEq"], 1, False, None),
    ("lactulose 30 mL daily", "lactulose", ["lactulose 30 mL"], 1, False, None),
    ("St. John's wort 300 mg tid", "St. John's wort", ["St. John's wort 300 mg"], 3, False, None),
    ("vitamin D3 1000 units daily", "vitamin D", ["vitamin D 1000 units"], 1, False, None),
]


def amounts(medicine):
    return [
        f"{portion.ingredient} None"
        if portion.amount is None
        else f"{portion.ingredient} {portion.amount:g} {portion.unit}"
        for portion in medicine.ingredients
    ]


@pytest.mark.parametrize("text, drug, doses, times, as_needed, route", LINES, ids=[line[0] for line in LINES])
def test_a_chart_line_is_read(text, drug, doses, times, as_needed, route, lexicon):
    medicine = read_medicine(text, lexicon)
    assert (medicine.text, medicine.drug, medicine.recognized) == (text, drug, True)
    assert amounts(medicine) == doses
    assert medicine.times_per_day == (times if times is None else pytest.approx(times))
    assert (medicine.as_needed, medicine.route) == (as_needed, route)


@pytest.mark.parametrize(
    "text, last",
    [
        ("apixaban 5 mg twice daily, last taken 2026-11-30 20:00", datetime(2026, 11, 30, 20, 0)),
        ("apixaban 5 mg bid (last dose: 2026-11-30T20:00)", datetime(2026, 11, 30, 20, 0)),
        ("naltrexone ER 380 mg IM monthly, last 2026-11-20", date(2026, 11, 20)),
        ("apixaban 5 mg bid", None),
    ],
)
def test_the_last_dose_is_read_where_it_is_a_date(text, last, lexicon):
    medicine = read_medicine(text, lexicon)
    assert medicine.last_taken_at == last
    assert medicine.unread == ()


@pytest.mark.parametrize(
    "text, unread",
    [
        ("apixaban 5 mg bid, last dose yesterday", "last dose yesterday"),
        ("apixaban 5 mg bid, last taken 11/30/2026", "last taken 11/30/2026"),
        ("apixaban 5 mg bid, last taken 2026-02-30", "last taken 2026-02-30"),
        ("warfarin 5 mg Mon/Wed/Fri", "mon/wed/fri"),
        ("warfarin 5 mg daily, held since 11/25", "held since 11/25"),
        ("prednisone 20 mg daily x 5 days", "x 5 days"),
        ("oxycodone 5 mg tid #30", "#30"),
        ("acetaminophen 650 mg q6h prn, max 3 g/day", "max 3 g/day"),
        ("Humalog 5 units with meals, sliding scale", "sliding scale"),
    ],
)
def test_what_is_not_understood_is_kept_and_the_dose_stays(text, unread, lexicon):
    medicine = read_medicine(text, lexicon)
    assert medicine.unread == (unread,)
    assert medicine.recognized and medicine.last_taken_at is None
    assert medicine.ingredients[0].amount is not None


@pytest.mark.parametrize(
    "text",
    [
        "lisinopril 10 daily",
        "acetaminophen 500 mg x 2 qid",
        "acetaminophen 15 mg/kg q6h",
        "gabapentin 300 mg in the morning and 600 mg at bedtime",
        "gabapentin 300 mg, 1 cap in the morning and 2 caps at bedtime",
        "Percocet 5 mg q6h",
        "warfarin 5 mg MWF, 2.5 mg other days",
        "Norco 5/325 1-2 q6h prn",
        "hydromorphone 2 mg tablet, take 4 mg q4h",
    ],
)
def test_a_number_that_is_not_understood_makes_the_dose_unknown(text, lexicon):
    medicine = read_medicine(text, lexicon)
    assert medicine.unread
    assert [portion.amount for portion in medicine.ingredients] == [None] * len(medicine.ingredients)
    assert medicine.daily_mg(medicine.ingredients[0].ingredient) is None


@pytest.mark.parametrize(
    "text",
    ["predniSONE 20 mg daily, then 10 mg daily", "predniSONE taper 20 mg daily", "warfarin 5 mg daily except Sundays"],
)
def test_a_schedule_that_changes_is_not_taken_for_its_first_day(text, lexicon):
    medicine = read_medicine(text, lexicon)
    assert medicine.recognized and medicine.unread
    assert (medicine.times_per_day, medicine.ingredients[0].amount) == (None, None)


def test_frequencies_that_disagree_make_the_number_of_doses_unknown(lexicon):
    medicine = read_medicine("oxycodone 5 mg q4h tid", lexicon)
    assert medicine.times_per_day is None
    assert medicine.unread == ("q4h", "tid")


@pytest.mark.parametrize(
    "text, suggestion",
    [
        ("apixiban 5 mg bid", "did you mean apixaban?"),
        ("lisinipril 10 mg daily", "did you mean lisinopril?"),
        ("blood pressure pill", ""),
        ("", ""),
    ],
)
def test_an_unknown_name_is_never_corrected_in_silence(text, suggestion, lexicon):
    medicine = read_medicine(text, lexicon)
    assert (medicine.drug, medicine.recognized, medicine.ingredients) == (None, False, ())
    assert medicine.suggestion == suggestion


@pytest.mark.parametrize(
    "text, kept",
    [
        ("aspirin 81 mg, warfarin 5 mg daily", ["aspirin", "warfarin"]),
        ("losartan 50 mg, potassium 20 mEq daily", ["losartan", "potassium chloride"]),
        ("aspirin 81 mg daily and a blood thinner", ["aspirin"]),
        ("aspirin and plavics", ["aspirin"]),
        ("aspirin 81 mg, warfarinn", ["aspirin"]),
        ("calcium channel blocker", ["calcium carbonate"]),
        ("oxycodone 5/325 q6h", ["oxycodone"]),
        ("hydrocodone 10-325 mg qid", ["hydrocodone"]),
        ("no aspirin", []),
        ("aspirin 81 mg, not taking", []),
    ],
)
def test_text_that_may_name_another_medicine_is_not_recognized(text, kept, lexicon):
    medicine = read_medicine(text, lexicon)
    assert not medicine.recognized
    assert medicine.suggestion
    assert [portion.ingredient for portion in medicine.ingredients] == kept


@pytest.mark.parametrize(
    "text, extended",
    [
        ("metoprolol succinate ER 50 mg daily", True),
        ("Toprol-XL 50 mg daily", True),
        ("morphine extended-release 30 mg q12h", True),
        ("oxycodone IR 5 mg q6h", False),
        ("oxycodone 5 mg q6h", None),
    ],
)
def test_the_release_is_known_only_where_it_is_written(text, extended, lexicon):
    assert read_medicine(text, lexicon).extended_release is extended


def test_classes_of_a_combination_are_those_of_all_its_ingredients(lexicon):
    medicine = read_medicine("Vicoprofen 7.5/200 q6h", lexicon)
    assert {"opioid", "nsaid", "nonselective-nsaid"} <= medicine.classes
    assert medicine.holds("ibuprofen") and medicine.holds("opioid") and not medicine.holds("acetaminophen")


def test_a_day_counts_as_needed_doses_at_their_most(lexicon):
    medicine = read_medicine("Percocet 5/325 mg 1-2 tablets every 4-6 hours as needed", lexicon)
    assert medicine.daily_mg("oxycodone") == 60
    assert medicine.daily_mg("acetaminophen") == 3900
    assert medicine.daily_mg("aspirin") == 0


def test_a_day_of_micrograms_is_counted_in_mg(lexicon):
    medicine = read_medicine("levothyroxine 50 mcg daily", lexicon)
    assert medicine.daily_mg("levothyroxine") == pytest.approx(0.05)


@pytest.mark.parametrize(
    "text",
    [
        "fentanyl patch 25 mcg/h every 72 hours",
        "insulin glargine 20 units nightly",
        "oxycodone 5 mg prn",
        "oxycodone q6h",
        "mystery pills 5 mg daily",
    ],
)
def test_a_day_that_cannot_be_counted_in_mg_is_unknown(text, lexicon):
    medicine = read_medicine(text, lexicon)
    name = medicine.ingredients[0].ingredient if medicine.ingredients else "oxycodone"
    assert medicine.daily_mg(name) is None


def test_separate_facts_decide_over_the_text(lexicon):
    entry = MedicineEntry(
        drug="Eliquis",
        dose_mg=5,
        times_per_day=2,
        last_taken_at="2026-11-30 20:00",
        text="Eliquis 2.5 mg daily, last taken 2026-11-01",
    )
    medicine = read_medicine(entry, lexicon)
    assert (medicine.drug, medicine.daily_mg("apixaban")) == ("apixaban", 10)
    assert medicine.last_taken_at == datetime(2026, 11, 30, 20, 0)
    assert medicine.text == "Eliquis 2.5 mg daily, last taken 2026-11-01"


def test_what_separate_facts_leave_open_comes_from_the_text(lexicon):
    entry = MedicineEntry(drug="oxycodone", text="oxyCODONE 10 mg tablet q3h PRN")
    medicine = read_medicine(entry, lexicon)
    assert (medicine.daily_mg("oxycodone"), medicine.as_needed) == (80, True)


def test_one_number_is_not_the_dose_of_a_combination(lexicon):
    medicine = read_medicine(MedicineEntry(drug="Percocet", dose_mg=5, times_per_day=4), lexicon)
    assert medicine.daily_mg("oxycodone") is None
    assert medicine.unread == ("dose_mg 5",)
