"""The clinician's plan as a page sees it. All choosing and grouping is done here; templates only lay out."""

import hashlib
import math
from dataclasses import dataclass

from planner.documents.citations import Citations, Cited, Ref, SourceLine
from planner.documents.columns import Columns, Group, columns
from planner.documents.dates import date_words, days_words, moment_words, range_words, stamp_words
from planner.documents.header import Header, header
from planner.documents.orders import (
    PHASE_WORDS,
    PhaseTable,
    care_label,
    care_words,
    has_word,
    near_orders,
    phase_tables,
    topic_words,
)
from planner.documents.questions import Answer, TickBox, lower_first, questions, upper_first
from planner.plan.models import PHASES, Alert, Block, LocalAnesthetic, Milestone, Omitted, Plan
from planner.plan.wording import NO_BREAK, amount, block_name, number

ONE_PAGE_OF_SOURCES = 50
"""Up to so many sources the record has a page of its own; more follow on at once, to save paper."""
HOLD_TOPICS = ("hold", "stop", "antithrombotic")
"""Care that stops or holds something: printed on top, with a tick box."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ORIGINS = (
    ("patient", "Because of this patient"),
    ("choice", "Another was chosen"),
    ("protocol", "Not advised in this operation"),
)
_APPROVALS = {"draft": "DRAFT: not yet approved by a hospital", "approved": "approved"}


@dataclass(frozen=True)
class Band:
    """The answer in one word, what it means, and what stands in the way."""

    word: str
    meaning: str
    reasons: tuple[Cited, ...]


@dataclass(frozen=True)
class Check:
    """One thing to stop, hold or look at before surgery."""

    about: str
    text: Cited


@dataclass(frozen=True)
class Tick:
    """A tick box under the band: a fact to confirm or a thing to check."""

    box: TickBox | None = None
    check: Check | None = None


@dataclass(frozen=True)
class BlockDetail:
    title: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class BudgetPart:
    label: str
    text: str
    percent: float


@dataclass(frozen=True)
class Budget:
    """How much of the greatest safe dose of local anesthetic is used. `over`: more than all of it."""

    percent: str
    over: bool
    parts: tuple[BudgetPart, ...]
    basis: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True)
class CareLine:
    topic: str
    text: Cited
    who: str
    waits: tuple[str, ...]


@dataclass(frozen=True)
class MilestoneLine:
    days: str
    dates: str
    text: Cited
    who: str


@dataclass(frozen=True)
class OmittedLine:
    title: str
    because: Cited
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    protocol: str
    protocol_id: str
    reviewed: str
    approval: str
    sources: str
    apart: bool
    library: str
    program: str
    made: str
    plan_id: str
    digest: str
    data: str


@dataclass(frozen=True)
class PlanPage:
    """Everything the clinician's plan shows, in the order in which it is read."""

    header: Header
    band: Band
    settle: Columns[Tick]
    also_unknown: tuple[str, ...]
    phases: tuple[PhaseTable, ...]
    blocks: tuple[BlockDetail, ...]
    budget: Budget | None
    care: Columns[CareLine]
    milestones: tuple[MilestoneLine, ...]
    omitted: tuple[Group[OmittedLine], ...]
    answers: tuple[Answer, ...]
    sources: Columns[SourceLine]
    record: Record


def plan_page(plan: Plan, attached: bool = False) -> PlanPage:
    """The view of a plan. Built from top to bottom, so that source numbers rise down the page.

    `attached`: the document carries the plan's JSON, and says so.
    """
    citations = Citations(plan.sources)
    reasons = tuple(citations.cite(alert_words(alert), alert.sources) for alert in alerts(plan, "stop"))
    asked = questions(plan, citations)
    checked = checks(plan, citations)
    return PlanPage(
        header=header(plan),
        band=band(plan, len(asked.boxes), len(checked), reasons),
        settle=settle(asked.boxes, checked),
        also_unknown=asked.also_unknown,
        phases=phase_tables(plan, citations, asked.tags),
        blocks=tuple(detail for detail in (block_detail(block, plan) for block in plan.blocks) if detail.points),
        budget=budget(plan.local_anesthetic, citations),
        care=care_columns(plan, citations, asked.tags),
        milestones=tuple(milestone_line(item, citations) for item in plan.milestones),
        omitted=omitted_groups(plan, citations),
        answers=asked.answers,
        sources=source_columns(citations),
        record=record(plan, attached, len(citations.lines())),
    )


