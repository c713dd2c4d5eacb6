"""The library of a folder checked against its latest release, and a release recorded."""

from dataclasses import dataclass, field
from pathlib import Path

from planner.api.writing import write_whole
from planner.library.checks import read_and_check
from planner.library.editions.edition import FILE
from planner.library.editions.record import Release, record_of, record_path, record_text
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


def record_release(folder: Path) -> tuple[Path, Release | None]:
    """Records the edition that stands in `folder` as given out: its file, and what was written.

    Nothing is written, and None given, where this edition is recorded already. Raises InputError with every
    problem of the library, and where it does not name its edition.
    """
    checked = check_protocols(folder)
    problems, edition = checked.problems, checked.standing.edition
    if not problems and edition is None:
        mend = 'add it with version: and date:, as version: "2026.1" and date: "2026-12-01"'
        problems = [Problem(Place(FILE), "This file is missing, so the edition has no version.", mend=mend)]
    if problems:
        raise InputError(problems)
    path, before = record_path(folder, edition.version), checked.standing.release
    if before is not None and before.edition == edition.version:
        return path, None
    release = record_of(checked.library, edition)
    write_whole([(path, record_text(release).encode())])
    return path, release
