"""The emergency card and the list before the needle, with this patient's numbers."""

import math

from planner.clinical.doses import NoWeight, round_down
from planner.clinical.regional.antithrombotic_dose import answers_at_home
from planner.clinical.regional.budget import exact
from planner.clinical.regional.local_anesthetic import DOSING_WEIGHT, dosing_weight
from planner.clinical.work import Work
from planner.library.cards import Lipid, TimeOutItem, ToxicityCard
from planner.library.quantities import Amount
from planner.plan.dates import near_words
from planner.plan.parts import Statement
from planner.plan.regional import LipidDoses, LocalAnesthetic, TimeOutLine
from planner.plan.regional import ToxicityCard as PlanToxicityCard
from planner.plan.wording import amount, number


def toxicity_card(work: Work) -> PlanToxicityCard:
    """The steps when local anesthetic is toxic, with lipid and epinephrine for this weight."""
    card, statements = work.library.regional.cards.toxicity, work.citations.statements
    return PlanToxicityCard(
        title=card.title,
        signs=statements(card.signs),
        steps=statements(card.steps),
        lipid=_lipid(card.lipid, work),
        epinephrine=_epinephrine(card, work),
        avoid=statements(card.avoid),
        after=statements(card.after),
    )


def _weight(work: Work) -> float | None:
    try:
        return dosing_weight(DOSING_WEIGHT, work)
    except NoWeight:
        return None


def _lipid(lipid: Lipid, work: Work) -> LipidDoses:
    """Fixed amounts above the weight that separates the two ways, else by the lower of actual and ideal weight.

    Where the ideal weight is not known the actual one is used: in an emergency a number must stand there.
    """
    actual = work.factors.numbers.get("weight_kg")
    dosing = _weight(work)
    weight = dosing if dosing is not None else actual
    repeat, goes_on = work.citations.statements([lipid.repeat, lipid.goes_on])
    basis = f"{DOSING_WEIGHT} weight" if dosing is not None else "actual weight, the ideal one is not known"
    heavy, light, limit = lipid.heavy, lipid.light, amount(lipid.over_kg, "kg")
    runs = f"about {_words(heavy.infusion)} over {heavy.infusion_over}"
    doses = LipidDoses(
        bolus=f"over {limit}: {_words(heavy.bolus)}; else {_words(light.bolus)}, over {light.bolus_over}",
        infusion=f"over {limit}: {runs}; else {_words(light.infusion)}",
        at_most=f"{_words(lipid.at_most)}; weight not known",
        basis="Weight not known: weigh or estimate now, and work out the mL",
        repeat=repeat,
        goes_on=goes_on,
        sources=work.citations.keys(heavy.source, light.source, lipid.at_most_source),
    )
    if actual is None or weight is None:
        return doses
    most = _whole(lipid.at_most, weight)
    doses.at_most_ml, doses.at_most = most, f"{amount(most, 'mL')} in all ({_words(lipid.at_most)}, {basis})"
    if actual > lipid.over_kg:
        doses.bolus_ml, doses.infusion_ml = heavy.bolus.value, heavy.infusion.value
        doses.bolus = f"{_words(heavy.bolus)} over {heavy.bolus_over}"
        doses.infusion = runs
        doses.basis = f"Fixed amounts: the actual weight, {amount(actual, 'kg')}, is over {limit}"
        return doses
    doses.bolus_ml, doses.infusion_ml_per_minute = _whole(light.bolus, weight), _tenths(light.infusion, weight)
    doses.bolus = f"{amount(doses.bolus_ml, 'mL')} ({_words(light.bolus)}) over {light.bolus_over}"
    doses.infusion = f"{amount(doses.infusion_ml_per_minute, 'mL')} per minute ({_words(light.infusion)})"
    doses.basis = f"By {amount(weight, 'kg')}: {basis}"
    return doses


def _whole(per_kg: Amount, weight: float) -> int:
    return math.floor(exact(per_kg.value) * exact(weight))


def _tenths(per_kg: Amount, weight: float) -> float:
    return round_down(float(exact(per_kg.value) * exact(weight)), 1)


def _words(value: Amount) -> str:
    return amount(value.value, "/".join((value.unit, *value.per)))


