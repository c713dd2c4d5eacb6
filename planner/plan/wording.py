"""Doses in words that cannot be misread.

Rules of the Joint Commission and ISMP lists: one no-break space between number and unit,
no trailing zero, a leading zero, a comma from 1,000, units in full words where short
forms are misread.
"""

import math
from functools import lru_cache

from planner.plan.dates import date_words
from planner.plan.models import Order
from planner.plan.parts import Pieces, Quantity
from planner.plan.regional import Block

NO_BREAK = "\u00a0"
_ROUTES = {
    "oral": "by mouth",
    "iv": "IV",
    "im": "IM",
    "subcutaneous": "subcutaneously",
    "topical": "on the skin",
    "transdermal": "on the skin",
    "rectal": "by rectum",
    "intranasal": "intranasal",
    "sublingual": "under the tongue",
    "intrathecal": "intrathecal",
    "epidural": "epidural",
}
_UNIT_WORDS = {
    "h": "hour",
    "hr": "hour",
    "min": "minute",
    "d": "day",
    "ml": "mL",
    "l": "L",
    "ug": "mcg",
    "\u00b5g": "mcg",
    "\u03bcg": "mcg",
    "iu": "international unit",
    "IU": "international unit",
    "U": "unit",
    "ng": "nanogram",
}
_COUNTED = (
    "unit",
    "tablet",
    "capsule",
    "patch",
    "spray",
    "puff",
    "drop",
    "dose",
    "nanogram",
    "sachet",
    "lozenge",
    "suppository",
)


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """`1000.0` as `1,000`; `0.50` as `0.5`; at most four decimals, more only for a smaller value."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is no amount that can be printed")
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    if text in ("0", "-0") and value:
        text = f"{value:.12f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@lru_cache(maxsize=4096)
def amount(value: float, unit: str) -> str:
    """`amount(1000, 'mg')` is `1,000 mg` with a no-break space; `amount(2, 'tablet')` is `2 tablets`."""
    return f"{number(value)}{NO_BREAK}{unit_words(unit, value)}"


@lru_cache(maxsize=4096)
def unit_words(unit: str, value: float = 1) -> str:
    """`mg/kg/h` as `mg per kg per hour`: a slash between doses is misread as 1."""
    first, *per = [_UNIT_WORDS.get(part.strip(), part.strip()) for part in unit.replace(" per ", "/").split("/")]
    if value != 1 and first.split(" ")[-1] in _COUNTED:
        first = plural(first)
    return f"{NO_BREAK}per{NO_BREAK}".join([first, *per])


def plural(noun: str) -> str:
    if noun.endswith(("ch", "s", "x")):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("ry") else noun + "s"


def quantity(value: Quantity) -> str:
    return amount(value.value, value.unit)


def pieces_text(pieces: Pieces) -> str:
    """`2 tablets of 500 mg`, `half a tablet of 5 mg`."""
    units = f"half a {pieces.form}" if pieces.count == 0.5 else count(pieces.count, pieces.form)
    return f"{units} of {quantity(pieces.strength)}"


def hours(value: float) -> str:
    """`6.0` as `6 hours`, `0.25` as `15 minutes`."""
    if value < 1:
        return count(round(value * 60), "minute")
    return count(value, "hour")


def count(value: float, noun: str) -> str:
    return f"{number(value)}{NO_BREAK}{noun if value == 1 else plural(noun)}"


def route_words(route: str | None) -> str:
    return _ROUTES.get(route or "", route or "")


def size_text(order: Order) -> str:
    """The dose, or the rate of an infusion, or "" where the order has neither."""
    size = order.rate or order.dose
    return quantity(size) if size else ""


def give_text(order: Order) -> str:
    """Drug, dose and route of an order: `acetaminophen 1,000 mg by mouth`."""
    parts = [order.drug, size_text(order), route_words(order.route)]
    return " ".join(part for part in parts if part)


def interval_text(order: Order) -> str:
    """`every 6 hours`, `daily`, `continuous`, `once`, or "" where nothing is to be repeated."""
    if order.rate:
        return "continuous"
    if order.interval_h is None:
        return "once" if order.dose and not order.as_needed else ""
    if order.interval_h == 24:
        return "daily"
    return "every hour" if order.interval_h == 1 else f"every {hours(order.interval_h)}"


def often_text(order: Order) -> str:
    """How often: `every 6 hours`, `once, 1 hour before surgery`, `every 4 hours as needed for ...`."""
    need = f" for {order.indication}" if order.as_needed and order.indication else ""
    return _joined(_interval(order) + need, order.timing or "", over_text(order), duration_text(order))


def often_words(order: Order, timing: str) -> str:
    """How often, without what it is needed for and how long a dose runs; with `timing` instead of the order's own."""
    return _joined(_interval(order), timing, duration_text(order))


