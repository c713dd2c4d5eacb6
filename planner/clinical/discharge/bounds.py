"""Everything that limits the opioid to take home, each limit with its words, its sources and its room for a taper."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from planner.clinical.discharge.equivalents import mme_per_mg
from planner.clinical.discharge.last_24h import mme_words
from planner.clinical.discharge.stay import Stay
from planner.clinical.discharge.taper import Room, Steps, staircase
from planner.clinical.discharge.unit import Unit
from planner.clinical.doses import convert
from planner.clinical.work import Work
from planner.library.discharge import DischargeRules
from planner.library.protocol import DischargeRange
from planner.library.quantities import parse_amount
from planner.library.site import OpioidLimit, Site
from planner.plan.parts import Statement
from planner.plan.wording import count

_CLOSE = 1e-9


@dataclass(frozen=True)
class Bound:
    text: str
    room: Room
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limits:
    """The limits of one prescription, for one unit of dose."""

    unit: Unit
    work: Work
    stay: Stay
    home_mme: float
    """MME of the opioids at home that count, which a limit on a day includes."""

    @property
    def rules(self) -> DischargeRules:
        return self.work.library.opioids.discharge

    def tablets(self, most: int, words: str, citations: list[str]) -> Bound:
        """A limit on the whole prescription, in its own tablets."""
        room = Room(doses=self.unit.doses_of_tablets(most))
        return Bound(f"{words}: {count(most, 'tablet')}", room, tuple(self.work.citations.keys(citations)))

    def published(self, found: DischargeRange | None) -> Iterator[Bound]:
        """The range of the operation, its lower half after a short stay, and the most after an early one."""
        rules = self.rules
        if found:
            most = self._count(found.drug, found.strength, found.at_most)
            yield self.tablets(most, "highest number published for the operation", found.source)
            if self.stay.short is not False:
                half = math.floor(most * rules.short_stay.share.value / 100 + _CLOSE)
                hours = count(rules.short_stay.hours, "hour")
                words = f"home within {hours} of surgery, lower half of the published range"
                sources = [*found.source, *rules.short_stay.source]
                yield self.tablets(half, unless_known(words, self.stay.short), sources)
        if self.stay.early is not False:
            most = self._count(rules.tablet.drug, str(rules.tablet.strength), rules.early.at_most)
            words = f"home by day {rules.early.up_to_day} ({rules.early.other_view.says})"
            yield self.tablets(most, unless_known(words, self.stay.early), rules.early.source)

    def last_24h(self, mme: float) -> Bound:
        """A multiple of the MME of the last 24 hours."""
        rule = self.rules.last_24h
        most = self.unit.tablets_of_mme(rule.times * mme)
        words = f"{rule.times:g} times the {mme_words(mme)} of the last 24 hours ({rule.other_view.says})"
        return self.tablets(most, words, [*rule.source, *rule.other_view.source])

    def start(self) -> Bound:
        """The most on the first day of a patient about whose use nothing is known."""
        rule = self.rules.short_stay.start
        most = max(1, math.floor(rule.mme_per_day / self.unit.mme + _CLOSE))
        sources = tuple(self.work.citations.keys(rule.source))
        return Bound(f"{rule.text}, {count(most, 'dose')} on day 1", Room(per_day=most), sources)

    def of_order(self) -> Bound:
        most, sources = self.unit.per_day, tuple(self.unit.order.sources)
        return Bound(f"limit in 24 hours of the ward order: {count(most, 'dose')}", Room(per_day=most), sources)

    def of_site(self, site: Site | None) -> Iterator[Bound]:
        for limit in site.opioid_limits if site else ():
            yield from self._limit(limit)

    def _limit(self, limit: OpioidLimit) -> Iterator[Bound]:
        if limit.days is not None:
            yield Bound(f"{limit.name}: {count(limit.days, 'day')}", Room(days=limit.days))
        if limit.mme_per_day is not None:
            left = limit.mme_per_day - self.home_mme
            most = max(0, math.floor(left / self.unit.mme + _CLOSE))
            home = f", {mme_words(self.home_mme)} of them from home" if self.home_mme else ""
            text = f"{limit.name}: {mme_words(limit.mme_per_day)} a day{home}, {count(most, 'dose')}"
            yield Bound(text, Room(per_day=most))
        if limit.mme_total is not None:
            words = f"{limit.name}: {mme_words(limit.mme_total)} in all"
            yield self.tablets(self.unit.tablets_of_mme(limit.mme_total), words, [])

    def _count(self, drug: str, strength: str, most: int) -> int:
        """A published number of tablets as tablets of this prescription, rounded down."""
        size, same = convert(parse_amount(strength), "mg"), self.rules.same_count
        if size == self.unit.strength_mg and (drug == self.unit.drug or {drug, self.unit.drug} <= set(same.drugs)):
            return most
        factor = mme_per_mg(drug, self.work.library)
        return 0 if factor is None else self.unit.tablets_of_mme(most * size * factor)


def unless_known(words: str, known: bool | None) -> str:
    return words if known else f"{words} (day and time of going home not known)"


def combined(bounds: list[Bound]) -> Room:
    room = Room()
    for bound in bounds:
        room = room.within(bound.room)
    return room


def binding_first(bounds: list[Bound], used: int, steps: Steps, unit: Unit, own: Statement) -> list[Statement]:
    """All limits, the one that leaves the least first. `own` stands first where the taper itself needs no more."""

    def left(room: Room) -> int:
        return sum(staircase(used, steps, room, unit.multiple))

    ranked = sorted(bounds, key=lambda bound: left(bound.room))
    said = [Statement(text=bound.text, sources=list(bound.sources)) for bound in ranked]
    free = left(Room())
    return [own, *said] if left(combined(bounds)) == free else [*said, own]