def _epinephrine(card: ToxicityCard, work: Work) -> Statement:
    """Small boluses: the smaller of the most for an adult and the amount per kg; by actual weight if height fails."""
    dosing = _weight(work)
    weight = work.factors.numbers.get("weight_kg") if dosing is None else dosing
    least, most = card.epinephrine_from, card.epinephrine_at_most
    if weight is not None:
        most = Amount(min(most.value, _whole(card.epinephrine_per_kg, weight)), most.unit)
    per_kg = f"at most {_words(card.epinephrine_per_kg)} each"
    text = f"epinephrine {number(least.value)} to {_words(most)} IV for each dose ({per_kg})"
    return Statement(text=text, sources=work.citations.keys(card.epinephrine_source))


def time_out(work: Work, local_anesthetic: LocalAnesthetic | None, one_sided: bool) -> list[TimeOutLine]:
    """The list before the needle; a fact that is not known is said to be so. `one_sided`: the operation has a side."""
    return [_line(item, local_anesthetic, one_sided, work) for item in work.library.regional.cards.time_out]


def _line(item: TimeOutItem, local_anesthetic: LocalAnesthetic | None, one_sided: bool, work: Work) -> TimeOutLine:
    facts = {
        "side": lambda: _side(one_sided, work),
        "allergies": lambda: _allergies(work),
        "antithrombotics": lambda: _antithrombotics(work),
        "coagulation": lambda: _coagulation(work),
        "weight": lambda: _weight_words(work),
        "local_anesthetic": lambda: _total(local_anesthetic, work),
    }
    fact, known = facts[item.shows]() if item.shows in facts else ("", True)
    return TimeOutLine(text=item.text, fact=fact, known=known, sources=work.citations.keys(item.source))


def _known(fact: str) -> tuple[str, bool]:
    return (fact, True) if fact else ("not known", False)


def _side(one_sided: bool, work: Work) -> tuple[str, bool]:
    """The side of the operation; where it has none, that of the blocks."""
    if one_sided:
        return _known({"both": "left and right"}.get(work.case.side, work.case.side or ""))
    return _known(" and ".join(dict.fromkeys(side for block in work.blocks for side in block.sides)))


def _allergies(work: Work) -> tuple[str, bool]:
    return _known("" if work.case.allergies is None else ", ".join(work.case.allergies) or "none known")


def _coagulation(work: Work) -> tuple[str, bool]:
    """The numbers themselves: a person weighs them together with liver, kidney and medicines."""
    numbers = work.factors.numbers
    found = {"platelets": numbers.get("platelets_k"), "INR": numbers.get("inr")}
    words = [f"{name} {'not known' if value is None else number(value)}" for name, value in found.items()]
    return ", ".join(words), None not in found.values()


def _antithrombotics(work: Work) -> tuple[str, bool]:
    rows = [needle.row for needle in work.needles if needle.counts]
    if not rows:
        return _known("none at home" if set(answers_at_home(work)) == {False} else "")
    words = "; ".join(
        f"{row.drug}, last dose {near_words(row.last_dose_at, near=work.case.surgery_date)}"
        if row.last_dose_at
        else f"{row.drug}, ask the time"
        for row in rows
    )
    return words, all(row.last_dose_at for row in rows)


def _weight_words(work: Work) -> tuple[str, bool]:
    weight = work.factors.numbers.get("weight_kg")
    if weight is None:
        return _known("")
    dosing = _weight(work)
    return _known(
        amount(weight, "kg") + (f", dosing weight {amount(dosing, 'kg')}" if dosing not in (None, weight) else "")
    )


def _total(found: LocalAnesthetic | None, work: Work) -> tuple[str, bool]:
    """mg of every drug, and what runs in an hour."""
    if found is None:
        return ("not worked out", False) if work.gives_local_anesthetic else ("none counted", True)
    at_once: dict[str, float] = {}
    an_hour: dict[str, float] = {}
    for part in found.components:
        sums = at_once if part.how == "single" else an_hour
        sums[part.drug] = sums.get(part.drug, 0) + part.dose_mg
    words = [f"{drug} {amount(round(mg, 2), 'mg')}" for drug, mg in at_once.items()]
    words += [f"{drug} up to {amount(round(mg, 2), 'mg')} an hour" for drug, mg in an_hour.items()]
    return _known("; ".join(words))
