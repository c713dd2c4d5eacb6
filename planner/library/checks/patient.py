"""Words to the patient: safe to print, and with no number that the fact beside them does not hold."""

import re
from collections.abc import Iterator

from planner.library.checks.walk import files, parts, problem
from planner.library.library import Library
from planner.library.patient import Advice
from planner.library.sentences import patient_words
from planner.reading.located import Located, Path
from planner.reading.notation import findings_for_patients
from planner.reading.problems import Problem, nearest

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def check_patient(library: Library) -> list[Problem]:
    """Problems of every sentence to the patient."""
    found: list[Problem] = []
    for located, path, text, fact in patient_words(library):
        found += _check_notation(located, path, text)
        if fact is not None:
            found += _check_numbers(located, path, text, fact)
    return found + list(_check_classes(library))


def _check_classes(library: Library) -> Iterator[Problem]:
    """Classes that a sentence is said for or not, which need rules of their own."""
    for _, located, entry in files(library, "handout", "pathway", "protocol"):
        for path, part in parts(entry):
            if not isinstance(part, Advice):
                continue
            for key in ("where_ruled_out", "unless_ruled_out"):
                name = getattr(part, key)
                if name is not None and name not in library.classes:
                    mend = nearest(name, library.classes) or "name a class that has a file in classes/"
                    yield problem(located, (*path, key), f"There is no class file for {name}.", mend, name)


def numbers_in(text: str) -> set[str]:
    """The numbers a sentence holds, as written: {"1,000", "2.5"}."""
    return set(_NUMBER.findall(text))


def _check_notation(located: Located, path: Path, text: str) -> Iterator[Problem]:
    for rule, words in findings_for_patients(text):
        yield problem(
            located, path, f"Not safe to print for a patient ({rule.name}): {rule.why}.", rule.mend, words.strip()
        )


def _check_numbers(located: Located, path: Path, text: str, fact: str) -> Iterator[Problem]:
    for number in sorted(numbers_in(text) - numbers_in(fact)):
        yield problem(
            located,
            path,
            f"The patient reads {number}, which the text beside it does not hold.",
            "let both say the same",
            text,
        )
