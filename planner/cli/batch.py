"""planner batch: a day's list at once."""

import json
from pathlib import Path

import click

from planner.cli.exits import FAILED, INTERRUPTED, NEEDS_PERSON, READY
from planner.cli.progress import Progress
from planner.cli.shared import library_option, now_option, open_checked, paper_option, site_option


@click.command()
@click.argument("schedule", metavar="SCHEDULE")
@click.option(
    "-o", "--output", metavar="FOLDER", type=click.Path(path_type=Path), help="Where to write; made if needed."
)
@click.option("--explain", is_flag=True, help="Only say how each column is understood, and write a map to start from.")
@click.option("--columns", metavar="FILE", help="Your map of columns, in YAML; goes before what the headers say.")
@click.option("--dates", type=click.Choice(["mdy", "dmy"]), help="Month or day first, where the dates leave it open.")
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook.")
@click.option("--names", is_flag=True, help="Put the patient's name into file names.")
@click.option(
    "--merge", type=click.Choice(["plans", "handouts", "all"]), help="Also one PDF a day, to print two-sided."
)
@click.option("--large-print", is_flag=True, help="Handouts in 18 point instead of 14.")
@click.option("--json-only", is_flag=True, help="Data alone: plan.json of each case and the manifest, no PDF.")
@click.option("--workers", type=click.IntRange(1, 256), metavar="N", help="Processes. Default: one for each core.")
@click.option("--dask", metavar="ADDRESS", help="Work on this Dask cluster, as tcp://host:8786.")
@click.option("--resume", is_flag=True, help="Go on with the run in the output folder.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for other programs.")
@paper_option
@now_option
@library_option
@site_option
def batch(
    schedule: str,
    output: Path | None,
    explain: bool,
    columns: str | None,
    dates: str | None,
    sheet: str | None,
    names: bool,
    merge: str | None,
    large_print: bool,
    json_only: bool,
    workers: int | None,
    dask: str | None,
    resume: bool,
    as_json: bool,
    paper: str | None,
    now: str | None,
    library: Path | None,
    site: Path | None,
) -> int:
    """Make plans and handouts for a whole operating list (CSV, .xlsx or .xls), with a sheet for the day.

    planner batch SCHEDULE --explain says how its columns are understood; planner batch SCHEDULE -o FOLDER makes all.

    \b
    Exit codes: 0 every row has a plan, ready or with items to confirm; 3 some rows need a
    person: a stop, no protocol, or a row that cannot be used; 6 some cases could not be made;
    2 nothing could be read; 130 stopped with Ctrl-C, go on with --resume.
    """
    from planner.api import clock, open_site
    from planner.api.schedules import explain_columns, read_list

    opened = open_checked(library, site)
    if explain:
        click.echo(explain_columns(schedule, opened, columns, dates, sheet, output))
        return READY
    if output is None:
        raise click.UsageError("Name a folder with -o, or add --explain to look at the columns first.")
    if merge and json_only:
        raise click.UsageError("--merge joins PDFs, and --json-only makes none.")
    from planner.batch.output import Output
    from planner.batch.run import Run, run_list
    from planner.batch.setup import DATA, FILES, set_up
    from planner.batch.workers import workers as pool_of

    target = Output(output)
    moment = _moment(target, now, resume, clock)
    hospital = open_site(site, opened)
    listed = read_list(schedule, opened, moment, columns, dates, sheet)
    setup = set_up(opened, moment, hospital, paper, large_print, (DATA,) if json_only else FILES)
    for note in listed.notes:
        click.echo(note, err=True)
    run = Run(listed.cases, setup, listed.source, merge, names, resume, listed.notes)
    with pool_of(workers, dask) as pool, Progress(len(listed.cases), quiet=as_json) as progress:
        result = run_list(run, target, pool, progress.tell)
    click.echo(json.dumps(_found(result, listed, output), indent=2) if as_json else _table(result, listed, output))
    return _code(result)


def _moment(target, now: str | None, resume: bool, clock):
    """The time of the plans; a run that goes on keeps that of its beginning, or all would be made again."""
    earlier = target.earlier_run() if resume and now is None else None
    return clock(earlier["now"] if earlier else now)


def _code(result) -> int:
    if result.interrupted:
        return INTERRUPTED
    counts = result.counts
    if counts["failed"]:
        return FAILED
    return NEEDS_PERSON if counts["stop"] or counts["no_protocol"] or counts["invalid"] else READY


_MEANS = {
    "ready": "plan, nothing open",
    "confirm": "plan, with items to confirm",
    "stop": "plan, and a hard stop stands in it",
    "no_protocol": "no protocol for the operation",
    "invalid": "the row cannot be used as it is",
    "failed": "could not be made",
}


def _table(result, listed, output: Path) -> str:
    """Rows by status, which add up to the rows read, then what to look at first."""
    counts = result.counts
    total = sum(counts.values())
    lines = [f"{counts[status]:>6}  {status:<12} {means}" for status, means in _MEANS.items()]
    lines.append(f"{total:>6}  rows, all that were read{_blank(listed)}; {len(result.outcomes)} cases")
    if result.kept:
        lines.append(f"{result.kept:>6}  cases kept from the run before")
    if result.removed:
        lines.append(
            f"{result.removed:>6}  cases of the run before are no longer on the list; their files were removed"
        )
    needing = [one for one in result.outcomes if one.status in ("no_protocol", "invalid", "failed")]
    for one in needing[:_FEW]:
        rows = ", ".join(map(str, one.listed.rows))
        lines.append(f"row {rows}: {one.status}: {'; '.join(one.messages)}")
    if len(needing) > _FEW:
        lines.append(f"{len(needing) - _FEW} more like these in {output / 'manifest.csv'}")
    if result.interrupted:
        lines.append("Stopped. The same command with --resume goes on.")
    lines += [str(output / name) for name in result.written]
    return "\n".join(lines)


_FEW = 10


def _blank(listed) -> str:
    return f" ({listed.blank} blank passed over)" if listed.blank else ""


def _found(result, listed, output: Path) -> dict:
    return {
        "folder": str(output),
        "rows_read": sum(result.counts.values()),
        "blank_rows": listed.blank,
        "cases": len(result.outcomes),
        "counts": result.counts,
        "kept": result.kept,
        "removed": result.removed,
        "interrupted": result.interrupted,
        "files": result.written,
        "notes": list(listed.notes),
    }
