"""planner audit: a second, independent look at finished plans."""

import json
from pathlib import Path

import click

from planner.cli.exits import READY, STOP
from planner.cli.shared import library_option, now_option, open_checked, site_option
from planner.plan.models import Plan
from planner.plan.wording import amount, count
from planner.reading.problems import InputError


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="PLAN.json|PLAN.pdf|CASE...")
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON, for other programs.")
@now_option
@site_option
@library_option
def audit(sources: tuple[str, ...], as_json: bool, now: str | None, site: Path | None, library: Path | None) -> int:
    """Look at finished plans anew: what they would really give, hour by hour, against the limits of the drugs.

    A plan is a JSON or PDF file that planner plan wrote; of a PDF the printed pages are held against the plan.
    For a CASE the plan is made first. Exit code 3 where something is found that stops a plan.
    """
    from planner import api

    moment = api.clock(now)
    opened = open_checked(library, site)
    hospital = api.open_site(site, opened)
    plans, problems = [], []
    for source in sources:
        try:
            plans.append((source, api.audit_of(source, opened, moment, hospital)))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    if as_json:
        click.echo(json.dumps({source: plan.audit.model_dump(mode="json") for source, plan in plans}, indent=2))
    else:
        for source, plan in plans:
            for line in _lines(source, plan, opened.digest):
                click.echo(line)
    return STOP if any(plan.audit.stops for _, plan in plans) else READY


def _lines(source: str, plan: Plan, digest: str) -> list[str]:
    found = plan.audit.findings
    lines = [f"{source}: {count(len(found), 'finding') if found else 'nothing found'}"]
    if plan.provenance.library != digest:
        lines.append("  note: made with another edition of the library; it is held to the limits of this one")
    lines += [f"  {'stop' if one.hard else 'note'} {one.kind}, {one.about}: {one.text}" for one in found]
    for phase in plan.audit.opioids:
        rest = f", and {', '.join(phase.uncounted)}, which is not on the scale" if phase.uncounted else ""
        lines.append(f"  opioids, {phase.phase}: at most {amount(phase.mme, 'MME')} in 24 hours{rest}")
    return lines
