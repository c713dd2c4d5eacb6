"""The totals of a day as tables: every number with what it counts."""

from dataclasses import dataclass

from planner.documents.day_sheet.totals import BlockTotal, DrugTotal, SolutionTotal, Tally, Totals
from planner.documents.day_sheet.voice import NOT_KNOWN
from planner.plan.wording import count, number

ML = "mL"


@dataclass(frozen=True)
class Row:
    """`name` stands out, `what` tells its strengths apart; `cells` are numbers in words."""

    name: str
    what: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """`kind` sets the widths of its columns. `heads`: above the name, above what is counted, and above each cell."""

    kind: str
    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


_DRUG_HEADS = (
    "Drug",
    "Counted as",
    "Patients",
    "Scheduled",
    "of these to confirm",
    "As needed, at most",
    "of these to confirm",
    "Apart: plans at STOP",
)
_SOLUTION_HEADS = (
    "Drug",
    "Strength",
    "Blocks",
    "of these to confirm",
    "Volume in all",
    "of this to confirm",
    "Apart: plans at STOP",
)


def tables(found: Totals) -> tuple[Table, ...]:
    """The tables that have a row: for the pharmacy, then for the block cart."""
    made = (
        Table("drugs", "Pharmacy: by drug and strength", "", _DRUG_HEADS, tuple(map(_drug, found.drugs))),
        Table(
            "drugs",
            "Medicines from home that go on",
            "as the chart writes the dose; the patient's own supply is not taken off",
            _DRUG_HEADS,
            tuple(map(_drug, found.from_home)),
        ),
        Table(
            "solutions",
            "Local anesthetic for blocks and infiltration",
            "as drawn up; opened vials and waste are not counted",
            _SOLUTION_HEADS,
            tuple(map(_solution, found.injected)),
        ),
        Table(
            "solutions",
            "Local anesthetic through catheters",
            "24 hours at the highest rate, with every bolus",
            _SOLUTION_HEADS,
            tuple(map(_solution, found.infused)),
        ),
        Table(
            "tests",
            "Test doses",
            "given first through a catheter near the spine",
            ("Test dose", "", "Blocks", "of these to confirm", "Apart: plans at STOP"),
            tuple(map(_test, found.tested)),
        ),
        Table(
            "blocks",
            "Block cart: by block",
            "",
            ("Block", "Technique", "Number", "of these to confirm", "Sides", "Apart: plans at STOP"),
            tuple(map(_block, found.blocks)),
        ),
    )
    return tuple(table for table in made if table.rows)


def counted(found: Totals, undated: int) -> tuple[str, ...]:
    """What is in the numbers and what is not, one sentence each."""
    left_out = [
        _are(found.without, "case without a plan", "cases without a plan") if found.without else "",
        _are(undated, "row without a date", "rows without a date") if undated else "",
    ]
    sentences = [
        f"These numbers come from {count(found.counted, 'plan')}. "
        "To confirm: part of the number beside it, and given only once it is confirmed",
        f"{count(found.stopped, 'plan')} at STOP {'is' if found.stopped == 1 else 'are'} in the last column only"
        if found.stopped
        else "",
        f"In no number: {' and '.join(filter(None, left_out))}" if any(left_out) else "",
        "Scheduled: one dose of each order pre-op, in the room and in recovery, and on the ward the doses of the "
        "first 24 hours; part of a dose counts as a whole one",
        "As needed: the most that interval and limit allow in 24 hours, seldom all used",
        "Not counted: what is taken before admission and what goes home, and the hours an infusion runs in the room",
    ]
    return tuple(sentence for sentence in sentences if sentence)


def _are(number_of: int, one: str, many: str) -> str:
    return f"{number(number_of)} {one if number_of == 1 else many}"


def _drug(total: DrugTotal) -> Row:
    sure, need = total.scheduled, total.as_needed
    stopped = _stopped(sure, "scheduled"), _stopped(need, "as needed")
    cells = (
        number(len(total.rows)),
        _number(sure),
        number(float(sure.confirm)),
        _number(need),
        number(float(need.confirm)),
        ", ".join(filter(None, stopped)) or "0",
    )
    return Row(total.drug, total.what, cells)


def _number(tally: Tally) -> str:
    """The number; orders without one are named beside it and never count as nothing."""
    orders = f"{count(tally.unknown, 'order')} without a number" if tally.unknown else ""
    return " and ".join(filter(None, (number(float(tally.sure)) if tally.sure or not orders else "", orders)))


def _stopped(tally: Tally, kind: str) -> str:
    orders = f"{count(tally.unknown_stopped, 'order')} without a number" if tally.unknown_stopped else ""
    return " and ".join(filter(None, (f"{number(float(tally.stopped))} {kind}" if tally.stopped else "", orders)))


def _solution(total: SolutionTotal) -> Row:
    blocks, ml = total.blocks, total.ml
    cells = (
        number(float(blocks.sure)),
        number(float(blocks.confirm)),
        "dosed in mg" if total.by_mg else _volume(ml.sure, ml.unknown) or "0",
        _volume(ml.confirm, 0) or "0",
        ", ".join(filter(None, (_blocks(blocks), _volume(ml.stopped, ml.unknown_stopped)))) or "0",
    )
    return Row(total.drug, total.what, cells)


def _volume(ml: float, unknown: int) -> str:
    missing = f"{count(unknown, 'volume')} {NOT_KNOWN}" if unknown else ""
    return " and ".join(filter(None, (f"{number(float(ml))}\u00a0{ML}" if ml else "", missing)))


def _blocks(tally: Tally) -> str:
    return count(float(tally.stopped), "block") if tally.stopped else ""


def _test(total: SolutionTotal) -> Row:
    blocks = total.blocks
    return Row(total.drug, "", (number(float(blocks.sure)), number(float(blocks.confirm)), _blocks(blocks) or "0"))


def _block(total: BlockTotal) -> Row:
    blocks = total.blocks
    sides = [f"{number(float(tally.sure))} {side}" for side, tally in sorted(total.sides.items()) if tally.sure]
    cells = (number(float(blocks.sure)), number(float(blocks.confirm)), ", ".join(sides) or "0", _blocks(blocks) or "0")
    return Row(total.title[:1].upper() + total.title[1:], total.technique, cells)
