"""Allergies as charts write them, and what they cover."""

import pytest

from planner.case.allergies import read_allergy

RECOGNIZED = [
    ("sulfa (rash)", "sulfa", "rash", {"sulfonamide-antibiotic", "sulfonamide"}),
    ("Sulfa drugs", "Sulfa drugs", "", {"sulfonamide-antibiotic", "sulfonamide"}),
    ("NSAIDs", "NSAIDs", "", {"nsaid", "nonselective-nsaid", "cox2-inhibitor"}),
    ("aspirin - hives", "aspirin", "hives", {"aspirin", "salicylate", "nsaid", "nonselective-nsaid"}),
    ("Advil: swelling", "Advil", "swelling", {"ibuprofen", "propionate", "nsaid", "nonselective-nsaid"}),
    ("PCN", "PCN", "", {"penicillin"}),
    ("allergic to penicillin", "allergic to penicillin", "", {"penicillin"}),
    ("codeine (nausea)", "codeine", "nausea", {"codeine", "morphine"}),
    (
        "local anesthetics",
        "local anesthetics",
        "",
        {"local-anesthetic", "amide-local-anesthetic", "ester-local-anesthetic"},
    ),
    ("lisinopril (cough)", "lisinopril", "cough", {"lisinopril"}),
    ("Percocet", "Percocet", "", {"oxycodone", "acetaminophen"}),
    ("Vicoprofen", "Vicoprofen", "", {"hydrocodone", "ibuprofen", "propionate", "nsaid", "nonselective-nsaid"}),
    ("ssri", "ssri", "", {"ssri"}),
    ("calcium channel blocker", "calcium channel blocker", "", {"calcium-channel-blocker"}),
    ("latex", "latex", "", set()),
    ("Iodinated Contrast (hives)", "Iodinated Contrast", "hives", set()),
]


@pytest.mark.parametrize("text, substance, reaction, members", RECOGNIZED)
def test_an_allergy_is_read(text, substance, reaction, members, lexicon, words):
    allergy = read_allergy(text, lexicon, words)
    assert (allergy.text, allergy.substance, allergy.reaction) == (text, substance, reaction)
    assert (allergy.members, allergy.recognized) == (members, True)


@pytest.mark.parametrize(
    "text, suggestion",
    [
        ("penicilin", "did you mean penicillin?"),
        ("oxycodne (itching)", "did you mean oxycodone?"),
        ("penicillin, sulfa", "write one substance an entry"),
        ("some antibiotic as a child", "write one substance an entry"),
        ("rash (after surgery (2019))", "write the substance, then the reaction in brackets"),
        ("penicillin - sulfa", "if sulfa is another allergy, make it an entry of its own"),
    ],
)
def test_what_may_cover_other_drugs_is_not_recognized(text, suggestion, lexicon, words):
    allergy = read_allergy(text, lexicon, words)
    assert (allergy.recognized, allergy.suggestion) == (False, suggestion)


@pytest.mark.parametrize(
    "text, sort",
    [
        ("codeine (nausea)", "intolerance"),
        ("codeine (Nausea and vomiting)", "intolerance"),
        ("oxycodone: constipation, nausea", "intolerance"),
        ("Percocet (N/V)", "intolerance"),
        ("opioids (nausea)", "intolerance"),
        ("morphine - itching", "unclear"),
        ("morphine (nausea, itching)", "unclear"),
        ("morphine (hives)", "allergy"),
        ("morphine (nausea, hives)", "allergy"),
        ("morphine (itchy rash)", "allergy"),
        ("codeine", "allergy"),
        ("codeine (unknown)", "allergy"),
        ("ibuprofen (nausea)", "allergy"),
        ("latex (nausea)", "allergy"),
    ],
)
def test_only_a_reaction_that_says_so_is_an_intolerance(text, sort, lexicon, words):
    assert read_allergy(text, lexicon, words).sort == sort


def test_an_intolerance_is_no_allergy_and_an_unclear_reaction_is(factors_of):
    assert factors_of(allergies=("codeine (nausea)",)).allergic("codeine") is False
    assert factors_of(allergies=("codeine (itching)",)).allergic("codeine") is True
    assert factors_of(allergies=("codeine (nausea)", "codeine (hives)")).allergic("codeine") is True


def test_an_allergy_to_a_class_covers_its_drugs(factors_of):
    factors = factors_of(allergies=("sulfa",))
    assert factors.allergic("celecoxib") is True
    assert factors.allergic("sulfonamide") is True
    assert factors.allergic("ibuprofen") is False


def test_an_allergy_to_one_nsaid_covers_the_others(factors_of):
    factors = factors_of(allergies=("naproxen (hives)",))
    assert factors.allergic("ibuprofen") is True
    assert factors.allergic("nsaid") is True
    assert factors.allergic("acetaminophen") is False


def test_an_allergy_to_a_drug_does_not_cover_its_class(factors_of):
    factors = factors_of(allergies=("hydromorphone",))
    assert factors.allergic("hydromorphone") is True
    assert factors.allergic("oxycodone") is False
    assert factors.allergic("opioid") is False


def test_an_allergy_to_an_amide_covers_the_other_amides(factors_of):
    assert factors_of(allergies=("lidocaine",)).allergic("ropivacaine") is True


def test_unknown_allergies_are_never_a_no(factors_of):
    assert factors_of().allergic("ibuprofen") is None
    assert factors_of(allergies=("the red pill",)).allergic("ibuprofen") is None
    assert factors_of(allergies=("the red pill", "aspirin")).allergic("ibuprofen") is True
    assert factors_of(allergies=()).allergic("ibuprofen") is False
    assert factors_of(allergies=("latex",)).allergic("ibuprofen") is False
