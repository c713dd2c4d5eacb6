"""planner protocols: the library, listed, shown, checked, compared and given out."""

import json
from pathlib import Path

import click

from planner.cli.exits import BAD_LIBRARY, DIFFERENT, READY, LibraryError, show
from planner.cli.shared import existing_folder, library_option, now_option, open_checked, site_option
from planner.reading.problems import InputError, Place

SHIPPED = "shipped"
"""Names the library that comes with the program, instead of a folder."""
FORMS = ("text", "json", "md")


@click.group()
def protocols() -> None:
    """List, show, check and compare the protocol library."""


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
@click.argument("path", required=False, type=click.Path(path_type=Path))
def check(path: Path | None) -> int:
    """Check the whole library below PATH and report every problem at once.

    A file that changed since the latest edition of releases/ needs a later version: a protocol or
    pathway its own, every file that of edition.yaml.
    """
    from planner import api
    from planner.reading.resources import protocols_folder

    checked = api.check_protocols(protocols_folder() if path is None else existing_folder(path, "PATH"))
    if checked.problems:
        show(checked.problems)
        return BAD_LIBRARY
    opened = checked.library
    click.echo(
        f"No problems: {len(opened.protocols)} operations, {len(opened.pathways)} pathways, "
        f"{len(opened.drugs)} drugs, {len(opened.blocks)} blocks, {len(opened.sources)} sources. "
        f"{_edition_words(checked.standing)}"
    )
    return READY


@protocols.command("release")
@click.argument("path", type=click.Path(path_type=Path))
def release(path: Path) -> int:
    """Record the edition in PATH as given out, in PATH/releases.

    From then on a changed file needs a later version. Nothing is recorded of a library with problems,
    and nothing twice.
    """
    from planner import api
    from planner.library.editions.record import record_text

    folder = existing_folder(path, "PATH")
    try:
        record, recorded = api.release_of(folder)
    except InputError as error:
        raise LibraryError(error.problems) from None
    if recorded is None:
        click.echo(f"{record}: recorded already, and no file changed since; nothing was written.")
        return READY
    api.write_whole([(record, record_text(recorded).encode())])
    click.echo(f"{record}: edition {recorded.edition}, {len(recorded.files)} files.")
    return READY


@protocols.command("diff")
@click.argument("old")
@click.argument("new")
@click.option(
    "--cases",
    multiple=True,
    metavar="PATH",
    help="Case file, or folder of them; may be given several times. Default: examples of NEW, else the shipped ones.",
)
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMS), help="Default: from the name of -o (.json, .md), else text."
)
@click.option("-o", "--output", metavar="FILE", help="Default: standard output.")
@now_option
@site_option
def diff(
    old: str,
    new: str,
    cases: tuple[str, ...],
    form: str | None,
    output: str | None,
    now: str | None,
    site: Path | None,
) -> int:
    """Show what changed from the library in folder OLD to that in folder NEW, and whose plan it changes.

    Either may be shipped, for the library that comes with the program. File by file it names each value
    that was added, removed or changed, with its place; which operations are to be approved again; and
    for each example patient the lines of the plan that appeared, disappeared or changed, and why.

    With --site the plans are those of this hospital, and its own protocols are laid over both.

    Exit codes: 0 nothing differs; 1 something differs; 2 a folder, case or site file cannot be used;
    4 a library has problems.
    """
    from planner import api

    moment = api.clock(now)
    named = [(old, _edition_folder(old, "OLD")), (new, _edition_folder(new, "NEW"))]
    files = api.case_files(cases, named[1][1])
    own = api.own_protocols_of(site)
    try:
        before, after = api.open_editions(named, own)
    except InputError as error:
        raise LibraryError(error.problems) from None
    found = api.compare_editions(before, after, files, moment, site)
    report = api.render_comparison(found, form or _form_of(output))
    if output in (None, "-"):
        click.echo(report, nl=False)
    else:
        api.write_whole([(Path(output), report.encode())])
        click.echo(f"{output}: {api.comparison_summary(found)}")
    return DIFFERENT if found.differs else READY


def _edition_folder(name: str, argument: str) -> Path:
    from planner.reading.resources import protocols_folder

    other = f", or {SHIPPED} for the one that comes with the program"
    return protocols_folder() if name == SHIPPED else existing_folder(Path(name), argument, other)


def _form_of(output: str | None) -> str:
    suffix = Path(output).suffix[1:].lower() if output else ""
    return suffix if suffix in FORMS else "text"


def _edition_words(found) -> str:
    """Edition, and what changed since the latest release."""
    if found.edition is None:
        return "The library does not name its edition."
    name = f"Edition {found.edition.version}"
    if found.release is None:
        return f"{name}; no release before it."
    counts = ((found.changed, "changed"), (found.added, "added"), (found.removed, "removed"))
    words = [f"{len(paths)} {word}" for paths, word in counts if paths]
    if not words:
        return f"{name}; its files are those of release {found.release.edition}."
    return f"{name}; files since release {found.release.edition}: {', '.join(words)}."
