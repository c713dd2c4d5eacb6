"""Cells of a list: units, dates and lists on both sides of what can be told."""

from datetime import date, time

import pytest

from planner.reading.problems import InputError
from planner.schedule.column_map import ColumnMap, read_column_map
from planner.schedule.columns import Headers
from planner.schedule.dates import NotADate, born, orders_shown, read_moment, read_time
from planner.schedule.measures import NotANumber, read_measure, unit_of_column
from planner.schedule.understood import read_schedule

HEAD = "Case ID,DOB,Surgery Date,Procedure"


def only(cases):
    (case,) = cases
    return case


@pytest.mark.parametrize(
    ("cell", "unit", "kg"),
    [
        ("80", "kg", 80.0),
        ("80.5 kg", "lb", 80.5),
        ("66,5", "kg", 66.5),
        ("176", "lb", 79.8),
        ("176 lbs", "kg", 79.8),
        ("2,822 oz", "kg", 80.0),
        ("2822", "oz", 80.0),
        ("+80", "kg", 80.0),
    ],
)
def test_weight(cell, unit, kg, library):
    assert read_measure(cell, "weight", library.schedule.units["weight"], unit).value == kg


@pytest.mark.parametrize(
    ("cell", "unit", "cm"),
    [
        ("165", "cm", 165),
        ("1.65 m", "cm", 165),
        ("65", "in", 165.1),
        ("5'5\"", "cm", 165.1),
        ("5 ft 5 in", "cm", 165.1),
        ("5' 10.5\"", "cm", 179.1),
        ("6'", "cm", 182.9),
    ],
)
def test_height(cell, unit, cm, library):
    assert read_measure(cell, "height", library.schedule.units["height"], unit).value == pytest.approx(cm)


@pytest.mark.parametrize(
    ("cell", "unit", "value"), [("88", "umol/L", 1.0), ("1.2 mg/dL", "umol/L", 1.2), ("124 µmol/L", "mg/dL", 1.4)]
)
def test_creatinine(cell, unit, value, library):
    assert read_measure(cell, "creatinine", library.schedule.units["creatinine"], unit).value == value


@pytest.mark.parametrize("cell", ["abc", "80 stone", "-80", "8O", "80-90", "5'13\"", "=80+2", "1.2.3", "80 kg 90"])
def test_what_is_no_number_is_refused(cell, library):
    for fact in ("weight", "height"):
        with pytest.raises(NotANumber):
            read_measure(cell, fact, library.schedule.units[fact], "kg" if fact == "weight" else "cm")


@pytest.mark.parametrize(
    ("fact", "cells", "unit"),
    [
        ("weight", ["2822", "3174.6"], "oz"),
        ("weight", ["80", "95"], None),
        ("weight", ["50", "80"], None),
        ("weight", ["80 kg", "176 lb"], "kg"),
        ("height", ["165", "180"], "cm"),
        ("height", ["65", "70"], "in"),
        ("height", ["65", "170"], None),
        ("creatinine", ["0.9", "1.4"], "mg/dL"),
        ("creatinine", ["62", "110"], "umol/L"),
        ("creatinine", ["19"], None),
    ],
)
def test_a_bare_number_has_a_unit_only_where_no_other_is_possible(fact, cells, unit, library):
    assert unit_of_column(cells, fact, library.schedule.units[fact]) == unit


def test_a_weight_without_a_unit_stops_the_list_with_the_mend(listed):
    with pytest.raises(InputError, match="The unit of Wt is not said.*kg or lb"):
        listed(f"{HEAD},Wt\n1,1957-03-09,2026-12-03,TKA,180\n")


@pytest.mark.parametrize(
    ("cells", "proven", "is_open"),
    [
        (["12/13/2026", "01/02/1960"], {"mdy"}, True),
        (["13/12/2026"], {"dmy"}, False),
        (["12/12/2026"], set(), False),
        (["11/12/2026"], set(), True),
        (["2026-12-03"], set(), False),
        (["13/12/2026", "12/13/2026"], {"dmy", "mdy"}, False),
    ],
)
def test_what_a_column_of_dates_shows(cells, proven, is_open):
    assert orders_shown(cells) == (proven, is_open)


