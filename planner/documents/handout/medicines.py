"""The medicines of a handout: tablets by time of day, and boxes to tick on the first days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from planner.plan.dates import moment
from planner.plan.handout import PatientMedicine, PatientText
from planner.plan.models import Order, Plan

COLUMNS = ("morning", "noon", "evening", "bedtime")
"""Times of the day as columns; the afternoon stands in the column of noon and is named in its cell."""
_IN_COLUMN = {"afternoon": "noon"}
TICKED_DAYS = 5


@dataclass(frozen=True)
class Dose:
    """What is taken at one time: a number of tablets or, of powders and the like, an amount."""

    count: float | None
    form: str
    amount: float
    unit: str


@dataclass(frozen=True)
class Cell:
    """One time of the day: with a dose, or none. `named` where the time is not that of its column."""

    taken: bool
    named: str = ""


@dataclass(frozen=True)
class MedicineRow:
    drug: str
    brands: tuple[str, ...]
    strength: tuple[float, str] | None
    dose: Dose
    purpose: PatientText | None
    notes: tuple[PatientText, ...]
    cells: tuple[Cell, ...]
    times_a_day: int
    least_hours: float | None
    most: float | None
    most_unit: str
    last_day: str | None
    as_needed: bool
    settled: bool


@dataclass(frozen=True)
class Ticks:
    """Boxes of the first days: for each medicine as many a day as it is taken."""

    days: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def medicine_rows(plan: Plan) -> list[MedicineRow]:
    """The medicines to take at home in the order of the plan, those by the clock before those when needed."""
    orders = {order.id: order for order in plan.orders}
    told = [(orders[one.order], one) for one in plan.handout.medicines if one.order in orders]
    rows = [_row(order, words) for order, words in told if order.dose]
    return sorted(rows, key=lambda row: row.as_needed)


def _row(order: Order, words: PatientMedicine) -> MedicineRow:
    pieces = order.pieces
    dose = Dose(
        count=pieces.count if pieces else None,
        form=pieces.form if pieces else "dose",
        amount=order.dose.value,
        unit=order.dose.unit,
    )
    cells = tuple(_cells(words.slots))
    return MedicineRow(
        drug=order.drug,
        brands=tuple(words.brands),
        strength=(pieces.strength.value, pieces.strength.unit) if pieces else None,
        dose=dose,
        purpose=words.purpose,
        notes=tuple(words.notes),
        cells=cells,
        times_a_day=sum(cell.taken for cell in cells),
        least_hours=order.interval_h,
        most=order.max_24h.value if order.max_24h else None,
        most_unit=order.max_24h.unit if order.max_24h else "",
        last_day=words.last_day,
        as_needed=order.as_needed,
        settled=order.verdict == "give",
    )


def _cells(slots: Iterable[str]) -> Iterator[Cell]:
    """A cell for each column; no cell is taken where the medicine has no times."""
    by_column = {_IN_COLUMN.get(slot, slot): slot for slot in slots}
    for column in COLUMNS:
        slot = by_column.get(column)
        yield Cell(taken=slot is not None, named=slot if slot and slot != column else "")


def ticks(rows: Iterable[MedicineRow], first: str | None) -> Ticks:
    """Boxes for the first days at home; without the day of going home the days have no date."""
    scheduled = [row for row in rows if row.times_a_day]
    days = [_after(first, count) for count in range(TICKED_DAYS)]
    return Ticks(
        tuple(days),
        tuple((row.drug, tuple(_boxes(row, day, at) for at, day in enumerate(days))) for row in scheduled),
    )


def _after(first: str | None, days: int) -> str:
    start = moment(first)
    return (date(start.year, start.month, start.day) + timedelta(days=days)).isoformat() if start else ""


def _boxes(row: MedicineRow, day: str, at: int) -> int:
    """None after the last day."""
    return 0 if row.last_day and day > row.last_day else row.times_a_day
