"""A catalog is whole, says the numbers and terms of the English, and writes numbers and dates as its readers do."""

import functools
import re

import pytest
import yaml

from planner.documents.languages import (
    ENGLISH,
    Language,
    MissingTranslation,
    Spoken,
    available,
    catalog_path,
    page_sentences,
    read_catalog,
    spoken,
)
from planner.library.checks.patient import numbers_in
from planner.library.patient import placeholders
from planner.reading.notation import findings_for_patients
from planner.reading.problems import InputError
from planner.reading.resources import templates_folder
from planner.translations import in_step, needed

OTHERS = [code for code in available() if code != ENGLISH]
GLOSSARY = yaml.safe_load((templates_folder() / "handout" / "locale" / "glossary.yaml").read_text(encoding="utf-8"))


@functools.cache
def texts(code):
    """Sentence and text of every entry of a catalog."""
    return {message.id: message.string for message in read_catalog(catalog_path(code)) if message.id}


def stands_in(term, text):
    """Whether a term stands in a text as a word, or as the start of one where it ends with `*`."""
    text = re.sub(r"\{[^}]*\}", "", text)
    pattern = re.escape(term.rstrip("*")) + (r"\w*" if term.endswith("*") else "")
    return re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) is not None


def test_spanish_is_offered():
    assert available()[0] == ENGLISH
    assert "es" in available()


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_has_a_text_and_no_text_is_left_over(code, library):
    found = texts(code)
    assert set(found) == set(needed(library)), "run python -m planner.translations"
    assert [text for text, said in found.items() if not said.strip()] == []


@pytest.mark.parametrize("code", OTHERS)
def test_placeholders_and_numbers_are_the_same(code):
    for text, said in texts(code).items():
        assert sorted(placeholders(text)) == sorted(placeholders(said)), text
        assert numbers_in(text) == numbers_in(said), f"{text}\n{said}"


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_unsafe_is_written(code):
    for said in texts(code).values():
        assert findings_for_patients(said) == [], said


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("term", GLOSSARY)
def test_a_term_is_said_as_the_glossary_has_it(code, term):
    for text, said in texts(code).items():
        if stands_in(term, text):
            assert any(stands_in(word, said) for word in GLOSSARY[term][code]), f"{term}:\n{text}\n{said}"


@pytest.mark.parametrize("code", OTHERS)
def test_names_of_drugs_and_brands_stay_as_on_the_label(code, library):
    names = [*library.drugs, *(brand for drug in library.drugs.values() for brand in drug.brands)]
    for text, said in texts(code).items():
        for name in names:
            if stands_in(name, text):
                assert stands_in(name, said), f"{name}:\n{text}\n{said}"


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalog_nobody_read_says_so(code):
    catalog = read_catalog(catalog_path(code))
    assert "Not yet reviewed by a person outside the project" in catalog.header_comment


def test_bringing_a_catalog_in_step_keeps_texts_and_opens_new_ones(tmp_path, library):
    path = tmp_path / "es" / "LC_MESSAGES" / "handout.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(catalog_path("es").read_bytes())
    place = next(iter(needed(library).values()))
    path.write_bytes(in_step(path, {"Take it with food.": place, "A sentence nobody said before.": place}))
    found = {message.id: message.string for message in read_catalog(path) if message.id}
    assert found == {"A sentence nobody said before.": "", "Take it with food.": "Tómela con comida."}


def test_fixed_sentences_of_a_page_are_found(tmp_path, monkeypatch):
    (tmp_path / "handout").mkdir()
    (tmp_path / "handout" / "page.html").write_text('<h1>{{ say("Your pain plan") }}</h1>\n{{ other("x") }}')
    monkeypatch.setattr("planner.documents.languages.templates_folder", lambda: tmp_path)
    assert {text: str(place) for text, place in page_sentences().items()} == {"Your pain plan": "handout/page.html:1:1"}


def test_english_says_the_sentence_itself_with_its_values():
    values = {"acetaminophen_planned_mg": 3000}
    text = "Your plan gives you up to {acetaminophen_planned_mg} mg of acetaminophen in 24 hours."
    assert Language("en").say(text, values) == "Your plan gives you up to 3,000 mg of acetaminophen in 24 hours."
    assert Language("es").say(text, values) == "Su plan le da hasta 3,000 mg de acetaminophen en 24 horas."


@pytest.mark.parametrize("code", ["en", "es"])
@pytest.mark.parametrize(("value", "written"), [(1000, "1,000"), (2.5, "2.5"), (0.5, "0.5"), (6, "6"), (12.0, "12")])
def test_numbers_look_as_on_the_label(code, value, written):
    assert Language(code).number(value) == written


@pytest.mark.parametrize(
    ("code", "form", "written"),
    [
        ("en", "long", "December 17, 2026"),
        ("en", "day", "December 17"),
        ("en", "weekday", "Thu 17"),
        ("es", "long", "17 de diciembre de 2026"),
        ("es", "day", "17 de diciembre"),
        ("es", "weekday", "jue 17"),
    ],
)
def test_dates(code, form, written):
    assert Language(code).date("2026-12-17", form) == written


def test_times_and_days_of_the_week():
    assert Language("en").time("2026-12-15T18:05").split() == ["6:05", "PM"]
    assert Language("es").time("2026-12-15T18:05").split() == ["6:05", "p.m."]


def test_dates_among_the_values_are_written_in_the_way_of_the_language():
    assert Language("en").say("until {block_end}", {"block_end": "2026-12-16T04:00"}).split() == [
        *"until Wed 16, 4:00 AM".split()
    ]
    assert Language("en").say("until {block_end}", {"block_end": "2026-12-16"}) == "until December 16"


def test_a_sentence_without_a_text_is_never_printed_in_english():
    with pytest.raises(MissingTranslation, match="Nobody said this"):
        Language("es").say("Nobody said this.")


def test_a_value_that_is_missing_is_a_fault():
    with pytest.raises(KeyError):
        Language("en").say("Take {opioid} only if you need it.")


def test_a_language_without_words_is_refused_with_those_there_are():
    with pytest.raises(InputError, match="no words for the patient in this language"):
        Language("fr")


@pytest.mark.parametrize("wanted", ["es", "Spanish", "espa\u00f1ol", " SPANISH "])
def test_a_language_is_known_by_code_and_name(wanted):
    assert spoken(wanted) == Spoken("es")


@pytest.mark.parametrize(("wanted", "offered"), [("Vietnamese", ()), ("es", ("en",)), ("Spanish", ("fr",))])
def test_another_language_is_english_with_an_interpreter(wanted, offered):
    found = spoken(wanted, offered)
    assert found.code == "en"
    assert wanted in found.notice
    assert "interpreter" in found.notice


def test_english_is_always_offered():
    assert spoken(None, ("es",)) == spoken("en", ("es",)) == spoken("English", ("es",)) == Spoken("en")
