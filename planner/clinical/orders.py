"""A drug regimen for one patient: an order, or the reason it is left out."""

from datetime import datetime, timedelta
from functools import lru_cache

from planner.clinical.assess import Applied, Assessment
from planner.clinical.beside import course_so_far, home_adjustment, taken_at_home
from planner.clinical.candidates import DrugCandidate, Refusal
from planner.clinical.courses import set_last_day
from planner.clinical.doses import DoseBuilder, Resolved
from planner.clinical.opioids.rescue import fit_to_baseline
from planner.clinical.words import say
from planner.clinical.work import Work, iso
from planner.library.drug import Drug, Regimen
from planner.library.protocol import Item
from planner.plan.models import Order
from planner.plan.parts import Adjustment, Confirmation, Quantity, Statement
from planner.plan.wording import amount, hours, order_text, pieces_text

# What is left of a limited course is not ordered for less than a day.
_SHORTEST_COURSE_H = 24


def build_order(
    candidate: DrugCandidate, phase: str, work: Work, instead: str = "", after_no: str = ""
) -> Order | Refusal:
    """The order for a suitable candidate, or a refusal when no givable dose is left.

    `instead` names the next suitable choice, for the line that says what to do when a
    missing fact turns out to rule this one out; `after_no` the one for an agreement that is refused.
    """
    drug, regimen = candidate.drug, candidate.regimen
    phase = regimen.phase or phase
    home_amount, home_unknown = taken_at_home(drug, regimen, work)
    used = course_so_far(drug, regimen, work)
    resolved = DoseBuilder(drug, regimen, work.factors.numbers).resolve(candidate.assessment.effects, home_amount, used)
    if used and resolved.for_hours is not None and resolved.for_hours < _SHORTEST_COURSE_H:
        return _course_is_over(resolved)
    if _nothing_left(resolved, regimen):
        return _too_little_left(drug, resolved, home_amount, work)
    order_id = _free_id(f"{drug.drug.replace(' ', '-')}-{phase.replace('_', '-')}", regimen.route, work)
    confirmations = work.confirmations(candidate.assessment, instead, after_no)
    confirmations += _dose_confirmations(candidate, resolved, home_unknown, order_id, work)
    order = _order(candidate, resolved, phase, order_id, confirmations, work)
    if home_amount:
        order.adjustments += home_adjustment(candidate, home_amount, resolved)
    for applied in _uncertain(candidate.assessment):
        work.ask_for(applied.missing, order_id)
    _start(order, regimen, candidate.item, work)
    fit_to_baseline(order, candidate, resolved, work)
    set_last_day(order, regimen, drug, work)
    order.text = order_text(order)
    return order


def _order(
    candidate: DrugCandidate,
    resolved: Resolved,
    phase: str,
    order_id: str,
    confirmations: list[Confirmation],
    work: Work,
) -> Order:
    drug, regimen, item = candidate.drug, candidate.regimen, candidate.item
    keys = work.citations.keys
    return Order(
        id=order_id,
        phase=phase,
        kind=drug.kind,
        drug=drug.drug,
        regimen=item.give.partition("/")[2],
        route=regimen.route,
        dose=_quantity(resolved.dose, resolved.unit),
        rate=_quantity(resolved.rate, f"{resolved.unit}/h"),
        dose_form=pieces_text(resolved.pieces) if resolved.pieces else None,
        pieces=resolved.pieces,
        basis=resolved.basis,
        over=regimen.over,
        interval_h=resolved.every,
        as_needed=regimen.as_needed,
        indication=item.for_ or regimen.indication,
        max_24h=_quantity(resolved.at_most, resolved.unit),
        duration_days=None if resolved.for_hours is None else resolved.for_hours / 24,
        timing=regimen.timing,
        verdict="confirm" if confirmations else "give",
        text="",
        purpose=item.purpose,
        instructions=work.citations.statements([*regimen.instructions, *drug.notes]),
        reasons=_reasons(item, work),
        cautions=[*work.cautions(candidate.assessment), *_not_tolerated(candidate, work)],
        adjustments=[_adjustment(change, work) for change in resolved.changes],
        confirmations=confirmations,
        sources=keys(item.evidence, regimen.source),
    )


def _reasons(item: Item, work: Work) -> list[Statement]:
    text = item.because or item.purpose
    return [work.citations.statement(text, item.evidence or ())] if text else []


def _not_tolerated(candidate: DrugCandidate, work: Work) -> list[Statement]:
    """The note on a drug the patient did not tolerate, where no other is to be had."""
    told = work.library.vocabulary.intolerance
    text = f"{told.because}: {candidate.not_tolerated}"
    return [Statement(text=text, sources=work.citations.keys(told.source))] if candidate.not_tolerated else []


def _adjustment(change, work: Work) -> Adjustment:
    rule = change.applied.rule
    return Adjustment(
        part=change.part,
        from_text=change.before,
        to_text=change.after,
        because=rule.because,
        for_unknown=list(change.applied.missing),
        sources=work.citations.keys(rule.source),
    )


