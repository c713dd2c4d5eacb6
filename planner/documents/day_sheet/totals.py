"""What the plans of a day ask for together. Different strengths are never added, and STOP is counted apart."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from planner.documents.day_sheet.supply import INFUSION
from planner.documents.day_sheet.voice import NOT_KNOWN
from planner.plan.day import DayBlock, DayCase, DayDrug
from planner.plan.wording import NO_BREAK, amount, number, quantity, route_words

MG_PER_ML_OF_1_PERCENT = 10
"""By definition: 1 g in 100 mL."""
TECHNIQUES = ("spinal", "epidural", "catheter", "single-shot", "infiltration")
"""In the order of the block cart."""


@dataclass
class Tally:
    """A number of things. `confirm` is the part of `sure` that is still to confirm.

    `stopped`: what plans at STOP ask for, in no other number. `unknown`: how many have no number, by plan.
    """

    sure: Fraction = Fraction()
    confirm: Fraction = Fraction()
    stopped: Fraction = Fraction()
    unknown: int = 0
    unknown_stopped: int = 0

    def add(self, value: float | None, case: DayCase, confirm: bool) -> None:
        """`confirm`: it waits for an answer."""
        if value is None:
            if case.status == "stop":
                self.unknown_stopped += 1
            else:
                self.unknown += 1
            return
        exact = Fraction(str(value))
        if case.status == "stop":
            self.stopped += exact
            return
        self.sure += exact
        self.confirm += exact if confirm else 0


@dataclass
class DrugTotal:
    """One drug in one strength and form: what is scheduled, and what is as needed at most."""

    drug: str
    what: str
    from_home: bool
    scheduled: Tally = field(default_factory=Tally)
    as_needed: Tally = field(default_factory=Tally)
    rows: set[int] = field(default_factory=set)


@dataclass
class SolutionTotal:
    """One local anesthetic in one concentration: how many blocks, and how much for all of them.

    `by_mg`: each is one dose in mg, and there is no volume.
    """

    drug: str
    what: str
    by_mg: bool = False
    blocks: Tally = field(default_factory=Tally)
    ml: Tally = field(default_factory=Tally)


@dataclass(frozen=True)
class Part:
    """One solution of one block; `ml` is None where it is not known, and 0 where nothing goes by volume."""

    drug: str
    what: str
    ml: float | None
    by_mg: bool = False


@dataclass
class BlockTotal:
    """One block by one technique: how many, and on which sides."""

    title: str
    technique: str
    blocks: Tally = field(default_factory=Tally)
    sides: dict[str, Tally] = field(default_factory=dict)


@dataclass(frozen=True)
class Totals:
    """`counted`: plans in the numbers. `stopped`: plans counted apart. `without`: cases without a plan."""

    drugs: tuple[DrugTotal, ...]
    from_home: tuple[DrugTotal, ...]
    injected: tuple[SolutionTotal, ...]
    infused: tuple[SolutionTotal, ...]
    tested: tuple[SolutionTotal, ...]
    blocks: tuple[BlockTotal, ...]
    counted: int
    stopped: int
    without: int


def totals(cases: Sequence[DayCase]) -> Totals:
    """The numbers of all plans of the day; cases without a plan are only counted."""
    planned = [case for case in cases if case.line]
    drugs = sorted(_drugs(planned), key=lambda total: (total.drug.lower(), total.what))
    stopped = sum(case.status == "stop" for case in planned)
    return Totals(
        drugs=tuple(total for total in drugs if not total.from_home),
        from_home=tuple(total for total in drugs if total.from_home),
        injected=_solutions(planned, _injected),
        infused=_solutions(planned, _infused),
        tested=_solutions(planned, _tested),
        blocks=_block_totals(planned),
        counted=len(planned) - stopped,
        stopped=stopped,
        without=len(cases) - len(planned),
    )


def _drugs(planned: Iterable[DayCase]) -> Iterable[DrugTotal]:
    found: dict[tuple, DrugTotal] = {}
    for case in planned:
        for drug in case.line.drugs:
            what = drug_form(drug)
            total = found.setdefault((drug.drug, what, drug.from_home), DrugTotal(drug.drug, what, drug.from_home))
            tally = total.as_needed if drug.as_needed else total.scheduled
            tally.add(drug.count, case, drug.verdict == "confirm")
            if case.status != "stop":
                total.rows.add(case.row)
    return found.values()


def drug_form(drug: DayDrug) -> str:
    """What is counted: `tablet of 500 mg by mouth`, `dose of 4 mg IV`, `infusion at 7.6 mg per hour IV`."""
    join = " at " if drug.form == INFUSION else " of "
    size = f"{drug.form}{join}{quantity(drug.strength)}" if drug.strength else f"{drug.form}, amount not stated,"
    return f"{size} {route_words(drug.route)}".strip(" ,")


def _solutions(planned: Iterable[DayCase], parts: Callable[[DayBlock], Iterator[Part]]) -> tuple[SolutionTotal, ...]:
    found: dict[tuple, SolutionTotal] = {}
    for case in planned:
        for block in case.line.blocks:
            for part in parts(block):
                total = found.setdefault((part.drug, part.what), SolutionTotal(part.drug, part.what, part.by_mg))
                total.blocks.add(1, case, block.verdict == "confirm")
                total.ml.add(part.ml, case, block.verdict == "confirm")
    return tuple(sorted(found.values(), key=lambda total: (total.drug.lower(), total.what)))


def _injected(block: DayBlock) -> Iterator[Part]:
    """A spinal that goes by mg: its dose is its strength, and there are no mL to add."""
    by_mg = block.volume_ml is None and block.dose_mg is not None
    if block.infusion and block.volume_ml is None and not by_mg:
        return
    strength = percent(block.concentration_percent) if block.concentration_percent else ""
    dose = amount(block.dose_mg, "mg") if by_mg else ""
    what = " ".join(filter(None, (strength, dose, mixed(block)))) or "strength not known"
    yield Part(block.drug, what, 0 if by_mg else block.volume_ml, by_mg)


def _infused(block: DayBlock) -> Iterator[Part]:
    """24 hours at the highest rate, with every bolus."""
    if block.infusion:
        running = block.infusion
        ml = Fraction(str(running.mg_in_24h)) / Fraction(str(running.concentration_percent)) / MG_PER_ML_OF_1_PERCENT
        yield Part(running.drug, percent(running.concentration_percent), float(ml))


def _tested(block: DayBlock) -> Iterator[Part]:
    if block.test_dose:
        yield Part(block.test_dose, "", 0)


def mixed(block: DayBlock) -> str:
    """What is mixed in, by its strength and not by the amount in one volume: `with epinephrine (0.5 mg in 150 mL)`."""
    text = block.mixture or ""
    lead, bracket, strength = text.partition(" (")
    words = lead.split(" ")
    where = next((at for at, word in enumerate(words) if word[:1].isdigit()), None)
    return f"{' '.join(words[:where])} ({strength}" if bracket and where else text


def _block_totals(planned: Iterable[DayCase]) -> tuple[BlockTotal, ...]:
    found: dict[tuple, BlockTotal] = {}
    for case in planned:
        for block in case.line.blocks:
            total = found.setdefault((block.title, block.technique), BlockTotal(block.title, block.technique))
            total.blocks.add(1, case, block.verdict == "confirm")
            side = " and ".join(block.sides) or f"side {NOT_KNOWN}"
            total.sides.setdefault(side, Tally()).add(1, case, block.verdict == "confirm")
    return tuple(sorted(found.values(), key=lambda total: (TECHNIQUES.index(total.technique), total.title.lower())))


def percent(value: float) -> str:
    return f"{number(value)}{NO_BREAK}%"
