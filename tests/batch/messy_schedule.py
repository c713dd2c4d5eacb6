"""A made-up operating-room schedule as messy as real ones, the same for the same seed. No real patients.

Each row carries the key "_expect", which `as_csv` leaves out: what must come of the row at the least.

plan         a plan can be made from the case (facts may be unknown)
no_protocol  the operation has no protocol here; nothing may be guessed
invalid      the row cannot be used, and a message must say why. Both rows of a case number with two weights are invalid
duplicate    an exact repeat of an earlier row: no second plan

Rows that are lines of one case carry what comes of the case.
"""

import csv
import io
import random
from datetime import date, timedelta

COLUMNS = [
    "Case ID",
    "Line",
    "MRN",
    "Patient Name",
    "DOB",
    "Age",
    "Sex",
    "Weight",
    "Height",
    "Surgery Date",
    "Start Time",
    "Room",
    "Surgeon",
    "Procedure",
    "CPT",
    "Side",
    "Patient Class",
    "Anesthesia",
    "ASA",
    "Allergies",
    "Home Meds",
    "Problem List",
    "Creatinine",
    "Platelets",
    "INR",
    "Status",
    "Add-On",
    "Duration",
    "Comments",
]
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)

_FAMILY = [
    "Testcase",
    "Dummy",
    "Sample",
    "Placeholder",
    "Muster",
    "Beispiel",
    "Modell",
    "Specimen",
    "Pattern",
    "Probe",
    "Exemple",
    "Ejemplo",
    "Esempio",
    "Attrappe",
    "Voorbeeld",
    "Příklad",
    "Örnek",
    "Παράδειγμα",
    "Testó",
    "Prøve",
]
_GIVEN = [
    "Alma",
    "Bruno",
    "Cora",
    "Dale",
    "Edna",
    "Finn",
    "Greta",
    "Hugo",
    "Inés",
    "Jürgen",
    "Kōki",
    "Łucja",
    "Mia",
    "Noa",
    "Odd",
    "Paz",
    "Quinn",
    "Renée",
    "Søren",
    "Tilda",
    "Ümit",
    "Vera",
    "Wim",
    "Xenia",
    "Yves",
    "Zoë",
]
_SURGEONS = ["PRACTICE, IRIS MD", "Example, Neil", "Müster, René", "Dr. Placebo", "EXEMPLE,ZOÉ"]

