"""When the last dose of a home medicine must be for surgery to go on: in time, close, too late or not known."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from planner.case.lexicon import fold_name
from planner.case.medicines import HomeMedicine
from planner.clinical.doses import convert
from planner.clinical.regional.needle_times import after_surgery, moment_text
from planner.clinical.work import Work, iso
from planner.library.drug import HomeRule, LastDose
from planner.plan.dates import has_clock, moment_words
from planner.plan.wording import count, hours

_COUNTED_IN_HOURS = 96


@dataclass(frozen=True)
class Verdict:
    """How grave the time of the last dose is, and the sentence that says it."""

    severity: str
    text: str
    sources: tuple[str, ...]


def judge_last_dose(rule: HomeRule, medicine: HomeMedicine, work: Work) -> Verdict:
    """The last dose of `medicine` against the start of surgery, by the form that it is taken in.

    Where the form is not known the longest interval holds. A day without an hour counts to its end.
    """
    form = form_of(medicine, rule.last_dose)
    sources = tuple(form.source)
    last, surgery = medicine.last_taken_by, work.soonest_surgery
    if contradiction := after_surgery(medicine, medicine.drug, work):
        return Verdict("stop", contradiction, sources)
    if last is None or surgery is None:
        return Verdict("stop", f"{_asking(last)}{_needed(form, surgery)}", sources)
    elapsed = (surgery - last).total_seconds() / 3600
    taken = _taken(medicine, elapsed)
    if elapsed < form.too_late_under:
        return Verdict("stop", f"{taken}: too late. {_needed(form, surgery)}. Delay, or a regional plan", sources)
    if elapsed < form.enough_from:
        text = f"{taken}: long enough by one source, not by the cautious one. {_needed(form, surgery)}"
        return Verdict("caution", f"{text}. The anesthesiologist decides", sources)
    return Verdict("info", f"{taken}: long enough for the {form.form}", sources)


def form_of(medicine: HomeMedicine, forms: list[LastDose]) -> LastDose:
    """The form a medicine is taken in. Nothing to tell it by: the one with the longest interval."""
    for form in forms:
        if _is_of(medicine, form):
            return form
    if medicine.times_per_day is None and all(portion.amount is None for portion in medicine.ingredients):
        return max(forms, key=lambda form: form.enough_from)
    return forms[-1]


def _is_of(medicine: HomeMedicine, form: LastDose) -> bool:
    if medicine.route in form.routes or not set(fold_name(medicine.text).split()).isdisjoint(form.words):
        return True
    if form.every_from and medicine.times_per_day and 24 / medicine.times_per_day >= form.every_from:
        return True
    single = medicine.ingredients[0].mg if len(medicine.ingredients) == 1 else None
    return form.dose_up_to is not None and single is not None and single <= convert(form.dose_up_to, "mg")


def _asking(last: datetime | None) -> str:
    if last is None:
        return "time of the last dose not known. When was it? "
    return f"last dose {moment_words(iso(last))}; time of surgery not known. "


def _needed(form: LastDose, surgery: datetime | None) -> str:
    """`Last tablet by Thu 11-Dec-2026 07:30 (96 hours before surgery); no later than ... (72 hours)`."""
    enough, least = _span(form.enough_from), _span(form.too_late_under)
    if surgery is None:
        return f"Last {form.form} {enough} before surgery, no later than {least}"
    by = moment_words(iso(surgery - timedelta(hours=form.enough_from)))
    no_later = moment_words(iso(surgery - timedelta(hours=form.too_late_under)))
    return f"Last {form.form} by {by} ({enough} before surgery), no later than {no_later} ({least})"


def _taken(medicine: HomeMedicine, elapsed: float) -> str:
    words = moment_text(medicine.last_taken_at)
    counted = "" if has_clock(words) else ", counted to the end of that day"
    return f"last dose {moment_words(words)}{counted}, {_span(elapsed)} before surgery"


def _span(value: float) -> str:
    """Hours in words, rounded down; from 5 days in whole days."""
    return hours(int(value)) if value <= _COUNTED_IN_HOURS else count(int(value // 24), "day")