def _nothing_left(resolved: Resolved, regimen: Regimen) -> bool:
    if resolved.needs:
        return False
    return (regimen.dose is not None and not resolved.dose) or (regimen.rate is not None and not resolved.rate)


def _course_is_over(resolved: Resolved) -> Refusal:
    rule = resolved.course_rule
    if rule is None:
        return Refusal("the longest course is used up before this", origin="choice")
    return Refusal(f"the course ends before this: {rule.because}", [], rule.source)


def _too_little_left(drug: Drug, resolved: Resolved, home_amount: float, work: Work) -> Refusal:
    facts = list(dict.fromkeys(change.applied.rule.because for change in resolved.changes))
    if home_amount:
        fact = f"{amount(home_amount, resolved.unit)} of {drug.drug} a day from home medicines"
        work.alert(
            "caution",
            drug.drug,
            f"Home medicines alone come to the limit of this patient in 24 hours: {fact}. Decide what is held",
            work.citations.keys(*(ceiling.source for ceiling in drug.ceilings)),
        )
        facts.append(fact)
        return Refusal("home medicines leave too little of the limit in 24 hours", facts)
    return Refusal("no dose of a product on hand is small enough for this patient", facts)


def _dose_confirmations(
    candidate: DrugCandidate, resolved: Resolved, home_unknown: list[str], order_id: str, work: Work
) -> list[Confirmation]:
    entries = []
    if resolved.needs:
        entries.append(_weight_confirmation(candidate, resolved, order_id, work))
    if home_unknown:
        work.ask_for(["medications"], order_id)
        entries.append(
            Confirmation(
                factors=["medications"],
                ask=f"How much {candidate.title} a day is in {' and '.join(home_unknown)} from home?",
                if_yes=f"take it off the limit of {candidate.title} in 24 hours",
                if_no="do not give both",
            )
        )
    return entries


def _weight_confirmation(candidate: DrugCandidate, resolved: Resolved, order_id: str, work: Work) -> Confirmation:
    """What to do once the weight is known that a dose needs."""
    fields = list(dict.fromkeys(name for factor in resolved.needs for name in work.factors.missing_fields(factor)))
    work.ask_for(fields, order_id)
    ask = " ".join(work.question(name) for name in fields)
    band = next(
        (
            applied.rule
            for applied in candidate.assessment.effects
            if applied.missing and applied.rule.then.dose and applied.rule.then.dose.per_kg
        ),
        None,
    )
    usual = candidate.regimen.dose
    if band is None or usual is None or usual.per_kg:
        return Confirmation(factors=fields, ask=ask, if_yes=f"dose is {resolved.basis}", if_no="do not give")
    per_day = band.then.at_most
    limit = f", at most {amount(per_day.value, '/'.join((per_day.unit, *per_day.per)))} in 24 hours" if per_day else ""
    most = candidate.regimen.at_most
    usual_limit = f", at most {amount(most.value, most.unit)} in 24 hours" if most else ""
    return Confirmation(
        factors=fields,
        ask=ask,
        sources=work.citations.keys(band.source),
        if_yes=f"{say(band.when, work.library.vocabulary)}: dose is {resolved.basis}{limit}",
        if_no=f"dose is {amount(usual.value, usual.unit)}{usual_limit}",
    )


def _uncertain(assessment: Assessment) -> list[Applied]:
    groups = (assessment.waiting, assessment.to_confirm, assessment.effects, assessment.cautions)
    return [applied for group in groups for applied in group if applied.missing]


def _free_id(wanted: str, route: str, work: Work) -> str:
    taken = {order.id for order in work.orders}
    if wanted not in taken:
        return wanted
    with_route = f"{wanted}-{route}"
    number = 2
    while with_route in taken:
        with_route, number = f"{wanted}-{route}-{number}", number + 1
    return with_route


@lru_cache(maxsize=4096)
def _quantity(value: float | None, unit: str) -> Quantity | None:
    """An amount of the plan. Plans share it, and none changes it."""
    return None if value is None else Quantity(value=value, unit=unit)


def _start(order: Order, regimen: Regimen, item: Item, work: Work) -> None:
    """When the first dose is due: before surgery by the clock, or one interval after an earlier dose."""
    order.start = work.before_surgery(item.hours_before_surgery or regimen.hours_before_surgery)
    continued = any(other.drug == order.drug and other.interval_h and not other.as_needed for other in work.orders)
    if order.interval_h is None or order.as_needed or continued:
        return
    earlier = next(
        (
            other
            for other in reversed(work.orders)
            if other.drug == order.drug and other.interval_h is None and other.dose
        ),
        None,
    )
    if earlier is None:
        return
    wait = f"first dose {hours(order.interval_h)} after the one {_PLACE[earlier.phase]}"
    order.timing = f"{order.timing}, {wait}" if order.timing else wait
    given = datetime.fromisoformat(earlier.start) if earlier.start else None
    if given:
        order.start = iso(given + timedelta(hours=order.interval_h))


_PLACE = {
    "before_admission": "before admission",
    "preop": "before surgery",
    "intraop": "in the operating room",
    "pacu": "in recovery",
    "ward": "on the ward",
    "discharge": "at discharge",
}
