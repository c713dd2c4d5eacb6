"""What to give, phase by phase: one row for each order and block, the same five answers in each."""

import re
from dataclasses import dataclass

from planner.documents.citations import MOST, Citations, Cited
from planner.documents.dates import clock_words, date_words, has_clock, moment, moment_words
from planner.documents.header import one_decimal
from planner.documents.questions import full_stop, upper_first
from planner.plan.models import PHASES, Adjustment, Block, Care, Order, Phase, Plan
from planner.plan.wording import (
    NO_BREAK,
    block_drug_text,
    block_name,
    interval_text,
    limit_text,
    number,
    often_text,
    route_words,
    size_text,
)

PHASE_WORDS: dict[Phase, str] = {
    "before_admission": "Before admission",
    "preop": "Pre-op",
    "intraop": "In the room",
    "pacu": "Recovery",
    "ward": "Ward",
    "discharge": "Discharge",
    "home": "Home",
}
FIRST = ("fasting", "carbohydrate", "antibiotic")
NEAR_ORDERS = (*FIRST, "thromboprophylaxis")
"""Care printed among the orders, because it is ordered with them."""


@dataclass(frozen=True)
class Row:
    """One order or block. `waits`: tags of what must be confirmed first."""

    name: str
    size: str
    route: str
    details: tuple[str, ...]
    often: str
    start: str
    earliest: str
    limit: str
    why: tuple[Cited, ...]
    notes: tuple[Cited, ...]
    waits: tuple[str, ...]


@dataclass(frozen=True)
class Reminder:
    """A line across the table: care that belongs beside the orders, or home medicines that go on."""

    label: str
    text: Cited
    waits: tuple[str, ...]
    tick: bool = True


@dataclass(frozen=True)
class PhaseTable:
    title: str
    before: tuple[Reminder, ...]
    rows: tuple[Row, ...]
    after: tuple[Reminder, ...]


def phase_tables(plan: Plan, citations: Citations, tags: dict[str, tuple[str, ...]]) -> tuple[PhaseTable, ...]:
    """The phases that have something to give, in order of time."""
    tables = [_phase_table(plan, phase, citations, tags) for phase in PHASES]
    return tuple(table for table in tables if table.before or table.rows or table.after)


def _phase_table(plan: Plan, phase: Phase, citations: Citations, tags: dict[str, tuple[str, ...]]) -> PhaseTable:
    care = [care for care in plan.care if care.phase == phase and near_orders(care)]
    before = [reminder(item, citations, tags) for item in care if _comes_first(item)]
    blocks = [block_row(block, citations, tags) for block in plan.blocks if block.phase == phase]
    surgery_day = date_words(plan.case.get("surgery_at"))
    orders = [
        order_row(order, citations, tags, surgery_day)
        for order in plan.orders
        if order.phase == phase and not _goes_on(order)
    ]
    after = [reminder(item, citations, tags) for item in care if not _comes_first(item)]
    return PhaseTable(
        PHASE_WORDS[phase],
        tuple(before),
        (*blocks, *orders),
        (*after, *home_medicines(plan, phase, citations, tags), *discharge_lines(plan, phase, citations, tags)),
    )


def order_row(order: Order, citations: Citations, tags: dict[str, tuple[str, ...]], surgery_day: str) -> Row:
    return Row(
        name=order.drug,
        size=size_text(order),
        route=route_words(order.route),
        details=tuple(text for text in (order.dose_form, order.basis) if text),
        often=often_text(order),
        start=start_words(order, surgery_day),
        earliest="",
        limit=limit_text(order),
        why=why(order, citations),
        notes=notes(order, citations),
        waits=tags.get(order.id, ()),
    )


def block_row(block: Block, citations: Citations, tags: dict[str, tuple[str, ...]]) -> Row:
    earliest = moment_words(block.earliest_at, weekday=False)
    return Row(
        name=block_name(block),
        size="",
        route="",
        details=(block_drug_text(block),),
        often=block_often(block),
        start="",
        earliest=f"not before {earliest}" if earliest else "",
        limit="",
        why=why(block, citations),
        notes=notes(block, citations),
        waits=tags.get(block.id, ()),
    )


def block_often(block: Block) -> str:
    """`single-shot, 14 to 20 hours`: how it is given and how long it may help."""
    if not block.expected_h:
        return block.technique
    low, high = block.expected_h
    span = f"{number(low)} to {number(high)}" if low != high else number(low)
    return f"{block.technique}, {span}{NO_BREAK}hours"


def start_words(order: Order, surgery_day: str) -> str:
    """`from 14:30`, or `at` for a single dose, with the date where it is not the day of surgery."""
    found = moment(order.start)
    if found is None:
        return ""
    clock, day = clock_words(found) if has_clock(order.start) else "", date_words(order.start)
    word = "at" if clock and interval_text(order) == "once" else "from"
    return NO_BREAK.join(part for part in (word, day if day != surgery_day or not clock else "", clock) if part)


def why(line: Order | Block, citations: Citations) -> tuple[Cited, ...]:
    """Reasons, then what was changed for this patient, then the line's own sources where none is named yet."""
    reasons = citations.statements(line.reasons)
    if not reasons and isinstance(line, Order) and line.purpose:
        reasons = (citations.cite(line.purpose),)
    changes = changed(line.adjustments, citations)
    if any(part.refs for part in (*reasons, *changes)):
        return (*reasons, *changes)
    if not reasons:
        return (*changes, *([citations.cite("", line.sources)] if line.sources else []))
    return (*reasons[:-1], citations.cite(reasons[-1].text, line.sources), *changes)


