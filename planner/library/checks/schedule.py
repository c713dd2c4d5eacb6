"""The words of operating lists: facts, protocols and terms that exist, and no word with two meanings."""

from collections.abc import Iterable, Iterator
from typing import get_args

from planner.case.fields import Case
from planner.case.listed import MEASURES, TARGETS
from planner.library.checks.walk import files, problem
from planner.library.library import Library
from planner.library.matching import fold
from planner.library.schedule import ScheduleWords
from planner.reading.located import Located, Path
from planner.reading.problems import Problem, nearest


def check_schedule(library: Library) -> list[Problem]:
    """Problems of the file with the words of operating lists."""
    found: list[Problem] = []
    for _, located, words in files(library, "schedule"):
        found += _names(words, located, library)
        found += _units(words, located)
        found += _twice(("columns",), words.columns, located)
        for fact, choices in words.choices.items():
            found += _twice(("choices", fact, "means"), choices.means, located)
    return found


def _names(words: ScheduleWords, located: Located, library: Library) -> Iterator[Problem]:
    operation = words.operation
    asked: list[tuple[Path, Iterable[str], Iterable[str]]] = [
        (("columns",), words.columns, TARGETS),
        (("units",), words.units, MEASURES),
        (("choices",), words.choices, TARGETS),
        (("known_none",), words.known_none, TARGETS),
        (("operation", "noise_for"), operation.noise_for, library.protocols),
        (("operation", "approaches"), operation.approaches, library.protocols),
    ]
    asked += [
        (("choices", fact, "means"), choices.means, _values(fact, library)) for fact, choices in words.choices.items()
    ]
    for path, names, known in asked:
        for name in names:
            if known and name not in known:
                mend = nearest(name, known) or f"use one of {', '.join(known)}"
                yield problem(located, (*path, name), f"{name} is not known here.", mend, name)


def _values(fact: str, library: Library) -> tuple[str, ...]:
    """The values a fact may have; () where any may stand."""
    if fact == "conditions":
        return tuple(library.vocabulary.conditions)
    field = Case.model_fields.get(fact)
    choices = [value for arm in get_args(field.annotation) for value in get_args(arm)] if field else []
    return tuple(value for value in choices if isinstance(value, str))


def _units(words: ScheduleWords, located: Located) -> Iterator[Problem]:
    for fact in MEASURES:
        own = [name for name, unit in words.units.get(fact, {}).items() if unit.times == 1]
        if len(own) != 1:
            message = f"{fact} needs one unit that is its own, and has {len(own)}."
            yield problem(located, ("units", fact), message, "leave times out in the unit of the case, and only there")


def _twice(path: Path, meanings: dict[str, list[str]], located: Located) -> Iterator[Problem]:
    """A word under two meanings would be read as one of them by chance."""
    seen: dict[str, str] = {}
    for meaning, phrases in meanings.items():
        for position, phrase in enumerate(phrases):
            first = seen.setdefault(fold(phrase), meaning)
            if first != meaning:
                message = f"{phrase} stands under {first} and under {meaning}."
                yield problem(located, (*path, meaning, position), message, "keep one of them", phrase)