# operation with a side: {S} stands for the side word, which may be left to the column
_SIDED = {
    "27447": [
        "{S} TKA",
        "TKA {S}",
        "ARTHROPLASTY KNEE TOTAL {S}",
        "Total Knee Arthroplasty {S}",
        "total knee replacement {S}",
        "ERAS {S} TKA",
        "TOT KNEE REPL {S}",
        "ARTHROPLASTY, KNEE, TOTAL ({S})",
    ],
    "27130": [
        "{S} THA",
        "THR {S}",
        "ARTHROPLASTY, HIP, TOTAL {S}",
        "Total hip replacement, {S}",
        "{S} THA ANTERIOR APPROACH",
    ],
    "63030": [
        "{S} L4-5 MICRODISCECTOMY",
        "Microdiscectomy L5-S1 {S}",
        "MICRODISCECTOMY, LUMBAR {S}",
        "L5/S1 microdiskectomy {S}",
    ],
}
_UNSIDED = {
    "63047": [
        "L4-5 LAMI",
        "LUMBAR LAMINECTOMY L3-4, L4-5",
        "L2-3, L3-4, L4-5 LAMINECTOMY",
        "Lumbar decompression L4-5",
    ],
    "22633": ["L4-5 TLIF", "MIS TLIF L5-S1", "LUMBAR FUSION L3-4", "FUSION, LUMBAR, INTERBODY, TRANSFORAMINAL, L4-L5"],
    "44204": [
        "ERAS LAP R HEMICOLECTOMY",
        "LAPAROSCOPIC COLECTOMY",
        "Lap sigmoid colectomy",
        "HEMICOLECTOMY, RIGHT, LAPAROSCOPIC",
        "robotic right hemicolectomy",
    ],
    "44140": ["OPEN R HEMICOLECTOMY", "Open sigmoid colectomy", "ERAS OPEN COLECTOMY"],
}
_UNKNOWN = [
    ("TKA REVISION", "27487"),
    ("Removal of hardware knee", "20680"),
    ("hip injection", "20610"),
    ("open lap", ""),
    ("UKA", "27446"),
    ("Hip hemiarthroplasty", "27125"),
    ("MUA KNEE", "27570"),
    ("ACDF C5-6", "22551"),
    ("THORACIC LAMINECTOMY T8-9", "63046"),
    ("SI JOINT FUSION", "27279"),
    ("COLOSTOMY REVERSAL", "44620"),
    ("LAP CHOLE", "47562"),
    ("COLONOSCOPY", "45378"),
    ("ROBOTIC PROSTATECTOMY", "55866"),
    ("Cataract extraction w/ IOL", "66984"),
    ("HIP FRACTURE NAILING", "27245"),
    ("R HEMICOLECTOMY", ""),
    ("TBD", ""),
    ("", ""),
    ("KNEE SCOPE", "29881"),
    ("REDO L4-5 FUSION", ""),
    ("TOTAL SHOULDER", "23472"),
]
_SIDE_WORDS = {
    "left": ["LT", "L", "LEFT", "Left"],
    "right": ["RT", "R", "RIGHT", "Right"],
    "both": ["BILAT", "B/L", "BILATERAL"],
}
_ALLERGIES = [
    "NKDA",
    "none",
    "Denies",
    "No Known Allergies",
    "",
    "",
    "Not on File",
    "penicillin (rash)",
    "sulfa (hives); latex",
    "codeine (nausea)",
    "PCN - anaphylaxis; shellfish",
    "morphine (itching)",
    "aspirin (wheeze)",
    "ibuprofen: swelling",
]
_MEDS = [
    "none",
    "denies",
    "No meds",
    "",
    "",
    "Not on File",
    "lisinopril 10 mg daily",
    "apixaban 5 mg twice daily, last {m}/{d}",
    "rivaroxaban 20 mg daily, last taken {iso} 20:00",
    "warfarin 5 mg daily, last dose {m}/{d}",
    "clopidogrel 75 mg daily; aspirin 81 mg daily",
    "enoxaparin 40 mg daily, last taken {iso} 21:00",
    "dabigatran 150 mg BID",
    "oxycodone ER 30 mg every 12 hours; Percocet 5/325 mg 1 tablet every 6 hours as needed",
    "tramadol 50 mg q6h prn",
    "methadone 10 mg tid",
    "buprenorphine-naloxone 8-2 mg daily",
    "fentanyl patch 25 mcg/h every 72 hours; gabapentin 300 mg tid",
    "metformin 1000 mg twice daily\nsertraline 50 mg daily",
    "semaglutide 1 mg weekly",
    "fish oil; turmeric",
    "=SUM(A1:A9)",
]
_PROBLEMS = [
    "",
    "",
    "none",
    "denies",
    "HTN; Sleep apnea",
    "Diabetes; Chronic kidney disease",
    "s/p CABG 2019; Heart failure",
    "Chronic pain; Depression",
    "OSA on CPAP",
    "Not on File",
    "GERD, anxiety",
    "Cirrhosis",
    "see chart",
]
_CLASSES = [
    "Inpatient",
    "Surgery Admit",
    "AM Admit",
    "Outpatient",
    "Ambulatory Surgery",
    "Day Surgery",
    "Hospital Outpatient Surgery",
    "Outpatient in a Bed",
    "Observation",
    "",
    "TBD",
]
_ANESTHESIA = ["General", "GA", "GETA", "Spinal", "SAB", "MAC", "General + Block", "Choice", "TBD", "", "Regional"]


def messy_schedule(rows: int, seed: int, days: int = 20) -> list[dict[str, str]]:
    """`rows` rows over `days` days of December 2026 (weekdays where they suffice), in the order of an export."""
    chance = random.Random(seed)
    calendar = _calendar(days)
    groups: list[list[dict[str, str]]] = []
    count = number = 0
    while count < rows:
        number += 1
        group = _group(chance, number, calendar[number % len(calendar)])
        room_left = rows - count
        if len(group) > room_left:
            group = (
                [_plain_case(chance, number, calendar[number % len(calendar)])] if room_left == 1 else group[:room_left]
            )
        groups.append(group)
        count += len(group)
    groups.sort(key=lambda group: (group[0]["Surgery Date"], group[0]["Room"], group[0]["Case ID"]))
    schedule: list[dict[str, str]] = []
    late: list[dict[str, str]] = []
    for group in groups:
        for row in group:
            # Repeats often stand at the end, where a second export was pasted below the first.
            (late if row["_expect"] == "duplicate" and chance.random() < 0.5 else schedule).append(row)
    return schedule + late