def settle(boxes: tuple[TickBox, ...], found: tuple[Check, ...]) -> Columns[Tick]:
    """The tick boxes under the band: first what to confirm, then what to stop and check."""
    confirm = tuple(Tick(box=box) for box in boxes)
    check = tuple(Tick(check=item) for item in found)
    return columns((Group("Confirm first", confirm), Group("Stop and check", check)), _tick_letters)


def _tick_letters(tick: Tick) -> int:
    if tick.check:
        return len(tick.check.about) + len(tick.check.text.text)
    box = tick.box
    return len(box.title) + len(box.ask) + len(box.waits) + sum(map(len, box.outcomes)) + 12


def band(plan: Plan, boxes: int, checked: int, reasons: tuple[Cited, ...]) -> Band:
    """The word on the band: the most cautious of the plan's status and what the page itself shows."""
    if plan.status == "stop" or reasons:
        return Band("STOP", "do not go on before this is settled", reasons)
    if boxes:
        return Band(f"CONFIRM {items(boxes)}", "the plan stands; settle these before the lines marked ? are given", ())
    if plan.status == "confirm" and checked:
        return Band(f"CONFIRM {items(checked)}", "the plan stands; settle these before the orders are given", ())
    if plan.status == "confirm":
        return Band("CONFIRM", "the plan is not settled; review every line", ())
    return Band("READY", "no open question; review and enter the orders", ())


def items(count: int) -> str:
    return f"{count} ITEM" if count == 1 else f"{count} ITEMS"


def alerts(plan: Plan, severity: str) -> list[Alert]:
    return [alert for alert in plan.alerts if alert.severity == severity]


def alert_words(alert: Alert) -> str:
    about, text = alert_parts(alert)
    return f"{about}: {text}" if about else text


def alert_parts(alert: Alert) -> tuple[str, str]:
    """What an alert is about, and its text without the same words again."""
    about, text = alert.about.replace("-", " ").replace("_", " ").strip(), alert.text.strip()
    if text.lower().startswith(f"{about.lower()}:"):
        text = text[len(about) + 1 :].strip()
    return upper_first(about), text


def checks(plan: Plan, citations: Citations) -> tuple[Check, ...]:
    """What to stop and check: cautions, things to hold, and blocks that must not start too early."""
    found = [_alert_check(alert, citations) for alert in alerts(plan, "caution")]
    for care in plan.care:
        if is_hold(care.topic):
            found.append(Check(topic_words(care), care_words(care, citations)))
    for block in plan.blocks:
        if block.earliest_at:
            text = f"not before {moment_words(block.earliest_at)}"
            found.append(Check(block_name(block), citations.cite(text, block.sources)))
    return tuple(found)


def _alert_check(alert: Alert, citations: Citations) -> Check:
    about, text = alert_parts(alert)
    return Check(about, citations.cite(text, alert.sources))


def is_hold(topic: str) -> bool:
    return has_word(topic, HOLD_TOPICS)


def block_detail(block: Block, plan: Plan) -> BlockDetail:
    """What the order row has no room for: depth, motor effect, and what to fall back on."""
    titles = {other.id: other.title for other in plan.blocks}
    points = [] if block.depth == "infiltration" else [f"{block.depth} block"]
    if block.motor_effect:
        points.append(f"movement: {block.motor_effect.rstrip('.')}")
    if block.alternatives:
        names = [lower_first(titles.get(name, name.replace("-", " "))) for name in block.alternatives]
        points.append(f"if not possible: {', then '.join(names)}")
    return BlockDetail(block_name(block), tuple(points))


