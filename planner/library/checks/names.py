"""Every name used must stand somewhere: sources, factors, terms, classes, drugs, words."""

from collections.abc import Iterator
from typing import Any, get_args

from planner.case.fields import Case
from planner.library.antithrombotic import Check, DoseClass, StandsIn, Timing, WaitBands
from planner.library.block import Choice
from planner.library.checks.walk import files, parts, problem
from planner.library.conditions import Ask, Number, Word, leaves
from planner.library.discharge import Instruction, Trigger
from planner.library.drug import HomeRule
from planner.library.entry import Bands, Rule, split_citation
from planner.library.library import Library
from planner.library.patient import Advice, Told, ToPatient
from planner.library.protocol import Count, Item
from planner.reading.located import Located, Path
from planner.reading.problems import Problem, nearest

_KINDS = (
    "vocabulary",
    "drugs",
    "classes",
    "blocks",
    "depth",
    "aftercare",
    "cards",
    "coverage",
    "antithrombotics",
    "editions",
    "opioids/mme",
    "equivalents",
    "tolerance",
    "home",
    "handout",
    "baseline",
    "discharge",
    "naloxone",
    "pathway",
    "schedule",
    "protocol",
)
_CITED_KEYS = ("source", "evidence", "at_most_source", "epinephrine_source", "night_source", "oral_source")
_WITH_WHEN = (Item, Choice, DoseClass, StandsIn, Check, HomeRule, Advice, Told, ToPatient, Instruction, Trigger)
_WORD_FACTORS = (
    "sex",
    "child_pugh",
    "cyp2c9",
    "cyp2d6",
    "side",
    "approach",
    "setting",
    "anesthesia",
    "smoker",
    "opioid_tolerant",
    "home_route",
)


def check_names(library: Library) -> list[Problem]:
    """Unknown sources, factors, terms, classes and drugs; names that are claimed twice."""
    found: list[Problem] = []
    for _, located, entry in files(library, *_KINDS):
        for path, part in parts(entry):
            found += _check_sources(path, part, located, library)
            found += _check_conditions(path, part, located, library)
            found += _check_classes(path, part, located, library)
    return found + list(_collisions(library))


def _check_sources(path: Path, part: Any, located: Located, library: Library) -> Iterator[Problem]:
    if not (isinstance(part, list) and path and path[-1] in _CITED_KEYS):
        return
    for position, citation in enumerate(part):
        key, _ = split_citation(citation)
        if key not in library.sources:
            yield problem(
                located,
                (*path, position),
                f"The source {key} is not known.",
                nearest(key, library.sources) or "add it to a file in sources/",
                key,
            )


def _check_conditions(path: Path, part: Any, located: Located, library: Library) -> Iterator[Problem]:
    if isinstance(part, Rule | Count) or (isinstance(part, _WITH_WHEN) and part.when is not None):
        for leaf in leaves(part.when):
            if fault := _leaf_fault(leaf, library):
                yield problem(located, (*path, "when"), *fault)
    if isinstance(part, Timing) and part.doubt_when is not None:
        for leaf in leaves(part.doubt_when):
            if fault := _leaf_fault(leaf, library):
                yield problem(located, (*path, "doubt_when"), *fault)
    if isinstance(part, Bands | WaitBands) and part.by not in library.vocabulary.factors:
        yield problem(
            located,
            (*path, "by"),
            f"The factor {part.by} is not known.",
            nearest(part.by, library.vocabulary.factors) or "use a factor of vocabulary.yaml",
            part.by,
        )


def _leaf_fault(leaf: Number | Word | Ask, library: Library) -> tuple[str, str, str] | None:
    """(message, mend, value) for a leaf whose names are not known."""
    vocabulary = library.vocabulary
    if isinstance(leaf, Ask):
        of_question = {"has": vocabulary.conditions, "declines": vocabulary.declines, "known": vocabulary.factors}
        known = of_question.get(leaf.question, library.plannable_names)
        if leaf.name not in known:
            return (
                f"{leaf.question}({leaf.name}) names nothing that is known.",
                nearest(leaf.name, known) or "add the word to vocabulary.yaml",
                leaf.name,
            )
        return None
    if leaf.name not in vocabulary.factors:
        return (
            f"The factor {leaf.name} is not known.",
            nearest(leaf.name, vocabulary.factors) or "use a factor of vocabulary.yaml",
            leaf.name,
        )
    if isinstance(leaf, Word):
        allowed = _allowed_words(leaf.name)
        for word in leaf.words:
            if allowed and word not in allowed:
                return f"{leaf.name} is never {word}.", f"use one of {', '.join(allowed)}", word
    elif leaf.name in _WORD_FACTORS:
        return f"{leaf.name} is a word, not a number.", f"write {leaf.name} == word", leaf.name
    return None


def _allowed_words(field: str) -> tuple[str, ...]:
    if field in ("smoker", "opioid_tolerant"):
        return ("yes", "no")
    if field not in Case.model_fields:
        return ()
    arms = get_args(Case.model_fields[field].annotation)
    return tuple(word for arm in arms for word in get_args(arm) if isinstance(word, str))


def _check_classes(path: Path, part: Any, located: Located, library: Library) -> Iterator[Problem]:
    if not (isinstance(part, list) and path == ("classes",)):
        return
    for position, name in enumerate(part):
        if name not in library.vocabulary.classes:
            yield problem(
                located,
                (*path, position),
                f"The class {name} is not known.",
                nearest(name, library.vocabulary.classes) or "add it to vocabulary.yaml",
                name,
            )


def _collisions(library: Library) -> Iterator[Problem]:
    located = library.files["medicines", "medicines"][0]
    for entry_name, entry in library.medicines.items():
        for name in entry.classes:
            if name not in library.vocabulary.classes:
                yield problem(
                    located,
                    ("medicines", entry_name),
                    f"The class {name} is not known.",
                    nearest(name, library.vocabulary.classes) or "add it to vocabulary.yaml",
                    name,
                )
        if entry_name in library.drugs:
            yield problem(
                located,
                ("medicines", entry_name),
                f"{entry_name} has a drug file of its own.",
                "remove it here",
                entry_name,
            )
    for name, owners in library.lexicon.collisions(library.lexicon_entries).items():
        yield problem(
            located,
            ("medicines",),
            f"The name {name} stands for {' and '.join(sorted(owners))}.",
            "let one of them keep it",
            name,
        )