def changed(adjustments: list[Adjustment], citations: Citations) -> tuple[Cited, ...]:
    """`eGFR 41: 2.5 mg, not 5 mg; every 6 hours, not every 4 hours`: one part for each cause."""
    causes: dict[str, list[Adjustment]] = {}
    for change in adjustments:
        causes.setdefault(change.because.rstrip("."), []).append(change)
    parts = []
    for because, changes in causes.items():
        words = "; ".join(_change_words(change) for change in changes)
        keys = [key for change in changes for key in change.sources]
        parts.append(citations.cite(f"{because}: {words}" if because else words, keys, changed=True))
    return tuple(parts)


def _change_words(change: Adjustment) -> str:
    return f"{change.to_text}, not {change.from_text}" if change.from_text else change.to_text


def notes(line: Order | Block, citations: Citations) -> tuple[Cited, ...]:
    return tuple(
        citations.cite(upper_first(full_stop(part.text)), part.sources) for part in (*line.instructions, *line.cautions)
    )


def has_word(topic: str, beginnings: tuple[str, ...]) -> bool:
    """`antibiotic-prophylaxis` and `antibiotics` have the word `antibiotic`."""
    return any(word.startswith(beginnings) for word in re.split(r"[-_ ]", topic.lower()))


def near_orders(care: Care) -> bool:
    return has_word(care.topic, NEAR_ORDERS)


def _comes_first(care: Care) -> bool:
    return has_word(care.topic, FIRST)


def reminder(care: Care, citations: Citations, tags: dict[str, tuple[str, ...]]) -> Reminder:
    return Reminder(care_label(care), care_words(care, citations), tags.get(care.id, ()))


def topic_words(care: Care) -> str:
    return upper_first(care.topic.replace("_", " ").replace("-", " "))


def care_label(care: Care) -> str:
    """The topic, or "" where the text begins with it."""
    return "" if care.text.lower().startswith(topic_words(care).lower()) else topic_words(care)


def care_words(care: Care, citations: Citations, most: int = MOST) -> Cited:
    """Text, time, reasons and sources of one piece of care."""
    begin = moment_words(care.start) if care.start else ""
    text = care.text.rstrip(".") + (f" ({begin})" if begin and begin not in care.text else "")
    because = "; ".join(reason.text.rstrip(".") for reason in care.reasons)
    keys = [*(key for reason in care.reasons for key in reason.sources), *care.sources]
    return citations.cite(f"{text}: {because}" if because else text, keys, most=most)


def home_medicines(plan: Plan, phase: Phase, citations: Citations, tags: dict[str, tuple[str, ...]]) -> list[Reminder]:
    """Home medicines that go on, in one line for all with the same instructions; it names every phase it holds for."""
    by_phase = {at: _home_groups(plan, at, tags) for at in PHASES}
    lines = []
    for key, orders in by_phase[phase].items():
        names = _names(orders)
        same = [at for at in PHASES if _names(by_phase[at].get(key, [])) == names]
        if same[0] != phase:
            continue
        label = "Continue at home doses" + (
            f" ({' and '.join(PHASE_WORDS[at].lower() for at in same)})" if same[1:] else ""
        )
        instructions, waits = key
        text = ". ".join([", ".join(names), *instructions]) if instructions else ", ".join(names)
        lines.append(Reminder(label, citations.cite(text, _sources(orders)), waits))
    return lines


def _goes_on(order: Order) -> bool:
    """A home medicine that goes on as it was; one that is changed is an order like any other."""
    return order.kind == "home_medication" and not order.adjustments


def _home_groups(plan: Plan, phase: Phase, tags: dict[str, tuple[str, ...]]) -> dict[tuple, list[Order]]:
    groups: dict[tuple, list[Order]] = {}
    for order in plan.orders:
        if order.phase == phase and _goes_on(order):
            instructions = tuple(part.text.rstrip(".") for part in (*order.instructions, *order.cautions))
            groups.setdefault((instructions, tags.get(order.id, ())), []).append(order)
    return groups


def _names(orders: list[Order]) -> list[str]:
    return list(dict.fromkeys(f"{order.drug} ({order.timing})" if order.timing else order.drug for order in orders))


def _sources(orders: list[Order]) -> list[str]:
    statements = [part for order in orders for part in (*order.instructions, *order.cautions, *order.reasons)]
    return [*(key for order in orders for key in order.sources), *(key for part in statements for key in part.sources)]


def discharge_lines(plan: Plan, phase: Phase, citations: Citations, tags: dict[str, tuple[str, ...]]) -> list[Reminder]:
    """The opioid to take home and naloxone, in the phase of discharge."""
    if phase != "discharge":
        return []
    lines = []
    if plan.discharge_opioid:
        supply = plan.discharge_opioid
        total = f"{number(supply.tablets)}{NO_BREAK}tablets, {one_decimal(supply.mme_total)}{NO_BREAK}MME in all"
        lines.append(
            Reminder("Opioid to take home", citations.cite(f"{supply.text.rstrip('.')} ({total})", supply.sources), ())
        )
    if plan.naloxone:
        words = {"give": "yes", "not_needed": "not needed", "confirm": "confirm first"}[plan.naloxone.verdict]
        text = citations.cite(f"{words}: {plan.naloxone.because.rstrip('.')}", plan.naloxone.sources)
        lines.append(Reminder("Naloxone", text, tags.get("naloxone", ()), tick=plan.naloxone.verdict != "not_needed"))
    return lines
