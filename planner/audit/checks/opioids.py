"""Opioids: the scale of morphine phase by phase, the baseline from home, the taper, and naloxone."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from planner.audit.ledger import GOES_ON, HOURS_A_DAY
from planner.audit.limits import ceilings_of, exact, in_unit
from planner.audit.look import Look, finding
from planner.library.quantities import MASS_IN_MG
from planner.plan.audit import Finding, PhaseMorphine
from planner.plan.opioids import DischargeOpioid
from planner.plan.wording import amount, count

_CLOSE = Fraction(1, 20)


def check(look: Look) -> Iterator[Finding]:
    yield from _baseline(look)
    opioid = look.plan.discharge_opioid
    if opioid:
        yield from _taper(opioid, look)
        yield from _supply(opioid, look)
    yield from _naloxone(look)


def by_phase(look: Look) -> list[PhaseMorphine]:
    """The most opioid in 24 hours of each phase that has any."""
    home_mme, home_uncounted = _home(look)
    found = []
    for phase in ("pacu", "ward"):
        mme, uncounted = home_mme, set(home_uncounted)
        orders = [order for order in look.own_orders if order.phase == phase and order.kind == "opioid"]
        for order in orders:
            most = order.max_24h or order.dose
            factor = _factor(order.drug, order.route, look)
            if most is None or factor is None or most.unit not in MASS_IN_MG:
                uncounted.add(order.drug)
            else:
                mme += in_unit(most.value, most.unit, "mg") * factor
        if orders:
            found.append(PhaseMorphine(phase=phase, mme=round(float(mme), 1), uncounted=sorted(uncounted)))
    opioid = look.plan.discharge_opioid
    if opioid and opioid.days:
        factor = _factor(opioid.drug, "oral", look)
        day = exact(opioid.days[0].tablets) * exact(opioid.strength_mg) * (factor or 0)
        uncounted = set(home_uncounted) | ({opioid.drug} if factor is None else set())
        found.append(PhaseMorphine(phase="home", mme=round(float(home_mme + day), 1), uncounted=sorted(uncounted)))
    return found


def _factor(drug: str, route: str | None, look: Look) -> Fraction | None:
    """The factor of the table in use; None where it has none of its own for every dose."""
    rows = [row for row in look.library.opioids.morphine.table.factors if (row.drug, row.route) == (drug, route)]
    return exact(rows[0].factor) if rows and rows[0].factor is not None and rows[0].unit == "mg" else None


def _home(look: Look) -> tuple[Fraction, list[str]]:
    """MME a day of the home opioids that go on, and those that cannot be counted."""
    mme, uncounted = Fraction(0), []
    for medicine in look.plan.home_medicines or ():
        if "opioid" not in medicine.classes or medicine.action not in GOES_ON:
            continue
        for part in medicine.ingredients:
            if "opioid" not in look.facts.classes_of(part.drug):
                continue
            factor = _factor(part.drug, medicine.route or "oral", look)
            if None in (factor, part.dose_mg, medicine.times_per_day):
                uncounted.append(part.drug)
            else:
                mme += exact(part.dose_mg) * exact(medicine.times_per_day) * factor
    return mme, uncounted


def _baseline(look: Look) -> Iterator[Finding]:
    """An opioid taken every day goes on, or the plan says what becomes of it."""
    for medicine in look.plan.home_medicines or ():
        if "opioid" not in medicine.classes or medicine.as_needed or medicine.action in GOES_ON:
            continue
        told = any(medicine.drug and medicine.drug in alert.text for alert in look.plan.alerts)
        if not told:
            text = f"{medicine.text}: taken every day, and the plan neither gives it nor says why not"
            yield finding("opioid-baseline", "home-medicines", text)
    published, counted = look.plan.home_opioids, _home(look)
    going_on = [one for one in look.plan.home_medicines or () if "opioid" in one.classes]
    if published and published.mme_per_day is not None and not counted[1]:
        if all(one.action in GOES_ON for one in going_on) and abs(exact(published.mme_per_day) - counted[0]) > 1:
            text = f"Home opioids are {amount(round(float(counted[0]), 1), 'MME')} a day, and the plan says "
            text += amount(published.mme_per_day, "MME")
            yield finding("morphine-equivalent", "home-opioids", text)


def _taper(opioid: DischargeOpioid, look: Look) -> Iterator[Finding]:
    days = opioid.days
    tablets = [exact(day.tablets) for day in days]
    for before, after in pairwise(days):
        if after.tablets > before.tablets:
            text = f"Day {after.day} has {count(after.tablets, 'tablet')}, day {before.day} had {before.tablets:g}"
            yield finding("taper", "discharge-opioid", f"The taper rises: {text}", opioid.sources)
        if after.day != before.day + 1:
            yield finding("taper", "discharge-opioid", f"After day {before.day} comes day {after.day}", opioid.sources)
        if before.date and after.date and _day(after.date) != _day(before.date) + timedelta(days=1):
            text = f"Day {after.day} is dated {after.date}, the day before it {before.date}"
            yield finding("taper", "discharge-opioid", text, opioid.sources)
    if days and days[0].day != 1:
        yield finding("taper", "discharge-opioid", f"The taper begins with day {days[0].day}", opioid.sources)
    if not days or sum(tablets) != exact(opioid.tablets):
        text = f"The days use {float(sum(tablets)):g} tablets, and {opioid.tablets:g} are prescribed"
        yield finding("taper", "discharge-opioid", text, opioid.sources)
    factor = _factor(opioid.drug, "oral", look)
    if factor is None:
        return
    for day in days:
        mme = exact(day.tablets) * exact(opioid.strength_mg) * factor
        if abs(mme - exact(day.mme)) > _CLOSE:
            text = f"Day {day.day}: {amount(round(float(mme), 2), 'MME')}, and the plan says {amount(day.mme, 'MME')}"
            yield finding("morphine-equivalent", "discharge-opioid", text, opioid.sources)
    total = exact(opioid.tablets) * exact(opioid.strength_mg) * factor
    if abs(total - exact(opioid.mme_total)) > _CLOSE:
        text = f"In all {amount(round(float(total), 2), 'MME')}, and the plan says {amount(opioid.mme_total, 'MME')}"
        yield finding("morphine-equivalent", "discharge-opioid", text, opioid.sources)


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _supply(opioid: DischargeOpioid, look: Look) -> Iterator[Finding]:
    """One dose and one day against the drug's ceilings, and the day against the hours between two doses."""
    drug = look.drug(opioid.drug)
    if drug is None:
        yield finding("incomplete", "discharge-opioid", f"The library has no drug {opioid.drug}")
        return
    dose = exact(opioid.tablets_per_dose) * exact(opioid.strength_mg)
    day = max((exact(one.tablets) for one in opioid.days), default=Fraction(0))
    for ceiling in ceilings_of(drug, "oral"):
        for kind, given, most in (
            ("dose", dose, ceiling.per_dose),
            ("daily-total", day * exact(opioid.strength_mg), ceiling.per_24h),
        ):
            if most and given > in_unit(most.value, most.unit, "mg"):
                text = f"{amount(float(given), 'mg')} of {opioid.drug}, at most {amount(most.value, most.unit)}"
                yield finding(kind, "discharge-opioid", text, ceiling.source)
    if opioid.interval_h:
        most = int(HOURS_A_DAY / exact(opioid.interval_h)) * exact(opioid.tablets_per_dose)
        if day > most:
            text = f"{float(day):g} tablets in a day, and every {opioid.interval_h:g} hours gives {float(most):g}"
            yield finding("daily-total", "discharge-opioid", text, opioid.sources)
    followed = next((order for order in look.own_orders if order.id == opioid.follows), None)
    same_drug = followed is not None and followed.drug == opioid.drug
    if same_drug and followed.verdict == "confirm" and opioid.verdict == "give":
        text = f"{followed.id} waits to be confirmed, and this does not"
        yield finding("not-confirmed", "discharge-opioid", text)


def _naloxone(look: Look) -> Iterator[Finding]:
    """Where an opioid goes home and a reason for naloxone holds, naloxone goes with it."""
    opioid, naloxone = look.plan.discharge_opioid, look.plan.naloxone
    if opioid is None:
        return
    if naloxone is None:
        yield finding("naloxone", "naloxone", "An opioid goes home, and nothing is said of naloxone")
        return
    if naloxone.verdict != "not_needed" or look.facts.takes(look.library.opioids.naloxone.supply.drug):
        return
    before = frozenset(
        name
        for order in look.own_orders
        if order.phase in ("discharge", "home")
        for name in (order.drug, *look.facts.classes_of(order.drug))
    )
    for trigger in look.library.opioids.naloxone.triggers:
        if look.facts.answer(trigger.when, before) is True:
            yield finding("naloxone", "naloxone", f"No naloxone, though: {trigger.because}", trigger.source)
            return
