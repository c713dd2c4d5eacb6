"""planner site: a hospital's own file, checked."""

from pathlib import Path

import click

from planner.cli.exits import BAD_INPUT, BAD_LIBRARY, READY, show
from planner.cli.shared import SITE_VARIABLE, library_option


@click.group()
def site() -> None:
    """Check a hospital's own file."""


@site.command("check")
@click.argument("path", metavar="[FILE]", required=False, envvar=SITE_VARIABLE, type=click.Path(path_type=Path))
@library_option
def check(path: Path | None, library: Path | None) -> int:
    """Report every problem of a site file at once, or say what holds in it.

    Without FILE it is the one that the environment variable PLANNER_SITE names.
    """
    from planner import api

    if path is None:
        raise click.UsageError(f"Name a site file, or set the environment variable {SITE_VARIABLE}.")
    wrong_in_site, wrong_in_library = api.check_site(path, library)
    if wrong_in_site or wrong_in_library:
        show([*wrong_in_site, *wrong_in_library])
        return BAD_INPUT if wrong_in_site else BAD_LIBRARY
    opened = api.open_library(library, api.own_protocols_of(path))
    click.echo("\n".join(api.describe_site(path, opened)))
    return READY
