"""What a plan says to the patient: the library's plain sentences that fit, with this patient's values."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from planner.clinical.situation import Situation
from planner.clinical.work import Work
from planner.library.patient import Advice, Told, placeholders
from planner.library.protocol import Protocol
from planner.plan.handout import DailyAmount, Handout, PatientAdvice, PatientMedicine, PatientMilestone, PatientText
from planner.plan.models import Milestone, Order
from planner.plan.opioids import DischargeOpioid
from planner.plan.regional import WearOff

_TOTALED = "acetaminophen"
Values = dict[str, float | str]


def patient_handout(
    protocol: Protocol,
    work: Work,
    milestones: list[Milestone],
    wear_off: list[WearOff],
    reviewed: dict[str, str],
) -> Handout:
    """The patient's side of a plan.

    Conditions of its sentences are asked of what goes home, not of the hospital stay; a sentence
    whose condition is not known is said, and one whose value is not known is left out.
    """
    opioid = work.discharge_opioid
    orders = [order for order in work.orders if order.phase in ("discharge", "home")]
    numb = _numb_at_home(work, wear_off)
    going_home = _situation(orders, opioid, numb, work)
    amount = _acetaminophen(orders, work)
    operation = PatientText(text=protocol.in_plain_words or protocol.title)
    values = _values(amount)
    advice = [*work.library.handout.advice, *protocol.at_home]
    return Handout(
        operation=operation,
        opioid=_opioid_state(opioid, work),
        medicines=[_medicine(order, work, values) for order in orders],
        acetaminophen=amount,
        advice=[
            *_by_topic(advice, going_home, work, values),
            *_expected(protocol, work, values),
            *_block_advice(numb, work, values),
        ],
        milestones=_milestones(protocol, milestones, work, values),
        call=list(_told(protocol.warning_signs.call, work, values)),
        emergency=list(_told(protocol.warning_signs.emergency, work, values)),
        reviewed=reviewed,
    )


def _opioid_state(opioid: DischargeOpioid | None, work: Work) -> str:
    if opioid:
        return "prescribed"
    return "none" if work.no_opioid_home else "undecided"


def _situation(orders: list[Order], opioid: DischargeOpioid | None, numb: dict[str, str], work: Work) -> Situation:
    """The patient at home, where only what goes home is planned. An opioid that is not decided may go home."""
    names = [order.drug for order in orders] + ([opioid.drug] if opioid else [])
    # Naloxone inside a tablet of another opioid is no antidote to give.
    has_naloxone = any(medicine.drug == "naloxone" for medicine in work.factors.home_medicines)
    has_naloxone |= work.naloxone is not None and work.naloxone.verdict == "give"
    names += ["naloxone"] if has_naloxone else []
    planned = {word for name in names for word in (name, *work.library.lexicon.classes_of([name]))}
    if _opioid_state(opioid, work) == "undecided":
        planned.add("opioid")
    return Situation(work.factors, planned | set(numb) | ({"block", "nerve-block"} if numb else set()))


def _numb_at_home(work: Work, wear_off: list[WearOff]) -> dict[str, str]:
    """The blocks that may still act at home, each with the part of the body it numbs.

    Without the time of going home each may; where nobody told which were given, those planned count.
    """
    leaving = work.case.discharge_at
    ends = {ending.block: datetime.fromisoformat(ending.to_at) for ending in wear_off}
    planned = {block.id: block for block in work.blocks}
    known = {**work.library.blocks, **planned}
    given = list(planned) if work.case.block_given is None else work.case.block_given
    return {
        name: known[name].region
        for name in given
        if name in known and known[name].depth != "infiltration" and not _is_over(ends.get(name), leaving)
    }


def _is_over(end: datetime | None, leaving: datetime | date | None) -> bool:
    if end is None or leaving is None:
        return False
    return leaving > end if isinstance(leaving, datetime) else leaving > end.date()


def _acetaminophen(orders: list[Order], work: Work) -> DailyAmount | None:
    """What the plan and combination products from home give in 24 hours; None where a part is not known."""
    order = next((one for one in orders if one.drug == _TOTALED and one.dose and one.interval_h), None)
    if order is None or order.max_24h is None or order.dose is None:
        return None
    at_home = [
        medicine.daily_mg(_TOTALED)
        for medicine in work.factors.home_medicines
        if medicine.holds(_TOTALED) and len(medicine.ingredients) > 1
    ]
    if None in at_home:
        return None
    home = sum(at_home)
    planned = min(order.dose.value * (24 // order.interval_h), order.max_24h.value) + home
    return DailyAmount(
        drug=_TOTALED, planned_mg=planned, limit_mg=order.max_24h.value + home, sources=list(order.sources)
    )


def _values(amount: DailyAmount | None) -> Values:
    if amount is None:
        return {}
    return {"acetaminophen_planned_mg": amount.planned_mg, "acetaminophen_limit_mg": amount.limit_mg}


def _text(text: str, source: Iterable[str], work: Work, values: Values) -> PatientText | None:
    """The sentence with the values it asks for; None where one of them is not known."""
    wanted = list(placeholders(text))
    if any(name not in values for name in wanted):
        return None
    return PatientText(text=text, values={name: values[name] for name in wanted}, sources=work.citations.keys(source))


def _by_topic(advice: list[Advice], situation: Situation, work: Work, values: Values) -> Iterator[PatientAdvice]:
    """Sentences by topic in the order of the files; of two with the same id the later one stands."""
    standing = {entry.id: entry for entry in advice}.values()
    fitting = [entry for entry in standing if entry.when is None or situation.holds(entry.when) is not False]
    for topic in dict.fromkeys(entry.topic for entry in fitting):
        lines = [_text(entry.text, entry.source, work, values) for entry in fitting if entry.topic == topic]
        if said := [line for line in lines if line]:
            yield PatientAdvice(topic=topic, lines=said)


def _expected(protocol: Protocol, work: Work, values: Values) -> Iterator[PatientAdvice]:
    """How long it hurts, and how the months after go."""
    if said := list(_told(protocol.course, work, values)):
        yield PatientAdvice(topic="expect", lines=said)


def _block_advice(numb: dict[str, str], work: Work, values: Values) -> Iterator[PatientAdvice]:
    """What protects a numb part, for each part of the body that is numb, and what to do before the block ends."""
    if not numb:
        return
    aftercare = work.library.regional.aftercare
    regions = dict.fromkeys(numb.values())
    told = [sentence for region in regions for sentence in aftercare.patient.get(region, [])]
    lines = [_text(one.text, one.source, work, values) for one in (*told, *aftercare.every_patient)]
    lines += _told(work.library.regional.coverage.advice, work, values)
    if said := [line for line in lines if line]:
        yield PatientAdvice(topic="block", lines=said)


def _medicine(order: Order, work: Work, values: Values) -> PatientMedicine:
    drug = work.library.drugs.get(order.drug)
    words = drug.patient if drug else None
    notes = [_text(note, words.source, work, values) for note in words.notes] if words else []
    return PatientMedicine(
        order=order.id,
        purpose=_text(words.purpose, words.source, work, values) if words else None,
        slots=_slots(order, words.once_daily if words else None, work),
        notes=[note for note in notes if note],
        last_day=order.last_day,
        brands=drug.brands[:1] if drug else [],
    )


def _slots(order: Order, once_daily: str | None, work: Work) -> list[str]:
    """The times of the day; none for what is taken only when needed, or at an interval with no times."""
    if order.as_needed or order.interval_h is None:
        return []
    times = next((one for one in work.library.handout.times if one.every == order.interval_h), None)
    if times is None:
        return []
    return [once_daily] if once_daily and len(times.at) == 1 else list(times.at)


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
        if text := _text(entry.patient, entry.source, work, values):
            found.append(
                PatientMilestone(
                    id=milestone.id,
                    from_day=milestone.from_day,
                    to_day=milestone.to_day,
                    date=milestone.date,
                    to_date=milestone.to_date,
                    text=text,
                )
            )
    return found


def _told(facts: list[Told], work: Work, values: Values) -> Iterator[PatientText]:
    for fact in facts:
        if fact.patient and (text := _text(fact.patient, fact.source, work, values)):
            yield text
