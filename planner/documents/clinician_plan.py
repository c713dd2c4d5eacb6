"""The clinician's plan as a page sees it. All choosing and grouping is done here; templates only lay out."""

from dataclasses import dataclass

from planner.documents.antithrombotics import NeedleCard, needle_card
from planner.documents.block_cards import BlockSheet, block_lines, block_sheet
from planner.documents.care import CareParagraph, Milestones, care_columns, expected_course, milestones, warning_signs
from planner.documents.citations import Citations, Cited, SourceLine
from planner.documents.columns import RUN_IN, Columns, Group, Shape, columns, depth
from planner.documents.header import Header, header
from planner.documents.left_out import OmittedLine, left_out, omitted_words
from planner.documents.phases import PHASE_WORDS, PhaseTable, near_orders, phase_tables
from planner.documents.questions import Answer, questions
from planner.documents.record import Record, record
from planner.documents.settle import Band, Check, Tick, alert_check, alert_words, alerts, band, checks, is_hold, settle
from planner.documents.timeline import CoverView, cover_view
from planner.plan.dates import date_words
from planner.plan.models import Plan
from planner.plan.parts import PHASES, Phase

BEFORE: tuple[Phase, ...] = ("before_admission", "preop", "intraop")
_THIRDS = Shape(3, 51, run_in=True)
_PITCH, _SOURCE_PITCH, ROOM_ON_RECORD = 8.7, 7.4, 602
"""Line heights on the page of record, and what record and signatures leave of a letter page, in points."""


@dataclass(frozen=True)
class PlanPage:
    """Everything the clinician's plan shows, in the order in which it is read.

    `course` and `left_out` stand on the page of record where that has room for them, else before it.
    """

    header: Header
    band: Band
    settle: Columns[Tick]
    also_unknown: tuple[str, ...]
    notes: tuple[Check, ...]
    phases: tuple[PhaseTable, ...]
    cover: CoverView | None
    answers: tuple[Answer, ...]
    care_before: Columns[CareParagraph]
    care_after: Columns[CareParagraph]
    milestones: Milestones
    needles: NeedleCard | None
    block_sheet: BlockSheet | None
    outlook: Columns[Cited]
    course: Columns[Cited]
    left_out: Columns[OmittedLine]
    left_out_on_record: bool
    sources: Columns[SourceLine]
    record: Record


@dataclass(frozen=True)
class _OnRecord:
    """What stands on the page of record, after the sheet of the block team, and not before that sheet."""

    course: bool
    left_out: bool


def plan_page(plan: Plan, *, attached: bool = False, whole: bool = False) -> PlanPage:
    """The view of a plan. Built from top to bottom, so that source numbers rise down the page.

    `attached`: the document carries the plan's JSON, and says so.
    `whole`: with the standing instructions of every order and block.
    """
    tried = _OnRecord(course=True, left_out=True)
    page = _page(plan, attached, whole, tried)
    fits = _fitting(page)
    return page if fits == tried else _page(plan, attached, whole, fits)


def _page(plan: Plan, attached: bool, whole: bool, on_record: _OnRecord) -> PlanPage:
    citations = Citations(plan.sources)
    reasons = tuple(citations.cite(alert_words(alert), alert.sources) for alert in alerts(plan, "stop"))
    asked = questions(plan, citations)
    checked = checks(plan, citations)
    upper = {
        "header": header(plan),
        "band": band(plan, len(asked.boxes), len(checked), reasons),
        "settle": settle(asked.boxes, checked),
        "also_unknown": asked.also_unknown,
        "notes": tuple(alert_check(alert, citations) for alert in alerts(plan, "info")),
        "phases": phase_tables(plan, citations, asked.tags, whole),
        "answers": asked.answers,
        "care_before": care(plan, BEFORE, citations, asked.tags),
        "care_after": care(plan, tuple(phase for phase in PHASES if phase not in BEFORE), citations, asked.tags),
        "milestones": milestones(plan, citations),
    }
    signs = warning_signs(plan, citations)
    course = None if on_record.course else expected_course(plan, citations)
    omitted = None if on_record.left_out else left_out(plan, citations)
    blocks = block_lines(plan, citations)
    sheet = {
        "cover": cover_view(plan, citations),
        "needles": needle_card(plan, citations, whole),
        "block_sheet": block_sheet(plan, citations, blocks),
    }
    ending = {
        "outlook": columns(signs if course is None else (*signs, course), str, RUN_IN),
        "course": columns([expected_course(plan, citations)], str, RUN_IN) if course is None else (),
        "left_out": left_out(plan, citations) if omitted is None else omitted,
        "left_out_on_record": on_record.left_out,
        "sources": columns([Group("", citations.lines())], _source_words, _THIRDS),
    }
    return PlanPage(**upper, **sheet, **ending, record=record(plan, citations, attached))


def _fitting(page: PlanPage) -> _OnRecord:
    """As much of what to expect and what was left out as has room beside the sources."""
    room = ROOM_ON_RECORD - depth(page.sources, _source_words, _THIRDS) * _SOURCE_PITCH
    room -= depth(page.left_out, omitted_words, RUN_IN) * _PITCH
    return _OnRecord(course=room >= depth(page.course, str, RUN_IN) * _PITCH, left_out=room >= 0)


def care(
    plan: Plan, phases: tuple[Phase, ...], citations: Citations, tags: dict[str, tuple[str, ...]]
) -> Columns[CareParagraph]:
    """Care of these phases, without what already stands on top or among the orders."""
    left = [item for item in plan.care if not near_orders(item) and not is_hold(item.topic)]
    by_phase = [(PHASE_WORDS[phase], [item for item in left if item.phase == phase]) for phase in phases]
    return care_columns(by_phase, citations, tags, date_words(plan.case.get("surgery_at")))


def _source_words(line: SourceLine) -> str:
    return f"{line.number} {line.title}, {line.year or ''}. {line.link}. {line.checked}"
