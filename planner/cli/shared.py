"""Options several commands share."""

from pathlib import Path

import click
from click.core import ParameterSource

from planner.cli.exits import LibraryError
from planner.reading.problems import InputError, Place, Problem

SITE_VARIABLE = "PLANNER_SITE"
now_option = click.option(
    "--now",
    metavar="DATETIME",
    help="Time of the plan, as 2026-12-01T18:00. Default: SOURCE_DATE_EPOCH, else the computer's clock.",
)
library_option = click.option(
    "--library",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Protocol library. Default: the one that ships with the program.",
)


def _standing_there(context: click.Context, option: click.Parameter, path: Path | None) -> Path | None:
    """The site file, or a message that says where its name came from."""
    if path is None or path.is_file():
        return path
    if context.get_parameter_source(option.name) is ParameterSource.ENVIRONMENT:
        place, mend = f"{SITE_VARIABLE}={path}", f"correct or unset the environment variable {SITE_VARIABLE}"
    else:
        place, mend = f"--site {path}", "check the name"
    raise InputError([Problem(Place(place), "There is no such site file.", mend=mend)])


site_option = click.option(
    "--site",
    type=click.Path(path_type=Path),
    metavar="FILE",
    envvar=SITE_VARIABLE,
    callback=_standing_there,
    help=f"The hospital's own file: approvals, formulary, pages and more. Default: {SITE_VARIABLE}.",
)

paper_option = click.option(
    "--paper", type=click.Choice(["letter", "a4"]), help="Default: as the site file says, else letter."
)


def form_option(forms: tuple[str, ...]):
    """The option for the kind of document."""
    return click.option(
        "-f", "--format", "form", type=click.Choice(forms), help="Default: from the name of -o, else pdf."
    )


def form_of(output: str | None, forms: tuple[str, ...]) -> str:
    """The kind of document that the ending of a file name says, else pdf."""
    suffix = Path(output).suffix[1:].lower() if output else ""
    return suffix if suffix in forms else "pdf"


def existing_folder(path: Path, argument: str, other: str = "") -> Path:
    """The folder that `argument` names. Raises InputError where there is none; `other` is what else it may name."""
    if not path.is_dir():
        message = "This is a file, not a folder." if path.exists() else "There is no such folder."
        mend = f"name a folder that holds a protocol library{other}"
        raise InputError([Problem(Place(f"{argument} {path}"), message, mend=mend)])
    return path


def open_checked(folder: Path | None, site: Path | None = None):
    """The library with the own protocols of a site file, or a LibraryError with every problem.

    Raises InputError where the site file itself cannot be used.
    """
    from planner import api

    own = api.own_protocols_of(site)
    try:
        return api.open_library(folder, own)
    except InputError as error:
        raise LibraryError(error.problems) from None
