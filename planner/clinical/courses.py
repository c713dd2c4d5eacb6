"""The last day of a medicine that goes home."""

import math
from datetime import date, datetime, timedelta

from planner.clinical.work import Work
from planner.library.drug import Drug, Regimen
from planner.plan.dates import day_words
from planner.plan.models import Order
from planner.plan.parts import Adjustment, Confirmation
from planner.plan.wording import count, duration_text

_HOURS_OF_DAY = 24


def set_last_day(order: Order, regimen: Regimen, drug: Drug, work: Work) -> None:
    """Set the last day of a course that begins at home, with the day of going home as its first.

    A medicine that goes on until the opioid has stopped is given as long; the longest course of a drug
    counts from the day of surgery, where the plan gave it in the hospital. Nothing where the day of going
    home, or an end, is not known.
    """
    leaving = work.case.discharge_at
    if leaving is None or order.phase != "discharge" or order.duration_days is None:
        return
    home = leaving.date() if isinstance(leaving, datetime) else leaving
    last = home + timedelta(days=math.ceil(order.duration_days) - 1)
    if regimen.until_opioid_ends:
        last = max(last, _opioid_ends(work) or last)
    limit, sources = _longest(order, drug, work)
    if limit is not None and limit < home:
        _ask_to_go_on(order, limit, sources, work)
    elif limit is not None:
        last = min(last, limit)
    _change(order, home, last, sources if last == limit else [], work)


def _opioid_ends(work: Work) -> date | None:
    """The last day with a tablet of the opioid to take home."""
    days = [day.date for day in work.discharge_opioid.days if day.tablets] if work.discharge_opioid else []
    return date.fromisoformat(days[-1]) if days and days[-1] else None


def _longest(order: Order, drug: Drug, work: Work) -> tuple[date | None, list[str]]:
    """The last day that the longest course of the drug allows, and where that stands."""
    ceilings = [one for one in drug.ceilings if one.course and one.route in ("any", order.route)]
    given = any(other.drug == order.drug and other.kind != "home_medication" for other in work.orders)
    if not ceilings or not given or work.case.surgery_date is None:
        return None, []
    shortest = min(ceilings, key=lambda one: one.course)
    days = math.floor(shortest.course / _HOURS_OF_DAY)
    return work.case.surgery_date + timedelta(days=days - 1), work.citations.keys(shortest.source)


def _ask_to_go_on(order: Order, limit: date, sources: list[str], work: Work) -> None:
    order.confirmations.append(
        Confirmation(
            ask=f"The longest course of {order.drug} ended on {day_words(limit)}: does the prescriber agree to more?",
            if_yes="give as written",
            if_no="leave out",
            sources=sources,
        )
    )
    order.verdict = "confirm"


def _change(order: Order, home: date, last: date, sources: list[str], work: Work) -> None:
    """Note the last day; where it differs from the course of the regimen, why."""
    days = (last - home).days + 1
    if days != order.duration_days:
        before = duration_text(order)
        order.duration_days = days
        because = "the longest course counts from the day of surgery" if sources else "until the opioid has stopped"
        order.adjustments.append(
            Adjustment(
                part="duration", from_text=before, to_text=f"for {count(days, 'day')}", because=because, sources=sources
            )
        )
    order.last_day = last.isoformat()
