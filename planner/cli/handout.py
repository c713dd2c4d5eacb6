"""planner handout: what the patient takes home."""

import sys
from pathlib import Path

import click

from planner.cli.exits import READY, STOP
from planner.cli.shared import form_of, form_option, library_option, now_option, open_checked, paper_option, site_option
from planner.reading.problems import InputError, Place, Problem

_FORMS = ("pdf", "html")


@click.command()
@click.argument("source", metavar="CASE|PLAN.json|PLAN.pdf")
@click.option(
    "--used-24h",
    "used",
    multiple=True,
    metavar="TEXT",
    help='Pain medicines of the last 24 hours, those from home too: "oxycodone 5 mg x 3"; none. May be repeated.',
)
@click.option("--discharge-at", metavar="DATETIME", help="When the patient goes home, as 2026-12-17T11:00.")
@click.option("--block-given", metavar="TEXT", help="Nerve blocks that were given, by id; several with ;. none.")
@click.option("--language", metavar="CODE", help="As es or Spanish. Default: the language of the case, else English.")
@click.option("--large-print", is_flag=True, help="18 point instead of 14.")
@form_option(_FORMS)
@click.option("-o", "--output", metavar="PATH", help="A file; - is standard output. Default: handout.pdf beside you.")
@paper_option
@now_option
@library_option
@site_option
def handout(
    source: str,
    used: tuple[str, ...],
    discharge_at: str | None,
    block_given: str | None,
    language: str | None,
    large_print: bool,
    form: str | None,
    output: str | None,
    paper: str | None,
    now: str | None,
    library: Path | None,
    site: Path | None,
) -> int:
    """Make the patient's handout from a case, or from the plan that planner plan wrote.

    A plan's PDF carries the plan, so this is enough at the bedside:

    planner handout plan.pdf --used-24h "oxycodone 5 mg x 3" --discharge-at 2026-12-17T11:00 -o handout.pdf
    """
    from planner import api

    moment = api.clock(now)
    opened = open_checked(library, site)
    hospital = api.open_site(site, opened)
    given = {
        "used_last_24h": "; ".join(filter(str.strip, used)) or None,
        "discharge_at": discharge_at,
        "block_given": block_given,
        "language": language,
    }
    facts = {name: value for name, value in given.items() if value is not None}
    home = api.going_home(source, facts, opened, moment, hospital)
    form = form or form_of(output, _FORMS)
    content = api.render_handout(home.plan, form, paper, large_print, hospital)
    if output == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        path = _path(output, form)
        api.write_whole([(path, content)])
        click.echo(f"{path}: {home.plan.status}{_open(home.plan)}")
    for line in (api.handout_notice(home.plan), *home.changes):
        if line:
            click.echo(line, err=True)
    return STOP if home.plan.status == "stop" else READY


def _path(output: str | None, form: str) -> Path:
    """The file that `-o` names, or handout.FORM in the folder it names. Raises InputError for another ending."""
    if output is None or output.endswith("/") or Path(output).is_dir():
        return Path(output or "") / f"handout.{form}"
    if Path(output).suffix.lower() not in ("", *(f".{known}" for known in _FORMS)):
        mend = "end the name in .pdf or .html, or leave the ending out"
        raise InputError([Problem(Place("-o"), "A handout is a PDF or HTML file.", output, mend)])
    return Path(output)


def _open(plan) -> str:
    """What the nurse still settles, or nothing."""
    if plan.handout.opioid == "undecided" and plan.case.get("used_last_24h") is None:
        return " (the opioid to take home is not decided: say what was used, --used-24h)"
    count = len(plan.handout.settle)
    return f" ({count} item{'' if count == 1 else 's'} for the nurse to settle, on page 1)" if count else ""
