"""All products together: the most of each ingredient that any 24 hours of the week hold."""

from collections.abc import Iterator
from fractions import Fraction

from planner.audit.ledger import HOURS_A_DAY, Dose, Week, most_in_a_day
from planner.audit.limits import Limit
from planner.audit.look import Look, finding
from planner.library.quantities import MASS_IN_MG
from planner.plan.audit import Finding
from planner.plan.models import Order
from planner.plan.wording import amount

_BESIDE_HOME = ("opioid", "antidote")
"""What is taken at home of these is a baseline of its own: the plan's limit is for what comes on top."""
_CLOSE = 1e-6


def check(look: Look) -> Iterator[Finding]:
    told = set()
    for week in look.weeks:
        for drug in week.by_drug:
            for found in _too_much(drug, week, look):
                if (found.about, found.text) not in told:
                    told.add((found.about, found.text))
                    yield found


def _too_much(drug: str, week: Week, look: Look) -> Iterator[Finding]:
    """Where one limit counts every route, all orders and home medicines together; else each route for itself."""
    doses = week.by_drug[drug]
    lines = {dose.line for dose in doses}
    orders = [order for order in look.own_orders if order.id in lines]
    if not orders or look.drug(drug) is None:
        return
    if any(one.route == "any" and one.per_24h for one in look.library.drugs[drug].ceilings):
        groups = [orders]
    else:
        groups = [[one for one in orders if one.route == route] for route in {order.route: None for order in orders}]
    for group in groups:
        own, others = {order.id for order in group}, {order.id for order in orders if order not in group}
        counted = [dose for dose in doses if dose.line not in others]
        if group[0].kind in _BESIDE_HOME:
            counted = [dose for dose in counted if dose.line in own]
        yield from _over(counted, group, look)


def _over(doses: list[Dose], orders: list[Order], look: Look) -> Iterator[Finding]:
    limit = _limit(orders, look)
    if limit is None:
        return
    most, begins = most_in_a_day(doses)
    if most > float(limit.value) + _CLOSE:
        lines = list(dict.fromkeys(dose.line for dose in doses if begins <= dose.hour < begins + HOURS_A_DAY))
        text = (
            f"{amount(round(most, 4), doses[0].unit)} of {orders[0].drug} in 24 hours from {_when(begins)} "
            f"({', '.join(lines)}), at most {amount(int(limit.value * 1000) / 1000, doses[0].unit)}: {limit.because}"
        )
        yield finding("daily-total", orders[0].id, text, limit.sources)


def _limit(orders: list[Order], look: Look) -> Limit | None:
    """The most of the drug in all its orders together; the first day may have more."""
    found = []
    for order in orders:
        limits = look.limits(order)
        if not limits or not look.library.drugs[order.drug].ceilings:
            continue
        both = [one for one in (limits.all_day, limits.first_day) if one]
        day = max(both, key=lambda one: one.value, default=None)
        if day:
            scale = Fraction(str(MASS_IN_MG.get(limits.unit, 1)))
            found.append(Limit(day.value * scale, day.because, day.sources))
    return max(found, key=lambda limit: limit.value, default=None)


def _when(hour: float) -> str:
    side = "before" if hour < 0 else "after"
    return f"{abs(hour):g} hours {side} surgery"
