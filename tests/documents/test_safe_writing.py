"""Banned ways of writing are caught; good ones pass; text as written is let be."""

from datetime import datetime

import pytest

from planner import api
from planner.documents.safe_writing import RULES, check, findings, shown_lines
from planner.reading.notation import FOR_PATIENTS, findings_for_patients

BANNED = {
    "trailing zero": ["give 1.0 mg", "2.50 mL", "0.20 % ropivacaine"],
    "no leading zero": ["give .5 mg", "(.25 mg)"],
    "no space before unit": ["10mg", "100mL"],
    "name joined to dose": ["oxycodone5 mg", "Tegretol300 mg"],
    "no comma": ["1000 mg", "heparin 5000 units"],
    "microgram sign": ["50 \u00b5g", "50 \u03bcg", "50 ug"],
    "U": ["10U", "4 u"],
    "IU": ["400 IU"],
    "cc": ["5 cc"],
    "small l": ["5 ml", "2 l"],
    "M, MM, K": ["5 M", "3 MM", "150 K"],
    "ng": ["4 ng"],
    "QD": ["5 mg QD", "5 mg q.d.", "q1d", "5 mg o.d."],
    "QOD": ["QOD", "q.o.d."],
    "QHS": ["qhs", "QHS", "qn"],
    "q with a clock time": ["q6PM", "q 8 am"],
    "HS, BT": ["at HS", "hs", "BT"],
    "MS, MgSO4": ["MS 2 mg", "MSO4", "MgSO4"],
    "ear and eye letters": ["drops AD", "OS", "OU"],
    "IN, IJ": ["4 mg IN", "IJ"],
    "per os": ["per os"],
    "SC, SQ": ["40 mg SC", "SQ", "sub q", "sub-Q"],
    "D/C": ["D/C", "d/c"],
    "TIW, BIW": ["TIW", "biw"],
    "SSI, UD, OJ": ["SSI", "UD", "OJ"],
    "more or less sign": ["eGFR < 30", "pain > 4", "at \u2265 3"],
    "slash": ["5 mg/kg", "5 mg/325 mg", "10 mL/h", "4 mcg/mL"],
    "and sign, at sign, plus": ["food & drink", "2 mg @ bedtime", "morphine + ketorolac"],
    "degree sign": ["bend to 90\u00b0"],
    "x3d": ["x3d", "x 3d"],
    "crossed zero": ["\u00d8", "\u03a6"],
    "fraction": ["\u00bd tablet", "1/2 tablet"],
    "dash in a range": ["5-10 mg", "1\u20132 tablets"],
    "period after unit": ["5 mg. twice"],
    "apothecary units": ["1 dram"],
    "short drug name": ["APAP", "HCTZ", "PCA", "nitro drip", "IV vanc"],
    "ratio strength": ["epinephrine 1:1,000", "1:200,000"],
}
GOOD = [
    "give 1 mg",
    "0.5 mg",
    "10 mg by mouth every 6 hours",
    "1,000 mg",
    "5,000 units",
    "50 mcg",
    "daily at 6 PM",
    "at bedtime",
    "5 to 10 mg",
    "5 mg per kg per hour",
    "creatinine 0.8 mg/dL",
    "keep above 36 \u00b0C",
    "half tablet",
    "in 24 hours: 2 mg.",
    "Give 4 mg. Then wait.",
    "Tue 15-Dec-2026 07:30",
    "eGFR 19.2",
    "SSRI",
    "1.05 mg",
    "100 mg",
    "10.5 mL",
    "20 %",
    "IV",
    "NSAID",
    "version 2026.1",
    "days 1 to 3",
    "epinephrine 5 mcg per mL",
    "and/or",
    "0.2 % 20 mL = 40 mg",
    "MME",
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_catches_its_examples(rule):
    for text in BANNED[rule.name]:
        assert rule.name in [found.name for found, _ in findings(text)], text


def test_every_rule_says_why_and_what_to_write():
    assert all(rule.why and rule.mend for rule in RULES)


@pytest.mark.parametrize("text", GOOD)
def test_good_writing_passes(text):
    assert findings(text) == []


def test_a_document_is_checked_by_its_words_not_its_markup():
    assert check("<p class='MS' style='width:1.0mg'>fine <b>5</b> mg</p><style>x > y</style>") == []


def test_words_in_several_elements_of_one_line_are_read_together():
    assert [problem.mend for problem in check("<p><b>1.0</b> <span>mg</span></p>")] == ["write 1 mg, not 1.0 mg"]


def test_entities_are_read_as_the_letters_they_show():
    assert len(check("<p>eGFR &lt; 30</p>")) == 1


def test_text_as_written_is_let_be_and_only_that():
    assert check("<p>He takes <span data-as-written>Lantus 10U <b>qhs</b></span> and 5 mg</p>") == []
    assert len(check("<p><span data-as-written>10U</span> qhs</p>")) == 1


def test_a_problem_shows_the_words_and_the_line():
    (problem,) = check("<p>fine</p><p>give 1.0 mg now</p>", "plan.html")
    assert problem.place.source == "plan.html"
    assert problem.place.line == 2
    assert "give 1.0 mg now" in problem.value


def test_blocks_are_lines():
    assert shown_lines("<table><tr><td>a</td><td>b <br> c</td></tr></table>") == ["a", "b", "c"]


BANNED_FOR_PATIENTS = {
    "Latin": ["2 tablets b.i.d.", "prn", "fruit, e.g. plums", "fruit etc"],
    "sign for a word": ["1/2 tablet", "ice and/or heat", "50 %", "knee = straight"],
    "dash in a range": ["5-10 days", "2\u20133 weeks"],
    "spoon or other measure": ["1 teaspoon", "8 oz"],
}


def test_every_rule_for_patients_has_an_example():
    assert {rule.name for rule in FOR_PATIENTS} == set(BANNED_FOR_PATIENTS)


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, all_of in BANNED_FOR_PATIENTS.items() for text in all_of]
)
def test_patients_read_no_short_forms(name, text):
    assert name in [rule.name for rule, _ in findings_for_patients(text)]


@pytest.mark.parametrize("text", ["Stay for 5 to 10 days.", "Half a tablet", "100.4 F (38 C)", "Call 911. It is 2 PM"])
def test_plain_words_pass_for_patients(text):
    assert findings_for_patients(text) == []


@pytest.mark.parametrize("form", ["html", "md"])
@pytest.mark.parametrize(
    "medicine",
    [
        "oxycodone 5 mg q4h prn pain >4",
        "gabapentin 300 mg TID; hold if SBP <90",
        "apixaban 5 mg BID, last taken 12/12 @ 20:00",
        "heparin 5000 U SC",
        "tramadol 50 mg x3d",
        "hydrocodone/APAP 5/325 1 tab q4h prn <6/day",
        "warfarin 5mg QD & aspirin 81mg",
        "insulin 10 U HS",
    ],
)
def test_a_chart_may_be_written_as_charts_are(medicine, form, library):
    """What a user typed is shown as typed, also where only a part of it is quoted, and never stops a plan."""
    case = api.read_case_options(
        {"procedure": "tka", "age": "60", "medications": [medicine]}, library, datetime(2026, 12, 14)
    )
    (plan,) = api.make_plans([("case", case)], library, datetime(2026, 12, 14))
    assert api.render_plan(plan, form, library)
