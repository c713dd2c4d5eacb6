"""Time: scheduled cover without gaps, dates in order, and needles not before they may come."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from planner.audit.look import Look, finding
from planner.plan.audit import Finding
from planner.plan.dates import has_clock, moment
from planner.plan.wording import hours

_CLOSE_H = 0.02
_DEEP = ("neuraxial", "deep")


def check(look: Look) -> Iterator[Finding]:
    yield from _gaps(look)
    yield from _orders(look)
    yield from _spans(look)
    yield from _needles(look)


def _gaps(look: Look) -> Iterator[Finding]:
    """From one order of a drug to the next never more hours than between its doses."""
    found = {}
    scheduled = [order for order in look.own_orders if order.interval_h and not order.as_needed]
    lines = {order.id for order in scheduled}
    for week in look.weeks:
        for drug, given in week.by_drug.items():
            doses = [dose for dose in given if dose.scheduled]
            # An order of the ward whose first dose would come after the patient has left was in force, and gave none.
            begun = {dose.line for dose in doses}
            waiting = [
                one.interval_h for one in scheduled if (one.drug, one.phase) == (drug, "ward") and one.id not in begun
            ]
            for before, after in pairwise(doses):
                allowed = max(before.every or 0, after.every or 0, *waiting)
                gap = after.hour - before.hour
                if before.line != after.line and after.line in lines and gap > allowed + _CLOSE_H:
                    text = f"{hours(round(gap, 2))} without {drug} after {before.line}, every {hours(allowed)} planned"
                    found.setdefault(after.line, finding("gap", after.line, text))
    yield from found.values()


def _orders(look: Look) -> Iterator[Finding]:
    plan = look.plan
    surgery, leaving = moment(plan.case.get("surgery_at")), moment(plan.case.get("discharge_at"))
    if surgery and leaving and leaving < surgery and has_clock(plan.case["surgery_at"]):
        yield finding("date", "case", "The patient goes home before surgery")
    for order in look.own_orders:
        start = moment(order.start)
        if order.start and start is None:
            yield finding("date", order.id, f"{order.start} is no date")
        elif start and surgery and has_clock(order.start) and has_clock(plan.case["surgery_at"]):
            before = _plain(start) < _plain(surgery)
            if order.phase == "preop" and not before:
                yield finding("date", order.id, "Before surgery, and its time is not")
            if order.phase in ("pacu", "ward", "discharge", "home") and before:
                yield finding("date", order.id, "After surgery, and its time is before it")
        last = moment(order.last_day)
        if order.last_day and last is None:
            yield finding("date", order.id, f"{order.last_day} is no date")
        for earliest in (surgery, leaving):
            if last and earliest and last.date() < earliest.date():
                yield finding("date", order.id, f"Its last day, {order.last_day}, is over before it can begin")
                break


def _spans(look: Look) -> Iterator[Finding]:
    plan = look.plan
    surgery = moment(plan.case.get("surgery_at"))
    for milestone in plan.milestones:
        if milestone.from_day > milestone.to_day:
            yield finding("date", milestone.id, f"From day {milestone.from_day} to day {milestone.to_day}")
        for text, day in ((milestone.date, milestone.from_day), (milestone.to_date, milestone.to_day)):
            at = moment(text)
            if surgery and at and (at.date() - surgery.date()).days != day:
                yield finding("date", milestone.id, f"Day {day} after surgery is not {text}")
    for span in plan.timeline:
        yield from _in_order(span.lane, span.start, span.end)
    for wear_off in plan.wear_off:
        yield from _in_order(wear_off.block, wear_off.from_at, wear_off.to_at)
    made = moment(plan.provenance.generated_at)
    born = moment(plan.case.get("birth_date"))
    if made and born and born.date() > made.date():
        yield finding("date", "case", "Born after the plan was made")


def _in_order(about: str, first: str, last: str) -> Iterator[Finding]:
    begins, ends = moment(first), moment(last)
    if begins is None or ends is None:
        yield finding("date", about, f"From {first} to {last}: one of them is no date")
    elif _plain(begins) > _plain(ends):
        yield finding("date", about, f"{first} is later than {last}, the end")


def _needles(look: Look) -> Iterator[Finding]:
    """No needle near the spine, or another deep one, before every antithrombotic from home lets it."""
    surgery = look.plan.case.get("surgery_at")
    at = moment(surgery)
    for block in look.plan.blocks:
        if block.depth not in _DEEP:
            continue
        for row in look.plan.antithrombotics:
            earliest = moment(row.earliest_at)
            if row.verdict == "avoid":
                text = f"{block.title}, and {row.drug} rules it out: {row.because}"
                yield finding("needle-time", block.id, text, row.sources)
            elif row.verdict != "passed" and block.verdict == "give":
                yield finding("needle-time", block.id, f"{block.title} does not wait for {row.drug}", row.sources)
            elif earliest and at and has_clock(surgery) and _plain(earliest) > _plain(at) and row.verdict == "passed":
                text = f"{block.title}: {row.drug} allows no needle before {row.earliest_at}"
                yield finding("needle-time", block.id, text, row.sources)
    for row in look.plan.antithrombotics:
        if row.verdict == "passed" and row.interval_h and row.hours_elapsed is not None:
            if row.hours_elapsed < row.interval_h - _CLOSE_H:
                text = f"{hours(round(row.hours_elapsed, 1))} since {row.drug}, {hours(row.interval_h)} are needed"
                yield finding("needle-time", row.drug, text, row.sources)


def _plain(at: datetime) -> datetime:
    return at.replace(tzinfo=None)
