"""Checks of meaning over a whole library: every problem at once, each with its place and mend."""

from pathlib import Path

from planner.library.checks.drugs import check_drugs
from planner.library.checks.names import check_names
from planner.library.checks.protocols import check_protocols
from planner.library.loading import read_library
from planner.reading.problems import Problem


def check_library(folder: Path) -> list[Problem]:
    """Every problem of form and meaning in the library below `folder`, in file order.

    Problems of meaning are looked for only among the files whose form is sound.
    """
    library, problems = read_library(folder)
    if library is None:
        return sorted(problems)
    for check in (check_names, check_drugs, check_protocols):
        problems += check(library)
    return sorted(set(problems))
