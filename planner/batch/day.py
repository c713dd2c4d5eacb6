"""The day sheet: the cases of a day as it shows them, and its page. The page is made in a worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from planner.batch.making import opened
from planner.batch.outcome import Outcome
from planner.batch.output import Record
from planner.documents.day_sheet import render_day_sheet
from planner.library.library import Library
from planner.plan.day import DayCase, DayLine


def day_case(outcome: Outcome, record: Record | None, library: Library, now: datetime) -> DayCase:
    """One case for the sheet; `record` has the line of its plan, where there is one."""
    listed, case = outcome.listed, outcome.listed.case
    start = listed.start or listed.day
    return DayCase(
        row=listed.rows[0],
        case_number=listed.case_number,
        room=listed.room,
        start=start.isoformat() if start else None,
        name=listed.name,
        mrn=listed.mrn,
        age=case.age_on(now.date()) if case else None,
        sex=case.sex if case else None,
        weight_kg=case.weight_kg if case else None,
        surgeon=listed.surgeon,
        procedure=listed.procedure,
        protocol=library.protocols[listed.protocol].title if listed.protocol else None,
        side=case.side if case else None,
        other_procedures=list(case.other_procedures or ()) if case else [],
        status=outcome.status,
        messages=list(outcome.messages),
        line=DayLine.model_validate(record.line) if record and record.line else None,
    )


@dataclass(frozen=True)
class Day:
    """A day of the list, with its ISO date; `undated` are cases that name no date, and may belong to it."""

    date: str
    cases: Sequence[DayCase]
    undated: Sequence[DayCase]


def make_sheets(packed: bytes, days: Sequence[Day]) -> list[tuple[str, bytes | None]]:
    """The date and the sheet of each day."""
    ready = opened(packed)
    printer, made_at = ready.printer, ready.setup.now.isoformat()
    return [
        (
            day.date,
            render_day_sheet(
                day.date, day.cases, day.undated, tall_man=printer.tall_man, made_at=made_at, sheet=printer.sheet
            ),
        )
        for day in days
    ]
