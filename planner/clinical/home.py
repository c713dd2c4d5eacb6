"""Home medicines: what goes on, what is held, and what could not be recognized."""

from planner.case.medicines import HomeMedicine
from planner.clinical.assess import assess
from planner.clinical.beside import GOES_ON_BESIDE
from planner.clinical.candidates import contraindicated
from planner.clinical.last_dose import judge_last_dose
from planner.clinical.opioids.unsuited import beside_rescue, home_doubts, say_opioid_is_held
from planner.clinical.rules import class_rules
from planner.clinical.work import Work
from planner.library.drug import HomeRule
from planner.plan.models import HomeAction, Order
from planner.plan.parts import Confirmation, Quantity, Statement


def place_home_medicines(work: Work) -> None:
    """Add an order for each medicine that goes on and an alert for each that does not."""
    if work.case.medications is None:
        work.ask_for(["medications"], "home-medicines")
    for medicine in work.factors.home_medicines:
        work.home_actions[medicine.text] = _decide(medicine, work)
    without_rule = [
        medicine.drug
        for medicine in work.factors.home_medicines
        if medicine.recognized and work.home_actions[medicine.text] is None
    ]
    if without_rule:
        work.alert(
            "caution",
            "home-medicines",
            "No rule in this library; decide whether each goes on: " + ", ".join(dict.fromkeys(without_rule)),
        )
    _place_allergies(work)


def _decide(medicine: HomeMedicine, work: Work) -> HomeAction | None:
    """Tell what happens to a medicine, and return it; None where a person decides."""
    if not medicine.recognized:
        _not_recognized(medicine, work)
        return None
    if replaced := _replaced_by(medicine, work):
        rule = _rule(medicine, work)
        advice = f". {rule.text}" if rule and rule.action != "continue" else ""
        text = f"Hold {medicine.drug} from home while the plan gives {replaced}: not both{advice}"
        work.alert("caution", medicine.drug, text)
        say_opioid_is_held(medicine, work)
        return "hold"
    if _is_contraindicated(medicine, work):
        say_opioid_is_held(medicine, work)
        return "stop"
    if rule := _rule(medicine, work):
        return _follow(rule, medicine, work)
    return None


def _place_allergies(work: Work) -> None:
    if work.case.allergies is None:
        work.ask_for(["allergies"], "all-medicines")
    for allergy in work.factors.allergies or ():
        if not allergy.recognized:
            work.ask_for(["allergies"], "all-medicines")
            work.alert(
                "caution",
                "allergies",
                f"Allergy not recognized: {allergy.text}. Lines that depend on it "
                "wait; write the generic drug or class name",
            )
        if allergy.sort == "unclear":
            told = work.library.vocabulary.intolerance
            work.ask_for(["allergies"], "all-medicines")
            work.alert("caution", "allergies", f"{allergy.text}: {told.ask}", work.citations.keys(told.source))


def _not_recognized(medicine: HomeMedicine, work: Work) -> None:
    work.ask_for(["medications"], "all-medicines")
    hint = f" {medicine.suggestion}" if medicine.suggestion else ""
    work.alert(
        "caution",
        "medications",
        f"Medicine not recognized: {medicine.text}.{hint} Its interactions are "
        "not checked; lines that depend on it wait",
    )


def _follow(rule: HomeRule, medicine: HomeMedicine, work: Work) -> HomeAction:
    """Add the order or alert of a rule; a medicine that goes on only when somebody agrees is asked about."""
    action, keys = rule.action, work.citations.keys(rule.source)
    if rule.action == "continue":
        confirmations, cautions = home_doubts(medicine, work)
        confirmations += _allergy_doubts(medicine, work)
        for phase in ("preop", "ward"):
            order = _continued(medicine, rule, phase, keys)
            order.cautions = list(cautions)
            order.confirmations = [*confirmations, *beside_rescue(medicine, phase, work)]
            order.verdict = "confirm" if order.confirmations else "give"
            work.orders.append(order)
        action = "ask" if confirmations else action
    elif rule.last_dose:
        _tell_last_dose(rule, medicine, work)
    else:
        work.alert(rule.severity, medicine.drug, f"{medicine.drug}: {rule.text}", keys)
    if medicine.unread:
        work.alert(
            "info",
            medicine.drug,
            f"Part of a home medicine was not understood: {medicine.text}. "
            "Write the last dose as year-month-day and hour: 2026-12-01 07:30",
        )
    return action


