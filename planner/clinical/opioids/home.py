"""The opioids a patient takes at home: their sum, whether they make the patient tolerant, and what must be asked."""

from planner.case.chart_doses import HOURLY
from planner.case.morphine import daily_totals
from planner.case.tolerance import Tolerance
from planner.clinical.opioids.equivalents import counted, part_words
from planner.clinical.work import Work
from planner.plan.opioids import HomeOpioids
from planner.plan.parts import Statement
from planner.plan.wording import amount, count, number

_ABOUT = "opioids at home"
_WAITS = "home-opioids"


def home_opioids(work: Work) -> HomeOpioids | None:
    """The home opioids of the plan, None where none is known of. Notes the working, and asks for what is open."""
    use, morphine = work.factors.opioids, work.library.opioids.morphine
    if not any(one.opioid for one in use.medicines):
        return None
    found = HomeOpioids(
        **counted(use.medicines, work.library, morphine.equivalents.use, work.citations),
        tolerant=use.tolerance.tolerant,
        tolerance=[_tolerance(use.tolerance, work)],
    )
    for one in use.medicines:
        work.ask_for(one.missing, _WAITS)
    if use.tolerance.reason in ("days_unknown", "as_needed_only"):
        work.ask_for(use.tolerance.missing, _WAITS)
    _say(found, work)
    return found


def _say(found: HomeOpioids, work: Work) -> None:
    """The sum with its working, and tolerance, as notes of the plan."""
    parts = [
        f"{part.drug} {part_words(part)}"
        if not one.because
        else f"{one.medicine.text}: cannot be computed, {one.because}"
        for one in work.factors.opioids.medicines
        for part in one.daily or (None,)
    ]
    caution = work.library.opioids.morphine.equivalents.caution
    keys = [key for medicine in found.medicines for key in medicine.sources]
    keys = list(dict.fromkeys([*keys, *work.citations.keys(caution.source)]))
    work.alert("info", _ABOUT, f"{sum_words(found)} by {found.edition_title}: {'; '.join(parts)}. {caution.text}", keys)
    for statement in found.tolerance:
        work.alert("info", "opioid tolerance", statement.text, statement.sources)


def sum_words(found: HomeOpioids) -> str:
    """`120 MME a day`, or what of it can be computed."""
    if found.mme_per_day is not None:
        return f"{amount(found.mme_per_day, 'MME')} a day"
    if found.known_mme:
        return f"{amount(found.known_mme, 'MME')} a day and more that cannot be computed"
    return "MME not computed"


def _tolerance(decided: Tolerance, work: Work) -> Statement:
    """How tolerance was decided, with the figures it was held against."""
    file, days = work.library.opioids.morphine.tolerance, work.case.opioid_days
    taken = f"every day for {count(days or 0, 'day')} (at least {number(file.days)} count)"
    figures = _figures(decided, work)
    texts = {
        "reached": f"yes: scheduled {figures}, {taken}",
        "below": f"no: at most {figures}",
        "too_short": f"no: taken {taken}",
        "days_unknown": f"not known: yes if taken every day for {number(file.days)} days or more: scheduled {figures}",
        "as_needed_only": f"not known: yes only if as-needed doses are really taken every day, at most {figures}; "
        "ask how much was taken each day",
        "unclear": "not known: a dose cannot be computed",
        "undecided": f"not known: {decided.undecided.because if decided.undecided else ''}",
    }
    sources = list(decided.undecided.sources) if decided.undecided else file.source
    others = file.others.source if "MME" in figures else []
    return Statement(text=texts[decided.reason], sources=work.citations.keys(sources, others))


def _figures(decided: Tolerance, work: Work) -> str:
    """`oxycodone 60 mg a day (tolerant from 30 mg)`, with the sum in MME where that is what counts."""
    rules = work.library.opioids.morphine.rules.tolerance
    totals, units = daily_totals(decided.counted), {part.key: part.unit for part in decided.counted}
    words = [
        f"{key[0]} {_daily(per_day, units[key])} (tolerant from {amount(rules.least[key], units[key])})"
        for key, per_day in totals.items()
        if key in rules.least
    ]
    if rules.counts_in_mme(totals):
        mme = round(sum(part.mme for part in decided.counted), 2)
        words.append(f"{'together ' if words else ''}{_daily(mme, 'MME')} (tolerant from {number(rules.least_mme)})")
    return ", ".join(words)


def _daily(value: float, unit: str) -> str:
    """A daily dose in words; that of a patch is its rate."""
    return f"{amount(round(value, 2), unit)}{'' if unit == HOURLY else ' a day'}"
