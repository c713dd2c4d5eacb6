"""A list to the finished folder: cases shared out, files written as they come, then what is for all of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path

from planner.batch.day import Day, day_case, make_sheets
from planner.batch.making import Job, Made, lost, make
from planner.batch.manifest import as_csv, as_json, entries
from planner.batch.merge import KINDS, merged
from planner.batch.naming import names, print_order
from planner.batch.outcome import Outcome, counts
from planner.batch.output import Output, Record
from planner.batch.setup import Setup
from planner.batch.sharing import share_out
from planner.batch.workers import Workers
from planner.plan.day import DayCase
from planner.reading.problems import InputError, Place, Problem
from planner.schedule.cases import ListedCase

Make = Callable[[bytes, Sequence[Job]], list[Made]]
MANIFESTS = ("manifest.csv", "manifest.json")
DAY_SHEET = "day-sheet.pdf"
NOT_MADE = "Not made: the run was stopped. The same command with --resume goes on"
_TOGETHER = {False: 4, True: 25}
"""Cases of one task, with and without PDFs: few, so that workers end together; many, where each is quick."""


@dataclass(frozen=True)
class Run:
    """A day's list to make. `source` names the list; `merge` is plans, handouts, all or None."""

    cases: Sequence[ListedCase]
    setup: Setup
    source: str
    merge: str | None = None
    with_patient_names: bool = False
    resume: bool = False
    notes: tuple[str, ...] = ()
    """What of the list was not read."""


@dataclass
class Result:
    """Every case of the list in print order with what came of it. `kept`: cases finished by an earlier run."""

    outcomes: list[Outcome] = field(default_factory=list)
    kept: int = 0
    removed: int = 0
    interrupted: bool = False
    written: list[str] = field(default_factory=list)
    """Files of the whole run, by their path below the folder."""

    @property
    def counts(self) -> dict[str, int]:
        return counts(self.outcomes)


def run_list(
    run: Run, output: Output, pool: Workers, tell: Callable[[Outcome], None] = lambda outcome: None, work: Make = make
) -> Result:
    """Make a list. `tell` hears of every case as it is finished; `work` is what a worker does.

    Ctrl-C ends it cleanly: what is finished stays, and the manifest says so. Raises InputError where the
    folder cannot be used, before anything is made, or where it can no longer be written.
    """
    ordered = sorted(run.cases, key=print_order)
    by_name = dict(zip(names(ordered, run.with_patient_names), ordered, strict=True))
    jobs = [Job(name, listed.case) for name, listed in by_name.items() if listed.case]
    needed = [kind for _ in jobs for kind in run.setup.files]
    output.begin(run.resume, needed, {"now": run.setup.now.isoformat()})
    output.remove([*MANIFESTS, *(f"{folder}/{name}" for folder in _folders(ordered) for name in _for_all())])
    result = Result()
    result.removed = output.remove_others(by_name)
    outcomes = _without_work(by_name)
    digests = {job.name: job.digest(run.setup) for job in jobs}
    todo = []
    for job in jobs:
        if record := output.finished(job.name, digests[job.name]):
            outcomes[job.name] = _outcome(by_name, job.name, record)
        else:
            todo.append(job)
    result.kept = len(jobs) - len(todo)
    packed, data_alone = run.setup.packed(), run.setup.data_alone
    for outcome in outcomes.values():
        tell(outcome)
    try:
        for made in share_out(todo, packed, work, lost, pool, _TOGETHER[data_alone]):
            record = output.keep(made, digests[made.name])
            outcomes[made.name] = _outcome(by_name, made.name, record)
            tell(outcomes[made.name])
    except KeyboardInterrupt:
        result.interrupted = True
    except InputError:
        _finish(result, by_name, outcomes)
        try:
            _write_manifests(run, result, output)
        except InputError:
            pass  # the folder cannot be written, which the first error says
        raise
    _finish(result, by_name, outcomes)
    _write_manifests(run, result, output)
    try:
        if not result.interrupted and not data_alone:
            _write_sheets(run, result, output, packed, pool)
            _write_merged(run, result, output)
    except KeyboardInterrupt:
        result.interrupted = True
    return result


