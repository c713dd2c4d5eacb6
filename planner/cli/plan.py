"""planner plan: from cases to printed plans."""

import sys
from pathlib import Path
from typing import Any

import click

from planner.case.fields import LIST_FIELDS, Case
from planner.cli.exits import READY, STOP
from planner.cli.shared import form_of, form_option, library_option, now_option, open_checked, paper_option, site_option
from planner.reading.problems import InputError, Place, Problem

_FORMS = ("pdf", "html", "json", "md")


def case_options(command):
    """One option for each field of a case: `--weight-kg 80`."""
    for name, field in reversed(Case.model_fields.items()):
        about = field.description + ("; several with ;" if name in LIST_FIELDS else "")
        command = click.option("--" + name.replace("_", "-"), name, metavar="TEXT", help=about)(command)
    return command


@click.command()
@click.argument("cases", nargs=-1, metavar="[CASE]...")
@form_option(_FORMS)
@click.option("-o", "--output", metavar="PATH", help="A file, or a folder for several cases; - is standard output.")
@paper_option
@now_option
@library_option
@site_option
@case_options
def plan(
    cases: tuple[str, ...],
    form: str | None,
    output: str | None,
    paper: str | None,
    now: str | None,
    library: Path | None,
    site: Path | None,
    **fields: str | None,
) -> int:
    """Make a pain plan for each CASE (a YAML or JSON file, or - for standard input).

    Without a CASE the options below describe the patient, as in
    planner plan --procedure tka --age 72 --weight-kg 80 -o plan.pdf
    """
    from planner import api

    moment = api.clock(now)
    opened = open_checked(library, site)
    facts = {name: value for name, value in fields.items() if value is not None}
    named = _read_all(cases, facts, opened, moment)
    hospital = api.open_site(site, opened)
    plans = api.make_plans(named, opened, moment, hospital)
    form = form or form_of(output if len(named) == 1 else None, _FORMS)
    rendered = [api.render_plan(made, form, opened, paper, hospital) for made in plans]
    if output == "-" or (output is None and form != "pdf"):
        _print(rendered)
    else:
        paths = _paths([source for source, _ in named], form, output)
        api.write_whole(zip(paths, rendered, strict=True))
        for path, made in zip(paths, plans, strict=True):
            click.echo(f"{path}: {made.status}{_waiting(made)}")
    return STOP if any(made.status == "stop" for made in plans) else READY


def _read_all(cases: tuple[str, ...], facts: dict[str, Any], library, moment) -> list[tuple[str, Case]]:
    """Every case, or the problems of all of them at once."""
    from planner import api

    if cases and facts:
        raise click.UsageError("Name case files or describe one case by options, not both.")
    if not cases and not facts:
        raise click.UsageError("Name a case file, or describe the case by options: planner plan --help")
    if facts:
        return [("options", api.read_case_options(facts, library, moment))]
    read, problems = [], []
    for path in cases:
        try:
            read.append((path, api.read_case_file(path, library, moment)))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return read


def _paths(sources: list[str], form: str, output: str | None) -> list[Path]:
    """Where each plan goes: the named file, or a file of the case's name in the named folder."""
    target = Path(output) if output else Path()
    if len(sources) == 1 and output and target.suffix and not target.is_dir():
        return [target]
    stems = ["plan" if source in ("-", "options") else Path(source).stem for source in sources]
    if twice := sorted({stem for stem in stems if stems.count(stem) > 1}):
        raise InputError(
            [
                Problem(
                    Place("-o"),
                    f"Several cases are named {' and '.join(twice)}, and one plan would replace the other.",
                    mend="rename a case file",
                )
            ]
        )
    return [target / f"{stem}.{form}" for stem in stems]


def _waiting(made) -> str:
    """` (5 lines to confirm, 2 facts missing)`, or nothing where all is known."""
    lines = [line for line in (*made.orders, *made.blocks) if line.verdict == "confirm"]
    parts = [f"{len(lines)} line{'' if len(lines) == 1 else 's'} to confirm"] if lines else []
    if made.missing:
        parts.append(f"{len(made.missing)} fact{'' if len(made.missing) == 1 else 's'} missing")
    return f" ({', '.join(parts)})" if parts else ""


def _print(rendered: list[bytes]) -> None:
    for content in rendered:
        sys.stdout.buffer.write(content if content.endswith(b"\n") else content + b"\n")
    sys.stdout.buffer.flush()
