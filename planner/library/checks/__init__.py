"""Checks of meaning over a whole library: every problem at once, each with its place and mend."""

from pathlib import Path

from planner.library.checks.antithrombotics import check_antithrombotics
from planner.library.checks.blocks import check_blocks
from planner.library.checks.drugs import check_drugs
from planner.library.checks.morphine import check_morphine
from planner.library.checks.names import check_names
from planner.library.checks.patient import check_patient
from planner.library.checks.protocols import check_protocols
from planner.library.checks.schedule import check_schedule
from planner.library.library import Library
from planner.library.loading import read_library
from planner.reading.problems import InputError, Problem

CHECKS = (
    check_names,
    check_drugs,
    check_blocks,
    check_antithrombotics,
    check_morphine,
    check_protocols,
    check_patient,
    check_schedule,
)


def check_library(folder: Path, overlay: Path | None = None) -> list[Problem]:
    """Every problem of form and meaning in the library below `folder`, in file order.

    Files of `overlay` are added to it, or stand in for its files of the same place.
    Problems of meaning are looked for only among the files whose form is sound.
    """
    return read_and_check(folder, overlay)[1]


def load_library(folder: Path, overlay: Path | None = None) -> Library:
    """The library below `folder`, with the files of `overlay` over it.

    Raises InputError with every problem, so that no plan rests on a faulty one.
    """
    library, problems = read_and_check(folder, overlay)
    if problems or library is None:
        raise InputError(problems)
    return library


def read_and_check(folder: Path, overlay: Path | None = None) -> tuple[Library | None, list[Problem]]:
    """The library, as far as it could be read, and every problem of form and meaning in file order."""
    library, problems = read_library(folder, overlay)
    if library is not None:
        for check in CHECKS:
            problems += check(library)
    return library, sorted(set(problems))
