"""Every sentence of a library that a patient may read, with the place it stands at."""

from collections.abc import Iterator
from typing import Any

from planner.library.checks.walk import files, parts
from planner.library.library import Library
from planner.library.patient import Advice, DrugWords, Told, ToPatient
from planner.library.protocol import MilestoneEntry, Protocol
from planner.reading.located import Located, Path
from planner.reading.problems import Place

_KINDS = ("handout", "pathway", "protocol", "drugs", "blocks", "aftercare", "coverage")


def library_sentences(library: Library) -> dict[str, Place]:
    """Each sentence to the patient, once, and the first place it stands at. Translations are keyed by the sentence."""
    found: dict[str, Place] = {}
    for located, path, text, _ in patient_words(library):
        found.setdefault(text, located.place(path))
    return found


def patient_words(library: Library) -> Iterator[tuple[Located, Path, str, str | None]]:
    """(file, path, sentence, the same fact in the clinicians' words or None) of each."""
    for _, located, entry in files(library, *_KINDS):
        for path, part in parts(entry):
            for key, text, fact in _said(part):
                yield located, (*path, *key), text, fact


def _said(part: Any) -> Iterator[tuple[Path, str, str | None]]:
    match part:
        case Advice() | ToPatient():
            yield ("text",), part.text, None
        case Told() | MilestoneEntry() if part.patient:
            yield ("patient",), part.patient, part.text
        case DrugWords():
            yield ("purpose",), part.purpose, None
            yield from ((("notes", at), note, None) for at, note in enumerate(part.notes))
        case Protocol() if part.in_plain_words:
            yield ("in_plain_words",), part.in_plain_words, None