def over_text(order: Order) -> str:
    return f"over {order.over}" if order.over else ""


def _interval(order: Order) -> str:
    text = interval_text(order)
    return f"{text} as needed".strip() if order.as_needed else text


def _joined(*pieces: str) -> str:
    return ", ".join(piece for piece in pieces if piece)


def duration_text(order: Order) -> str:
    """`for 5 days, last day Mon 21-Dec-2026`; under three days in hours, so that the end is exact."""
    if order.duration_days is None:
        return ""
    last = f", last day {date_words(order.last_day)}" if order.last_day else ""
    if order.duration_days < 3 and order.duration_days != 1:
        return f"for {count(order.duration_days * 24, 'hour')}{last}"
    return f"for {count(order.duration_days, 'day')}{last}"


def limit_text(order: Order) -> str:
    """The most in 24 hours, or "" where one dose is all there is."""
    return quantity(order.max_24h) if order.max_24h else ""


def order_text(order: Order) -> str:
    """The whole order in one line, limit included."""
    limit = limit_text(order)
    pieces = [give_text(order), often_text(order), f"at most {limit} in 24{NO_BREAK}hours" if limit else ""]
    return ", ".join(piece for piece in pieces if piece)


def block_name(block: Block) -> str:
    """Title and side: `Adductor canal block, left`."""
    if block.sides and block.sides != ["midline"]:
        return f"{block.title}, {' and '.join(block.sides)}"
    return block.title


def block_drug_text(block: Block) -> str:
    """Drug, concentration, volume and dose: `ropivacaine 0.5 % 20 mL = 100 mg`.

    On two sides each is named: `ropivacaine 0.5 % 10 mL on each side, 20 mL = 100 mg in all`.
    """
    dose = amount(block.dose_mg, "mg") if block.dose_mg else ""
    strength = f"{number(block.concentration_percent)}{NO_BREAK}% " if block.concentration_percent else ""
    mixture = f" {block.mixture}" if block.mixture else " with epinephrine" if block.with_epinephrine else ""
    if block.volume_ml is None:
        return f"{block.drug} {dose or strength}".strip() + mixture
    sides = len(block.sides)
    each = f"{amount(block.volume_ml / sides, 'mL')} on each side, " if sides > 1 else ""
    in_all = " in all" if sides > 1 else ""
    total = amount(block.volume_ml, "mL") + (f" = {dose}" if dose else "")
    return f"{block.drug} {strength}{each}{total}{in_all}{mixture}"


def block_text(block: Block) -> str:
    """Title, side, drug, concentration, volume and dose of a block, and its infusion, in one line."""
    injected = block_drug_text(block) if block.volume_ml is not None or block.dose_mg else ""
    test = f"test dose {block.test_dose}" if block.test_dose else ""
    infusion = block.infusion.text if block.infusion else ""
    then = f"then {infusion}" if infusion and injected else infusion
    return ", ".join(part for part in (block_name(block), test, injected, then) if part)
