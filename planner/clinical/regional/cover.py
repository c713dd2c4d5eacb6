"""Cover over time: expected spans of blocks, doses at their clock times, gaps, and what is due before a block ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from planner.clinical.work import Work, iso
from planner.library.coverage import Coverage
from planner.plan.dates import beside_words, between_words, near_words
from planner.plan.models import Order
from planner.plan.regional import WITH_CATHETER, Block, TimelineSpan, WearOff
from planner.plan.wording import hours

_PAIN_KINDS = ("non_opioid", "opioid", "adjuvant")
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class _Dose:
    """One scheduled dose of a pain medicine, and how long it covers; one that waits for an answer is not settled."""

    drug: str
    order: str
    at: datetime
    until: datetime
    oral: bool
    settled: bool


@dataclass(frozen=True)
class Cover:
    timeline: list[TimelineSpan]
    wear_off: list[WearOff]


def cover(work: Work) -> Cover:
    """The timeline from the start of surgery; empty where its hour is not known."""
    if work.surgery_at is None:
        return Cover([], [])
    rules = work.library.regional.coverage
    start, end = work.surgery_at, work.surgery_at + timedelta(hours=rules.shown)
    doses = _doses(work, end)
    blocks = [span for block in work.blocks for span in _block_spans(block, start)]
    spans = [
        *_phases(work, start, end),
        *_nights(rules, start, end),
        *blocks,
        *(_dose_span(dose) for dose in doses),
        *_gaps(blocks, {block.id for block in work.blocks if block.verdict == "give"}, doses, start, end),
    ]
    ending = [block for block in work.blocks if block.expected_h and block.technique not in WITH_CATHETER]
    wearing_off = [_wear_off(block, doses, rules, work) for block in ending]
    return Cover(spans, wearing_off)


def _phases(work: Work, start: datetime, end: datetime) -> Iterator[TimelineSpan]:
    """Day by day: within the day of surgery the hours of room, recovery and ward are not known beforehand."""
    after = "home" if work.case.setting == "outpatient" else "ward"
    day, first = start, True
    while day < end:
        midnight = datetime.combine(day.date() + timedelta(days=1), time())
        number = (day.date() - start.date()).days
        name = f"day of surgery: room, recovery, {after}" if first else f"day {number}"
        label = f"{name}, {near_words(day.date().isoformat())}"
        yield TimelineSpan(lane="phases", kind="phase", label=label, start=iso(day), end=iso(min(midnight, end)))
        day, first = midnight, False


def _nights(rules: Coverage, start: datetime, end: datetime) -> Iterator[TimelineSpan]:
    for span in _night_spans(rules, start, end):
        yield TimelineSpan(lane="night", kind="night", label="night", start=iso(span[0]), end=iso(span[1]))


def _night_spans(rules: Coverage, start: datetime, end: datetime) -> list[Span]:
    """Every night, whole or in part, between two moments."""
    found = []
    evening = datetime.combine(start.date() - timedelta(days=1), time(rules.night_from))
    while evening < end:
        length = (rules.night_to - rules.night_from) % 24
        begin, stop = max(evening, start), min(evening + timedelta(hours=length), end)
        if begin < stop:
            found.append((begin, stop))
        evening += timedelta(days=1)
    return found


def _block_spans(block: Block, start: datetime) -> Iterator[TimelineSpan]:
    def span(kind: str, low: float, high: float, more: str = "") -> TimelineSpan:
        return TimelineSpan(
            lane=block.id,
            kind=kind,
            label=block.title + more,
            start=iso(start),
            sure_until=iso(start + timedelta(hours=low)),
            end=iso(start + timedelta(hours=high)),
        )

    if block.expected_h and (block.infusion or block.technique not in WITH_CATHETER):
        yield span("block", *block.expected_h, ", first injection" if block.infusion else "")
    if block.infusion:
        yield span("infusion", *block.infusion.hours)


def _doses(work: Work, end: datetime) -> list[_Dose]:
    """Every dose of a scheduled pain medicine whose clock time is known, drug by drug in order of time."""
    by_drug: dict[str, list[tuple[datetime, Order]]] = {}
    for order in work.orders:
        if order.kind in _PAIN_KINDS and not order.as_needed and order.dose and order.start:
            for at in _times(order, end):
                by_drug.setdefault(order.drug, []).append((at, order))
    doses = []
    for drug, given in by_drug.items():
        given.sort(key=lambda pair: pair[0])
        following = [*(order.interval_h for _, order in given[1:]), None]
        for (at, order), next_interval in zip(given, following, strict=True):
            covers = order.interval_h or next_interval or 0
            until = at + timedelta(hours=covers)
            doses.append(_Dose(drug, order.id, at, until, order.route == "oral", order.verdict == "give"))
    return doses


def _times(order: Order, end: datetime) -> Iterator[datetime]:
    at = datetime.fromisoformat(order.start)
    last = min(end, at + timedelta(days=order.duration_days)) if order.duration_days else end
    while at < last:
        yield at
        if not order.interval_h:
            return
        at += timedelta(hours=order.interval_h)


def _dose_span(dose: _Dose) -> TimelineSpan:
    return TimelineSpan(lane=dose.order, kind="dose", label=dose.drug, start=iso(dose.at), end=iso(dose.at))


def _gaps(
    blocks: list[TimelineSpan], settled: set[str], doses: list[_Dose], start: datetime, end: datetime
) -> Iterator[TimelineSpan]:
    """Times in which no block can be counted on and no scheduled dose still works: what waits does not count."""
    covered = [(start, datetime.fromisoformat(span.sure_until)) for span in blocks if span.lane in settled]
    covered += [(dose.at, dose.until) for dose in doses if dose.settled]
    at = start
    for begin, stop in sorted(covered):
        if begin > at:
            yield _gap(at, min(begin, end))
        at = max(at, stop)
        if at >= end:
            return
    yield _gap(at, end)


def _gap(begin: datetime, stop: datetime) -> TimelineSpan:
    label = "no block and no scheduled dose that is settled"
    return TimelineSpan(lane="gaps", kind="gap", label=label, start=iso(begin), end=iso(stop))


def _wear_off(block: Block, doses: list[_Dose], rules: Coverage, work: Work) -> WearOff:
    """When the block may end, whether that is at night, and what covers or must come first."""
    low, high = (work.surgery_at + timedelta(hours=span) for span in block.expected_h)
    when = between_words(iso(low), iso(high)) if low < high else near_words(iso(low))
    at_night = bool(_night_spans(rules, low, max(high, low + timedelta(minutes=1))))
    oral = [dose for dose in doses if dose.oral and dose.settled]
    working = [dose for dose in oral if dose.at <= low < dose.until]
    latest = low - timedelta(hours=rules.oral_before_end)
    oral_by = None if working or latest <= work.surgery_at else iso(latest)
    night = ", at night" if at_night else ""
    return WearOff(
        block=block.id,
        from_at=iso(low),
        to_at=iso(high),
        at_night=at_night,
        oral_by=oral_by,
        text=f"may wear off {when}{night}. {_what_covers(working, oral, oral_by, low, rules)}",
        sources=work.citations.keys(rules.oral_source),
    )


def _what_covers(working: list[_Dose], oral: list[_Dose], oral_by: str | None, low: datetime, rules: Coverage) -> str:
    """The scheduled dose that still works then, and the next one; else by when an oral dose is due.

    Intervals are kept: two doses of one drug must not come too close together.
    """
    following = min((dose for dose in oral if dose.at > low), key=lambda dose: dose.at, default=None)
    next_dose = f"next {following.drug} {beside_words(iso(low), iso(following.at))}" if following else ""
    if working:
        last = max(working, key=lambda dose: dose.at)
        given = f"{last.drug} of {beside_words(iso(low), iso(last.at))}"
        after = f"; {next_dose}, not earlier" if following else ""
        return f"{given[:1].upper()}{given[1:]} still works then: give it on time{after}"
    before = f"No scheduled dose works then ({next_dose}). " if following else ""
    kept = ", keeping its interval" if following else ""
    if oral_by is None:
        return f"{before}Give oral pain medicine on arrival on the ward or at home, before the block ends{kept}"
    ahead = f"{hours(rules.oral_before_end)} before the earliest end, or after surgery as soon as tablets go down"
    return f"{before}Give oral pain medicine by {beside_words(iso(low), oral_by)}, {ahead}{kept}"
