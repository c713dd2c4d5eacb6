"""What the orders of one plan ask the pharmacy for, up to the first 24 hours on the ward."""

import math
from collections.abc import Iterable

from planner.plan.day import DayDrug
from planner.plan.models import Order

COUNTED = ("preop", "intraop", "pacu", "ward")
DAY_H = 24
DOSE, INFUSION = "dose", "infusion"
_LEAST = 1e-6
"""Less than this is the noise of a division, not part of a dose."""


def supply(orders: Iterable[Order]) -> list[DayDrug]:
    """One entry for each order of `COUNTED`; what is taken before admission and taken home is not in it."""
    return [_entry(order) for order in orders if order.phase in COUNTED]


def _entry(order: Order) -> DayDrug:
    doses = _doses(order)
    pieces = order.pieces
    size = pieces.strength if pieces else order.rate or order.dose
    return DayDrug(
        drug=order.drug,
        form=pieces.form if pieces else INFUSION if order.rate else DOSE,
        strength=size,
        route=order.route,
        count=doses if doses is None or pieces is None else doses * pieces.count,
        as_needed=_is_as_needed(order),
        from_home=order.kind == "home_medication",
        verdict=order.verdict,
    )


def _is_as_needed(order: Order) -> bool:
    """As needed, or tied to a condition by its timing: `only if nausea or vomiting in recovery`."""
    return order.as_needed or (order.timing or "").startswith("only if")


def _doses(order: Order) -> float | None:
    """Whole doses: one pre-op, in the room and once on the ward; of an order that repeats, those of 24 hours.

    Of an as-needed order the most that its interval and limit allow. None where neither gives a number.
    """
    if order.rate:
        return 1
    if order.dose is None:
        return None
    if not order.as_needed and (order.interval_h is None or order.phase in ("preop", "intraop")):
        return 1
    bounds = []
    if order.interval_h:
        lasts = DAY_H if order.duration_days is None else min(DAY_H, order.duration_days * DAY_H)
        bounds.append(_whole(lasts / order.interval_h))
    if order.max_24h and order.max_24h.unit == order.dose.unit and order.dose.value:
        bounds.append(_whole(order.max_24h.value / order.dose.value))
    return min(bounds, default=None)


def _whole(doses: float) -> int:
    """A part of a dose counts as a whole one."""
    return math.ceil(doses - _LEAST)
