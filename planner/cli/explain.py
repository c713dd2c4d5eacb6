"""planner explain: why something is in, changed in or left out of a plan."""

from pathlib import Path

import click

from planner.cli.exits import READY
from planner.cli.shared import library_option, now_option, open_checked, site_option


@click.command()
@click.argument("case")
@click.argument("item")
@now_option
@site_option
@library_option
def explain(case: str, item: str, now: str | None, site: Path | None, library: Path | None) -> int:
    """Say why ITEM (a drug, block or line id) is in, changed in or left out of the plan for CASE."""
    from planner import api
    from planner.clinical.explain import explain as explained

    moment = api.clock(now)
    opened = open_checked(library, site)
    read = api.read_case_file(case, opened, moment)
    made = api.make_plans([(case, read)], opened, moment, api.open_site(site, opened))[0]
    click.echo(explained(made, read, item, opened, moment))
    return READY
