"""Tall-man letters on whole words only."""

import pytest

from planner.documents.tall_man import tall_man

NAMES = {"oxycodone": "oxyCODONE", "epinephrine": "EPINEPHrine", "prednisone": "predniSONE"}


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("oxycodone 5 mg", "oxyCODONE 5 mg"),
        ("Oxycodone, OXYCODONE", "oxyCODONE, oxyCODONE"),
        ("norepinephrine", "norepinephrine"),
        ("epinephrine-containing", "EPINEPHrine-containing"),
        ("methylprednisone", "methylprednisone"),
        ("acetaminophen", "acetaminophen"),
    ],
)
def test_whole_words(text, spelled):
    assert tall_man(NAMES)(text) == spelled


def test_no_names_change_nothing():
    assert tall_man({})("oxycodone") == "oxycodone"
