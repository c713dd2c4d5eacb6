"""When a needle near the spine, or another deep one, may come after the antithrombotics taken at home.

Intervals, dose classes and editions are data; here the clock is read and the most cautious answer taken.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from planner.case.medicines import HomeMedicine
from planner.clinical.regional.antithrombotic_dose import (
    Found,
    antithrombotics_in,
    dose_class,
    is_antithrombotic,
    portions_for,
)
from planner.clinical.regional.editions import Asked, asks, edition_title, longest_wait, other_editions, wait_words
from planner.clinical.regional.needle import Needle
from planner.clinical.work import Work, iso
from planner.library.antithrombotic import Antithrombotic
from planner.plan.dates import has_clock, moment_words
from planner.plan.parts import Confirmation
from planner.plan.regional import AntithromboticTime
from planner.plan.wording import hours


@dataclass(frozen=True)
class _LastDose:
    """The latest moment the last dose can have been. `planned`: it lies after the time of the plan."""

    at: datetime | None = None
    planned: bool = False


def note_needle_times(work: Work, now: datetime) -> None:
    """Work out the times of every home antithrombotic, and tell what holds a needle up."""
    work.needles = tuple(needle for medicine in work.factors.home_medicines for needle in _needles(medicine, work, now))
    for needle in work.needles:
        if needle.counts and needle.row.verdict != "passed":
            work.alert("caution", "spinal, epidural or deep block", needle.row.because, needle.row.sources)
        if needle.contradiction:
            work.alert("stop", needle.row.drug, needle.contradiction)
        work.ask_for(needle.missing, f"needle time after {needle.row.drug}")
    _warn_of_several(work)


def _warn_of_several(work: Work) -> None:
    """Two antithrombotics, or one beside what adds to the bleeding, whether a block is planned or not."""
    editions = work.library.regional.editions
    counted = list(dict.fromkeys(needle.row.drug for needle in work.needles if needle.counts))
    others = list(dict.fromkeys(needle.row.drug for needle in work.needles if not needle.counts))
    if len(counted) > 1:
        keys = work.citations.keys(editions.together.source)
        work.alert("caution", " and ".join(counted), editions.together.text, keys)
    if counted and others:
        keys = work.citations.keys(editions.with_uncounted.source)
        work.alert("info", " and ".join([*counted, *others]), editions.with_uncounted.text, keys)


def _needles(medicine: HomeMedicine, work: Work, now: datetime) -> list[Needle]:
    if not medicine.recognized:
        return [_unread(medicine, work)] if is_antithrombotic(medicine) else []
    entries = antithrombotics_in(medicine, work)
    if not entries:
        return [_unlisted(medicine, work)] if is_antithrombotic(medicine) else []
    return [_needle(medicine, entry, work, now) for entry in entries]


def _unlisted(medicine: HomeMedicine, work: Work) -> Needle:
    reason = work.library.regional.editions.unlisted
    row = AntithromboticTime(
        drug=medicine.drug,
        text=medicine.text,
        edition=edition_title(work.edition, work),
        verdict="unknown",
        because=f"{medicine.drug}: {reason.text}",
        sources=work.citations.keys(reason.source),
    )
    return Needle(row, True, citations=tuple(reason.source))


def _unread(medicine: HomeMedicine, work: Work) -> Needle:
    """An entry that names an antithrombotic and cannot be read as one medicine."""
    row = AntithromboticTime(
        drug=medicine.drug or next(iter(portion.ingredient for portion in medicine.ingredients)),
        text=medicine.text,
        edition=edition_title(work.edition, work),
        verdict="unknown",
        because=f"not offered: {medicine.text} is not understood and names an antithrombotic. Write one an entry",
        sources=work.citations.keys(work.library.regional.editions.unlisted.source),
    )
    return Needle(row, True, citations=tuple(work.library.regional.editions.unlisted.source))


def _needle(medicine: HomeMedicine, entry: Antithrombotic, work: Work, now: datetime) -> Needle:
    found = dose_class(medicine, entry, work)
    asked = {name: asks(entry, work.edition, name, work) for name in found.classes}
    name = max(asked, key=lambda one: asked[one].severity, default=None)
    strictest = asked.get(name, Asked(None))
    last = _last_dose(medicine, now)
    row = AntithromboticTime(
        drug=portions_for(medicine, entry, work)[0].ingredient,
        text=medicine.text,
        dose_class=name if name != "any" and found.dose_known else None,
        dose_text=found.classes[name].says if name and found.dose_known else "",
        edition=edition_title(work.edition, work),
        verdict="unknown",
        last_dose_at=moment_text(medicine.last_taken_at) if last.at else None,
        counted_from=iso(last.at) if last.at else None,
        planned=last.planned,
        because="",
    )
    citations = _citations(found, name, strictest, entry)
    contradiction = after_surgery(medicine, row.drug, work)
    _fill_interval(row, strictest, last, contradiction, work)
    confirmations: list[Confirmation] = []
    missing = [*found.missing, *strictest.missing]
    row.verdict, row.because = _judge(row, found, strictest, last, contradiction, missing, work)
    if (
        row.verdict != "passed"
        and found.in_table
        and not (contradiction or last.planned)
        and _level_is_low(strictest, work)
    ):
        row.verdict, row.earliest_at = "passed", None
        row.because = f"{row.drug}: a laboratory value stands in for the interval. {strictest.timing.stands_in.says}"
        confirmations.append(
            _agree(f"{row.drug}: the level is low enough. Sample taken after the last dose, and a senior agrees?")
        )
    if row.verdict == "passed" and row.interval_h:
        confirmations += _before_trusting(row, found, name, asked, last, strictest, work)
    if row.verdict == "unknown" and not contradiction and (last.at is None or not found.dose_known):
        missing.append(f"hours_since.{row.drug}")
    row.checks = [*row.checks, *([found.classes[name].ask] if _indication_matters(row, found, name, work) else [])]
    row.other_editions, stricter = other_editions(entry, found, row, work)
    row.disagreements = work.citations.statements(entry.disagree)
    row.sources = work.citations.keys(citations)
    for confirmation in confirmations:
        confirmation.sources = row.sources
    avoids_catheter = strictest.timing is not None and strictest.timing.catheter == "avoid"
    return Needle(
        row,
        entry.counts,
        tuple(missing),
        tuple(confirmations),
        tuple(stricter),
        citations,
        contradiction,
        avoids_catheter,
    )


def _citations(found: Found, name: str | None, asked: Asked, entry: Antithrombotic) -> tuple[str, ...]:
    of_dose = found.classes[name].source if name else [key for one in entry.doses.values() for key in one.source]
    of_time = asked.timing.source if asked.timing else []
    return tuple(dict.fromkeys((*of_time, *of_dose)))


def _last_dose(medicine: HomeMedicine, now: datetime) -> _LastDose:
    taken = medicine.last_taken_at
    if taken is None:
        return _LastDose()
    planned = taken > now if isinstance(taken, datetime) else taken > now.date()
    return _LastDose(medicine.last_taken_by, planned)


def after_surgery(medicine: HomeMedicine, drug: str, work: Work) -> str:
    taken, day = medicine.last_taken_at, work.case.surgery_date
    if taken is None or day is None:
        return ""
    later = taken > work.surgery_at if isinstance(taken, datetime) and work.surgery_at else False
    taken_day = taken.date() if isinstance(taken, datetime) else taken
    if not later and taken_day <= day:
        return ""
    surgery = iso(work.surgery_at) if work.surgery_at else day.isoformat()
    return (
        f"Last dose of {drug} ({moment_words(moment_text(taken))}) is after the start of surgery "
        f"({moment_words(surgery)}): correct one of the two times"
    )


def moment_text(moment: date | datetime) -> str:
    return iso(moment) if isinstance(moment, datetime) else moment.isoformat()


def _fill_interval(row: AntithromboticTime, asked: Asked, last: _LastDose, contradiction: str, work: Work) -> None:
    timing, surgery = asked.timing, work.soonest_surgery
    if timing:
        row.checks = [
            check.ask for check in timing.checks if check.when is None or work.situation.holds(check.when) is not False
        ]
        row.notes = list(timing.notes)
        row.stands_in = timing.stands_in.says if timing.stands_in else None
        row.catheter = {"allowed": "a catheter may lie", "avoid": "no catheter under this dose", None: None}[
            timing.catheter
        ]
        row.catheter_out = timing.catheter_out_when or wait_words(timing.catheter_out or asked.wait)
        row.next_after_needle = wait_words(timing.next_after_needle)
        row.next_after_catheter = wait_words(timing.next_after_catheter)
        if timing.next_after_needle and timing.next_after_needle.high and work.surgery_at:
            row.next_after_needle_at = iso(work.surgery_at + timedelta(hours=timing.next_after_needle.high))
    if asked.wait:
        row.interval = wait_words(asked.wait) if asked.wait.high else "none"
        row.interval_h = asked.wait.high
    if last.at and surgery and surgery >= last.at:
        row.hours_elapsed = round((surgery - last.at).total_seconds() / 3600, 2)
    if last.at and asked.wait and asked.wait.high and not contradiction:
        row.earliest_at = iso(last.at + timedelta(hours=asked.wait.high))


def _judge(
    row: AntithromboticTime,
    found: Found,
    asked: Asked,
    last: _LastDose,
    contradiction: str,
    missing: list[str],
    work: Work,
) -> tuple[str, str]:
    """The verdict and the sentence that says it."""
    drug, edition = row.drug, row.edition
    if not found.in_table:
        table = "; ".join(f"{name}: {one.says}" for name, one in found.entry.doses.items())
        if found.other_unit:
            unit = found.entry.unit
            return (
                "unknown",
                f"not offered: {row.text}: the table has {unit} only. Write the dose in {unit}, or ask hematology",
            )
        return "unknown", f"not offered: {row.text} is no dose of the table ({table}). Which dose is it, and what for?"
    if not found.dose_known and row.interval_h != 0:
        return "unknown", f"not offered: dose of {drug} not known. How much, how often, and when was the last dose?"
    if asked.timing is None or asked.timing.not_stated is not None:
        reason = f": {asked.timing.not_stated}" if asked.timing else ""
        return "unknown", f"not offered: {edition} states no interval for {drug}{reason}. Ask hematology"
    if asked.avoid is not None:
        sooner = f". {row.stands_in}" if row.stands_in else ""
        asks = " ".join(map(work.question, missing))
        unless = f", the cautious answer while a fact is missing: {asks}" if missing else ""
        return "avoid", f"not offered after {drug}: {asked.avoid} ({edition}){unless}{sooner}"
    if row.interval_h == 0:
        return "passed", f"{drug}: no interval needed"
    if contradiction:
        return "unknown", f"not offered: the last dose of {drug} and the time of surgery contradict each other"
    if last.at is None:
        return "unknown", (
            f"not offered: time of the last dose of {drug} not known. When was it? Needed: "
            f"{_range_words(row)} ({edition})"
        )
    surgery = work.soonest_surgery
    earliest = last.at + timedelta(hours=row.interval_h)
    since = f"{_range_words(row)} after the last dose of {drug}, {_last_words(row)}"
    if surgery is None:
        work.ask_for(["surgery_at"], f"needle time after {drug}")
        return "unknown", f"not before {moment_words(iso(earliest))} ({since}); time of surgery not known"
    if surgery >= earliest:
        return "passed", f"not before {moment_words(iso(earliest))} ({since}); passed at the start of surgery"
    elapsed = f"{hours(row.hours_elapsed)} at the start of surgery" if row.hours_elapsed is not None else "too soon"
    if work.surgery_at is None:
        work.ask_for(["surgery_at"], f"needle time after {drug}")
    sooner = f". {row.stands_in}" if row.stands_in else ""
    careful = " (the longest that may hold: a fact is missing)" if missing else ""
    return "too_early", f"not before {moment_words(iso(earliest))} ({since}){careful}: {elapsed}{sooner}"


def _range_words(row: AntithromboticTime) -> str:
    return f"{row.interval}, the longer counts," if " to " in row.interval else row.interval


def _last_words(row: AntithromboticTime) -> str:
    words = moment_words(row.last_dose_at)
    return words if has_clock(row.last_dose_at) else f"{words}, counted to the end of that day"


def _level_is_low(asked: Asked, work: Work) -> bool:
    stands_in = asked.timing.stands_in if asked.timing else None
    return bool(stands_in and stands_in.when is not None and work.situation.holds(stands_in.when))


def _agree(ask: str) -> Confirmation:
    return Confirmation(ask=ask, if_yes="give as written", if_no="leave out")


def _before_trusting(
    row: AntithromboticTime,
    found: Found,
    name: str,
    asked: dict[str, Asked],
    last: _LastDose,
    strictest: Asked,
    work: Work,
) -> list[Confirmation]:
    """What must be answered before a passed interval counts."""
    entries = [_agree(f"{row.drug}: {question}") for question in row.checks]
    doubt = strictest.timing.doubt_when
    if doubt is not None and work.situation.holds(doubt):
        entries.append(_agree(f"{row.drug}: the level measured is not low, though the interval passed. Senior agrees?"))
    if last.planned:
        entries.append(_agree(f"Was the last dose of {row.drug} really {moment_words(row.last_dose_at)}, as planned?"))
    if _indication_matters(row, found, name, work):
        entries.append(_agree(found.classes[name].ask))
    return entries


def _indication_matters(row: AntithromboticTime, found: Found, name: str | None, work: Work) -> bool:
    """Whether the dose class hangs on what the drug is taken for, and a laxer class is trusted because of it."""
    if name is None or found.classes[name].ask is None or row.hours_elapsed is None:
        return False
    return row.hours_elapsed < longest_wait(found.entry, row, work)


def hours_since(work: Work) -> dict[str, float | None]:
    """`hours_since.apixaban`: from the latest last dose to the start of surgery; None where one is not known."""
    found: dict[str, list[float | None]] = {}
    for needle in work.needles:
        found.setdefault(f"hours_since.{needle.row.drug}", []).append(needle.row.hours_elapsed)
    return {name: None if None in elapsed else min(elapsed) for name, elapsed in found.items()}
