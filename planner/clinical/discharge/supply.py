"""The opioid to take home: a number of tablets with its taper, or the reason why there is none."""

import math
from dataclasses import dataclass

from planner.clinical.discharge.bounds import Bound, Limits, binding_first, combined
from planner.clinical.discharge.home_part import HomePart
from planner.clinical.discharge.last_24h import Last24h, last_24h, mme_words, opioids_used
from planner.clinical.discharge.prescription import Basis, prescription
from planner.clinical.discharge.stay import Stay
from planner.clinical.discharge.taper import Room, Steps, highest_start, staircase
from planner.clinical.discharge.unit import Unit
from planner.clinical.work import Work
from planner.library.protocol import Protocol
from planner.library.site import Site
from planner.plan.opioids import DischargeOpioid
from planner.plan.parts import Statement
from planner.plan.wording import count, number

_CLOSE = 1e-9


@dataclass(frozen=True)
class NoSupply:
    """Why no number of tablets is made, and the facts to ask for. `settled`: none is needed."""

    because: str
    sources: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    settled: bool = False


@dataclass(frozen=True)
class Supply:
    """What decides about one prescription."""

    work: Work
    protocol: Protocol
    site: Site | None
    unit: Unit
    home: HomePart
    stay: Stay

    @property
    def rules(self):
        return self.work.library.opioids.discharge

    @property
    def limits(self) -> Limits:
        return Limits(self.unit, self.work, self.stay, self.home.mme or 0.0)

    @property
    def slow(self) -> bool:
        """Whether the steps are those for an opioid-tolerant patient, and not for one who may be new to opioids."""
        tolerant = self.work.factors.words.get("opioid_tolerant") == "yes"
        return tolerant and bool(self.home.taken) and not self.home.only_apart

    @property
    def steps(self) -> Steps:
        rule, share = self.rules.taper, self.rules.taper.share.value / 100
        if self.slow:
            return Steps(self.rules.taper_with_home_opioid.hold_days, share)
        return Steps(rule.hold_days, share, rule.share_from)

    def decide(self) -> DischargeOpioid | NoSupply:
        """The prescription for this patient."""
        if self.home.taken is None:
            keys = tuple(self.work.citations.keys(self.rules.not_computed.source))
            return NoSupply("not known whether an opioid is taken at home", keys, ("medications",))
        if self.home.mme is None:
            because = f"the opioid at home cannot be computed in MME ({self.home.words})"
            return self.not_computed(because, tuple(self.work.factors.missing_fields("home_mme")))
        if self.stay.short and not self.home.taken:
            return self.without_last_24h()
        if self.stay.short:
            hours = count(self.rules.short_stay.hours, "hour")
            return self.not_computed(f"home within {hours} of surgery with an opioid at home", ())
        used = last_24h(self.work, self.home.apart)
        if used is None:
            return NoSupply("", ask=("used_last_24h",))
        if used.mme is None:
            return self.not_computed(used.because, ("used_last_24h",))
        return self.with_home_opioid(used) if self.home.taken and self.home.mme else self.from_last_24h(used)

    def not_computed(self, because: str, ask: tuple[str, ...]) -> NoSupply:
        rule = self.rules.not_computed
        return NoSupply(f"{rule.text}: {because}", tuple(self.work.citations.keys(rule.source)), ask)

    def without_last_24h(self) -> DischargeOpioid | NoSupply:
        """After a short stay: as many as the limits of the operation allow, the gentlest staircase."""
        published = self.limits.published(self.protocol.discharge_opioid)
        bounds = [*published, self.limits.start(), *self.bounds_of_place()]
        first = highest_start(self.unit.per_day, combined(bounds))
        working = [f"{self.short_words()}: the last 24 hours say nothing about use at home"]
        return self._built(first, bounds, working)

    def from_last_24h(self, used: Last24h) -> DischargeOpioid | NoSupply:
        """From use in the last 24 hours of a patient without a home opioid that counts."""
        if not used.mme:
            rule = self.rules.not_used
            return NoSupply(rule.text, tuple(self.work.citations.keys(rule.source)), self._day_to_ask(), settled=True)
        doses = self.doses(used.mme)
        return self._built(doses, self.bounds_for(used.mme), [*used.working, self.doses_words(used.mme, doses)])

    def with_home_opioid(self, used: Last24h) -> DischargeOpioid | NoSupply:
        """What was used on top of the home dose, and back to it."""
        acute = round(used.mme - self.home.mme, 6)
        sum_words = f"{mme_words(used.mme)} in 24 hours less {mme_words(self.home.mme)} at home"
        if acute <= 0:
            return self._home_dose_is_enough(used.mme, sum_words)
        doses = self.doses(acute)
        working = [*used.working, f"{sum_words} = {mme_words(acute)} more", self.doses_words(acute, doses)]
        bounds = self.bounds_of_place() if self.slow else [self.limits.last_24h(acute), *self.bounds_of_place()]
        return self._built(doses, bounds, working)

    def _home_dose_is_enough(self, used_mme: float, sum_words: str) -> NoSupply:
        """None on top of the home dose; less than what is taken there on schedule looks like a list without it."""
        opioids = self.work.factors.opioids.medicines
        scheduled = sum(one.mme or 0 for one in opioids if not one.medicine.as_needed)
        if used_mme < scheduled:
            because = f"less was used than the scheduled home dose ({sum_words}): are the home medicines in the list?"
            return self.not_computed(because, ("used_last_24h",))
        keys = tuple(self.work.citations.keys(self.rules.taper_with_home_opioid.source))
        return NoSupply(f"none on top of the home dose: no more was used ({sum_words})", keys, settled=True)

    def bounds_for(self, mme: float) -> list[Bound]:
        """The limits after a day with a figure; the published range is not for users of opioids."""
        published = () if self.home.taken else self.limits.published(self.protocol.discharge_opioid)
        return [*published, self.limits.last_24h(mme), *self.bounds_of_place()]

    def bounds_of_place(self) -> list[Bound]:
        return [self.limits.of_order(), *self.limits.of_site(self.site)]

    def doses(self, mme: float) -> int:
        """So many MME as doses: rounded up to a whole one; down to no less than one where another opioid was used."""
        exact = mme / self.unit.mme
        return max(1, math.floor(exact + _CLOSE)) if self._others_used() else math.ceil(exact - _CLOSE)

    def doses_words(self, mme: float, doses: int) -> str:
        exact = mme / self.unit.mme
        way = "up" if doses > exact else "down"
        rounded = "" if abs(exact - doses) < _CLOSE else f", rounded {way} from {number(round(exact, 2))}"
        one = f"{number(self.unit.dose_mg)} mg ({mme_words(self.unit.mme)})"
        return f"{mme_words(mme)} = {count(doses, 'dose')} of {one}{rounded}"

    def short_words(self) -> str:
        return f"home within {count(self.rules.short_stay.hours, 'hour')} of surgery"

    def days(self, used: int, bounds: list[Bound]) -> tuple[int, ...]:
        return staircase(used, self.steps, combined(bounds), self.unit.multiple)

    def _built(self, used: int, bounds: list[Bound], working: list[str]) -> DischargeOpioid | NoSupply:
        days = self.days(used, bounds)
        said = binding_first(bounds, used, self.steps, self.unit, self._own(used))
        if not days:
            return NoSupply(f"no whole tablet fits, decide by hand: {said[0].text}", tuple(said[0].sources))
        self._warn(used)
        self.work.ask_for(self._day_to_ask(), "discharge-opioid")
        return prescription(Basis(self.unit, self.home, self.stay, days, said, working), self.work)

    def _own(self, used: int) -> Statement:
        """The sum of the taper itself, as a limit."""
        rule = self.rules.taper_with_home_opioid if self.slow else self.rules.taper
        free = sum(staircase(used, self.steps, Room(), self.unit.multiple)) * self.unit.tablets
        text = (
            f"the taper's own sum ({rule.text}; a step up to {count(rule.hold_days, 'day')}): {count(free, 'tablet')}"
        )
        return Statement(text=text, sources=self.work.citations.keys(rule.source))

    def _day_to_ask(self) -> tuple[str, ...]:
        return () if self.stay.going_home else ("discharge_at",)

    def _warn(self, used: int) -> None:
        many = self.rules.ready_to_leave
        if used >= many.doses:
            keys = self.work.citations.keys(many.source)
            self.work.alert("caution", "discharge", f"{used} {many.text}", keys)
        if used > self.unit.per_day and self.stay.short is not True:
            text = (
                f"{count(used, 'dose')} of {self.unit.drug} used in 24 hours, the ward order allows "
                f"{self.unit.per_day}: the taper starts there; settle dose and pain before going home"
            )
            self.work.alert("caution", "discharge", text)
        if self.stay.short is not True:
            self._warn_of_another_opioid()

    def _others_used(self) -> list[str]:
        """Opioids of the last 24 hours that neither go home nor are taken there."""
        home = self.work.factors.home_medicines
        known = {self.unit.drug} | {part.ingredient for medicine in home for part in medicine.ingredients}
        return [name for name in opioids_used(self.work) if name not in known]

    def _warn_of_another_opioid(self) -> None:
        """The number rests on MME where the last 24 hours hold an opioid that neither goes home nor is taken there."""
        if others := self._others_used():
            caution = self.work.library.opioids.morphine.equivalents.caution
            used = f"{' and '.join(others)} used in the last 24 hours, {self.unit.drug} goes home"
            self.work.alert("caution", "discharge", f"{used}: {caution.text}", self.work.citations.keys(caution.source))
