"""What a command opens first: the library, the hospital's own file, the clock."""

import os
from datetime import UTC, datetime
from pathlib import Path

from planner.library.checks import load_library
from planner.library.library import Library
from planner.library.site import Site, own_protocols, read_site
from planner.library.site.describe import described
from planner.library.site.reading import all_problems, read_form
from planner.reading.problems import InputError, Place, Problem, nearest
from planner.reading.resources import protocols_folder


def open_library(folder: Path | None = None, own: Path | None = None) -> Library:
    """The protocol library in `folder`, or the one that ships with the program; the files of `own` over it.

    Raises InputError.
    """
    return load_library(folder or protocols_folder(), own)


def own_protocols_of(site: Path | None) -> Path | None:
    """The folder of own protocols that the site file at `site` names, to open the library with. Raises InputError."""
    return own_protocols(site)


def open_site(path: Path | None, library: Library) -> Site | None:
    """The hospital's own file, or None without one. Raises InputError."""
    if path is None:
        return None
    site = read_site(path, library)
    if problems := _languages_without_words(path, site):
        raise InputError(problems)
    return site


def _languages_without_words(path: Path, site: Site) -> list[Problem]:
    """Languages of a site file that no handout is written in."""
    from planner.documents.languages import available

    known = available()
    named = [("languages", code) for code in site.languages]
    named += [("reviewed_languages", code) for code in site.reviewed_languages]
    message = "There are no words for the patient in this language."
    return [
        Problem(Place(str(path), path=key), message, code, nearest(code, known) or f"use one of {', '.join(known)}")
        for key, code in named
        if code not in known
    ]


def check_site(path: Path, folder: Path | None = None) -> tuple[list[Problem], list[Problem]]:
    """Every problem of a site file, and every problem of the library with its own protocols.

    Raises InputError where the site file cannot be read at all.
    """
    form = read_form(path)
    own = Path(form.site.protocols) if form.site.protocols and Path(form.site.protocols).is_dir() else None
    try:
        library = open_library(folder, own)
    except InputError as error:
        return form.problems, list(error.problems)
    return [*all_problems(path, library), *_languages_without_words(path, form.site)], []


def describe_site(path: Path, library: Library) -> list[str]:
    """What holds in a sound site file, line by line."""
    return list(described(read_site(path, library), library))


def clock(now: str | None = None) -> datetime:
    """The time of the plan: `now` as ISO text, else SOURCE_DATE_EPOCH (UTC), else the computer's time."""
    if now:
        try:
            return datetime.fromisoformat(now).replace(tzinfo=None)
        except ValueError:
            raise InputError(
                [Problem(Place("--now"), "This is not a date and time.", now, "write it as 2026-12-01T18:00")]
            ) from None
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        if not epoch.isdigit():
            raise InputError(
                [
                    Problem(
                        Place("SOURCE_DATE_EPOCH"),
                        "This is not a number of seconds.",
                        epoch,
                        "set whole seconds since 1970, or use --now",
                    )
                ]
            )
        return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
    return datetime.now().replace(second=0, microsecond=0)
