"""The patient's side of a plan."""

from planner.clinical.handout.blocks import block_advice, blocks_given, numb_at_home
from planner.clinical.handout.medicines import acetaminophen_in_all, for_home, own_medicines
from planner.clinical.handout.sentences import Values, by_topic, sentence, told, values_of
from planner.clinical.handout.settle import is_stopped, must_be_signed, to_settle
from planner.clinical.situation import Situation
from planner.clinical.work import Work
from planner.library.protocol import Protocol
from planner.plan.handout import Handout, PatientAdvice, PatientMilestone, PatientText
from planner.plan.models import Milestone, Order
from planner.plan.regional import WearOff


def patient_handout(
    protocol: Protocol, work: Work, milestones: list[Milestone], wear_off: list[WearOff], reviewed: dict[str, str]
) -> Handout:
    """What a plan says to the patient.

    Conditions of its sentences are asked of what goes home, not of the hospital stay; a sentence
    whose condition is not known is said, and one whose value is not known is left out.
    """
    orders = [order for order in work.orders if order.phase in ("discharge", "home")]
    numb = numb_at_home(work, wear_off)
    home = _at_home(orders, work)
    after_block = home.with_planned(home.planned | blocks_given(work))
    while_numb = home.with_planned(home.planned | set(numb) | ({"block", "nerve-block"} if numb else set()))
    amount, own = acetaminophen_in_all(orders, work), own_medicines(work)
    values = values_of(amount)
    expected = list(told(protocol.course, home, work, values))
    return Handout(
        operation=PatientText(text=protocol.in_plain_words or protocol.title),
        opioid=_opioid_state(work),
        settle=to_settle(orders, own, work),
        signed=must_be_signed(work),
        medicines=[for_home(order, work, values) for order in orders],
        own=own,
        acetaminophen=amount,
        advice=[
            *by_topic([*work.library.handout.advice, *protocol.at_home], while_numb, work, values),
            *([PatientAdvice(topic="expect", lines=expected)] if expected else []),
            *block_advice(numb, home, work, values),
        ],
        milestones=_milestones(protocol, milestones, work, values),
        call=list(told(protocol.warning_signs.call, after_block, work, values)),
        emergency=list(told(protocol.warning_signs.emergency, after_block, work, values)),
        reviewed=reviewed,
    )


def _opioid_state(work: Work) -> str:
    """A plan that stands at stop prints no opioid as decided."""
    if work.no_opioid_home:
        return "none"
    return "prescribed" if work.discharge_opioid and not is_stopped(work) else "undecided"


def _at_home(orders: list[Order], work: Work) -> Situation:
    """The patient at home, where only what goes home is planned. An opioid that is not decided may go home."""
    opioid = work.discharge_opioid
    names = [order.drug for order in orders] + ([opioid.drug] if opioid else [])
    # Naloxone inside a tablet of another opioid is no antidote to give.
    has_naloxone = any(medicine.drug == "naloxone" for medicine in work.factors.home_medicines)
    has_naloxone |= work.naloxone is not None and work.naloxone.verdict == "give"
    names += ["naloxone"] if has_naloxone else []
    planned = {word for name in names for word in (name, *work.library.lexicon.classes_of([name]))}
    return work.situation.with_planned(planned | ({"opioid"} if _opioid_state(work) == "undecided" else set()))


def _milestones(protocol: Protocol, milestones: list[Milestone], work: Work, values: Values) -> list[PatientMilestone]:
    """The milestones that are told to the patient and are not over on the day of going home."""
    words = {entry.id: entry for entry in protocol.milestones if entry.patient}
    leaving = work.case.discharge_at
    today = leaving.isoformat()[:10] if leaving else ""
    found = []
    for milestone in milestones:
        entry = words.get(milestone.id)
        if entry is None or (milestone.to_date and milestone.to_date < today):
            continue
        if text := sentence(entry.patient, entry.source, work, values):
            days = {"from_day": milestone.from_day, "to_day": milestone.to_day}
            dates = {"date": milestone.date, "to_date": milestone.to_date}
            found.append(PatientMilestone(id=milestone.id, text=text, **days, **dates))
    return found
