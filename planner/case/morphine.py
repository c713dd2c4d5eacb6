"""Home opioids on the scale of morphine: morphine milligram equivalents (MME) a day of one read medicine.

What cannot be computed is None with its reason, never zero. Factors and rules come from the library.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planner.case.chart_doses import HOURLY, Portion
from planner.case.chart_words import says_injected, says_stopped
from planner.case.lexicon import Lexicon
from planner.case.medicines import HomeMedicine
from planner.case.terms import Terms

OPIOID = "opioid"


@dataclass(frozen=True)
class Conversion:
    """The factor of one opioid by one route, for a daily dose in `unit`.

    `steps` holds (largest daily dose, factor) from low to high; the last has no largest dose.
    `worn_hours` is how long the label lets a patch be worn, None for anything else.
    """

    unit: str
    steps: tuple[tuple[float | None, float], ...]
    sources: tuple[str, ...]
    worn_hours: float | None = None

    def factor(self, per_day: float) -> float:
        """The factor for a daily dose."""
        return next(factor for most, factor in self.steps if most is None or per_day <= most)


@dataclass(frozen=True)
class NotConverted:
    """Opioids, by drug or class, that are not converted; only in patients with `condition` where it names one."""

    match: str
    because: str
    sources: tuple[str, ...]
    condition: str | None = None


@dataclass(frozen=True)
class MorphineScale:
    """One edition of conversion factors, by (drug, route), and the opioids that are not converted."""

    title: str
    conversions: Mapping[tuple[str, str], Conversion]
    not_converted: tuple[NotConverted, ...]


@dataclass(frozen=True)
class DailyOpioid:
    """What one medicine gives of one opioid: doses of `amount` in `unit`, `times` in 24 hours.

    Of a patch `amount` is its rate and `times` the share of the time that counts, of `worn_hours`
    in the `every_hours` between two patches.
    """

    drug: str
    route: str
    unit: str
    amount: float
    times: float
    factor: float
    every_hours: float
    worn_hours: float | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The drug and its route, as a scale is asked for it."""
        return self.drug, self.route

    @property
    def per_day(self) -> float:
        """The daily dose in `unit`, of a patch its rate over the whole time."""
        return self.amount * self.times

    @property
    def mme(self) -> float:
        return self.per_day * self.factor


@dataclass(frozen=True)
class Equivalent:
    """One home medicine in MME a day.

    `opioid` is False for a medicine that holds none and counts nothing, None where that is not known.
    `because` says why it cannot be computed; `missing` names the facts of the case that would settle
    it, none where nothing would. `unless` names a condition that would void the number, where no
    patient is at hand to ask about it.
    """

    medicine: HomeMedicine
    opioid: bool | None
    daily: tuple[DailyOpioid, ...] = ()
    because: str = ""
    missing: tuple[str, ...] = ()
    unless: str | None = None
    sources: tuple[str, ...] = ()

    @property
    def mme(self) -> float | None:
        """MME a day, 0 without an opioid; None where it cannot be computed."""
        return None if self.because else sum(part.mme for part in self.daily)


def equivalent(
    medicine: HomeMedicine, scale: MorphineScale, lexicon: Lexicon, terms: Terms | None = None
) -> Equivalent:
    """One home medicine in MME a day. `terms` are the patient's conditions, None where no patient is at hand."""
    if not medicine.recognized:
        hint = f": {medicine.suggestion}" if medicine.suggestion else ""
        if medicine.holds(OPIOID):
            return _unclear(medicine, f"not understood as one medicine{hint}")
        return replace(_unclear(medicine, f"not recognized, may be an opioid{hint}"), opioid=None)
    if not medicine.holds(OPIOID):
        return Equivalent(medicine, opioid=False)
    if says_stopped(medicine.unread):
        return _unclear(medicine, "the text says stopped or held: is it taken now?")
    opioids = [portion for portion in medicine.ingredients if OPIOID in lexicon.classes_of([portion.ingredient])]
    parts = [_of_ingredient(medicine, portion, scale, lexicon, terms) for portion in opioids or medicine.ingredients]
    return next((part for part in parts if part.because), None) or replace(
        parts[0], daily=tuple(daily for part in parts for daily in part.daily)
    )


