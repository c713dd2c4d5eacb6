"""planner protocols: the library, listed, shown and checked."""

import json
from pathlib import Path

import click

from planner.cli.exits import BAD_INPUT, BAD_LIBRARY, READY, show
from planner.cli.shared import library_option, open_checked, site_option
from planner.reading.problems import Place


@click.group()
def protocols() -> None:
    """List, show and check the protocol library."""


@protocols.command("list")
@library_option
@site_option
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
def list_(library: Path | None, site: Path | None, as_json: bool) -> int:
    """List every operation with its other names, version, digest and approval."""
    from planner import api
    from planner.library.site import approval_of
    from planner.library.site.digest import SHOWN, digest_of

    opened = open_checked(library, site)
    hospital = api.open_site(site, opened)
    rows = [
        {
            "id": name,
            "title": entry.title,
            "also_known_as": entry.also_known_as,
            "cpt": entry.cpt,
            "version": entry.version,
            "digest": digest_of(name, opened)[:SHOWN],
            "approval": approval_of(name, opened, hospital),
        }
        for name, entry in sorted(opened.protocols.items())
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return READY
    width = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        others = ", ".join([*row["also_known_as"], *(f"CPT {code}" for code in row["cpt"])])
        click.echo(f"{row['id']:<{width}}  {row['title']}, version {row['version']}, {row['approval']}")
        click.echo(f"{'':<{width}}  also: {others}")
    return READY


@protocols.command("show")
@click.argument("name", metavar="ID")
@library_option
@site_option
def show_(name: str, library: Path | None, site: Path | None) -> int:
    """Show one operation's protocol, with what it inherits. ID may be another name or a CPT code."""
    from planner import api
    from planner.library.describe import describe
    from planner.library.matching import find_protocol

    opened = open_checked(library, site)
    protocol_id = find_protocol(name, opened.protocols, Place("ID"))
    click.echo(describe(protocol_id, opened, api.open_site(site, opened)))
    return READY


@protocols.command("check")
@click.argument("path", required=False, type=click.Path(path_type=Path, file_okay=False))
def check(path: Path | None) -> int:
    """Check the whole library below PATH and report every problem at once."""
    from planner.library.checks import check_library
    from planner.reading.resources import protocols_folder

    if path is not None and not path.is_dir():
        click.echo(f"{path}: there is no such folder.", err=True)
        return BAD_INPUT
    folder = path or protocols_folder()
    problems = check_library(folder)
    if problems:
        show(problems)
        return BAD_LIBRARY
    opened = open_checked(folder)
    click.echo(
        f"No problems: {len(opened.protocols)} operations, {len(opened.pathways)} pathways, "
        f"{len(opened.drugs)} drugs, {len(opened.blocks)} blocks, {len(opened.sources)} sources."
    )
    return READY
