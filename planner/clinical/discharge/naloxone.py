"""Naloxone with an opioid at home: one reason is enough, and what is not known is asked for."""

from collections.abc import Sequence

from planner.case.interval import Interval
from planner.clinical.discharge.home_part import HomePart
from planner.clinical.discharge.unit import Unit
from planner.clinical.situation import Situation
from planner.clinical.work import Work
from planner.library.conditions import Condition
from planner.library.discharge import Trigger
from planner.plan.opioids import Naloxone

LINE = "naloxone"
_MME = "discharge_mme"


def plan_naloxone(work: Work, unit: Unit | None, goes_home: bool, home: HomePart) -> None:
    """Add the verdict to the work. `goes_home`: an opioid goes home, or may; `unit` is its dose where it has one."""
    if not goes_home and home.taken is False:
        work.naloxone = Naloxone(verdict="not_needed", because="no opioid goes home and none is taken there")
        return
    rules = work.library.opioids.naloxone
    situation = work.situation.with_numbers(**{_MME: _mme(work, unit, goes_home, home)})
    answers = [(trigger, situation.holds(trigger.when)) for trigger in rules.triggers]
    found = [trigger for trigger, answer in answers if answer]
    lead = "" if work.discharge_opioid or home.taken else "if an opioid goes home: "
    supply = [one for one in work.factors.home_medicines if one.drug == rules.supply.drug]
    if supply:
        keys = work.citations.keys(rules.supply.source)
        work.naloxone = Naloxone(verdict="not_needed", because=rules.supply.text, sources=keys)
    elif found:
        work.naloxone = _give(found, lead, work)
    elif asked := _asked([trigger.when for trigger, answer in answers if answer is None], situation, work):
        work.ask_for(asked, LINE)
        questions = " ".join(work.question(name) for name in asked)
        because = f"{lead}needed if one of these is so: {questions}"
        keys = [trigger.source for trigger, answer in answers if answer is None]
        work.naloxone = Naloxone(verdict="confirm", because=because, sources=work.citations.keys(*keys))
    else:
        work.naloxone = _until_that_day([trigger for trigger, answer in answers if answer is None], home, lead, work)


def _until_that_day(undecided: Sequence[Trigger], home: HomePart, lead: str, work: Work) -> Naloxone:
    """No reason found. `undecided` hang on what goes home: with an opioid at home that waits for an answer."""
    talk = work.library.opioids.naloxone.talk
    reasons = "; ".join(trigger.because for trigger in undecided)
    keys = work.citations.keys(talk.source, *(trigger.source for trigger in undecided))
    if undecided and home.taken:
        because = f"needed if it comes to this on the day of going home: {reasons}"
        return Naloxone(verdict="confirm", because=because, sources=keys)
    later = f"; needed if it comes to this on the day of going home: {reasons}" if undecided else ""
    because = f"{lead}no reason found in what is known; {talk.text}{later}"
    return Naloxone(verdict="not_needed", because=because, sources=keys)


def _give(found: Sequence[Trigger], lead: str, work: Work) -> Naloxone:
    rules = work.library.opioids.naloxone
    stated = (rules.offer, *found, rules.product, rules.use)
    keys = work.citations.keys(*(one.source for one in stated))
    because = "; ".join(dict.fromkeys(trigger.because for trigger in found))
    return Naloxone(
        verdict="give", because=f"{lead}{because}", product=rules.product.text, use=rules.use.text, sources=keys
    )


def _mme(work: Work, unit: Unit | None, goes_home: bool, home: HomePart) -> float | Interval | None:
    """MME on the first day at home, the opioid of home included; from what is certain to what is possible."""
    known = work.factors.numbers["home_mme"]
    low, high = (known, known) if isinstance(known, int | float) else (0.0, float("inf"))
    if work.discharge_opioid:
        first = work.discharge_opioid.days[0].mme
        low, high = low + first, high + first
    elif goes_home:
        high += unit.per_day * unit.mme if unit else float("inf")
    return low if low == high else Interval(low, high)


def _asked(conditions: Sequence[Condition], situation: Situation, work: Work) -> list[str]:
    """The facts that would decide. A history that nobody took is one question; use is asked for on its day."""
    names = [name for condition in conditions for name in situation.missing(condition)]
    if work.factors.numbers["home_mme"] is None and "used_last_24h" in names:
        names += work.factors.missing_fields("home_mme")
    if work.case.discharge_at is None:
        names = [name for name in names if name != "used_last_24h"]
    if not work.factors.terms.listed:
        names = ["conditions" if name.startswith("conditions.") else name for name in names]
    return list(dict.fromkeys(names))
