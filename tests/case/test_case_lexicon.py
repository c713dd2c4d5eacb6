"""The list of medicines that ships, and how names are matched."""

import pickle

import pytest
from pydantic import ValidationError

from planner.case.chart_words import DENIALS, FILLERS, JOINERS, VAGUE
from planner.case.lexicon import Lexicon, LexiconEntry, fold_name
from planner.case.medicines import read_medicine

ANTITHROMBOTICS = [
    "apixaban",
    "rivaroxaban",
    "edoxaban",
    "dabigatran",
    "warfarin",
    "enoxaparin",
    "dalteparin",
    "heparin",
    "fondaparinux",
    "clopidogrel",
    "prasugrel",
    "ticagrelor",
    "cilostazol",
    "dipyridamole",
    "aspirin",
]


def test_no_name_stands_for_two_medicines(entries):
    assert Lexicon.collisions(entries) == {}


def test_collisions_name_both_owners():
    entries = {"a": LexiconEntry(brands=["Same Name"]), "b": LexiconEntry(also=["same-name"])}
    assert Lexicon.collisions(entries) == {"same name": ("a", "b")}


def test_every_class_is_in_the_vocabulary(entries, vocabulary):
    assert {name for entry in entries.values() for name in entry.classes} <= set(vocabulary["classes"])


def test_every_ingredient_of_a_combination_is_a_medicine_itself(entries):
    assert {name for entry in entries.values() for name in entry.ingredients} <= set(entries)


def test_every_medicine_has_a_class_or_ingredients(medicines_file):
    assert [
        name
        for name, entry in medicines_file["medicines"].items()
        if not entry.get("classes") and not entry.get("ingredients")
    ] == []


def test_a_fixed_strength_names_an_amount_for_each_ingredient(entries):
    assert [
        name
        for entry in entries.values()
        for name, amounts in entry.strengths.items()
        if len(amounts) != len(entry.ingredients)
    ] == []


def test_every_allergy_name_covers_known_drugs_and_classes(medicines_file, entries, vocabulary):
    covered = {name for names in medicines_file["allergy_names"].values() for name in names}
    assert covered <= set(entries) | set(vocabulary["classes"])


def test_every_allergy_to_a_drug_covers_that_drug_or_a_class_of_it(medicines_file, lexicon):
    for spoken, covered in medicines_file["allergy_names"].items():
        key = lexicon.names.get(fold_name(spoken))
        if key:
            assert key in covered or lexicon.classes_of([key]) & set(covered), spoken


@pytest.mark.parametrize("word", sorted(FILLERS | JOINERS | VAGUE | DENIALS))
def test_only_thyroid_is_both_a_name_and_a_common_word(word, lexicon):
    assert word not in lexicon.names or word == "thyroid"


@pytest.mark.parametrize("name", ANTITHROMBOTICS)
def test_antithrombotics_are_classed_as_such(name, lexicon):
    assert lexicon.classes_of([name]) & {"anticoagulant", "antiplatelet"}


def test_an_nsaid_is_nonselective_unless_it_spares_cox_1(entries):
    nsaids = {name: entry.classes for name, entry in entries.items() if "nsaid" in entry.classes}
    assert len(nsaids) > 15
    assert {
        name for name, classes in nsaids.items() if ("nonselective-nsaid" in classes) == ("cox2-inhibitor" in classes)
    } == set()


def test_every_name_of_the_list_is_read_back(entries, lexicon):
    wrong = {
        name: key
        for key, entry in entries.items()
        for name in entry.names(key)
        if (medicine := read_medicine(name, lexicon)).drug != key or not medicine.recognized
    }
    assert wrong == {}


@pytest.mark.parametrize("entry", [{"brand": ["X"]}, {"classes": "opioid"}, {"unit": "g"}])
def test_an_entry_of_the_wrong_form_is_refused(entry):
    with pytest.raises(ValidationError):
        LexiconEntry.model_validate(entry)


def test_of_a_name_claimed_twice_the_first_keeps_it():
    lexicon = Lexicon.build({"a": LexiconEntry(brands=["X"]), "b": LexiconEntry(brands=["X"])}, {})
    assert lexicon.names["x"] == "a"


def test_an_ingredient_without_classes_leaves_the_medicine_unrecognized():
    lexicon = Lexicon.build({"pair": LexiconEntry(ingredients=["one", "two"])}, {})
    assert not read_medicine("pair daily", lexicon).recognized


def test_a_lexicon_can_be_sent_to_another_process(lexicon):
    copy = pickle.loads(pickle.dumps(lexicon))
    assert read_medicine("Percocet 5/325 q6h", copy) == read_medicine("Percocet 5/325 q6h", lexicon)
