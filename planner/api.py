"""The program as a library: everything a command does is one call here."""

import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from planner.case.fields import Case
from planner.case.reading import case_from_options, read_case
from planner.clinical.compose import compose
from planner.library.checks import load_library
from planner.library.library import Library
from planner.library.site import Site, own_protocols, read_site
from planner.library.site.describe import described
from planner.library.site.logo import read_logo
from planner.library.site.reading import all_problems, read_form
from planner.plan.models import Plan
from planner.reading.problems import InputError, Place, Problem
from planner.reading.resources import protocols_folder

LARGEST_CASE_BYTES = 1_000_000


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
    return read_site(path, library) if path else None


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
    return list(all_problems(path, library)), []


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


def read_case_file(path: str, library: Library, now: datetime) -> Case:
    """The case in a YAML or JSON file; `-` is standard input. Raises InputError."""
    if path == "-":
        return read_case(sys.stdin.read(LARGEST_CASE_BYTES), "standard input", library.case_words, now.date())
    try:
        if os.path.getsize(path) > LARGEST_CASE_BYTES:
            raise InputError(
                [Problem(Place(path), f"A case has at most {LARGEST_CASE_BYTES:,} bytes.", mend="keep one case a file")]
            )
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(
            [
                Problem(
                    Place(path),
                    f"This file cannot be read: {error.strerror}.",
                    mend="check the name and the permissions",
                )
            ]
        ) from None
    except UnicodeDecodeError:
        raise InputError([Problem(Place(path), "This file is not UTF-8 text.", mend="save it as UTF-8")]) from None
    return read_case(text, path, library.case_words, now.date())


def read_case_options(options: Mapping[str, Any], library: Library, now: datetime) -> Case:
    """The case given by command-line options. Raises InputError."""
    return case_from_options(options, library.case_words, "options", now.date())


def make_plans(
    cases: Sequence[tuple[str, Case]], library: Library, now: datetime, site: Site | None = None
) -> list[Plan]:
    """A plan for each (source, case). Raises InputError with the problems of all cases."""
    plans, problems = [], []
    for source, case in cases:
        try:
            plans.append(compose(case, library, now, source, site))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return plans


def render_plan(plan: Plan, form: str, library: Library, paper: str | None = None, site: Site | None = None) -> bytes:
    """A plan as pdf, html, md or json, with the logo, templates and paper of `site` where it has them.

    `paper` goes before the paper of the site. Raises InputError where the logo can no longer be read.
    """
    from planner.documents.render import render

    return render(
        plan,
        form,
        paper=paper or (site.paper if site else None) or "letter",
        tall_man=library.vocabulary.tall_man.names,
        replaced=Path(site.templates) if site and site.templates else None,
        logo=_logo(site),
    )


def _logo(site: Site | None) -> tuple[str, bytes] | None:
    """Media type and bytes of the hospital's logo."""
    if site is None or site.logo is None:
        return None
    try:
        logo = read_logo(Path(site.logo))
    except (OSError, ValueError) as error:
        mend = "planner site check names what is wrong with it"
        raise InputError([Problem(Place(site.logo), f"This logo cannot be read: {error}.", mend=mend)]) from None
    return logo.media_type, logo.content


def write_whole(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write files so that each appears whole or not at all. Raises InputError when a place is not writable."""
    for path, content in files:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".planner-")
            with os.fdopen(handle, "wb") as out:
                out.write(content)
            os.replace(temporary, path)
        except OSError as error:
            raise InputError(
                [
                    Problem(
                        Place(str(path)),
                        f"This cannot be written: {error.strerror}.",
                        mend="choose another place with -o",
                    )
                ]
            ) from None