@pytest.mark.parametrize(
    ("cell", "order", "day", "clock"),
    [
        ("2026-12-03", None, date(2026, 12, 3), None),
        ("2026-12-03T07:30", None, date(2026, 12, 3), time(7, 30)),
        ("20261203", None, date(2026, 12, 3), None),
        ("12/03/2026 7:30 AM", "mdy", date(2026, 12, 3), time(7, 30)),
        ("3/12/2026", "dmy", date(2026, 12, 3), None),
        ("03.12.26", "dmy", date(2026, 12, 3), None),
        ("3-Dec-2026", None, date(2026, 12, 3), None),
        ("Thu, Dec 3, 2026 13:45", None, date(2026, 12, 3), time(13, 45)),
        ("December 3rd, 2026", None, date(2026, 12, 3), None),
    ],
)
def test_date(cell, order, day, clock):
    assert read_moment(cell, order)[1:] == (day, clock)


@pytest.mark.parametrize("cell", ["2026-02-31", "31/11/2026", "13/13/2026", "someday", "12/03", "2026", "45000"])
def test_what_is_no_date_is_refused(cell):
    for order in ("mdy", "dmy"):
        with pytest.raises(NotADate):
            read_moment(cell, order)


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        ("07:30", time(7, 30)),
        ("0730", time(7, 30)),
        ("730", time(7, 30)),
        ("7:30 pm", time(19, 30)),
        ("12:00 AM", time()),
        ("12 pm", time(12)),
        ("7 p.m.", time(19)),
        ("13:45:00", time(13, 45)),
        ("noon", time(12)),
    ],
)
def test_time(cell, clock):
    assert read_time(cell) == clock


@pytest.mark.parametrize("cell", ["25:00", "7:75", "13:00 PM", "early", "7", "24:00"])
def test_what_is_no_time_is_refused(cell):
    with pytest.raises(NotADate):
        read_time(cell)


@pytest.mark.parametrize(("year", "found"), [("57", 1957), ("05", 2005), ("1926", 1926)])
def test_the_year_of_birth_is_the_one_that_makes_a_possible_age(year, found):
    assert (
        born(year, date(2000 + int(year[-2:]) if len(year) == 2 else int(year), 3, 9), date(2026, 12, 3), 115).year
        == found
    )


def test_a_year_of_birth_that_could_be_two_needs_four_digits():
    with pytest.raises(NotADate, match="four digits"):
        born("20", date(2020, 3, 9), date(2026, 12, 3), 115)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("NKDA", ()),
        ("none", ()),
        ("Denies", ()),
        ("No known drug allergies", ()),
        ("", None),
        ("?", None),
        ("Not on File", None),
        ("NKFA", None),
        ("penicillin (rash), sulfa; latex", ("penicillin (rash)", "sulfa", "latex")),
        ("codeine (nausea, itching)\nmorphine", ("codeine (nausea, itching)", "morphine")),
    ],
)
def test_allergies_known_to_be_none_are_not_those_that_are_not_known(cell, read, listed):
    case = only(listed(f'{HEAD},Allergies\n1,1957-03-09,2026-12-03,TKA,"{cell}"\n')).case
    assert case.allergies == read


def test_medicines_between_commas_are_told_apart_only_where_each_is_one(listed):
    case = only(
        listed(f'{HEAD},Meds\n1,1957-03-09,2026-12-03,TKA,"aspirin 81 mg daily, metformin 500 mg twice daily"\n')
    ).case
    assert case.medications == ("aspirin 81 mg daily", "metformin 500 mg twice daily")
    case = only(
        listed(f'{HEAD},Meds\n1,1957-03-09,2026-12-03,TKA,"apixaban 5 mg twice daily, last taken 12/01"\n')
    ).case
    assert case.medications == ("apixaban 5 mg twice daily, last taken 12/01",)


def test_a_problem_list_says_what_is_there_and_leaves_the_rest_open(listed):
    case = only(listed(f'{HEAD},Problem List\n1,1957-03-09,2026-12-03,TKA,"OSA, gout, brittle bones"\n')).case
    assert case.conditions == ("sleep_apnea", "others?")
    assert any("brittle bones" in doubt and "gout" not in doubt for doubt in case.doubts)
    assert any("gout" in remark for remark in case.remarks)


def test_a_column_named_conditions_is_a_whole_list(listed):
    assert only(listed(f"{HEAD},conditions\n1,1957-03-09,2026-12-03,TKA,sleep_apnea\n")).case.conditions == (
        "sleep_apnea",
    )


@pytest.mark.parametrize("cell", [">60", "<15", "≥ 90"])
def test_a_bound_is_no_number_and_is_said(cell, listed):
    case = only(listed(f"{HEAD},eGFR\n1,1957-03-09,2026-12-03,TKA,{cell}\n")).case
    assert case.egfr is None
    assert any(cell in doubt for doubt in case.doubts)


