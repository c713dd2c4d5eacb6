"""The library of a folder checked against its latest release, and the record of a new one."""

from dataclasses import dataclass, field
from pathlib import Path

from planner.library.checks import read_and_check
from planner.library.editions.edition import FILE
from planner.library.editions.record import Release, record_of, record_path
from planner.library.editions.standing import Standing, standing
from planner.library.library import Library
from planner.reading.problems import InputError, Place, Problem


@dataclass(frozen=True)
class CheckedLibrary:
    """A library with every problem of form, meaning and version; `library` is None where too little can be read."""

    library: Library | None
    standing: Standing
    problems: list[Problem] = field(default_factory=list)


def check_protocols(folder: Path) -> CheckedLibrary:
    """The library in `folder`, looked at as a whole and against the latest release recorded there."""
    library, problems = read_and_check(folder)
    found = standing(folder, library) if library is not None else Standing()
    return CheckedLibrary(library, found, sorted({*problems, *found.problems}))


def release_of(folder: Path) -> tuple[Path, Release | None]:
    """The record of the edition that stands in `folder`, and the file it belongs into.

    None where this edition is recorded already. Raises InputError with every problem of the library, and where it
    does not name its edition.
    """
    checked = check_protocols(folder)
    problems, edition = checked.problems, checked.standing.edition
    if not problems and edition is None:
        mend = 'add it with version: and date:, as version: "2026.1" and date: "2026-12-01"'
        problems = [Problem(Place(FILE), "This file is missing, so the edition has no version.", mend=mend)]
    if problems:
        raise InputError(problems)
    path, before = record_path(folder, edition.version), checked.standing.release
    is_recorded = before is not None and before.edition == edition.version
    return path, None if is_recorded else record_of(checked.library, edition)
