"""Options several commands share."""

from pathlib import Path

import click

from planner.cli.exits import LibraryError
from planner.reading.problems import InputError

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

site_option = click.option(
    "--site",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The hospital's own file: which protocols it approved, and its guideline edition on antithrombotics.",
)


def open_checked(folder: Path | None):
    """The library, or a LibraryError with every problem of its form."""
    from planner import api

    try:
        return api.open_library(folder)
    except InputError as error:
        raise LibraryError(error.problems) from None
