"""The medicines of a handout: what the plan gives for home, and what the patient took before."""

from planner.case.chart_times import without_last_taken
from planner.case.medicines import HomeMedicine
from planner.clinical.doses import doses_in_a_day
from planner.clinical.handout.sentences import Values, sentence
from planner.clinical.work import Work
from planner.plan.handout import DailyAmount, OwnMedicine, PatientMedicine
from planner.plan.models import Order

_TOTALED = "acetaminophen"
_TAKE = {"continue": "yes", "hold": "no", "stop": "no", "ask": "ask", None: "ask"}


def for_home(order: Order, work: Work, values: Values) -> PatientMedicine:
    """An order of the plan in the patient's words."""
    drug = work.library.drugs.get(order.drug)
    words = drug.patient if drug else None
    notes = [sentence(note, words.source, work, values) for note in words.notes] if words else []
    return PatientMedicine(
        order=order.id,
        purpose=sentence(words.purpose, words.source, work, values) if words else None,
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


def own_medicines(work: Work) -> list[OwnMedicine] | None:
    """What was taken before, and whether it goes on; None where that is not known."""
    if work.case.medications is None:
        return None
    return [
        OwnMedicine(
            text=without_last_taken(medicine.text),
            take=_TAKE[work.home_actions.get(medicine.text)],
            one_of_two_h=_hours_apart(medicine, work),
        )
        for medicine in work.factors.home_medicines
    ]


def _hours_apart(medicine: HomeMedicine, work: Work) -> float | None:
    """For an opioid taken as needed at home: the least hours between it and the new one, as needed too."""
    new = work.discharge_opioid
    return new.interval_h if new and medicine.as_needed and medicine.holds("opioid") else None


def acetaminophen_in_all(orders: list[Order], work: Work) -> DailyAmount | None:
    """What the plan and combination products from home give in 24 hours; None where a part is not known."""
    order = next((one for one in orders if one.drug == _TOTALED and one.dose and one.interval_h), None)
    if order is None or order.max_24h is None:
        return None
    at_home = [
        medicine.daily_mg(_TOTALED)
        for medicine in work.factors.home_medicines
        if medicine.holds(_TOTALED) and len(medicine.ingredients) > 1
    ]
    if None in at_home:
        return None
    home, doses = sum(at_home), doses_in_a_day(order.interval_h)
    planned = min(order.dose.value * doses, order.max_24h.value) + home
    return DailyAmount(
        drug=_TOTALED, planned_mg=planned, limit_mg=order.max_24h.value + home, sources=list(order.sources)
    )
