"""The card of needle times: last dose, interval, earliest needle, next dose, and what other editions say."""

from dataclasses import dataclass

from planner.documents.citations import Citations, Cited
from planner.documents.questions import full_stop, upper_first
from planner.plan.dates import near_words
from planner.plan.models import AntithromboticTime, Plan
from planner.plan.wording import hours

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
    next_dose: tuple[str, ...]
    catheter: tuple[str, ...]
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
    return NeedleCard(shown[0].edition, tuple(_line(row, citations, whole) for row in shown))


def _nothing_to_say(row: AntithromboticTime) -> bool:
    """An NSAID, an SSRI or a herbal product needs no interval; it is named where it matters."""
    return row.verdict == "passed" and not row.interval_h and row.dose_class is None


def _line(row: AntithromboticTime, citations: Citations, whole: bool) -> NeedleLine:
    dose = f"{row.dose_class} dose" if row.dose_class in ("low", "high") else (row.dose_class or "").replace("-", " ")
    return NeedleLine(
        drug=row.drug,
        dose=dose,
        last=_last(row),
        interval=_interval(row),
        earliest=near_words(row.earliest_at) or _verdict_words(row),
        verdict=_elapsed(row),
        stop=row.verdict != "passed",
        next_dose=tuple(_next_dose(row)),
        catheter=tuple(_catheter(row)),
        more=tuple(_more(row, citations, whole)),
    )


def _last(row: AntithromboticTime) -> str:
    if not row.last_dose_at:
        return "not known"
    words = near_words(row.last_dose_at)
    return f"by {words}, hour not known" if row.hour_assumed else words


def _interval(row: AntithromboticTime) -> str:
    if row.interval is None:
        return ""
    if not row.interval_h:
        return "none needed"
    longer = ", the longer is used" if " to " in row.interval else ""
    return f"{row.interval}{longer}"


def _verdict_words(row: AntithromboticTime) -> str:
    if row.verdict == "passed":
        return "any time" if not row.interval_h else "now, by the level"
    return _VERDICTS[row.verdict]


def _elapsed(row: AntithromboticTime) -> str:
    if row.hours_elapsed is None or not row.interval_h:
        return "" if row.earliest_at is None else _VERDICTS[row.verdict]
    return f"{hours(row.hours_elapsed)} at the start of surgery: {_VERDICTS[row.verdict]}"


def _next_dose(row: AntithromboticTime) -> list[str]:
    lines = []
    if row.next_after_needle:
        at = f" ({near_words(row.next_after_needle_at)} for a needle at the start)" if row.next_after_needle_at else ""
        words = row.next_after_needle if row.next_after_needle == "at once" else f"{row.next_after_needle} after it"
        lines.append(f"needle: {words}{at}")
    if row.next_after_catheter:
        words = row.next_after_catheter
        lines.append(f"catheter out: {words if words == 'at once' else words + ' after it'}")
    return lines or ["no number stated"]


def _catheter(row: AntithromboticTime) -> list[str]:
    lines = [row.catheter] if row.catheter else []
    if row.catheter_out and row.catheter_out != "at once":
        lines.append(
            f"out {row.catheter_out}" if row.catheter_out.startswith("at ") else f"out {row.catheter_out} after a dose"
        )
    return lines


def _more(row: AntithromboticTime, citations: Citations, whole: bool) -> list[Cited]:
    """Which doses belong together, the editions that differ, what must hold besides or may stand in, and notes."""
    lines = []
    if row.dose_class:
        lines.append(citations.cite(f"{upper_first(row.dose_class.replace('-', ' '))} dose: {row.dose_text}."))
    if row.other_editions:
        others = "; ".join(one.text for one in row.other_editions)
        keys = [key for one in row.other_editions for key in one.sources]
        lines.append(citations.cite(f"Other editions: {others}.", keys))
    notes = row.notes if whole else row.notes[:PRINTED_NOTES]
    parts = [*row.checks, *([row.stands_in] if row.stands_in else []), *notes]
    lines.append(citations.cite(" ".join(full_stop(upper_first(part)) for part in parts), row.sources))
    return lines