def test_the_original_of_a_converted_number_is_on_the_plan(listed):
    case = only(listed(f"{HEAD},Weight (lb)\n1,1957-03-09,2026-12-03,TKA,176\n")).case
    assert case.weight_kg == 79.8
    assert any("176 lb" in remark and "79.8 kg" in remark for remark in case.remarks)


@pytest.mark.parametrize(
    ("column", "text", "side", "refused"),
    [
        ("LT", "TKA", "left", None),
        ("", "RT TKA", "right", None),
        ("Bilateral", "TKA", "both", None),
        ("LT", "RT TKA", None, "invalid"),
        ("N/A", "TKA", None, None),
        ("", "TKA", None, None),
    ],
)
def test_the_side_is_that_of_the_column_or_of_the_text_and_never_of_two(column, text, side, refused, listed):
    found = only(listed(f"{HEAD},Side\n1,1957-03-09,2026-12-03,{text},{column}\n"))
    assert found.refused == refused
    assert refused or found.case.side == side


@pytest.mark.parametrize(
    ("text", "cpt", "protocol", "words"),
    [
        ("TKA", "27447", "total-knee-arthroplasty", ""),
        ("", "27447", "total-knee-arthroplasty", ""),
        ("TKA", "27130", None, "but CPT 27130 is Total hip arthroplasty"),
        ("Revision TKA", "27447", None, "revision"),
        ("knee thing", "27447", "total-knee-arthroplasty", "knee thing"),
        ("TKA", "27487", None, "27487"),
        ("TKA", "27447; 27486", "total-knee-arthroplasty", "27486"),
        ("Fem-pop bypass", "27447", None, "something else"),
        ("TKA 27486", "", None, "27486"),
        ("27447 right THA", "", None, "two things"),
        ("TKA", "01402", "total-knee-arthroplasty", ""),
        ("TKA", "27447; 20985", "total-knee-arthroplasty", ""),
        ("knee thing", "99999", None, "99999"),
    ],
)
def test_words_and_code_of_an_operation(text, cpt, protocol, words, listed):
    found = only(listed(f"{HEAD},CPT\n1,1957-03-09,2026-12-03,{text},{cpt}\n"))
    assert (found.protocol, found.refused) == (protocol, None if protocol else "no_protocol")
    said = " ".join([*found.messages, *((found.case.doubts or ()) if found.case else ())])
    assert words in said
    assert words or not said


def test_the_most_painful_operation_leads_and_the_others_are_listed(listed):
    found = only(listed(f"{HEAD}\n1,1957-03-09,2026-12-03,Lumbar laminectomy; L4-5 TLIF\n"))
    assert found.protocol == "lumbar-fusion"
    assert found.case.other_procedures == ("Lumbar laminectomy",)


def test_every_problem_of_a_row_is_told(listed):
    found = only(listed(f"{HEAD},Weight (kg),Height (cm)\n1,2031-01-01,2026-12-03,TKA,abc,17\n"))
    assert found.refused == "invalid"
    assert {message.split(":")[0] for message in found.messages} == {"DOB", "Weight (kg)", "Height (cm)"}


@pytest.mark.parametrize("status", ["Canceled", "CANCELLED", "Complete"])
def test_a_case_that_is_not_to_come_gets_no_plan_and_is_said(status, listed):
    found = only(listed(f"{HEAD},Status\n1,1957-03-09,2026-12-03,TKA,{status}\n"))
    assert found.refused == "invalid" and status in found.messages[0]


def test_the_order_of_columns_changes_nothing(listed):
    one = listed("Case ID,DOB,Surgery Date,Procedure,Weight (kg)\n1,1957-03-09,2026-12-03,RT TKA,80\n")
    other = listed("Weight (kg),Procedure,Surgery Date,DOB,Case ID\n80,RT TKA,2026-12-03,1957-03-09,1\n")
    assert one == other