def as_csv(rows) -> str:
    """The rows as comma-separated text with a header; what must come of them is left out."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _calendar(days: int) -> list[date]:
    every = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    weekdays = [day for day in every if day.weekday() < 5]
    if not 1 <= days <= len(every):
        raise ValueError(f"days must be from 1 to {len(every)}")
    return (weekdays if days <= len(weekdays) else every)[:days]


def _group(chance: random.Random, number: int, day: date) -> list[dict[str, str]]:
    """The rows of one case number, with one kind of mess."""
    kind = chance.choices(
        ["sound", "unknown", "repeat", "two weights", "lines", "bad"], weights=[58, 15, 4, 3, 10, 10]
    )[0]
    row = _plain_case(chance, number, day)
    if kind == "unknown":
        return [_unknown_operation(chance, row)]
    if kind == "repeat":
        return [row, {**row, "_expect": "duplicate"}]
    if kind == "two weights":
        return _two_weights(chance, row)
    if kind == "lines":
        return _several_lines(chance, row)
    if kind == "bad":
        return [_bad_cell(chance, row)]
    return [row]


def _plain_case(chance: random.Random, number: int, day: date) -> dict[str, str]:
    """A case from which a plan can be made, with facts missing here and there."""
    born = date(day.year - chance.randint(19, 96), chance.randint(1, 12), chance.randint(1, 28))
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    sex = chance.choice(["F", "M", "Female", "Male", "female", ""])
    text, code, side = _operation(chance)
    how_old = chance.choice(["DOB", "DOB", "DOB", "both", "age"])
    last = day - timedelta(days=chance.randint(1, 6))
    row = dict.fromkeys(COLUMNS, "") | {
        "Case ID": f"{number:07d}",
        "Line": "1",
        "MRN": f"{chance.randint(0, 9_999_999):08d}",
        "Patient Name": _name(chance),
        "DOB": born.isoformat() if how_old != "age" else "",
        "Age": chance.choice([f"{age}", f"{age} Years", f"{age} y.o."]) if how_old != "DOB" else "",
        "Sex": sex,
        "Weight": _weight(chance, chance.uniform(48, 140)),
        "Height": _height(chance, chance.uniform(150, 196)),
        "Surgery Date": day.isoformat(),
        "Start Time": chance.choice(["07:30", "0730", "7:30 AM", "1:15 PM", "13:45", "10:05", "", "TF", "12:00 PM"]),
        "Room": f"OR {chance.randint(1, 12):02d}",
        "Surgeon": chance.choice(_SURGEONS),
        "Procedure": text,
        "CPT": code,
        "Side": side,
        "Patient Class": chance.choice(_CLASSES),
        "Anesthesia": chance.choice(_ANESTHESIA),
        "ASA": chance.choice(["1", "2", "3", "II", "III", "3E", "ASA 2", ""]),
        "Allergies": chance.choice(_ALLERGIES),
        "Home Meds": chance.choice(_MEDS).format(m=last.month, d=last.day, iso=last.isoformat()),
        "Problem List": chance.choice(_PROBLEMS),
        "Creatinine": _creatinine(chance),
        "Platelets": chance.choice(["210", "148", "95", "pending", "", "N/A", "301"]),
        "INR": chance.choice(["1.0", "1.1", "1.4", "2.3", "", "pending", "---"]),
        "Status": chance.choice(["Scheduled", "Scheduled", "Confirmed", "SCHEDULED", ""]),
        "Add-On": chance.choice(["N", "N", "N", "Y", ""]),
        "Duration": str(chance.choice([60, 75, 90, 120, 180])),
        "Comments": chance.choice(
            [
                "",
                "",
                "café au lait",
                "latex free room",
                "rep: 10 µm filter",
                "line one\nline two",
                '"quoted", with comma',
            ]
        ),
        "_expect": "plan",
    }
    return row


def _operation(chance: random.Random) -> tuple[str, str, str]:
    """Text, code and side column of an operation that has a protocol."""
    code = chance.choice([*_SIDED, "27447", "27130", *_UNSIDED])
    if code in _UNSIDED:
        text, side = chance.choice(_UNSIDED[code]), chance.choice(["", "N/A", "N/A"])
    else:
        meant = chance.choice(["left", "right", "left", "right", "both" if code in ("27447", "27130") else "left"])
        where = chance.choice(["text", "column", "twice", "nowhere"])
        word = chance.choice(_SIDE_WORDS[meant]) if where in ("text", "twice") else ""
        text = " ".join(chance.choice(_SIDED[code]).replace("{S}", word).replace("()", "").split()).strip(" ,")
        side = chance.choice(_SIDE_WORDS[meant]) if where in ("column", "twice") else ""
    shown = chance.choice(["text", "text", "both", "code"])
    if shown == "code" and code in _SIDED and side == "":
        shown = "both"
    return (text if shown != "code" else ""), (code if shown != "text" else ""), side


def _unknown_operation(chance: random.Random, row: dict[str, str]) -> dict[str, str]:
    text, code = chance.choice(_UNKNOWN)
    code = code if chance.random() < 0.7 else ""
    return row | {
        "Procedure": text,
        "CPT": code,
        "Side": chance.choice(["", "LT", "RT", "N/A"]),
        "_expect": "no_protocol" if code or text not in ("", "TBD") else "invalid",
    }


def _two_weights(chance: random.Random, row: dict[str, str]) -> list[dict[str, str]]:
    """One case number twice with different weights: neither may be chosen in silence."""
    first = chance.uniform(50, 90)
    both = row | {"_expect": "invalid"}
    return [both | {"Weight": f"{first:.1f} kg"}, both | {"Weight": f"{first + chance.uniform(12, 40):.1f} kg"}]


def _several_lines(chance: random.Random, row: dict[str, str]) -> list[dict[str, str]]:
    """A case of several rows. What comes of it is the same for each of them."""
    pick = chance.choice(["add-on code", "covered", "hardware", "two operations"])
    base = row | {"CPT": "", "Side": ""}
    if pick == "add-on code":
        lines = [("L4-5 TLIF", "22633"), ("INSTRUMENTATION, POSTERIOR", "22840"), ("BONE GRAFT, ALLOGRAFT", "20930")]
        expect = "plan"
    elif pick == "covered":
        lines, expect = [("L4-5 TLIF", "22633"), ("LUMBAR LAMINECTOMY L4-5", "63047")], "plan"
    elif pick == "hardware":
        lines, expect = [("RT TKA", "27447"), ("Removal of hardware knee", "20680")], "plan"
    else:
        lines, expect = [("LT TKA", "27447"), ("RT THA", "27130")], "plan"
    return [
        base | {"Line": str(place), "Procedure": text, "CPT": code, "_expect": expect}
        for place, (text, code) in enumerate(lines, 1)
    ]


def _bad_cell(chance: random.Random, row: dict[str, str]) -> dict[str, str]:
    """One cell that cannot be used."""
    surgery = date.fromisoformat(row["Surgery Date"])
    faults = [
        {"Weight": "abc"},
        {"Weight": "812 kg"},
        {"Weight": "-80 kg"},
        {"Height": "17 cm"},
        {"Surgery Date": "2026-02-31"},
        {"Surgery Date": "2026-13-04"},
        {"Age": "7", "DOB": ""},
        {"DOB": surgery.replace(year=surgery.year - 7).isoformat(), "Age": ""},
        {"DOB": "2031-05-01", "Age": ""},
        {"DOB": "1890-01-01", "Age": ""},
        {"DOB": "", "Age": ""},
        {"DOB": "1957-02-30", "Age": ""},
        {"Age": "45", "DOB": "1950-01-01"},
        {"Creatinine": "88 mg/dL"},
        {"Procedure": "LT TKA", "CPT": "27447", "Side": "RT"},
        {"Patient Name": "Testcase, " + "Longname " * 30},
    ]
    return row | chance.choice(faults) | {"_expect": "invalid"}


def _name(chance: random.Random) -> str:
    family, given = chance.choice(_FAMILY), chance.choice(_GIVEN)
    return chance.choices(
        [
            f"{family}, {given}",
            f"{family.upper()},{given.upper()}",
            f"{given} {family}",
            f"{family}-{chance.choice(_FAMILY)}, {given} {chance.choice(_GIVEN)}",
            f"{family}, {given} " + "Very Long Middle Name " * 6,
            f'=HYPERLINK("http://example.invalid/{given}","{family}")',
            f"+{family}, {given}",
            f"@{family}, {given}",
            "",
        ],
        weights=[40, 25, 10, 10, 3, 3, 2, 2, 3],
    )[0].strip()


def _weight(chance: random.Random, kg: float) -> str:
    return chance.choice(
        [
            f"{kg:.1f} kg",
            f"{kg:.0f}kg",
            f"{kg / 0.45359237:.0f} lb",
            f"{kg / 0.45359237:.1f} lbs",
            f"{kg / 0.028349523125:.0f} oz",
            "",
            "not on file",
        ]
    )


def _height(chance: random.Random, cm: float) -> str:
    inches = round(cm / 2.54)
    return chance.choice(
        [
            f"{cm:.0f} cm",
            f"{cm / 100:.2f} m",
            f"{inches // 12}'{inches % 12}\"",
            f"{inches // 12}' {inches % 12}\"",
            f"{inches // 12} ft {inches % 12} in",
            f"{inches} in",
            "",
        ]
    )


def _creatinine(chance: random.Random) -> str:
    value = chance.uniform(0.5, 3.2)
    return chance.choice(
        [
            f"{value:.1f} mg/dL",
            f"{value:.2f} mg/dL",
            f"{value * 88.42:.0f} umol/L",
            f"{value * 88.42:.0f} µmol/L",
            "pending",
            "Pending",
            "",
            "N/A",
            "not drawn",
        ]
    )


if __name__ == "__main__":
    print(as_csv(messy_schedule(2000, 1)), end="")
