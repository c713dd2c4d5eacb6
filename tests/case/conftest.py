"""The vocabulary and the list of medicines as they ship, and drugs that have files of their own."""

from datetime import datetime
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from planner.case.factors import compute_factors
from planner.case.fields import Case
from planner.case.lexicon import Lexicon, LexiconEntry
from planner.case.words import CaseWords
from planner.reading.located import read_yaml

PROTOCOLS = Path(__file__).parents[2] / "protocols"

# Drugs with files of their own, as those files name and class them.
OWN_DRUGS = {
    "acetaminophen": {"brands": ["Tylenol"], "also": ["paracetamol", "apap"], "classes": ["acetaminophen"]},
    "ibuprofen": {"brands": ["Advil", "Motrin"], "classes": ["nsaid", "nonselective-nsaid", "propionate"]},
    "ketorolac": {"brands": ["Toradol"], "classes": ["nsaid", "nonselective-nsaid", "acetate-nsaid"]},
    "celecoxib": {"brands": ["Celebrex"], "classes": ["nsaid", "cox2-inhibitor", "sulfonamide"]},
    "naproxen": {"brands": ["Aleve"], "classes": ["nsaid", "nonselective-nsaid", "propionate"]},
    "meloxicam": {"classes": ["nsaid", "nonselective-nsaid", "oxicam"]},
    "diclofenac": {"brands": ["Voltaren"], "classes": ["nsaid", "nonselective-nsaid", "acetate-nsaid"]},
    "gabapentin": {"brands": ["Neurontin"], "classes": ["gabapentinoid", "cns-depressant"]},
    "pregabalin": {"brands": ["Lyrica"], "classes": ["gabapentinoid", "cns-depressant"]},
    "duloxetine": {"brands": ["Cymbalta"], "classes": ["antidepressant", "snri", "serotonergic"]},
    "lidocaine": {"classes": ["local-anesthetic", "amide-local-anesthetic"]},
    "bupivacaine": {"classes": ["local-anesthetic", "amide-local-anesthetic"]},
    "ropivacaine": {"classes": ["local-anesthetic", "amide-local-anesthetic"]},
    "mepivacaine": {"classes": ["local-anesthetic", "amide-local-anesthetic"]},
    "prilocaine": {"classes": ["local-anesthetic", "amide-local-anesthetic"]},
    "liposomal bupivacaine": {"classes": ["local-anesthetic", "amide-local-anesthetic"]},
    "chloroprocaine": {"classes": ["local-anesthetic", "ester-local-anesthetic"]},
    "oxycodone": {"brands": ["Roxicodone", "OxyContin"], "classes": ["opioid", "phenanthrene-opioid"]},
    "hydromorphone": {"brands": ["Dilaudid"], "classes": ["opioid", "phenanthrene-opioid"]},
    "morphine": {"brands": ["MS Contin"], "classes": ["opioid", "phenanthrene-opioid"]},
    "fentanyl": {"brands": ["Duragesic"], "classes": ["opioid", "phenylpiperidine-opioid"]},
    "tramadol": {"brands": ["Ultram"], "classes": ["opioid", "serotonergic"]},
    "codeine": {"classes": ["opioid", "phenanthrene-opioid"]},
    "hydrocodone": {"brands": ["Hysingla", "Zohydro"], "classes": ["opioid", "phenanthrene-opioid"]},
    "oxymorphone": {"brands": ["Opana"], "classes": ["opioid", "phenanthrene-opioid"]},
    "tapentadol": {"brands": ["Nucynta"], "classes": ["opioid", "serotonergic"]},
    "methadone": {"brands": ["Dolophine"], "classes": ["opioid", "serotonergic", "qt-prolonging"]},
    "meperidine": {"brands": ["Demerol"], "classes": ["opioid", "phenylpiperidine-opioid", "serotonergic"]},
    "oliceridine": {"brands": ["Olinvyk"], "classes": ["opioid", "qt-prolonging"]},
    "buprenorphine": {
        "brands": ["Butrans", "Belbuca", "Subutex", "Sublocade", "Brixadi", "Buprenex"],
        "classes": ["opioid", "partial-opioid-agonist", "phenanthrene-opioid", "qt-prolonging"],
    },
    "naloxone": {"brands": ["Narcan"], "classes": ["opioid-antagonist"]},
    "omeprazole": {"brands": ["Prilosec"], "classes": ["proton-pump-inhibitor"]},
    "famotidine": {"brands": ["Pepcid"], "classes": ["h2-antagonist"]},
    "senna": {"brands": ["Senokot"], "classes": ["laxative"]},
    "docusate": {"brands": ["Colace"], "classes": ["laxative"]},
    "promethazine": {"brands": ["Phenergan"], "classes": ["antiemetic"]},
    "ketamine": {},
    "dexamethasone": {},
    "dexmedetomidine": {},
    "magnesium sulfate": {},
    "methocarbamol": {},
    "cyclobenzaprine": {},
    "tizanidine": {},
    "baclofen": {},
    "ondansetron": {},
    "granisetron": {},
    "droperidol": {},
    "haloperidol": {},
    "aprepitant": {},
    "metoclopramide": {},
    "scopolamine": {},
    "amisulpride": {},
    "polyethylene glycol 3350": {},
    "bisacodyl": {},
    "pantoprazole": {},
}


def _read(name):
    return read_yaml((PROTOCOLS / name).read_text(encoding="utf-8"), name).value


@pytest.fixture(scope="session")
def vocabulary():
    return _read("vocabulary.yaml")


@pytest.fixture(scope="session")
def words(vocabulary):
    return CaseWords(
        conditions=frozenset(vocabulary["conditions"]),
        implies=vocabulary["implies"],
        none_words=frozenset(vocabulary["none_words"]),
        declines=frozenset(["block", "neuraxial", "opioid"]),
        other_allergens=frozenset(vocabulary["other_allergens"]),
        classes=frozenset(vocabulary["classes"]),
        intolerance_of=frozenset(vocabulary["intolerance"]["of"]),
        intolerance_reactions=frozenset(vocabulary["intolerance"]["reactions"]),
        unclear_reactions=frozenset(vocabulary["intolerance"]["unclear"]),
    )


@pytest.fixture(scope="session")
def medicines_file():
    return _read("medicines.yaml")


@pytest.fixture(scope="session")
def entries(medicines_file):
    """Every entry of the shipped list and every drug with a file of its own."""
    model = TypeAdapter(dict[str, LexiconEntry])
    return model.validate_python(medicines_file["medicines"]) | model.validate_python(OWN_DRUGS)


@pytest.fixture(scope="session")
def lexicon(entries, medicines_file):
    return Lexicon.build(entries, medicines_file["allergy_names"])


@pytest.fixture(scope="session")
def opioid_rules(library):
    """Conversion to morphine equivalents and tolerance, as they ship."""
    return library.opioids.morphine.rules


@pytest.fixture(scope="session")
def factors_of(lexicon, words, opioid_rules):
    """The factors of a case given by its fields, on 2026-11-23."""
    now = datetime(2026, 11, 23, 8, 0)
    return lambda **fields: compute_factors(Case(**fields), lexicon, words, now, opioid_rules)