def test_a_map_goes_before_the_headers(listed, library, tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text(
        "columns:\n  Wt: {field: weight, unit: lb}\n  Op: procedure\n  Procedure: ignore\n", encoding="utf-8"
    )
    own = read_column_map(str(path), library.schedule)
    found = only(listed("Case ID,DOB,Surgery Date,Procedure,Op,Wt\n1,1957-03-09,2026-12-03,UKA,TKA,176\n", own=own))
    assert (found.protocol, found.case.weight_kg) == ("total-knee-arthroplasty", 79.8)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("columns: {Wt: wait}", "did you mean weight"),
        ("columns: {Wt: {field: weight, unit: stone}}", "no such unit"),
        ("column: {Wt: weight}", "not known here"),
        ("dates: ymd", "write mdy or dmy"),
        ("- a", "headers with the facts"),
    ],
)
def test_a_map_that_errs_is_told(text, words, library, tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_column_map(str(path), library.schedule)


def test_a_map_with_a_header_the_list_has_not_is_told(listed, library, tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text("columns: {Weigth: weight}", encoding="utf-8")
    with pytest.raises(InputError, match="no column of this name"):
        listed(f"{HEAD}\n1,1957-03-09,2026-12-03,TKA\n", own=read_column_map(str(path), library.schedule))


LINES = "Case ID,DOB,Surgery Date,Procedure,CPT,Side"


@pytest.mark.parametrize(
    ("rows", "protocol", "side"),
    [
        ((",27130,L", ",27447,R"), "total-knee-arthroplasty", "right"),
        ((",64447,L", ",27447,R"), "total-knee-arthroplasty", "right"),
        (("Hip thing,27130,L", "Knee thing,27447,R"), "total-knee-arthroplasty", "right"),
        (("TKA revision,,L", "TKA,,R"), "total-knee-arthroplasty", "right"),
        (("TKA,,R", "TKA,,L"), "invalid", None),
        (("TKA left,27447-RT,",), "invalid", None),
        (("TKA,27447-RT,L",), "invalid", None),
        (("TKA,27447-LT/RT,",), "invalid", None),
        (("TKA,27447-RT,",), "total-knee-arthroplasty", "right"),
        (("TKA,,L/R",), "total-knee-arthroplasty", None),
        (("TKA L->R,,",), "no_protocol", None),
    ],
)
def test_the_side_is_that_of_the_row_of_the_operation(rows, protocol, side, listed):
    found = only(listed("\n".join([LINES, *(f"1,1957-03-09,2026-12-03,{row}" for row in rows)]) + "\n"))
    assert (found.protocol or found.refused) == protocol
    assert found.case is None or found.case.side == side


@pytest.mark.parametrize(
    "texts",
    [
        "TKA|REVISION TOTAL KNEE ARTHROPLASTY",
        "laminectomy|cervical",
        "laminectomy|C3-C6 posterior",
        "TKA R; cancelled|",
        "THA R; conversion|",
        "TKA R?|",
        "L3-4 TKA|",
        "ALIF L5-S1 vs TLIF|",
        "THA for cancer|",
    ],
)
def test_a_word_of_doubt_or_of_another_operation_in_the_row_matches_nothing(texts, listed):
    first, second = texts.split("|")
    head = "Case ID,DOB,Surgery Date,Procedure,Procedure Description"
    assert only(listed(f"{head}\n1,1957-03-09,2026-12-03,{first},{second}\n")).refused == "no_protocol"


def test_two_approaches_stop_the_row(listed):
    found = only(listed(f"{HEAD},Approach\n1,1957-03-09,2026-12-03,ALIF L5-S1,posterior\n"))
    assert found.refused == "invalid" and "approach" in found.messages[0]


@pytest.mark.parametrize(
    ("cell", "terms"),
    [
        ("No history of: OSA, DM, CKD", ("others?",)),
        ("resolved: OSA, DM", ("others?",)),
        ("mother: diabetes, CAD", ("others?",)),
        ("No history of:\nOSA\nDM", ("others?",)),
        ("Denies: OSA; DM", ("others?",)),
        ("OSA, DM (both resolved)", ("others?",)),
        ("OSA (-)", ("others?",)),
        ("-OSA", ("others?",)),
        ("?CKD", ("chronic_kidney_disease?", "others?")),
        ("OSA (?)", ("sleep_apnea?", "others?")),
        ("Crohn's disease; OSA", ("inflammatory_bowel_disease", "sleep_apnea", "others?")),
    ],
)
def test_what_is_denied_or_asked_in_a_problem_list_is_no_fact(cell, terms, listed):
    assert only(listed(f'{HEAD},Problem List\n1,1957-03-09,2026-12-03,TKA,"{cell}"\n')).case.conditions == terms


@pytest.mark.parametrize(
    ("header", "cell", "field"),
    [
        ("Allergies", "none?", "allergies"),
        ("Allergies", "?NKDA", "allergies"),
        ("Allergies", ";", "allergies"),
        ("Meds", "no meds??", "medications"),
        ("Meds", "no regular medications", "medications"),
        ("Problem List", "none?", "conditions"),
        ("Sex", "F?", "sex"),
        ("Sex", "女", "sex"),
        ("Patient Class", "Inpatient?", "setting"),
        ("Anesthesia", "spinal (-)", "anesthesia"),
    ],
)
def test_a_cell_that_is_not_sure_leaves_the_fact_open_and_says_so(header, cell, field, listed):
    case = only(listed(f'{HEAD},{header}\n1,1957-03-09,2026-12-03,TKA,"{cell}"\n')).case
    assert getattr(case, field) is None
    assert cell == ";" or any(cell in doubt for doubt in case.doubts)


@pytest.mark.parametrize(
    "header",
    [
        "Bilirubin (umol/L)",
        "Hemoglobin (mmol/L)",
        "Weight (ideal)",
        "Allergies (food)",
        "DOB (mother)",
        "PT",
        "Smoker (household)",
    ],
)
def test_a_header_with_another_meaning_in_brackets_is_not_used(header, library):
    assert Headers(library.schedule).read(header) == (None, None)


@pytest.mark.parametrize(
    ("header", "fact", "unit"),
    [
        ("Creatinine (mg/dL)", "creatinine", "mg/dL"),
        ("Hgb g/dL", "hemoglobin", "g/dL"),
        ("Platelets (10^3/uL)", "platelets", "10^3/uL"),
        ("Weight in lbs", "weight", "lb"),
        ("WeightKg", "weight", "kg"),
        ("WEIGHT_OZ", "weight", "oz"),
        ("Weight (dosing) (kg)", "weight", "kg"),
        ("DOB (mm/dd/yyyy)", "birth_date", None),
        ("ProcedureName2", "procedure", None),
    ],
)
def test_a_header_with_its_unit(header, fact, unit, library):
    assert Headers(library.schedule).read(header) == (fact, unit)


@pytest.mark.parametrize("cell", ["1:00", "2:30", "130", "5.45"])
def test_a_time_that_may_be_of_the_afternoon_is_refused(cell):
    with pytest.raises(NotADate, match="morning or in the afternoon"):
        read_time(cell)


@pytest.mark.parametrize(
    ("header", "cell", "words"),
    [
        ("Surgery Time", "730", "number of minutes"),
        ("Start Time", "2026-12-04 07:30", "told in two ways"),
        ("Start Time", "1:30", "morning or in the afternoon"),
    ],
)
def test_a_start_that_cannot_be_told_stops_the_row(header, cell, words, listed):
    found = only(listed(f"{HEAD},{header}\n1,1957-03-09,2026-12-03,TKA,{cell}\n"))
    assert found.refused == "invalid" and words in " ".join(found.messages)


@pytest.mark.parametrize("cell", ["Mon 12/13/2026", "Maybe 3, 2026"])
def test_a_date_that_contradicts_itself_is_refused(cell):
    with pytest.raises(NotADate):
        read_moment(cell, "mdy")


@pytest.mark.parametrize(
    ("status", "refused"),
    [("CANCELED BY PT", "invalid"), ("Canceled 12/1", "invalid"), ("On hold", None), ("Scheduled", None)],
)
def test_a_status_is_never_dropped(status, refused, listed):
    found = only(listed(f"{HEAD},Status\n1,1957-03-09,2026-12-03,TKA,{status}\n"))
    assert found.refused == refused
    assert refused or status == "Scheduled" or any(status in doubt for doubt in found.case.doubts)


def test_patients_of_other_scripts_are_told_apart(listed):
    head = "Case ID,Patient Name,Age,Surgery Date,Procedure"
    found = only(listed(f"{head}\n1,Иванов,70,2026-12-03,TKA R\n1,Петров,70,2026-12-03,THA L\n"))
    assert found.refused == "invalid" and "differ" in found.messages[0]


@pytest.mark.parametrize("cell", ["5.11", "6.1 ft"])
def test_feet_with_decimals_are_refused(cell, library):
    with pytest.raises(NotANumber, match="two things"):
        read_measure(cell, "height", library.schedule.units["height"], "ft")


def test_columns_that_are_not_understood_are_named(library, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(f"{HEAD},Blood Thinners,Duration\n1,1957-03-09,2026-12-03,TKA,Eliquis,60\n", encoding="utf-8")
    (note,) = read_schedule(str(path), library.schedule, ColumnMap()).notes
    assert "Blood Thinners" in note and "Duration" not in note and "--explain" in note
