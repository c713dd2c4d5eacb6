"""What must not come together: two of a class, one ingredient twice, and sedating medicines without a word about it."""

from collections.abc import Iterator
from itertools import combinations

from planner.audit.ledger import GOES_ON
from planner.audit.look import Look, finding
from planner.plan.audit import Finding
from planner.plan.models import Order

_AT_ONE_TIME = (("preop", "intraop", "pacu"), ("ward",), ("discharge", "home"))
_SEDATING = ("opioid", "gabapentinoid", "benzodiazepine", "muscle-relaxant", "sedative-hypnotic")


def check(look: Look) -> Iterator[Finding]:
    yield from _two_of_a_class(look)
    yield from _twice(look)
    yield from _sedatives(look)


def _two_of_a_class(look: Look) -> Iterator[Finding]:
    """Two drugs of a class that a patient has one of at a time, in one stretch of the plan or from home beside it."""
    for name, drug_class in look.library.classes.items():
        rule = drug_class.one_at_a_time
        if rule is None:
            continue
        members = [order for order in look.own_orders if name in look.facts.classes_of(order.drug)]
        home = [
            medicine
            for medicine in look.plan.home_medicines or ()
            if name in medicine.classes and medicine.action in GOES_ON
        ]
        for phases in _AT_ONE_TIME:
            here = sorted({order.drug for order in members if order.phase in phases})
            if len(here) > 1:
                about = next(order.id for order in members if order.drug == here[1] and order.phase in phases)
                yield finding("two-of-a-class", about, f"{' and '.join(here)}: {rule.text}", rule.source)
        if members and home:
            text = f"{members[0].drug} beside {home[0].drug} from home: {rule.text}"
            yield finding("two-of-a-class", members[0].id, text, rule.source)


def _twice(look: Look) -> Iterator[Finding]:
    """One drug ordered twice by the same route in one phase, or on schedule by two."""
    for one, other in combinations(look.own_orders, 2):
        if (one.drug, one.phase) != (other.drug, other.phase) or not (one.dose and other.dose):
            continue
        both_repeated = bool(one.interval_h and other.interval_h)
        same_way = one.route == other.route and one.regimen == other.regimen
        scheduled = both_repeated and not (one.as_needed or other.as_needed)
        if same_way or scheduled or (both_repeated and one.route == other.route):
            yield finding("duplicate", other.id, f"{other.drug} is ordered twice: {one.id} and {other.id}")


def _sedatives(look: Look) -> Iterator[Finding]:
    """An opioid beside another sedating medicine, where no line about it says anything."""
    plan = look.plan
    at_home = {
        name
        for medicine in plan.home_medicines or ()
        if medicine.action in GOES_ON
        for name in _SEDATING
        if name in medicine.classes
    }
    for phases in _AT_ONE_TIME[1:]:
        orders = [order for order in look.own_orders if order.phase in phases]
        given = {name: [one for one in orders if name in look.facts.classes_of(one.drug)] for name in _SEDATING}
        kinds = at_home | {name for name, lines in given.items() if lines}
        lines = [line for name in _SEDATING for line in given[name]]
        if "opioid" in kinds and len(kinds) > 1 and lines and not any(map(_is_told, lines)):
            text = f"{', '.join(sorted(kinds))} together, and no line warns of it"
            yield finding("sedatives", lines[0].id, text)


def _is_told(order: Order) -> bool:
    return bool(order.cautions or order.confirmations)