def on_scale(
    medicines: Iterable[HomeMedicine], scale: MorphineScale, lexicon: Lexicon, terms: Terms | None = None
) -> tuple[Equivalent, ...]:
    """All home medicines in MME a day; a factor that goes by the daily dose goes by that of all of them."""
    found = [equivalent(medicine, scale, lexicon, terms) for medicine in medicines]
    totals = daily_totals(part for one in found for part in one.daily)
    return tuple(
        replace(
            one,
            daily=tuple(
                replace(part, factor=scale.conversions[part.key].factor(totals[part.key])) for part in one.daily
            ),
        )
        for one in found
    )


def daily_totals(parts: Iterable[DailyOpioid]) -> dict[tuple[str, str], float]:
    """The daily dose of each (drug, route), over all medicines that hold it."""
    totals: defaultdict[tuple[str, str], float] = defaultdict(float)
    for part in parts:
        totals[part.key] += part.per_day
    return dict(totals)


def _of_ingredient(
    medicine: HomeMedicine, portion: Portion, scale: MorphineScale, lexicon: Lexicon, terms: Terms | None
) -> Equivalent:
    drug = portion.ingredient
    route = medicine.route or _usual_route(medicine, portion)
    conversion = scale.conversions.get((drug, route))
    classes = lexicon.classes_of([drug])
    unless = None
    for rule in scale.not_converted:
        if rule.match != drug and rule.match not in classes:
            continue
        if rule.condition is None and conversion is None:
            return Equivalent(medicine, True, because=rule.because, sources=rule.sources)
        if rule.condition is not None and (stopped := _as_treatment(medicine, rule, terms)):
            return stopped
        unless = rule.condition if terms is None else None
    if conversion is None:
        by_route = any(name == drug for name, _ in scale.conversions)
        return Equivalent(
            medicine, True, because=f"{scale.title} has no factor for {drug}{' by this route' if by_route else ''}"
        )
    return _counted(medicine, portion, route, conversion, unless)


def _usual_route(medicine: HomeMedicine, portion: Portion) -> str:
    """The route of a home medicine whose text names none: a rate is that of a patch, all else is swallowed."""
    if says_injected(medicine.text):
        return "injected"
    return "transdermal" if portion.unit == HOURLY else "oral"


def _as_treatment(medicine: HomeMedicine, rule: NotConverted, terms: Terms | None) -> Equivalent | None:
    """No number where the patient has, or may have, the condition that the opioid treats."""
    answer = False if terms is None else terms.answer(rule.condition)
    if answer is False:
        return None
    missing = () if answer else (f"conditions.{rule.condition}",)
    because = rule.because if answer else f"not known whether this holds: {rule.because}"
    return Equivalent(medicine, True, because=because, missing=missing, sources=rule.sources)


def _counted(
    medicine: HomeMedicine, portion: Portion, route: str, conversion: Conversion, unless: str | None
) -> Equivalent:
    amount = portion.amount if portion.unit == conversion.unit else portion.mg if conversion.unit == "mg" else None
    unread = f" ({'; '.join(medicine.unread)})" if medicine.unread else ""
    if not amount:
        return _unclear(medicine, f"the dose is not written or not clear{unread}")
    if not medicine.times_per_day:
        return _unclear(medicine, f"how often it is taken is not written or not clear{unread}")
    every = 24 / medicine.times_per_day
    times = medicine.times_per_day
    if conversion.unit == HOURLY:
        # Changed more often than the label says, a patch gives no more; worn longer, it gives less.
        times = 1.0 if conversion.worn_hours is None else min(1.0, conversion.worn_hours / every)
    daily = DailyOpioid(
        portion.ingredient,
        route,
        conversion.unit,
        amount,
        times,
        conversion.factor(amount * times),
        every,
        conversion.worn_hours,
    )
    return Equivalent(medicine, True, (daily,), unless=unless, sources=conversion.sources)


def _unclear(medicine: HomeMedicine, because: str) -> Equivalent:
    return Equivalent(medicine, True, because=because, missing=("medications",))
