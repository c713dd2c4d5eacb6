"""Opioids from home that their own drug file advises against for this patient: asked about, never stopped at once."""

from collections.abc import Iterator

from planner.case.chart_doses import HOURLY
from planner.case.medicines import HomeMedicine
from planner.clinical.assess import Applied, Assessment, assess
from planner.clinical.doses import convert
from planner.clinical.rules import drug_rules
from planner.clinical.words import say
from planner.clinical.work import Work
from planner.library.drug import Drug
from planner.library.quantities import Amount
from planner.plan.parts import Confirmation, Statement
from planner.plan.wording import amount

_LIMIT_UNIT = "mg"
_CLOSE = 1e-9
# Rules of a drug that are `only` for what is taken at home.
_AT_HOME = "home"


def home_doubts(medicine: HomeMedicine, work: Work) -> tuple[list[Confirmation], list[Statement]]:
    """What must be settled before a home opioid goes on, and what to watch; ([], []) for other medicines."""
    confirmations: list[Confirmation] = []
    cautions: list[Statement] = []
    for portion in medicine.ingredients:
        drug = work.library.drugs.get(portion.ingredient)
        if drug is None or drug.kind != "opioid":
            continue
        # Rules of its classes are about an opioid that is started; only the drug's own hold for one that goes on.
        own = drug_rules(drug, work.library)[0]
        assessment = assess((own,), _AT_HOME, work.situation, work.library)
        confirmations += _confirmations(drug, assessment, medicine, work)
        cautions += work.cautions(assessment)
        work.ask_for(sorted(assessment.missing), medicine.drug)
    return confirmations, cautions


def say_opioid_is_held(medicine: HomeMedicine, work: Work) -> None:
    """Say of a combination that is held or stopped for another drug in it that its opioid stops as well."""
    opioids = [
        one.ingredient for one in medicine.ingredients if "opioid" in work.factors.lexicon.classes_of([one.ingredient])
    ]
    if opioids and len(medicine.ingredients) > 1:
        told = work.library.opioids.baseline.held_combination
        text = f"{' and '.join(opioids)} in {medicine.drug}: {told.text}"
        work.alert("caution", medicine.drug, text, work.citations.keys(told.source))


def beside_rescue(medicine: HomeMedicine, phase: str, work: Work) -> list[Confirmation]:
    """An as-needed opioid from home beside one of the plan in the same phase: one of the two only."""
    planned = any(order.phase == phase and order.kind == "opioid" and order.as_needed for order in work.orders)
    if not (planned and medicine.as_needed and medicine.holds("opioid")):
        return []
    told = work.library.opioids.baseline.two_as_needed
    ask = f"{medicine.drug}: {told.ask}"
    keys = work.citations.keys(told.source)
    return [Confirmation(ask=ask, if_yes=told.if_yes, if_no=told.if_no, sources=keys)]


def _confirmations(drug: Drug, assessment: Assessment, medicine: HomeMedicine, work: Work) -> Iterator[Confirmation]:
    told = work.library.opioids.baseline.unsuited
    if assessment.ruled_out:
        reasons = "; ".join(dict.fromkeys(rule.because for rule in assessment.ruled_out))
        facts = "; ".join(dict.fromkeys(assessment.facts))
        yield Confirmation(
            ask=f"{drug.drug} from home: {reasons} ({facts}). {told.ask}",
            if_yes="give as written",
            if_no=told.instead,
            sources=work.citations.keys(*(rule.source for rule in assessment.ruled_out), told.source),
        )
    for applied in assessment.waiting:
        yield _waiting(drug, applied, work)
    for applied in assessment.to_confirm:
        yield _agreement(applied, work)
    if over := _over_its_limit(drug, assessment, medicine, work):
        daily, limit, because, source = over
        yield Confirmation(
            ask=f"{drug.drug} from home: {daily} is over {limit}, {because}. {told.ask}",
            if_yes="give as written",
            if_no=told.instead,
            sources=work.citations.keys(source, told.source),
        )


def _agreement(applied: Applied, work: Work) -> Confirmation:
    told, rule = work.library.opioids.baseline.unsuited, applied.rule
    sources = work.citations.keys(rule.source, told.source)
    if applied.certain:
        return Confirmation(ask=rule.ask, if_yes="give as written", if_no=told.instead, sources=sources)
    return Confirmation(
        factors=list(applied.missing),
        ask=" ".join(work.question(name) for name in applied.missing),
        if_yes=f"{say(rule.when, work.library.vocabulary)}: {rule.ask}",
        if_no="give as written",
        sources=sources,
    )


def _waiting(drug: Drug, applied: Applied, work: Work) -> Confirmation:
    told = work.library.opioids.baseline.unsuited
    condition = say(applied.rule.when, work.library.vocabulary)
    return Confirmation(
        factors=list(applied.missing),
        ask=" ".join(work.question(name) for name in applied.missing),
        if_yes=f"{condition}: {drug.drug} from home does not suit; {told.instead}",
        if_no="give as written",
        sources=work.citations.keys(applied.rule.source, told.source),
    )


def _over_its_limit(drug: Drug, assessment: Assessment, medicine: HomeMedicine, work: Work):
    """(dose of a day, limit, reason, source) where the home dose is over the limit for this patient, else None.

    The dose is that of all home medicines with this drug, as far as it is known; a patch counts by its rate.
    """
    daily = sum(one.daily_mg(drug.drug) or 0.0 for one in work.factors.home_medicines)
    limits = [
        (convert(ceiling.per_24h, _LIMIT_UNIT), "its largest dose of a day", ceiling.source)
        for ceiling in drug.ceilings
        if ceiling.per_24h
    ]
    limits += [
        (convert(applied.rule.then.at_most, _LIMIT_UNIT), applied.rule.because, applied.rule.source)
        for applied in assessment.effects
        if _is_absolute(applied.rule.then.at_most)
    ]
    smallest = min(limits, key=lambda limit: limit[0], default=None)
    if smallest is None or daily <= smallest[0] + _CLOSE:
        return _over_the_largest_patch(drug, medicine)
    return f"{amount(daily, _LIMIT_UNIT)} a day", amount(smallest[0], _LIMIT_UNIT), smallest[1], smallest[2]


def _over_the_largest_patch(drug: Drug, medicine: HomeMedicine):
    """(rate, limit, reason, source) of a patch over the largest rate of its drug, else None."""
    rate = sum(one.amount or 0.0 for one in medicine.ingredients if (one.ingredient, one.unit) == (drug.drug, HOURLY))
    ceiling = next((one for one in drug.ceilings if one.route == "transdermal" and one.rate), None)
    if ceiling is None or rate <= ceiling.rate.value:
        return None
    return amount(rate, HOURLY), amount(ceiling.rate.value, HOURLY), "its largest patch", ceiling.source


def _is_absolute(limit: Amount | None) -> bool:
    return limit is not None and not limit.percent and not limit.per
