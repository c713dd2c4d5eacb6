"""What every line must have: dose, route, interval and limit; a reason and a source; and a status that fits."""

from collections.abc import Iterator
from itertools import chain

from planner.audit.look import Look, finding
from planner.plan.audit import Finding
from planner.plan.models import Order

_ONCE = ("preop", "intraop", "before_admission")


def check(look: Look) -> Iterator[Finding]:
    for order in look.own_orders:
        yield from _order(order)
    for block in look.plan.blocks:
        if not (block.dose_mg or block.infusion) and block.verdict == "give":
            yield finding("incomplete", block.id, "A block without a dose")
        if not block.sides and look.plan.case.get("side"):
            yield finding("incomplete", block.id, "A block without a side, and the side is known")
    yield from _reasons(look)
    yield from _sources(look)
    yield from _status(look)


def _order(order: Order) -> Iterator[Finding]:
    if order.dose is None and order.rate is None and not (order.verdict == "confirm" and order.confirmations):
        yield finding("incomplete", order.id, "An order without a dose")
    if any(size is not None and size.value <= 0 for size in (order.dose, order.rate, order.max_24h)):
        yield finding("incomplete", order.id, "A dose that is not above zero")
    if not order.route:
        yield finding("incomplete", order.id, "An order without a route")
    repeated = order.phase not in _ONCE and order.rate is None
    if repeated and order.interval_h is None and not order.timing:
        yield finding("incomplete", order.id, "An order without an interval")
    if order.interval_h is not None and order.interval_h <= 0:
        yield finding("incomplete", order.id, "An interval that is not above zero")
    if order.interval_h and order.max_24h is None and order.dose:
        yield finding("incomplete", order.id, "A repeated order without a limit in 24 hours")
    if order.as_needed and not order.indication:
        yield finding("incomplete", order.id, "As needed, and not said for what")


def _reasons(look: Look) -> Iterator[Finding]:
    plan = look.plan
    for line in (*plan.orders, *plan.blocks):
        if not line.sources:
            yield finding("no-reason", line.id, "A line without a source")
        if not (line.reasons or getattr(line, "purpose", None)):
            yield finding("no-reason", line.id, "A line without a reason")
        for change in line.adjustments:
            if not change.because:
                yield finding("no-reason", line.id, f"A change without a reason: {change.part}")
    for omitted in plan.omitted:
        if not omitted.because:
            yield finding("no-reason", omitted.id, "Left out without a reason")
        if not omitted.sources and omitted.origin in ("patient", "protocol") and not omitted.facts:
            yield finding("no-reason", omitted.id, "Left out without a source")
    for milestone in plan.milestones:
        if not milestone.sources:
            yield finding("no-reason", milestone.id, "A milestone without a source")
    for about, part in (("discharge-opioid", plan.discharge_opioid), ("naloxone", plan.naloxone)):
        if part and not part.sources and getattr(part, "verdict", "") != "not_needed":
            yield finding("no-reason", about, "No source")


def _sources(look: Look) -> Iterator[Finding]:
    """Every source named stands in the list of the plan."""
    plan = look.plan
    listed = plan.sources.keys()
    for line in (*plan.orders, *plan.blocks):
        said = chain((line,), line.reasons, line.cautions, line.adjustments)
        yield from _unlisted(line.id, {key for part in said for key in part.sources} - listed)
    for line in (*plan.omitted, *plan.care, *plan.milestones):
        yield from _unlisted(line.id, set(line.sources) - listed)
    for alert in plan.alerts:
        yield from _unlisted(alert.about, set(alert.sources) - listed)


def _unlisted(about: str, keys: set[str]) -> Iterator[Finding]:
    for key in sorted(keys):
        yield finding("no-reason", about, f"The source {key} is not in the list of sources")


def _status(look: Look) -> Iterator[Finding]:
    plan = look.plan
    if plan.status != "stop" and any(alert.severity == "stop" for alert in plan.alerts):
        yield finding("status", "status", f"A stop stands, and the plan says {plan.status}")
    lines = (*plan.orders, *plan.blocks, *plan.care, plan.discharge_opioid, plan.naloxone)
    waiting = [line for line in lines if line and line.verdict == "confirm"]
    if plan.status == "ready" and (waiting or plan.missing):
        yield finding("status", "status", "Something waits to be confirmed, and the plan says ready")
    for line in (*plan.orders, *plan.blocks):
        if line.verdict == "give" and line.confirmations:
            yield finding("not-confirmed", line.id, "A line with an open question does not wait for it")
