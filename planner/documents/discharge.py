"""The opioid to take home with its days, and naloxone, among the orders of discharge."""

from dataclasses import dataclass
from typing import ClassVar

from planner.documents.citations import Cited
from planner.documents.orders import Rows
from planner.documents.questions import full_stop, upper_first
from planner.plan.dates import near_words
from planner.plan.models import Plan
from planner.plan.opioids import DischargeOpioid, Naloxone, TaperDay
from planner.plan.parts import Phase
from planner.plan.wording import NO_BREAK, number

MOST_REASONS = 3
"""So many reasons for naloxone are printed. The plan's data holds them all."""
_VERDICTS = {"give": "yes", "not_needed": "not needed", "confirm": "confirm first"}


@dataclass(frozen=True)
class Reminder:
    """A line across the table: care that belongs beside the orders, or home medicines that go on."""

    kind: ClassVar[str] = "reminder"
    label: str
    parts: tuple[Cited, ...]
    waits: tuple[str, ...]
    tick: bool = True


@dataclass(frozen=True)
class SupplyDay:
    """One day of a taper: `Thu 17-Dec`, `3`, `22.5`; a half is in words."""

    day: str
    tablets: str
    mme: str


@dataclass(frozen=True)
class Supply:
    """An opioid to take home. `limits`: the one that binds first; `notes`: arithmetic and instructions."""

    kind: ClassVar[str] = "supply"
    label: str
    parts: tuple[Cited, ...]
    waits: tuple[str, ...]
    days: tuple[SupplyDay, ...]
    limits: tuple[Cited, ...]
    working: str
    notes: tuple[Cited, ...]


def discharge_lines(plan: Plan, phase: Phase, rows: Rows) -> list[Reminder | Supply]:
    """The opioid to take home and naloxone, in the phase of discharge."""
    if phase != "discharge":
        return []
    lines: list[Reminder | Supply] = []
    if plan.discharge_opioid:
        lines.append(_supply(plan.discharge_opioid, rows))
    if plan.naloxone and (plan.discharge_opioid or plan.naloxone.verdict != "not_needed"):
        lines.append(_naloxone(plan.naloxone, rows))
    return lines


def _supply(found: DischargeOpioid, rows: Rows) -> Supply:
    total = f"{number(found.tablets)}{NO_BREAK}tablets, {number(found.mme_total)}{NO_BREAK}MME in all"
    cite = rows.citations.cite
    return Supply(
        label="Opioid to take home",
        parts=(cite(f"{found.text.rstrip('.')} ({total})", found.sources),),
        waits=rows.tags.get(found.follows or "", ()),
        days=tuple(map(_day, found.days)),
        limits=tuple(cite(bound.text, bound.sources) for bound in found.bounds),
        working="; ".join(found.working),
        notes=tuple(cite(full_stop(upper_first(part.text)), part.sources) for part in found.instructions),
    )


def _day(found: TaperDay) -> SupplyDay:
    return SupplyDay(near_words(found.date) or f"day {found.day}", half_words(found.tablets), number(found.mme))


def half_words(tablets: float) -> str:
    """`3`, `half`, `1 and a half`, `0`."""
    whole, half = int(tablets), tablets % 1
    if half:
        return f"{whole} and a half" if whole else "half"
    return str(whole)


def _few(because: str) -> str:
    """The first reasons, and how many more there are; one is enough."""
    reasons = because.split("; ")
    more = len(reasons) - MOST_REASONS
    return because if more < 2 else f"{'; '.join(reasons[:MOST_REASONS])}; {more} more reasons"


def _naloxone(found: Naloxone, rows: Rows) -> Reminder:
    product = f", {found.product}" if found.product else ""
    use = f". Use: {found.use}" if found.use and rows.whole else ""
    words = f"{_VERDICTS[found.verdict]}{product}: {_few(found.because.rstrip('.'))}{use}"
    text = rows.citations.cite(words, found.sources)
    return Reminder("Naloxone", (text,), rows.tags.get("naloxone", ()), tick=found.verdict != "not_needed")
