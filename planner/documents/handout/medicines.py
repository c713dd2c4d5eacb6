"""The medicines of a handout: tablets by time of day, and boxes to tick on the first days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

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
class TickDay:
    """Boxes to tick on one of the first days; `date` is "" where the day of going home is not known."""

    date: str
    boxes: int


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
    days: tuple[TickDay, ...]
    least_hours: float | None
    most: float | None
    most_unit: str
    last_day: str | None
    as_needed: bool
    settled: bool


def medicine_rows(plan: Plan) -> list[MedicineRow]:
    """The medicines to take at home in the order of the plan, those by the clock before those when needed."""
    orders = {order.id: order for order in plan.orders}
    told = [(orders[one.order], one) for one in plan.handout.medicines if one.order in orders]
    leaving = plan.case.get("discharge_at")
    rows = [_row(order, words, leaving) for order, words in told if order.dose]
    return sorted(rows, key=lambda row: row.as_needed)


def _row(order: Order, words: PatientMedicine, leaving: str | None) -> MedicineRow:
    pieces = order.pieces
    dose = Dose(
        count=pieces.count if pieces else None,
        form=pieces.form if pieces else "dose",
        amount=order.dose.value,
        unit=order.dose.unit,
    )
    cells = tuple(_cells(words.slots))
    times = sum(cell.taken for cell in cells)
    return MedicineRow(
        drug=order.drug,
        brands=tuple(words.brands),
        strength=(pieces.strength.value, pieces.strength.unit) if pieces else None,
        dose=dose,
        purpose=words.purpose,
        notes=tuple(words.notes),
        cells=cells,
        times_a_day=times,
        days=tuple(_days(leaving, words.last_day, times)),
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


def _days(first: str | None, last: str | None, times: int) -> Iterator[TickDay]:
    """The first days at home, none after the last day; without the day of going home they have no date."""
    start = moment(first)
    for after in range(TICKED_DAYS if times else 0):
        day = (start.date() + timedelta(days=after)).isoformat() if start else ""
        yield TickDay(day, 0 if last and day > last else times)
