"""Whether the printed pages say what the plan says: each order and block in its own words."""

import re
from collections.abc import Iterator

from planner.audit.look import finding
from planner.plan.audit import Finding
from planner.plan.models import Order, Plan
from planner.plan.regional import Block
from planner.plan.wording import block_drug_text, interval_text, limit_text, route_words, size_text

_BLANK = re.compile(r"[\s\u00ad]+")
_ROW_IS_AT_MOST = 1500
"""Letters between the parts of one row, a page break and its footer included."""


def disagreements(plan: Plan, text: str) -> Iterator[Finding]:
    """Every part of a plan that `text`, as read back from its pages, does not have."""
    pages = _folded(text)
    if _folded(plan.status) not in pages:
        yield finding("printed-text", "status", f"The pages do not say {plan.status}")
    for order in plan.orders:
        if order.kind != "home_medication" and not _row(order).search(pages):
            yield finding("printed-text", order.id, f"The pages do not have: {order.text}")
    for block in plan.blocks:
        yield from _block(block, pages)
    for alert in plan.alerts:
        if alert.severity == "stop" and _folded(alert.text.rstrip(".")) not in pages:
            yield finding("printed-text", alert.about, f"The pages do not have the stop: {alert.text}")


def _row(order: Order) -> re.Pattern[str]:
    """Drug, dose and route together, then how often, then the limit of the day, before another row could end."""
    given = " ".join(part for part in (order.drug, size_text(order), route_words(order.route)) if part)
    often = interval_text(order)
    return _in_a_row(given, f"{often} as needed" if order.as_needed else often, limit_text(order))


def _block(block: Block, pages: str) -> Iterator[Finding]:
    injected = block_drug_text(block) if block.volume_ml or block.dose_mg else ""
    infused = block.infusion.text if block.infusion else ""
    if not _in_a_row(block.title, injected, infused).search(pages):
        yield finding("printed-text", block.id, f"The pages do not have: {block.text}")


def _in_a_row(*parts: str) -> re.Pattern[str]:
    """The parts one after the other, with at most as much between them as one row has."""
    gap = f".{{0,{_ROW_IS_AT_MOST}}}?"
    return re.compile(gap.join(re.escape(_folded(part)) for part in parts if part.strip()), re.DOTALL)


def _folded(text: str) -> str:
    """Without blanks and case: lines and columns break where they must, and names are in tall-man letters."""
    return _BLANK.sub("", text).casefold()
