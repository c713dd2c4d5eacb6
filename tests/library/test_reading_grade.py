"""What a patient reads is easy to read: English at grade 6 or below, Spanish at least normal."""

import re

import pytest

from planner.documents.languages import Language, page_sentences
from planner.library.patient import PLACEHOLDERS, placeholders
from tests.library.reading_ease import grade, inflesz, sentences, smog, spanish_syllables, syllables, whole, worst
from tests.shipped import shipped_library

LIBRARY = shipped_library()
# Long names cannot be made easier; a reader takes each as one known shape.
NAMES = {*LIBRARY.drugs, *(brand for drug in LIBRARY.drugs.values() for brand in drug.brands), "aspirin", "DayQuil"}
NAMES |= {"NyQuil", "Tylenol PM", "Percocet", "Norco"}
A_NAME = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(NAMES, key=len, reverse=True)), re.IGNORECASE)
VALUES = dict.fromkeys(PLACEHOLDERS, "3,000")


def by_topic(protocol):
    """Everything a handout may say after one operation, topic by topic."""
    found = {}
    for advice in {entry.id: entry for entry in [*LIBRARY.handout.advice, *protocol.at_home]}.values():
        found.setdefault(advice.topic, []).append(advice.text)
    signs = protocol.warning_signs
    for topic, told in (
        ("expect", protocol.course),
        ("milestones", protocol.milestones),
        ("call", signs.call),
        ("emergency", signs.emergency),
    ):
        found[topic] = [entry.patient for entry in told if entry.patient]
    return found


def about_blocks():
    """What is said of blocks, by part of the body."""
    regional = LIBRARY.regional
    found = {f"numb {region}": [entry.text for entry in told] for region, told in regional.aftercare.patient.items()}
    found["every block"] = [entry.text for entry in regional.aftercare.every_patient]
    found["before the block ends"] = [entry.patient for entry in regional.coverage.advice if entry.patient]
    for block in LIBRARY.blocks.values():
        found.setdefault(f"told of a block of the {block.region}", []).extend(one.text for one in block.tell_patient)
    return found


TOPICS = [
    pytest.param(texts, id=f"{name}, {topic}")
    for name, protocol in sorted(LIBRARY.complete.items())
    for topic, texts in by_topic(protocol).items()
] + [pytest.param(texts, id=name) for name, texts in about_blocks().items() if texts]
OPERATIONS = [
    pytest.param([text for texts in by_topic(protocol).values() for text in texts], id=name)
    for name, protocol in sorted(LIBRARY.complete.items())
]


def filled(texts):
    return [re.sub(r"\{(\w+)\}", lambda named: VALUES[named[1]], text) for text in texts]


def without_names(texts):
    return [A_NAME.sub("drug", text) for text in filled(texts)]


@pytest.mark.parametrize("texts", TOPICS)
def test_every_topic_is_at_grade_6_or_below(texts):
    reached = grade(whole(without_names(texts)))
    assert reached <= 6, f"grade {reached:.1f}; the hardest:\n{worst(without_names(texts), grade)}"


@pytest.mark.parametrize("texts", OPERATIONS)
def test_a_whole_handout_is_easy_by_two_formulas(texts, record_property):
    named, plain = whole(filled(texts)), whole(without_names(texts))
    record_property("grade with names as they are", round(grade(named), 1))
    assert grade(plain) <= 6, f"grade {grade(plain):.1f} ({grade(named):.1f} with names)"
    assert len(plain) >= 30
    assert smog(plain) <= 8, f"SMOG {smog(plain):.1f}; the hardest:\n{worst(without_names(texts), smog)}"


@pytest.mark.parametrize("texts", OPERATIONS)
def test_spanish_is_at_least_normal(texts):
    spanish = Language("es")
    said = [A_NAME.sub("droga", spanish.say(text, VALUES)) for text in texts]
    assert inflesz(whole(said)) >= 55, worst(said, inflesz, hardest_first=False)


@pytest.mark.parametrize(
    ("word", "count"),
    [("pain", 1), ("surgeon", 2), ("emergency", 4), ("therapist", 3), ("3,000", 1), ("unsteadily", 4)],
)
def test_english_syllables(word, count):
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [("dolor", 2), ("cirugía", 4), ("después", 2), ("quien", 1), ("guía", 2), ("oído", 3), ("hay", 1), ("rodilla", 3)],
)
def test_spanish_syllables(word, count):
    assert spanish_syllables(word) == count


def test_hard_words_and_long_sentences_raise_the_grade():
    easy = whole(["Take it with food. Call us if you vomit."])
    hard = whole(["Administration of acetaminophen necessitates consideration of hepatic insufficiency beforehand."])
    assert grade(easy) < 3 < 12 < grade(hard)
    assert smog(easy) < smog(hard)
    assert sentences("Keep it dry. Do not soak: it may open") == [
        ["Keep", "it", "dry"],
        ["Do", "not", "soak"],
        ["it", "may", "open"],
    ]


def test_the_fixed_sentences_of_the_page_are_at_grade_6_or_below():
    """What the page itself says; headings and the words of a table have no full stop, and are left out."""
    texts = [text for text in page_sentences() if text.endswith(".")]
    assert len(texts) > 15
    values = dict.fromkeys((name for text in texts for name in placeholders(text)), 5)
    said = [Language("en").say(text, values) for text in texts]
    assert grade(whole(said)) <= 6, worst(said, grade)
    assert inflesz(whole([Language("es").say(text, values) for text in texts])) >= 55
