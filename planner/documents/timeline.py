"""The drawing of cover over time, as places on a sheet; and the same in words for those who cannot see it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from planner.documents.citations import Citations, Cited
from planner.documents.header import field_words
from planner.documents.questions import upper_first
from planner.plan.dates import clock_words, day_words, moment, near_words
from planner.plan.models import Order, Plan
from planner.plan.regional import TimelineSpan
from planner.plan.wording import hours

WIDTH, LEFT, TOP, LANE = 526.0, 104.0, 13.0, 13.5
"""In points: the width of the drawing, for which A4 has room too, where the axis begins at the earliest, the lane of
phases, the height of each lane."""
PRINTED_ADVICE = 4
"""So many sentences on what to do before a block ends are printed. The data has all."""
_TICK_HOURS = 6
_FOOT = 13.0
_LETTER, _BOLD_LETTER, _NAME_LETTER, _CLOCK = 3.8, 4.3, 3.9, 20
"""Width of a letter, of a bold one, of one in the name of a lane, and of a clock time, in points."""
_MARGIN_HOURS = 2.0


@dataclass(frozen=True)
class Bar:
    """A span. `sure` ends where it may begin to fail; `kind` says how it is drawn."""

    kind: str
    x: float
    sure: float
    width: float
    y: float
    height: float
    label: str = ""


@dataclass(frozen=True)
class Dot:
    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    x: float
    clock: str


@dataclass(frozen=True)
class Ends:
    """When a span ends, in words after it, or inside its end where the sheet ends too. `light`: white on dark."""

    words: str
    x: float
    inside: bool
    light: bool


@dataclass(frozen=True)
class Lane:
    """`note` is printed where a lane has no doses with a known clock time."""

    label: str
    y: float
    bars: tuple[Bar, ...] = ()
    dots: tuple[Dot, ...] = ()
    note: str = ""
    ends: Ends | None = None


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    bottom: float
    left: float
    right: float
    nights: tuple[Bar, ...]
    phases: tuple[Bar, ...]
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class CoverView:
    """`missing` stands instead of the drawing where the hour of surgery is not known."""

    drawing: Drawing | None
    lines: tuple[Cited, ...]
    before_end: tuple[Cited, ...]
    title: str
    missing: str = ""
    words: tuple[str, ...] = field(default=())
    gaps: bool = False


def cover_view(plan: Plan, citations: Citations) -> CoverView | None:
    """Drawing and words; None where the plan has neither a block nor a timed dose."""
    ends = tuple(
        citations.cite(f"{upper_first(_title(plan, one.block))} {one.text}", one.sources, most=1)
        for one in plan.wear_off
    )
    advice = tuple(
        citations.cite(part.text, part.sources, most=1)
        for entry in plan.block_advice
        if entry.about == "before the block ends"
        for part in entry.advice[:PRINTED_ADVICE]
    )
    if not plan.timeline:
        if not plan.blocks:
            return None
        return CoverView(None, (), advice, "Cover", "Hour of surgery not known: no clock times can be given")
    drawing = _drawing(plan)
    gaps = any(span.kind == "gap" for span in plan.timeline)
    shown = round(max(_hours(plan, span.end) for span in plan.timeline if span.kind == "phase"))
    return CoverView(drawing, ends, advice, f"Cover for {hours(shown)}", words=tuple(_words(plan)), gaps=gaps)


def _title(plan: Plan, block_id: str) -> str:
    return next((block.title for block in plan.blocks if block.id == block_id), block_id)


def _start(plan: Plan) -> datetime:
    return datetime.fromisoformat(plan.case["surgery_at"])


def _hours(plan: Plan, at: str) -> float:
    return (datetime.fromisoformat(at) - _start(plan)).total_seconds() / 3600


def _drawing(plan: Plan) -> Drawing:
    last = max(_hours(plan, span.end) for span in plan.timeline if span.kind == "phase")
    right = WIDTH - 4
    names = [label for label, _ in (*_lanes(plan), *_unknown_times(plan))]
    left = max([LEFT, *(len(name) * _NAME_LETTER + 4 for name in names)])

    def x(at: str | float) -> float:
        hour = _hours(plan, at) if isinstance(at, str) else at
        share = (min(max(hour, -_MARGIN_HOURS), last) + _MARGIN_HOURS) / (last + _MARGIN_HOURS)
        return round(left + share * (right - left), 2)

    lanes, y = [], TOP + 3
    for label, spans in _lanes(plan):
        lanes.append(_lane(label, spans, y, x))
        y += LANE
    for label, note in _unknown_times(plan):
        lanes.append(Lane(label, y, note=note))
        y += LANE
    bottom = y

    def bar(span: TimelineSpan, top: float, height: float) -> Bar:
        begin, width = x(span.start), round(x(span.end) - x(span.start), 2)
        return Bar(span.kind, begin, begin, width, top, height, _fitting(span.label, width))

    nights = tuple(bar(span, TOP, bottom - TOP) for span in plan.timeline if span.kind == "night")
    phases = tuple(bar(span, 0, TOP) for span in plan.timeline if span.kind == "phase")
    return Drawing(
        width=WIDTH,
        height=bottom + _FOOT,
        bottom=bottom,
        left=x(0.0),
        right=right,
        nights=nights,
        phases=phases,
        lanes=tuple(lanes),
        ticks=tuple(_ticks(plan, last, x)),
    )


def _lanes(plan: Plan) -> Iterable[tuple[str, list[TimelineSpan]]]:
    """One lane a block, one a drug, and one for gaps where there are any."""
    lanes: dict[str, list[TimelineSpan]] = {}
    for span in plan.timeline:
        if span.kind in ("block", "infusion"):
            lanes.setdefault(field_words(span.lane), []).append(span)
    for span in plan.timeline:
        if span.kind == "dose":
            lanes.setdefault(span.label, []).append(span)
    gaps = [span for span in plan.timeline if span.kind == "gap"]
    if gaps:
        lanes["gap in cover"] = gaps
    return lanes.items()


def _fitting(label: str, width: float) -> str:
    """The label, or its first words, where that much fits; nothing where nothing does."""
    date = label.rpartition(", ")[2]
    for words in (label, label.split(":")[0], date, date[:3]):
        if len(words) * _LETTER < width - 4:
            return words
    return ""


def _lane(label: str, spans: list[TimelineSpan], y: float, x: Callable[[str], float]) -> Lane:
    bars, dots, ends = [], [], None
    for span in spans:
        begin, end = x(span.start), x(span.end)
        if span.kind == "dose":
            dots.append(Dot(begin, y + LANE / 2))
            continue
        sure = x(span.sure_until) if span.sure_until else begin
        bars.append(Bar(span.kind, begin, round(sure - begin, 2), round(end - begin, 2), y + 3, LANE - 6))
        if span.kind != "gap":
            words = _ends(span)
            inside = end + 3 + len(words) * _BOLD_LETTER > WIDTH
            ends = Ends(words, end - 3 if inside else end + 3, inside, inside and sure == end)
    return Lane(label, y, tuple(bars), tuple(dots), ends=ends)


def _ends(span: TimelineSpan) -> str:
    """`ends 13:30 to 19:30`, with the day where it is another one than that of the start."""
    first, last = moment(span.sure_until or span.end), moment(span.end)
    words = _clock(first, span.start) if first == last else f"{_clock(first, span.start)} to {_clock(last, span.start)}"
    return f"ends {words}"


def _clock(at: datetime, start: str) -> str:
    same = at.date() == moment(start).date()
    return clock_words(at) if same else f"{day_words(at)[:3]} {clock_words(at)}"


def _unknown_times(plan: Plan) -> list[tuple[str, str]]:
    """Blocks without a known duration, and scheduled pain medicine whose first dose has no clock time."""
    drawn = {span.lane for span in plan.timeline if span.kind in ("block", "infusion")}
    blocks = [field_words(block.id) for block in plan.blocks if block.id not in drawn]
    timed = {span.label for span in plan.timeline if span.kind == "dose"}
    names = dict.fromkeys(order.drug for order in plan.orders if _is_scheduled(order) and order.drug not in timed)
    return [
        *((name, "how long it lasts is not known") for name in blocks),
        *((name, "first dose on arrival, clock time not known beforehand") for name in names),
    ]


def _is_scheduled(order: Order) -> bool:
    return order.kind in ("non_opioid", "opioid") and order.interval_h is not None and not order.as_needed


def _ticks(plan: Plan, last: float, x: Callable[[float], float]) -> Iterable[Tick]:
    """The start of surgery, then every six hours of the clock, where a label has room."""
    start = _start(plan)
    yield Tick(x(0.0), clock_words(start))
    at = start.replace(minute=0, second=0) + timedelta(hours=_TICK_HOURS - start.hour % _TICK_HOURS)
    while (after := (at - start).total_seconds() / 3600) <= last:
        if x(after) - x(0.0) > _CLOCK + 2 and x(after) + _CLOCK / 2 <= WIDTH:
            yield Tick(x(after), clock_words(at))
        at += timedelta(hours=_TICK_HOURS)


def _words(plan: Plan) -> Iterable[str]:
    """Everything that is drawn, lane by lane."""
    for label, note in _unknown_times(plan):
        yield f"{upper_first(label)}: {note}"
    for label, spans in _lanes(plan):
        doses = [near_words(span.start) for span in spans if span.kind == "dose"]
        if doses:
            yield f"{upper_first(label)}: doses at {', '.join(doses)}"
        for span in spans:
            if span.kind == "gap":
                yield f"Gap: {near_words(span.start)} to {near_words(span.end)}: {span.label}"
            elif span.kind != "dose":
                sure, end = near_words(span.sure_until or span.end), near_words(span.end)
                perhaps = "" if sure == end else f", perhaps to {end}"
                yield f"{upper_first(span.label)}: from {near_words(span.start)} to {sure}{perhaps}"
