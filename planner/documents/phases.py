"""What to give, phase by phase: orders and blocks, and what belongs beside them."""

from dataclasses import dataclass

from planner.documents.care import care_label, care_words, has_word, topic_words
from planner.documents.citations import Citations
from planner.documents.discharge import Reminder, Supply, discharge_lines
from planner.documents.local_anesthetic import Budget, budget
from planner.documents.orders import Row, Rows
from planner.documents.questions import lower_first
from planner.documents.safe_writing import findings
from planner.plan.dates import date_words
from planner.plan.models import Care, Order, Plan
from planner.plan.parts import PHASES, Phase
from planner.plan.wording import give_text, interval_text

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
class PhaseTable:
    """`budget` stands with the blocks of the phase."""

    title: str
    before: tuple[Reminder, ...]
    blocks: tuple[Row, ...]
    budget: Budget | None
    orders: tuple[Row, ...]
    after: tuple[Reminder | Supply, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*self.blocks, *self.orders)

    @property
    def lines(self) -> tuple[Row | Reminder | Supply | Budget, ...]:
        """Everything in the phase from top to bottom; each line says its kind."""
        budget = (self.budget,) if self.budget else ()
        return (*self.before, *self.blocks, *budget, *self.orders, *self.after)


def phase_tables(
    plan: Plan, citations: Citations, tags: dict[str, tuple[str, ...]], whole: bool = False
) -> tuple[PhaseTable, ...]:
    """The phases that have something to give, in order of time. `whole`: with all standing instructions."""
    rows = Rows(citations, tags, date_words(plan.case.get("surgery_at")), whole)
    tables = [_phase_table(plan, phase, rows) for phase in PHASES]
    return tuple(table for table in tables if table.before or table.rows or table.after)


def _phase_table(plan: Plan, phase: Phase, rows: Rows) -> PhaseTable:
    care = [care for care in plan.care if care.phase == phase and near_orders(care)]
    titles = {block.id: lower_first(block.title) for block in plan.blocks}
    blocks = [block for block in plan.blocks if block.phase == phase]
    given = [order for order in plan.orders if order.phase == phase and not _goes_on(order)]
    return PhaseTable(
        title=PHASE_WORDS[phase],
        before=reminders([item for item in care if has_word(item.topic, FIRST)], rows),
        blocks=tuple(rows.block(block, titles) for block in blocks),
        budget=budget(plan.local_anesthetic, rows.citations) if phase == _phase_of_budget(plan) else None,
        orders=tuple(rows.order(order) for order in given),
        after=(
            *reminders([item for item in care if not has_word(item.topic, FIRST)], rows),
            *home_medicines(plan, phase, rows),
            *discharge_lines(plan, phase, rows),
        ),
    )


def _phase_of_budget(plan: Plan) -> Phase | None:
    """The budget stands after the last block; without a block, after what is given into a vein."""
    counted = {part.block for part in plan.local_anesthetic.components} if plan.local_anesthetic else set()
    lines = plan.blocks or [order for order in plan.orders if order.id in counted]
    return max((line.phase for line in lines), key=PHASES.index, default=None)


def near_orders(care: Care) -> bool:
    return has_word(care.topic, NEAR_ORDERS)


def reminders(found: list[Care], rows: Rows) -> tuple[Reminder, ...]:
    """One line for all care of one topic that waits for the same."""
    lines: dict[tuple, list[Care]] = {}
    for care in found:
        lines.setdefault((topic_words(care), rows.tags.get(care.id, ())), []).append(care)
    return tuple(_reminder(together, waits, rows) for (_, waits), together in lines.items())


def _reminder(together: list[Care], waits: tuple[str, ...], rows: Rows) -> Reminder:
    label = care_label(together[0])
    return Reminder(label, tuple(care_words(care, rows.citations, rows.surgery_day) for care in together), waits)


def home_medicines(plan: Plan, phase: Phase, rows: Rows) -> list[Reminder]:
    """Home medicines that go on, in one line for all with the same instructions; it names every phase it holds for."""
    by_phase = {at: _home_groups(plan, at, rows.tags) for at in PHASES}
    lines = []
    for key, orders in by_phase[phase].items():
        names = _names(orders)
        same = [at for at in PHASES if _names(by_phase[at].get(key, [])) == names]
        if same[0] != phase:
            continue
        also = f" ({' and '.join(PHASE_WORDS[at].lower() for at in same)})" if same[1:] else ""
        instructions, waits = key
        text = ". ".join(["; ".join(names), *instructions])
        lines.append(Reminder(f"Continue as at home{also}", (rows.citations.cite(text, _sources(orders)),), waits))
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
    return list(dict.fromkeys(map(_home_words, orders)))


def _home_words(order: Order) -> str:
    """The medicine as the order's text names it after its lead, `Continue as at home: duloxetine 60 mg daily`.

    Words that are not safe to print on a line of orders are said anew, from what was understood.
    """
    _, lead, words = order.text.partition(": ")
    if lead and not findings(words):
        return words.strip()
    said = " ".join(part for part in (give_text(order), _home_interval(order)) if part)
    return f"{said} ({order.timing})" if order.timing else said


def _home_interval(order: Order) -> str:
    often = interval_text(order) if order.interval_h else ""
    return f"{often} as needed".strip() if order.as_needed else often


def _sources(orders: list[Order]) -> list[str]:
    statements = [part for order in orders for part in (*order.instructions, *order.cautions, *order.reasons)]
    return [*(key for order in orders for key in order.sources), *(key for part in statements for key in part.sources)]