def _allergy_doubts(medicine: HomeMedicine, work: Work) -> list[Confirmation]:
    """What must be settled where the chart lists an allergy to a medicine from home; opioids have their own rules."""
    others = [one.ingredient for one in medicine.ingredients if not _is_opioid_of_library(one.ingredient, work)]
    return [
        Confirmation(
            ask=f"{name} is taken at home, and the allergy list has: {allergy.text}. Is {name} tolerated?",
            if_yes="give as written, and correct the allergy list",
            if_no=f"hold {medicine.drug}, and tell its prescriber",
        )
        for name in others
        for allergy in work.factors.reactions_to(name, "allergy", "unclear")
    ]


def _is_opioid_of_library(name: str, work: Work) -> bool:
    drug = work.library.drugs.get(name)
    return drug is not None and drug.kind == "opioid"


def _tell_last_dose(rule: HomeRule, medicine: HomeMedicine, work: Work) -> None:
    verdict = judge_last_dose(rule, medicine, work)
    keys = work.citations.keys(verdict.sources, rule.source)
    work.alert(verdict.severity, medicine.drug, f"{verdict.text}. {rule.text}", keys)
    if medicine.last_taken_at is None:
        work.ask_for([f"hours_since.{rule.match}"], medicine.drug)
    if work.surgery_at is None:
        work.ask_for(["surgery_at"], medicine.drug)


def _is_contraindicated(medicine: HomeMedicine, work: Work) -> bool:
    """Say so where a class the plan would hold back from this patient is taken at home."""
    for drug_class in work.library.classes.values():
        exclusive = drug_class.one_at_a_time is not None and drug_class.one_at_a_time.home == "held"
        if not exclusive or not medicine.holds(drug_class.drug_class):
            continue
        assessment = assess(class_rules(drug_class, work.library), "", work.situation, work.library)
        if assessment.ruled_out:
            refusal = contraindicated(assessment)
            work.alert(
                "caution",
                medicine.drug,
                f"Stop {medicine.drug} from home: {refusal.because} ({'; '.join(refusal.facts)})",
                work.citations.keys(refusal.source),
            )
            return True
        if assessment.waiting:
            missing = list(dict.fromkeys(name for applied in assessment.waiting for name in applied.missing))
            work.ask_for(missing, medicine.drug)
            work.alert(
                "caution",
                medicine.drug,
                f"{medicine.drug} from home: hold until known: " + " ".join(work.question(name) for name in missing),
            )
            return True
    return False


def _rule(medicine: HomeMedicine, work: Work) -> HomeRule | None:
    return next(
        (
            rule
            for rule in work.library.home_rules
            if (rule.match == medicine.drug or medicine.holds(rule.match))
            and (rule.when is None or work.situation.holds(rule.when))
        ),
        None,
    )


def _replaced_by(medicine: HomeMedicine, work: Work) -> str:
    """The planned drug a home medicine gives way to: the same drug, or one of a one-at-a-time class."""
    names = [portion.ingredient for portion in medicine.ingredients]
    planned = [order.drug for order in work.orders if order.kind not in ("home_medication", *GOES_ON_BESIDE)]
    if len(names) == 1 and names[0] in planned:
        return names[0]
    for drug_class in work.library.classes.values():
        if drug_class.one_at_a_time is None or not medicine.holds(drug_class.drug_class):
            continue
        members = [name for name in planned if drug_class.drug_class in work.library.drugs[name].classes]
        if members and drug_class.one_at_a_time.home == "held":
            return members[0]
    return ""


def _continued(medicine: HomeMedicine, rule: HomeRule, phase: str, keys: list[str]) -> Order:
    single = medicine.ingredients[0] if len(medicine.ingredients) == 1 else None
    dose = Quantity(value=single.amount, unit=single.unit) if single and single.amount and single.unit else None
    times = medicine.times_per_day
    order_id = f"{medicine.drug.replace(' ', '-')}-home-{phase}"
    return Order(
        id=order_id,
        phase=phase,
        kind="home_medication",
        drug=medicine.drug,
        route=medicine.route,
        dose=dose,
        interval_h=round(24 / times, 2) if times else None,
        as_needed=medicine.as_needed,
        verdict="give",
        text=f"Continue as at home: {medicine.text}",
        reasons=[Statement(text=rule.text, sources=keys)],
        sources=keys,
    )
