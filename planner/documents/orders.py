"""One row of the order table for each order and block: the same five answers in each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from planner.documents.citations import Citations, Cited
from planner.documents.header import field_words
from planner.documents.questions import full_stop, upper_first
from planner.plan.dates import clock_words, date_words, has_clock, moment, moment_words
from planner.plan.models import Order
from planner.plan.parts import Adjustment, Statement
from planner.plan.regional import Block
from planner.plan.wording import (
    NO_BREAK,
    block_drug_text,
    block_name,
    interval_text,
    limit_text,
    number,
    often_words,
    over_text,
    route_words,
    size_text,
)

PRINTED_FOR_AN_ANTIDOTE = 2
"""An antidote is given in a hurry by whoever is near: how to mix it stands on the paper."""
ONE_LINE_OF_OFTEN = 27
"""So many letters of how often fit on one line of its column."""
MOST_FACTS = 3
"""From more than this many missing facts behind one change, only their number is printed."""


@dataclass(frozen=True)
class Row:
    """One order or block. `waits`: what must be confirmed first.

    `small` (how a dose is made up) and `need` (what it is given for) are second-level text. `notes` belong
    to this patient and to the moment of giving; `standing` are all other instructions.
    """

    kind: ClassVar[str] = "row"
    name: str
    size: str
    route: str
    small: str
    often: str
    need: str
    start: str
    earliest: str
    limit: str
    why: tuple[Cited, ...]
    notes: tuple[Cited, ...]
    standing: tuple[Cited, ...]
    waits: tuple[str, ...]

    @property
    def second_line(self) -> bool:
        """Whether there is second-level text that needs a line of its own."""
        return bool(self.need or self.notes)

    @property
    def beside(self) -> bool:
        """Whether `small` stands beside the dose: it is alone, or there is room below the dose anyway."""
        return not self.second_line or len(self.often) + len(self.start) > ONE_LINE_OF_OFTEN

    @property
    def below(self) -> str:
        """Second-level text of the order itself, on its own line: `1 tablet of 5 mg. For pain 4 to 10.`"""
        need = f"For {self.need}" if self.need else ""
        parts = [need] if self.beside else [self.small, need]
        return " ".join(full_stop(upper_first(part)) for part in parts if part)


@dataclass
class Rows:
    """Makes the rows of one page. A caution is told in full once, then by the name of its hazard."""

    citations: Citations
    tags: dict[str, tuple[str, ...]]
    surgery_day: str = ""
    whole: bool = False
    """With all standing instructions, for documents that are not short of space."""
    _told: set[str] = field(default_factory=set)
    _causes: set[tuple[str, str]] = field(default_factory=set)

    def order(self, order: Order) -> Row:
        printed = PRINTED_FOR_AN_ANTIDOTE if order.kind == "antidote" else 0
        return Row(
            name=order.drug,
            size=size_text(order),
            route=route_words(order.route),
            small="; ".join(text for text in (order.dose_form, over_text(order), order.basis) if text),
            often=often_words(order, timing_words(order)),
            need=order.indication or "" if order.as_needed else "",
            start=start_words(order, self.surgery_day),
            earliest="",
            limit=limit_text(order),
            why=self._why(order),
            notes=(*self._cautions(order.cautions), *self._sentences(order.instructions[:printed])),
            standing=self._standing(order.instructions[printed:]),
            waits=self.tags.get(order.id, ()),
        )

    def block(self, block: Block, titles: dict[str, str]) -> Row:
        earliest = moment_words(block.earliest_at, weekday=False)
        facts = block_facts(block, titles)
        return Row(
            name=block_name(block),
            size="",
            route="",
            small=block_drug(block),
            often=block_often(block),
            need="",
            start="",
            earliest=f"not before {earliest}" if earliest else "",
            limit="",
            why=self._why(block),
            notes=(
                *([Cited(full_stop(upper_first(facts)))] if facts else []),
                *self._cautions(block.cautions),
            ),
            standing=self._standing(
                [*block.before, *block.after, *block.adjuvants, *block.side_effects, *block.instructions]
            ),
            waits=self.tags.get(block.id, ()),
        )

    def _why(self, line: Order | Block) -> tuple[Cited, ...]:
        """Why, with the cause of a change in full once for each drug."""
        told = {cause for drug, cause in self._causes if drug == line.drug}
        self._causes.update((line.drug, cause_of(change)) for change in line.adjustments)
        return why(line, self.citations, told)

    def _cautions(self, cautions: list[Statement]) -> list[Cited]:
        parts = self._sentences(part for part in cautions if part.text not in self._told)
        again = [hazard(part.text) for part in cautions if part.text in self._told]
        self._told.update(part.text for part in cautions)
        return [*parts, *([Cited(f"See above: {'; '.join(again)}.")] if again else [])]

    def _standing(self, instructions: list[Statement]) -> tuple[Cited, ...]:
        return tuple(self._sentences(instructions)) if self.whole else ()

    def _sentences(self, statements: Iterable[Statement]) -> list[Cited]:
        return [self.citations.cite(upper_first(full_stop(part.text)), part.sources) for part in statements]


def hazard(text: str) -> str:
    """`sleep apnea: own CPAP, oximetry` is about `sleep apnea`."""
    return text.partition(": ")[0].rstrip(".")


def timing_words(order: Order) -> str:
    """The timing, or "" where it only says when the first dose is and the clock time says so too."""
    timing = order.timing or ""
    return "" if timing.startswith("first dose") and has_clock(order.start) else timing


def block_drug(block: Block) -> str:
    """What is injected first, what then, and what runs through a catheter."""
    test = f"test dose {block.test_dose}" if block.test_dose else ""
    injected = block_drug_text(block) if block.volume_ml or block.dose_mg or not block.infusion else ""
    infusion = block.infusion.text if block.infusion else ""
    then = f"then {infusion}" if infusion and injected else infusion
    return "; ".join(text for text in (test, injected, then) if text)


def block_often(block: Block) -> str:
    """`single-shot, 14 to 20 hours`: how it is given and how long it may help."""
    if not block.expected_h:
        return block.technique
    low, high = block.expected_h
    span = f"{number(low)} to {number(high)}" if low != high else number(low)
    return f"{block.technique}, {span}{NO_BREAK}hours"


def block_facts(block: Block, titles: dict[str, str]) -> str:
    """Depth, motor effect, and what to fall back on. `titles`: names of blocks by id."""
    points = [] if block.depth == "infiltration" else [f"{block.depth} block", f"{block.fall_risk} risk of falling"]
    if block.onset:
        points.append(f"works after {block.onset}")
    if block.motor_effect:
        points.append(f"movement: {block.motor_effect.rstrip('.')}")
    if block.limb_position:
        points.append(block.limb_position.text.rstrip("."))
    if block.alternatives:
        names = [titles.get(name, field_words(name)) for name in block.alternatives]
        points.append(f"if not possible: {', then '.join(names)}")
    return "; ".join(points)


def start_words(order: Order, surgery_day: str) -> str:
    """`from 14:30`, or `at` for a single dose, with the date where it is not the day of surgery."""
    found = moment(order.start)
    if found is None:
        return ""
    clock, day = clock_words(found) if has_clock(order.start) else "", date_words(order.start)
    word = "at" if clock and interval_text(order) == "once" else "from"
    return NO_BREAK.join(part for part in (word, day if day != surgery_day or not clock else "", clock) if part)


def why(line: Order | Block, citations: Citations, told: Collection[str] = ()) -> tuple[Cited, ...]:
    """The first reason, then what was changed for this patient; the line's own sources where none is named yet.

    `told`: causes that were already printed.
    """
    reasons = citations.statements(line.reasons[:1])
    if not reasons and isinstance(line, Order) and line.purpose:
        reasons = (citations.cite(line.purpose),)
    changes = changed(line.adjustments, citations, told)
    if any(part.refs for part in (*reasons, *changes)):
        return (*reasons, *changes)
    if not reasons:
        return (*changes, *([citations.cite("", line.sources)] if line.sources else []))
    return (citations.cite(reasons[0].text, line.sources), *changes)


def changed(adjustments: list[Adjustment], citations: Citations, told: Collection[str] = ()) -> tuple[Cited, ...]:
    """`eGFR 41: 2.5 mg, not 5 mg; every 6 hours, not every 4 hours`: one part for each cause."""
    causes: dict[str, list[Adjustment]] = {}
    for change in adjustments:
        cause = cause_of(change)
        causes.setdefault("as above" if cause in told else cause, []).append(change)
    parts = []
    for because, changes in causes.items():
        words = "; ".join(dict.fromkeys(_change_words(change) for change in changes))
        keys = [key for change in changes for key in change.sources]
        parts.append(citations.cite(f"{because}: {words}" if because else words, keys, changed=True))
    return tuple(parts)


def cause_of(change: Adjustment) -> str:
    """What the change rests on; a fact that is only feared is not printed as if it were known."""
    if not change.for_unknown:
        return change.because.rstrip(".")
    facts = list(dict.fromkeys(field_words(factor) for factor in change.for_unknown))
    named = ", ".join(facts) if len(facts) <= MOST_FACTS else f"{len(facts)} facts"
    return f"careful until {named} known"


def _change_words(change: Adjustment) -> str:
    """`5 mg, not 10 mg`; what it is instead of is only named where that is an amount or an interval."""
    words = f"{change.to_text} in 24 hours" if change.part == "max_24h" else change.to_text
    comparable = any(letter.isdigit() for letter in change.from_text) or change.part in ("drug", "interval")
    return f"{words}, not {change.from_text}" if comparable and change.from_text else words
