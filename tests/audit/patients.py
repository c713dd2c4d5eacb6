"""Made-up patients for every protocol: facts missing at random, values at the edges of their ranges and of bands."""

import random
from datetime import date, datetime

from planner.case.fields import Case
from planner.case.reading import case_from_options
from planner.library.library import Library
from planner.reading.problems import InputError

NOW = datetime(2026, 12, 1, 18, 0)
_KNOWN = 0.75
_EDGES = {
    "age": (18, 64, 65, 69, 70, 74, 75, 79, 80, 95, 110),
    "weight_kg": (35, 45, 49.9, 50, 59.9, 60, 75, 99, 120, 180, 250),
    "height_cm": (140, 150, 165, 180, 200, 215),
    "creatinine_mg_dl": (0.3, 0.6, 0.9, 1.2, 1.5, 1.9, 2.4, 3.5, 6, 11),
    "platelets_k": (20, 49, 50, 74, 75, 99, 100, 149, 150, 250),
    "inr": (0.9, 1.0, 1.2, 1.4, 1.5, 2.0, 3.5),
    "qtc_ms": (380, 449, 450, 469, 470, 499, 500, 560),
    "bilirubin_mg_dl": (0.5, 2, 3.5),
    "albumin_g_dl": (2.0, 2.8, 3.5, 4.2),
    "hba1c_percent": (5.4, 7.9, 8, 10.5),
    "hemoglobin_g_dl": (7.9, 10, 13, 15),
    "asa_class": (1, 2, 3, 4),
    "stop_bang": (0, 2, 3, 4, 5, 8),
    "frailty": (1, 3, 4, 5, 6, 8),
    "opioid_days": (2, 6, 7, 400),
    "pain_baseline": (0, 4, 9),
    "gestation_weeks": (8, 19, 20, 33),
}
_RARE = ("gestation_weeks", "child_pugh", "opioid_days", "bilirubin_mg_dl", "albumin_g_dl", "cyp2c9", "cyp2d6")
_WORDS = {
    "sex": ("female", "male"),
    "side": ("left", "right", "both"),
    "setting": ("inpatient", "outpatient"),
    "anesthesia": ("general", "spinal", "regional", "sedation"),
    "smoker": ("yes", "no"),
    "child_pugh": ("A", "B", "C"),
    "cyp2c9": ("poor", "intermediate", "normal"),
    "cyp2d6": ("poor", "normal", "ultrarapid"),
    "surgery_at": ("2026-12-15T07:30", "2026-12-02T14:00", "2026-12-15"),
}
_DECLINES = ("block", "neuraxial", "opioid", "nsaid", "gabapentinoid", "acetaminophen")
_GOING_HOME = {
    "used_last_24h": ("none", "oxycodone 5 mg x 3", "oxycodone 5 mg x 6; hydromorphone 2 mg x 2", "tramadol 50 mg x 2"),
    "discharge_at": ("2026-12-15T16:00", "2026-12-16T11:00", "2026-12-18T10:00"),
}
MEDICINES = (
    "apixaban 5 mg twice daily, last 2026-12-12 08:00",
    "apixaban 5 mg twice daily",
    "warfarin 5 mg daily, last 2026-12-09",
    "clopidogrel 75 mg daily, last 2026-12-06",
    "enoxaparin 40 mg daily, last 2026-12-14 20:00",
    "aspirin 81 mg daily",
    "lisinopril 20 mg daily",
    "furosemide 40 mg daily",
    "sertraline 50 mg daily",
    "duloxetine 60 mg daily",
    "amitriptyline 25 mg at bedtime",
    "phenelzine 15 mg three times daily",
    "Percocet 5/325 mg 1 tablet every 6 hours as needed",
    "oxycodone ER 30 mg every 12 hours",
    "oxycodone 10 mg every 6 hours",
    "morphine ER 15 mg twice daily",
    "methadone 80 mg daily",
    "fentanyl patch 25 mcg/h every 72 hours",
    "buprenorphine-naloxone 8/2 mg twice daily",
    "naltrexone 50 mg daily, last 2026-12-10 08:00",
    "tramadol 50 mg four times daily",
    "hydrocodone-acetaminophen 10/325 mg every 6 hours as needed",
    "acetaminophen 500 mg three times daily",
    "naproxen 500 mg twice daily",
    "celecoxib 200 mg daily",
    "gabapentin 300 mg three times daily",
    "pregabalin 75 mg twice daily",
    "lorazepam 1 mg at bedtime",
    "zolpidem 10 mg at bedtime",
    "cyclobenzaprine 10 mg three times daily",
    "prednisone 10 mg daily",
    "omeprazole 20 mg daily",
    "carbamazepine 200 mg twice daily",
    "lithium 300 mg twice daily",
    "tacrolimus 1 mg twice daily",
    "levodopa-carbidopa 25/100 mg three times daily",
    "fluconazole 200 mg daily",
    "apixiban 5 mg",
)
ALLERGIES = (
    "sulfa (rash)",
    "aspirin (wheeze)",
    "ibuprofen (hives)",
    "morphine (hives)",
    "codeine (nausea)",
    "oxycodone (anaphylaxis)",
    "acetaminophen (rash)",
    "lidocaine (rash)",
    "ondansetron (rash)",
    "latex",
    "zzz",
)


def patient(seed: int, library: Library) -> Case:
    """The made-up patient of a number: the same for the same number."""
    chance = random.Random(seed)
    while True:
        facts = _facts(chance, library)
        try:
            return case_from_options(facts, library.case_words, today=date(2026, 12, 1))
        except InputError:
            # Facts that contradict each other are refused by the reader, which has tests of its own.
            continue


def _facts(chance: random.Random, library: Library) -> dict[str, str]:
    facts = {"procedure": chance.choice(sorted(library.protocols))}
    for name, values in (*_EDGES.items(), *_WORDS.items()):
        if chance.random() < (0.1 if name in _RARE else _KNOWN):
            facts[name] = str(chance.choice(values))
    if chance.random() < 1 - _KNOWN:
        facts |= {name: chance.choice(values) for name, values in _GOING_HOME.items() if chance.random() < _KNOWN}
    facts.setdefault("age", str(chance.choice(_EDGES["age"])))
    terms = sorted(library.vocabulary.conditions)
    for name, words, most in (
        ("conditions", terms, 5),
        ("medications", MEDICINES, 4),
        ("allergies", ALLERGIES, 2),
        ("declines", _DECLINES, 1),
    ):
        if chance.random() < _KNOWN:
            chosen = chance.sample(words, chance.randint(0, most))
            facts[name] = "; ".join(chosen) or "none"
    return facts


def completed(case: Case, seed: int, library: Library) -> Case | None:
    """The case with one of its missing facts known; None where that contradicts another, or none is missing."""
    chance = random.Random(f"{seed} completed")
    missing = [name for name in (*_EDGES, *_WORDS) if getattr(case, name) is None and name != "surgery_at"]
    if not missing:
        return None
    name = chance.choice(missing)
    value = chance.choice((_EDGES | _WORDS)[name])
    told = {field: known for field, known in case.model_dump(mode="json").items() if known is not None}
    try:
        return case_from_options({**told, name: str(value)}, library.case_words, today=date(2026, 12, 1))
    except InputError:
        return None
