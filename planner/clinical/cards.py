"""The emergency card and the list before the needle, with this patient's numbers."""

import math

from planner.clinical.budget import exact
from planner.clinical.doses import NoWeight
from planner.clinical.local_anesthetic import dosing_weight
from planner.clinical.work import Work
from planner.library.cards import Lipid, TimeOutItem, ToxicityCard
from planner.library.entry import Cited
from planner.library.quantities import Amount
from planner.plan.dates import near_words
from planner.plan.models import LipidDoses, LocalAnesthetic, Statement, TimeOutLine
from planner.plan.models import ToxicityCard as PlanToxicityCard
from planner.plan.wording import amount, number

_BASIS = "lower of actual and ideal"


def toxicity_card(work: Work) -> PlanToxicityCard:
    """The steps when local anesthetic is toxic, with lipid and epinephrine for this weight."""
    card = work.library.regional.cards.toxicity

    def statements(cited: list[Cited]) -> list[Statement]:
        return [_statement(one, work) for one in cited]

    return PlanToxicityCard(
        title=card.title,
        signs=statements(card.signs),
        steps=statements(card.steps),
        lipid=_lipid(card.lipid, work),
        epinephrine=_epinephrine(card, work),
        avoid=statements(card.avoid),
        after=statements(card.after),
    )


def _statement(cited: Cited, work: Work) -> Statement:
    return Statement(text=cited.text, sources=work.citations.keys(cited.source))


def _weight(work: Work) -> float | None:
    try:
        return dosing_weight(_BASIS, work)
    except NoWeight:
        return None


def _lipid(lipid: Lipid, work: Work) -> LipidDoses:
    """Fixed amounts above the weight that separates the two ways, else by the lower of actual and ideal weight."""
    actual, weight = work.factors.numbers.get("weight_kg"), _weight(work)
    keys = work.citations.keys
    common = {"repeat": _statement(lipid.repeat, work), "goes_on": _statement(lipid.goes_on, work)}
    most_ml = None if weight is None else _whole(lipid.at_most, weight)
    per_kg = f"{_words(lipid.at_most)} by the {_BASIS} weight"
    most = f"{amount(most_ml, 'mL')} in all ({per_kg})" if most_ml is not None else f"{per_kg}; weight not known"
    sources = keys(lipid.heavy.source, lipid.light.source, lipid.at_most_source)
    limit = amount(lipid.over_kg, "kg")
    if actual is not None and actual > lipid.over_kg:
        return LipidDoses(
            bolus_ml=lipid.heavy.bolus.value,
            infusion_ml=lipid.heavy.infusion.value,
            at_most_ml=most_ml,
            bolus=f"{_words(lipid.heavy.bolus)} over {lipid.heavy.bolus_over}",
            infusion=f"about {_words(lipid.heavy.infusion)} over {lipid.heavy.infusion_over}",
            at_most=most,
            basis=f"over {limit}: fixed amounts ({amount(actual, 'kg')})",
            sources=sources,
            **common,
        )
    light = lipid.light
    if actual is None or weight is None:
        fixed = f"over {limit}: {_words(lipid.heavy.bolus)}"
        runs = f"over {limit}: about {_words(lipid.heavy.infusion)} over {lipid.heavy.infusion_over}"
        return LipidDoses(
            at_most_ml=most_ml,
            bolus=f"{fixed}; else {_words(light.bolus)}, over {light.bolus_over}",
            infusion=f"{runs}; else {_words(light.infusion)}",
            at_most=most,
            basis="weight or height not known: weigh now, work out the mL",
            sources=sources,
            **common,
        )
    bolus, per_minute = _whole(light.bolus, weight), _whole(light.infusion, weight)
    return LipidDoses(
        bolus_ml=bolus,
        infusion_ml_per_minute=per_minute,
        at_most_ml=most_ml,
        bolus=f"{amount(bolus, 'mL')} ({_words(light.bolus)}) over {light.bolus_over}",
        infusion=f"{amount(per_minute, 'mL')} per minute ({_words(light.infusion)})",
        at_most=most,
        basis=f"{amount(weight, 'kg')}, {_BASIS} weight",
        sources=sources,
        **common,
    )


def _whole(per_kg: Amount, weight: float) -> int:
    return math.floor(exact(per_kg.value) * exact(weight))


def _words(value: Amount) -> str:
    return amount(value.value, "/".join((value.unit, *value.per)))


def _epinephrine(card: ToxicityCard, work: Work) -> Statement:
    """Small boluses: the smaller of the most for an adult and the amount per kg."""
    weight = _weight(work)
    least, most = card.epinephrine_from, card.epinephrine_at_most
    if weight is not None:
        most = Amount(min(most.value, _whole(card.epinephrine_per_kg, weight)), most.unit)
    per_kg = f"at most {_words(card.epinephrine_per_kg)} each"
    text = f"epinephrine {number(least.value)} to {_words(most)} IV for each dose ({per_kg})"
    return Statement(text=text, sources=work.citations.keys(card.epinephrine_source))


def time_out(work: Work, local_anesthetic: LocalAnesthetic | None) -> list[TimeOutLine]:
    """The list before the needle; a fact that is not known is said to be so."""
    return [_line(item, local_anesthetic, work) for item in work.library.regional.cards.time_out]


def _line(item: TimeOutItem, local_anesthetic: LocalAnesthetic | None, work: Work) -> TimeOutLine:
    facts = {
        "side": _side,
        "allergies": _allergies,
        "antithrombotics": _antithrombotics,
        "weight": _weight_words,
    }
    known, fact = True, ""
    if item.shows == "local_anesthetic":
        fact = _total(local_anesthetic)
    elif item.shows in facts:
        fact = facts[item.shows](work)
        known = bool(fact)
    return TimeOutLine(
        text=item.text,
        fact=fact if known else "not known",
        known=known,
        sources=work.citations.keys(item.source),
    )


def _side(work: Work) -> str:
    sides = list(dict.fromkeys(side for block in work.blocks for side in block.sides))
    return " and ".join(sides) or (work.case.side or "")


def _allergies(work: Work) -> str:
    if work.case.allergies is None:
        return ""
    return ", ".join(work.case.allergies) or "none known"


def _antithrombotics(work: Work) -> str:
    if work.case.medications is None or work.situation.answer(("takes", "anticoagulant")) is None:
        return ""
    rows = [needle.row for needle in work.needles if needle.counts]
    if not rows:
        return "none at home"
    return "; ".join(
        f"{row.drug}, last dose {near_words(row.last_dose_at)}" if row.last_dose_at else f"{row.drug}, ask the time"
        for row in rows
    )


def _weight_words(work: Work) -> str:
    weight = work.factors.numbers.get("weight_kg")
    if weight is None:
        return ""
    dosing = _weight(work)
    return amount(weight, "kg") + (f", dosing weight {amount(dosing, 'kg')}" if dosing not in (None, weight) else "")


def _total(found: LocalAnesthetic | None) -> str:
    if found is None:
        return "none counted"
    by_drug: dict[str, float] = {}
    for part in found.components:
        if part.how == "single":
            by_drug[part.drug] = by_drug.get(part.drug, 0) + part.dose_mg
    return "; ".join(f"{drug} {amount(round(mg, 2), 'mg')}" for drug, mg in by_drug.items()) or "infusion only"
