"""Another opioid for home where the one of the ward is no tablet, as a liquid for a very small dose."""

from collections.abc import Iterator

from planner.clinical.candidates import Refusal, drug_candidate
from planner.clinical.discharge.unit import Unit, unit_of
from planner.clinical.orders import build_order
from planner.clinical.work import Work
from planner.library.protocol import Item, Protocol
from planner.plan.models import Order
from planner.plan.wording import size_text


def in_tablets(order: Order, protocol: Protocol, work: Work) -> Unit | None:
    """The first choice beside `order` that suits the patient and comes as tablets, with its dose; None without one."""
    for item in _beside(order, protocol):
        candidate = drug_candidate(item, work)
        if candidate.refusal or candidate.drug.drug == order.drug:
            continue
        made = build_order(candidate, order.phase, work.aside())
        if not isinstance(made, Refusal) and made.dose and (unit := unit_of(made, work)):
            return unit
    return None


def _beside(order: Order, protocol: Protocol) -> Iterator[Item]:
    """The choices the protocol lists with the drug of an order."""
    for item in protocol.pathway.get(order.phase, []):
        listed = [child for child in item.one_of or [] if child.give]
        if order.drug in {child.give.partition("/")[0] for child in listed}:
            yield from listed


def why_another(order: Order, unit: Unit) -> str:
    """What the working says first."""
    return f"{order.drug} {size_text(order)} is no tablet: {unit.drug}, the next that suits"
