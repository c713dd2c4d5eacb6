"""The card of needle times: last dose, interval, earliest needle, next dose, and what other editions say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.documents.citations import Citations, Cited
from planner.documents.questions import full_stop, upper_first
from planner.plan.dates import has_clock, moment, near_words
from planner.plan.models import Plan
from planner.plan.regional import WITH_CATHETER, AntithromboticTime
from planner.plan.wording import hours

INTERVAL_DEPTHS = ("neuraxial", "deep")
"""Blocks for which the intervals hold, and after which everything that is to be watched is printed."""
PRINTED_NOTES = 2
"""So many notes on an interval are printed. The data has all."""
_VERDICTS = {"passed": "passed", "too_early": "too early", "unknown": "not known", "avoid": "advised against"}


@dataclass(frozen=True)
class NeedleLine:
    """One antithrombotic. `stop`: no spinal, epidural or deep block as things stand."""

    drug: str
    dose: str
    last: str
    interval: str
    earliest: str
    verdict: str
    stop: bool
    after: tuple[str, ...]
    more: tuple[Cited, ...]


@dataclass(frozen=True)
class NeedleCard:
    edition: str
    lines: tuple[NeedleLine, ...]


def needle_card(plan: Plan, citations: Citations, whole: bool = False) -> NeedleCard | None:
    """A line for each antithrombotic that has an interval or is asked about. `whole`: with every note."""
    shown = [row for row in plan.antithrombotics if not _nothing_to_say(row)]
    if not shown:
        return None
    return NeedleCard(shown[0].edition, tuple(_line(row, plan, citations, whole) for row in shown))


def _nothing_to_say(row: AntithromboticTime) -> bool:
    """An NSAID, an SSRI or a herbal product needs no interval; it is named where it matters."""
    return row.verdict == "passed" and not row.interval_h and row.dose_class is None


def _line(row: AntithromboticTime, plan: Plan, citations: Citations, whole: bool) -> NeedleLine:
    dose = f"{row.dose_class} dose" if row.dose_class in ("low", "high") else (row.dose_class or "").replace("-", " ")
    return NeedleLine(
        drug=row.drug,
        dose=dose,
        last=_last(row, plan),
        interval=_interval(row),
        earliest=_earliest(row, plan),
        verdict=_elapsed(row),
        stop=row.verdict != "passed",
        after=tuple(map(upper_first, _after(row, plan))) or ("Nothing stated",),
        more=tuple(_more(row, citations, whole)),
    )


def _surgery_day(plan: Plan) -> date | None:
    found = moment(plan.case.get("surgery_at"))
    return found.date() if found else None


def _last(row: AntithromboticTime, plan: Plan) -> str:
    if not row.last_dose_at:
        return "not known"
    hour = "" if has_clock(row.last_dose_at) else ", hour not known: counted to the end of the day"
    return near_words(row.last_dose_at, _surgery_day(plan)) + hour + (", planned" if row.planned else "")


def _interval(row: AntithromboticTime) -> str:
    if row.interval is None:
        return ""
    if not row.interval_h:
        return "none needed"
    longer = ", the longer is used" if " to " in row.interval else ""
    return f"{row.interval}{longer}"


def _earliest(row: AntithromboticTime, plan: Plan) -> str:
    """A clock time only where dose and interval are known; else it would be read as the time to go."""
    if row.verdict == "unknown" and row.hours_elapsed is not None:
        return "not known"
    return near_words(row.earliest_at, _surgery_day(plan)) or _verdict_words(row)


def _verdict_words(row: AntithromboticTime) -> str:
    if row.verdict == "passed":
        return "any time" if not row.interval_h else "now, by the level"
    return _VERDICTS[row.verdict]


def _elapsed(row: AntithromboticTime) -> str:
    if row.hours_elapsed is None or not row.interval_h:
        return "" if row.earliest_at is None else _VERDICTS[row.verdict]
    return f"{hours(row.hours_elapsed)} at the start of surgery: {_VERDICTS[row.verdict]}"


def _after(row: AntithromboticTime, plan: Plan) -> Iterator[str]:
    """What follows a needle, a catheter and its removal; a clock time only where this plan has such a needle."""
    needle = [block for block in plan.blocks if block.depth in INTERVAL_DEPTHS]
    catheter = any(block.infusion or block.technique in WITH_CATHETER for block in needle)
    moment = near_words(row.next_after_needle_at) if needle and not catheter else ""
    if row.next_after_needle == "at once":
        yield "next dose: the needle does not delay it, the surgeon decides"
    elif row.next_after_needle:
        yield f"next dose {row.next_after_needle} after the needle" + (f", {moment} at the earliest" if moment else "")
    if row.catheter:
        yield row.catheter
    if row.catheter_out and row.catheter_out != "at once":
        by_time = row.catheter_out[0].isdigit()
        which = "one that lies: out" if row.catheter == "no catheter under this dose" else "catheter out"
        yield f"{which} {row.catheter_out}{' after the last dose' if by_time else ''}"
    if row.next_after_catheter:
        when = row.next_after_catheter
        yield "next dose at once after it is out" if when == "at once" else f"next dose {when} after it is out"


def _more(row: AntithromboticTime, citations: Citations, whole: bool) -> list[Cited]:
    """Which doses belong together, the editions that differ, what must hold besides or may stand in, and notes."""
    lines = []
    if row.dose_class:
        lines.append(citations.cite(f"{upper_first(row.dose_class.replace('-', ' '))} dose: {row.dose_text}."))
    if row.other_editions:
        others = "; ".join(one.text for one in row.other_editions)
        keys = [key for one in row.other_editions for key in one.sources]
        lines.append(citations.cite(f"Other editions: {others}.", keys))
    if row.disagreements and (whole or row.interval_h):
        keys = [key for one in row.disagreements for key in one.sources]
        lines.append(citations.cite(" ".join(full_stop(one.text) for one in row.disagreements), keys))
    notes = row.notes if whole else row.notes[:PRINTED_NOTES]
    parts = [*row.checks, *([row.stands_in] if row.stands_in else []), *notes]
    lines.append(citations.cite(" ".join(full_stop(upper_first(part)) for part in parts), row.sources))
    return lines