def _without_work(by_name: dict[str, ListedCase]) -> dict[str, Outcome]:
    return {
        name: Outcome(listed, name, listed.refused, listed.messages)
        for name, listed in by_name.items()
        if listed.refused
    }


def _outcome(by_name: dict[str, ListedCase], name: str, record: Record) -> Outcome:
    return Outcome(by_name[name], name, record.status, tuple(record.messages), record.files)


def _finish(result: Result, by_name: dict[str, ListedCase], outcomes: dict[str, Outcome]) -> None:
    """Every case in print order; those that were not reached are said to be so."""
    result.outcomes = [
        outcomes.get(name) or Outcome(listed, name, "failed", (NOT_MADE,)) for name, listed in by_name.items()
    ]


def _write_manifests(run: Run, result: Result, output: Output) -> None:
    rows = entries(result.outcomes)
    contents = (as_csv(rows), as_json(rows, result.counts, run.source, run.setup, run.notes))
    output.write(zip(MANIFESTS, contents, strict=True))
    result.written += MANIFESTS


def _folders(ordered: Sequence[ListedCase]) -> list[str]:
    return sorted({listed.day.isoformat() for listed in ordered if listed.day})


def _for_all() -> tuple[str, ...]:
    return (DAY_SHEET, *(f"{kind}.pdf" for kind in KINDS))


def _write_sheets(run: Run, result: Result, output: Output, packed: bytes, pool: Workers) -> None:
    """The day sheet of each day. Its cases are read back day by day, so that a long list never stands in memory."""
    undated = [_day_case(outcome, run, output) for outcome in result.outcomes if outcome.listed.day is None]
    days = (
        Day(day.isoformat(), [_day_case(outcome, run, output) for outcome in outcomes], undated)
        for day, outcomes in _by_day(result)
    )
    for date_, sheet in share_out(days, packed, make_sheets, lambda day: (day.date, None), pool):
        if sheet is None:
            message = f"The worker that made the day sheet of {date_} ended twice; plans and handouts are written."
            mend = "run the same command with --resume and --workers 1, and report it"
            raise InputError([Problem(Place(str(output.folder)), message, mend=mend)])
        _write(result, output, f"{date_}/{DAY_SHEET}", sheet)
    result.written.sort()


def _write_merged(run: Run, result: Result, output: Output) -> None:
    """The documents of each day as one."""
    for day, outcomes in _by_day(result):
        if run.merge and (documents := list(_documents(run, outcomes, output))):
            _write(result, output, f"{day}/{run.merge}.pdf", merged(documents))


def _write(result: Result, output: Output, name: str, content: bytes) -> None:
    output.write([(name, content)])
    result.written.append(name)


def _by_day(result: Result) -> Iterator[tuple[date, list[Outcome]]]:
    """The days of the list with their cases, in print order."""
    for day, outcomes in groupby(result.outcomes, key=lambda outcome: outcome.listed.day):
        if day is not None:
            yield day, list(outcomes)


def _day_case(outcome: Outcome, run: Run, output: Output) -> DayCase:
    record = output.record(outcome.name) if outcome.files else None
    return day_case(outcome, record, run.setup.library, run.setup.now)


def _documents(run: Run, outcomes: list[Outcome], output: Output) -> Iterator[tuple[str, Path]]:
    """Title and file of each document of a day, in print order."""
    for outcome in outcomes:
        listed = outcome.listed
        start = f"{listed.start:%H:%M}" if listed.start else "no time"
        title = ", ".join(filter(None, (listed.room, start, listed.case_number or f"row {listed.rows[0]}")))
        for kind in KINDS[run.merge]:
            path = output.path_of(outcome.name, kind)
            if path.relative_to(output.folder).as_posix() in outcome.files:
                yield f"{title}: {kind.removesuffix('.pdf')}", path
