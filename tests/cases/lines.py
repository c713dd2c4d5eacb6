"""A plan as lines a pharmacist can read, for expected and forbidden lines of the cases."""

from collections.abc import Iterator

from planner.plan.models import Order, Plan
from planner.plan.wording import NO_BREAK


def plan_lines(plan: Plan) -> list[str]:
    """One line for every decision. The first words say what kind of line it is:

    `status: confirm`, `give ward: acetaminophen 1,000 mg by mouth, every 6 hours, ...`,
    `confirm ward: celecoxib 200 mg ...`, `give block: adductor canal block, left, ...`,
    `left out: ibuprofen: kidney function under 30 ...`, `alert stop: ...`, `ask: Serum creatinine?`,
    `care ward: ...`, `milestone day 0 to 1: ...`, `maximum used: 0.98`.
    """
    return [line.replace(NO_BREAK, " ") for line in _lines(plan)]


def _lines(plan: Plan) -> Iterator[str]:
    yield f"status: {plan.status}"
    for alert in plan.alerts:
        yield f"alert {alert.severity}: {alert.about}: {alert.text}"
    for missing in plan.missing:
        yield f"ask: {missing.factor}: {missing.text}"
    for order in plan.orders:
        yield _order(order)
    for block in plan.blocks:
        yield f"{block.verdict} block: {block.text}{_notes(block)}"
    if plan.local_anesthetic:
        yield f"maximum used: {plan.local_anesthetic.fraction_of_maximum:.2f}"
    for care in plan.care:
        yield f"care {care.phase}: {care.id}: {care.text}"
    for left in plan.omitted:
        yield f"left out: {left.title}: {left.because} ({'; '.join(left.facts)})"
    for milestone in plan.milestones:
        yield (
            f"milestone day {milestone.from_day} to {milestone.to_day} ({milestone.date}): "
            f"{milestone.text} ({milestone.who})"
        )


def _order(order: Order) -> str:
    form = f" [{order.dose_form}]" if order.dose_form else ""
    return f"{order.verdict} {order.phase}: {order.text}{form}{_notes(order)}"


def _notes(line) -> str:
    notes = [
        f" [changed: {change.part} from {change.from_text} to {change.to_text}: {change.because}]"
        for change in line.adjustments
    ]
    notes += [f" [confirm: {entry.ask} / {entry.if_yes} / {entry.if_no}]" for entry in line.confirmations]
    notes += [f" [caution: {caution.text}]" for caution in line.cautions]
    return "".join(notes)


def found(wanted: str, lines: list[str]) -> bool:
    """Whether one line holds every piece of `wanted`, pieces being parted by ` ... `."""
    pieces = wanted.split(" ... ")
    return any(all(piece in line for piece in pieces) for line in lines)
