"""What a nurse settles before a handout is given, in the words of the clinicians' plan."""

from collections.abc import Iterator

from planner.clinical.work import Work
from planner.plan.handout import OwnMedicine
from planner.plan.models import Order
from planner.plan.opioids import DischargeOpioid
from planner.plan.parts import Confirmation, Statement

_OPIOID_LINE = "discharge-opioid"
_ABOUT_HOME = "discharge"


def to_settle(orders: list[Order], own: list[OwnMedicine] | None, work: Work) -> list[Statement]:
    """Stops of the plan, warnings about going home, medicines that wait and why, home medicines to decide."""
    waiting = [(order.drug, one) for order in orders for one in order.confirmations]
    opioid = work.discharge_opioid
    if opioid is not None and opioid.verdict == "confirm":
        waiting += [(f"{opioid.drug} to take home", one) for one in _of_ward(opioid, work)]
    return [
        *_alerts(work),
        *_asked(waiting),
        *_opioid(work),
        *_naloxone(work),
        *_own(own),
    ]


def must_be_signed(work: Work) -> bool:
    """Whether the opioid to take home waits for somebody's word."""
    opioid = work.discharge_opioid
    return opioid is not None and (opioid.verdict == "confirm" or any(_about_home(alert) for alert in work.alerts))


def is_stopped(work: Work) -> bool:
    """Whether a stop stands in the plan: then no opioid is printed as decided."""
    return any(alert.severity == "stop" for alert in work.alerts)


def _about_home(alert) -> bool:
    return alert.severity != "info" and alert.about == _ABOUT_HOME


def _alerts(work: Work) -> Iterator[Statement]:
    for alert in work.alerts:
        if alert.severity == "stop":
            yield Statement(text=f"The plan stands at stop. {alert.about}: {alert.text}", sources=alert.sources)
        elif _about_home(alert):
            yield Statement(text=alert.text, sources=alert.sources)


def _asked(waiting: list[tuple[str, Confirmation]]) -> Iterator[Statement]:
    """What each medicine waits for, every question once; what to do for either answer stands in the plan."""
    medicines: dict[str, list[str]] = {}
    for name, one in waiting:
        medicines.setdefault(one.ask, [])
        if name not in medicines[one.ask]:
            medicines[one.ask].append(name)
    questions: dict[str, list[str]] = {}
    for ask, names in medicines.items():
        questions.setdefault(", ".join(names), []).append(ask)
    for names, asked in questions.items():
        sources = dict.fromkeys(source for _, one in waiting if one.ask in asked for source in one.sources)
        yield Statement(text=f"{names}: {' '.join(asked)}", sources=list(sources))


def _opioid(work: Work) -> Iterator[Statement]:
    if work.discharge_opioid is None and not work.no_opioid_home:
        left = next((one for one in work.omitted if one.id == _OPIOID_LINE), None)
        because = f": {left.because}" if left else ""
        yield Statement(text=f"Opioid to take home: not decided{because}", sources=left.sources if left else [])


def _of_ward(opioid: DischargeOpioid, work: Work) -> list[Confirmation]:
    order = next((one for one in work.orders if one.id == opioid.follows), None)
    return order.confirmations if order else []


def _naloxone(work: Work) -> Iterator[Statement]:
    if work.naloxone and work.naloxone.verdict == "confirm":
        yield Statement(text=f"Naloxone: {work.naloxone.because}", sources=work.naloxone.sources)


def _own(own: list[OwnMedicine] | None) -> Iterator[Statement]:
    if own is None:
        yield Statement(text="Home medicines are not known: list them before the patient leaves")
        return
    if undecided := [one.text for one in own if one.take == "ask"]:
        yield Statement(text=f"Home medicines: decide on each, and tick it on the page: {'; '.join(undecided)}")
    if held := [one.text for one in own if one.take == "no"]:
        yield Statement(text=f"Home medicines on hold: write from which day each is taken again: {'; '.join(held)}")