def budget(found: LocalAnesthetic | None, citations: Citations) -> Budget | None:
    if found is None:
        return None
    parts = tuple(
        BudgetPart(
            part.block.replace("-", " "),
            f"{part.drug} {amount(part.dose_mg, 'mg')} of {amount(part.maximum_mg, 'mg')}",
            round(100 * part.fraction / max(1.0, found.fraction_of_maximum), 2),
        )
        for part in found.components
    )
    weight = amount(found.weight_kg, "kg") if found.weight_kg is not None else "weight not known"
    return Budget(
        percent_words(found.fraction_of_maximum),
        found.fraction_of_maximum > 1,
        parts,
        f"{weight}, {found.weight_basis}",
        citations.refs(found.sources),
    )


def percent_words(fraction: float) -> str:
    """A share in percent, rounded up: what is used is never shown as less."""
    return f"{number(math.ceil(round(fraction * 100, 6)))}{NO_BREAK}%"


def care_columns(plan: Plan, citations: Citations, tags: dict[str, tuple[str, ...]]) -> Columns[CareLine]:
    """Care by phase, without what already stands on top or among the orders."""
    phases = []
    for phase in PHASES:
        lines = tuple(
            CareLine(care_label(care), care_words(care, citations, most=1), care.who or "", tags.get(care.id, ()))
            for care in plan.care
            if care.phase == phase and not near_orders(care) and not is_hold(care.topic)
        )
        if lines:
            phases.append(Group(PHASE_WORDS[phase], lines))
    return columns(phases, lambda line: len(line.topic) + len(line.text.text) + len(line.who) + 10)


def milestone_line(item: Milestone, citations: Citations) -> MilestoneLine:
    return MilestoneLine(
        days_words(item.from_day, item.to_day),
        range_words(item.date, item.to_date),
        citations.cite(item.text, item.sources, most=1),
        item.who or "",
    )


def omitted_groups(plan: Plan, citations: Citations) -> tuple[Group[OmittedLine], ...]:
    """What was left out: first what this patient's facts forbid, with the facts; then notes on the plan."""
    groups = []
    for origin, title in _ORIGINS:
        lines = tuple(_omitted_line(item, citations) for item in plan.omitted if item.origin == origin)
        groups.append(Group(title, lines))
    notes = [_alert_check(alert, citations) for alert in alerts(plan, "info")]
    groups.append(Group("Notes", tuple(OmittedLine(note.about, note.text, ()) for note in notes)))
    return tuple(group for group in groups if group.lines)


def _omitted_line(item: Omitted, citations: Citations) -> OmittedLine:
    facts = tuple(fact for fact in item.facts if fact not in item.because)
    return OmittedLine(item.title, citations.cite(item.because.rstrip("."), item.sources, most=1), facts)


def source_columns(citations: Citations) -> Columns[SourceLine]:
    return columns([Group("", citations.lines())], lambda line: len(line.title) + len(line.link) + 24)


def record(plan: Plan, attached: bool, cited: int) -> Record:
    made, identity = plan.provenance, plan.protocol
    digest = plan_digest(plan)
    return Record(
        protocol=f"{identity.title}, version {identity.version}",
        protocol_id=identity.id,
        reviewed=date_words(identity.reviewed, weekday=False) or identity.reviewed,
        sources=f"{cited} of {len(plan.sources)}, the best and worst checked of each statement; the data has all",
        apart=cited <= ONE_PAGE_OF_SOURCES,
        approval=_APPROVALS.get(identity.approval, identity.approval),
        library=made.library,
        program=made.planner,
        made=stamp_words(made.generated_at),
        plan_id=short_id(digest),
        digest=digest,
        data="the whole plan as data is attached to this file as plan.json" if attached else "",
    )


def plan_digest(plan: Plan) -> str:
    return hashlib.sha256(plan.model_dump_json().encode()).hexdigest()


def short_id(digest: str) -> str:
    """Eight characters a person can read out, without I, L, O and U: `7K2Q-9XF4`."""
    value = int(digest[:10], 16)
    letters = "".join(_ALPHABET[value >> 5 * place & 31] for place in range(8))
    return f"{letters[:4]}-{letters[4:]}"
