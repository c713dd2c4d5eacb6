"""A made-up operating list as hospitals have them, most facts known; the same for the same seed. No real patients."""

import csv
import io
import random

_OPERATIONS = {
    "TKA": 5,
    "THA": 4,
    "L4-5 TLIF": 2,
    "Lumbar laminectomy L4-5": 2,
    "Microdiscectomy L5-S1": 2,
    "Lap right hemicolectomy": 2,
    "Open sigmoid colectomy": 1,
}
_MEDICINES = (
    "none",
    "lisinopril 10 mg daily",
    "aspirin 81 mg daily; atorvastatin 40 mg daily",
    "apixaban 5 mg twice daily, last taken 2026-12-11 20:00",
    "metformin 500 mg twice daily",
    "oxycodone 5 mg every 6 hours as needed",
    "gabapentin 300 mg three times daily; sertraline 50 mg daily",
    "omeprazole 20 mg daily",
)
_ALLERGIES = ("NKDA", "NKDA", "penicillin (rash)", "codeine (nausea)", "sulfa (hives)")
_CONDITIONS = ("none", "none", "sleep_apnea", "diabetes", "chronic_pain", "diabetes; sleep_apnea")
_HEADER = (
    "Case ID,MRN,Patient Name,DOB,Sex,Weight (kg),Height (cm),Surgery Date,Start Time,Room,Procedure,Side,"
    "Patient Class,Anesthesia,ASA,Allergies,Medications,conditions,Creatinine (mg/dL),Platelets,INR,Smoker"
)


def usual_list(rows: int, seed: int = 5, a_day: int = 100) -> str:
    """CSV of so many rows, `a_day` for each day from December 14, 2026 on."""
    chance = random.Random(seed)
    operations = [name for name, share in _OPERATIONS.items() for _ in range(share)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADER.split(","))
    for number in range(rows):
        month, day = divmod(13 + number // a_day, 28)
        operation = chance.choice(operations)
        sided = operation in ("TKA", "THA") or operation.startswith("Micro")
        writer.writerow(
            [
                f"{number:06d}",
                f"{chance.randint(0, 9_999_999):07d}",
                f"Testcase, Alma {number}",
                f"{chance.randint(1938, 1995)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
                chance.choice("FM"),
                round(chance.uniform(50, 120), 1),
                chance.randint(152, 194),
                f"{2026 + (11 + month) // 12}-{(11 + month) % 12 + 1:02d}-{day + 1:02d}",
                f"{chance.randint(7, 15):02d}:{chance.choice(('00', '15', '30'))}",
                f"OR {number % 8 + 1}",
                operation,
                chance.choice(("left", "right")) if sided else "",
                chance.choice(("Inpatient", "Ambulatory Surgery")),
                chance.choice(("General", "Spinal")),
                chance.choice("123"),
                chance.choice(_ALLERGIES),
                chance.choice(_MEDICINES),
                chance.choice(_CONDITIONS),
                round(chance.uniform(0.6, 1.5), 1),
                chance.randint(150, 350),
                "1.0",
                chance.choice("YN"),
            ]
        )
    return out.getvalue()
