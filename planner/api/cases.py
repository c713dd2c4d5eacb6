"""Cases and medicines from files and options."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from planner.case.fields import Case
from planner.case.reading import case_from_options, read_case
from planner.clinical.opioids.equivalents import count_medicines
from planner.library.library import Library
from planner.plan.opioids import MorphineCount
from planner.reading.files import read_text
from planner.reading.problems import InputError, Place, Problem, nearest

LARGEST_CASE_BYTES = 1_000_000


def read_case_file(path: str, library: Library, now: datetime) -> Case:
    """The case in a YAML or JSON file; `-` is standard input. Raises InputError."""
    source = "standard input" if path == "-" else path
    return read_case(read_text(path, LARGEST_CASE_BYTES), source, library.case_words, now.date())


def read_lines(path: str) -> list[str]:
    """The lines of a text file, blank ones and those that begin with # left out; `-` is standard input.

    Raises InputError, also where no line is left.
    """
    lines = [line.strip() for line in read_text(path, LARGEST_CASE_BYTES).splitlines()]
    kept = [line for line in lines if line and not line.startswith("#")]
    if not kept:
        raise InputError([Problem(Place(path), "The list is empty.", mend="write one medicine a line")])
    return kept


def count_morphine(texts: Iterable[str], library: Library, edition: str | None = None) -> MorphineCount:
    """Medicines as charts write them in MME a day, by `edition` or the one in use. Raises InputError."""
    tables = library.opioids.morphine.tables
    if edition is not None and edition not in tables:
        mend = nearest(edition, tables) or f"write one of {', '.join(tables)}"
        raise InputError([Problem(Place("--edition"), "There is no such edition.", edition, mend)])
    return count_medicines(texts, library, edition or library.opioids.morphine.equivalents.use)


def read_case_options(options: Mapping[str, Any], library: Library, now: datetime) -> Case:
    """The case given by command-line options. Raises InputError."""
    return case_from_options(options, library.case_words, "options", now.date())
