"""Volumes, rates and doses of all blocks together, once the whole plan is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from planner.clinical.doses import NoWeight, round_down
from planner.clinical.regional.block_changes import rate_changes, volume_changes
from planner.clinical.regional.budget import allocate, exact, first_that_fits, rounded_up
from planner.clinical.regional.local_anesthetic import DOSING_WEIGHT, dosing_weight, limit_of_day, maximum
from planner.clinical.regional.ways import (
    ALL_TOGETHER,
    AT_ONCE,
    IN_A_DAY,
    Budgeted,
    Injected,
    Limit,
    Running,
    Way,
    mg_per_ml,
)
from planner.clinical.work import Work
from planner.library.block import Choice
from planner.library.quantities import MASS_IN_MG
from planner.plan.models import Omitted
from planner.plan.parts import Statement
from planner.plan.regional import Infusion, LocalAnesthetic, LocalAnestheticPart, Maximum
from planner.plan.wording import amount, block_text, count, number


@dataclass
class _Used:
    """What one part of a block, or an order, uses of the limits."""

    part: LocalAnestheticPart
    at_once: Fraction
    in_a_day: Fraction | None


def fill_blocks(work: Work) -> LocalAnesthetic | None:
    """Give every block its drug, volume and dose, and add up all local anesthetic; None where there is none."""
    chosen = first_that_fits([[way.option for way in block.ways] for block in work.in_budget]) or ()
    taken = [block.ways[at] for block, at in zip(work.in_budget, chosen, strict=True)]
    volumes = allocate([part for way in taken for part in way.option]) or []
    runs = any(isinstance(part, Running) for way in taken for part in way.given)
    used: list[_Used] = []
    for budgeted, way in zip(work.in_budget, taken, strict=True):
        mine, volumes = volumes[: len(way.given)], volumes[len(way.given) :]
        used += _fill(budgeted, way, mine, runs, work)
    for block in work.blocks:
        block.text = block_text(block)
    into_a_vein = list(_orders(work))
    if sum(one.at_once for one in [*used, *into_a_vein]) > 1:
        _leave_out(into_a_vein, work)
        into_a_vein = []
    return _sum([*used, *into_a_vein], taken, work)


def _fill(budgeted: Budgeted, way: Way, volumes: list[int], runs: bool, work: Work) -> Iterator[_Used]:
    block, wanted = budgeted.block, budgeted.ways[0]
    for part, volume in zip(way.given, volumes, strict=True):
        if isinstance(part, Running):
            block.infusion = _infusion(part, volume)
            block.sources = [*dict.fromkeys((*block.sources, *work.citations.keys(part.infusion.source)))]
            block.adjustments += rate_changes(part, volume, wanted, work)
            yield _used_by_infusion(budgeted, part, volume)
            continue
        block.sources = [*dict.fromkeys((*block.sources, *work.citations.keys(part.choice.source)))]
        if part.is_test:
            block.test_dose = _injection_text(part, volume)
        else:
            _inject(budgeted, part, volume, runs, work)
        yield from _used_by_injection(budgeted, part, volume)


def _inject(budgeted: Budgeted, part: Injected, volume: int, runs: bool, work: Work) -> None:
    block, choice = budgeted.block, part.choice
    block.drug = choice.drug
    block.concentration_percent = choice.concentration.value if choice.concentration else None
    block.with_epinephrine = choice.epinephrine
    block.mixture = _epinephrine_text(choice, volume * part.sides) if choice.epinephrine_in else choice.mixture
    block.expected_h = (choice.lasts.low, choice.lasts.high) if choice.lasts else None
    block.onset = choice.onset
    block.volume_ml = None if choice.volume is None else float(volume * part.sides)
    block.dose_mg = _dose_mg(part, volume)
    if choice.because:
        block.reasons.append(Statement(text=choice.because, sources=work.citations.keys(choice.source)))
        work.ask_for(work.situation.missing(choice.when), block.id)
    block.adjustments += volume_changes(part, volume, budgeted.ways[0], runs, work)


def _epinephrine_text(choice: Choice, volume: int) -> str:
    """`with epinephrine 0.2 mg (0.5 mg in 150 mL)`: what is mixed into this volume, rounded down to 0.01 mg."""
    whole = choice.epinephrine_in
    mg = float(exact(whole.dose.value) * volume / exact(whole.volume.value))
    each, of = amount(round_down(mg, 2), whole.dose.unit), amount(whole.volume.value, whole.volume.unit)
    return f"with epinephrine {each} ({amount(whole.dose.value, whole.dose.unit)} in {of})"


def _dose_mg(part: Injected, volume: int) -> float:
    if part.choice.dose is not None:
        return part.choice.dose.value * MASS_IN_MG[part.choice.dose.unit]
    return round(float(volume * part.sides * mg_per_ml(part.choice.concentration)), 2)


def _injection_text(part: Injected, volume: int) -> str:
    choice = part.choice
    strength = f"{amount(choice.concentration.value, '%')} " if choice.concentration else ""
    epinephrine = f" {choice.mixture or 'with epinephrine'}" if choice.epinephrine else ""
    return f"{choice.drug} {strength}{amount(volume, 'mL')} = {amount(_dose_mg(part, volume), 'mg')}{epinephrine}"


def _infusion(part: Running, rate: int) -> Infusion:
    given = part.infusion
    lockout = round(given.lockout.high * 60) if part.bolus else None
    mg_per_hour = part.sides * mg_per_ml(given.concentration) * (rate + _bolus_per_hour(part))
    each = " on each side" if part.sides > 1 else ""
    low = part.part.low
    rates = f"{number(low)} to {amount(rate, 'mL')}" if low < rate else amount(rate, "mL")
    bolus = f", bolus {amount(part.bolus, 'mL')} at most once in {count(lockout, 'minute')}{each}" if part.bolus else ""
    text = (
        f"{given.drug} {amount(given.concentration.value, '%')}, {rates} per hour{each}{bolus} "
        f"(at most {amount(round(float(mg_per_hour), 2), 'mg')} per hour in all), {_span_words(given.for_)}"
    )
    return Infusion(
        drug=given.drug,
        concentration_percent=given.concentration.value,
        lowest_ml_per_hour=low,
        ml_per_hour=rate,
        bolus_ml=part.bolus or None,
        lockout_minutes=lockout,
        mg_per_hour=round(float(mg_per_hour), 2),
        mg_in_24h=round(float(mg_per_hour * 24), 2),
        hours=(given.for_.low, given.for_.high),
        text=text + (f"; {given.note}" if given.note else ""),
    )


def _span_words(span) -> str:
    if span.low == span.high:
        return f"up to {count(span.high, 'hour')}"
    return f"{number(span.low)} to {count(span.high, 'hour')}"


def _bolus_per_hour(part: Running) -> Fraction:
    return exact(part.bolus) / exact(part.infusion.lockout.high) if part.bolus else Fraction(0)


def _used_by_injection(budgeted: Budgeted, part: Injected, volume: int) -> Iterator[_Used]:
    if part.limit is None:
        return
    uses = part.part.uses(volume)
    dose = _dose_mg(part, volume) * (part.sides if part.choice.dose is not None else 1)
    yield _used(budgeted.block.id, part.choice.drug, "single", dose, dose, part.limit, uses[AT_ONCE], uses[IN_A_DAY])


def _used_by_infusion(budgeted: Budgeted, part: Running, rate: int) -> _Used:
    infusion = budgeted.block.infusion
    uses = part.part.uses(rate)
    return _used(
        budgeted.block.id,
        part.infusion.drug,
        "infusion",
        infusion.mg_per_hour,
        infusion.mg_in_24h,
        part.limit,
        uses[AT_ONCE],
        uses[IN_A_DAY],
    )


def _used(
    name: str,
    drug: str,
    how: str,
    dose: float,
    in_24h: float,
    limit: Limit,
    at_once: Fraction,
    in_a_day: Fraction,
) -> _Used:
    part = LocalAnestheticPart(
        block=name,
        how=how,
        drug=drug,
        dose_mg=dose,
        maximum_mg=limit.mg,
        fraction=rounded_up(at_once),
        dose_24h_mg=in_24h,
        maximum_24h_mg=round(float(exact(in_24h) / in_a_day)) if in_a_day else None,
        fraction_24h=rounded_up(in_a_day) if in_a_day else None,
    )
    return _Used(part, at_once, in_a_day or None)


def _orders(work: Work) -> Iterator[_Used]:
    """Local anesthetic given into a vein: the dose, and the first hour of the infusion, in the same sum."""
    for order in work.orders:
        drug = work.library.drugs.get(order.drug)
        if drug is None or drug.maximum is None or order.route != "iv" or not (order.dose or order.rate):
            continue
        limit = maximum(drug, work)
        size = order.rate or order.dose
        mg = exact(size.value) * exact(MASS_IN_MG[size.unit.split("/")[0]])
        hours = min(24, (order.duration_days or 1) * 24) if order.rate else 1
        per_day = limit_of_day(drug, work)
        in_a_day = mg * exact(hours) / per_day.mg if per_day else Fraction(0)
        how = "infusion" if order.rate else "single"
        yield _used(order.id, order.drug, how, float(mg), float(mg * exact(hours)), limit, mg / limit.mg, in_a_day)


def _leave_out(into_a_vein: list[_Used], work: Work) -> None:
    """Orders whose loading dose and first hour together pass the maximum are not given, and this is said once."""
    parts = [one.part for one in into_a_vein]
    together = amount(round_down(sum(part.dose_mg for part in parts), 1), "mg")
    orders = [order for order in work.orders if order.id in {part.block for part in parts}]
    work.orders[:] = [order for order in work.orders if order not in orders]
    first = orders[0]
    because = f"loading dose and first hour are {together}, over the maximum of {parts[0].maximum_mg:g} mg"
    keys = work.citations.keys(work.library.drugs[first.drug].maximum.source)
    work.alert("caution", f"{first.drug} IV", f"left out: {because}. Decide on other pain relief", keys)
    work.leave_out(
        Omitted(
            id=first.id,
            drug=first.drug,
            phase=first.phase,
            title=f"{first.drug} IV",
            because=because,
            origin="patient",
            sources=keys,
        )
    )


def _sum(used: list[_Used], taken: list[Way], work: Work) -> LocalAnesthetic | None:
    if not used:
        return None
    at_once = sum((one.at_once for one in used), Fraction(0))
    runs = any(one.part.how == "infusion" and one.in_a_day is not None for one in used)
    in_a_day = sum((one.in_a_day for one in used if one.in_a_day), Fraction(0)) if runs else None
    try:
        weight = dosing_weight(DOSING_WEIGHT, work)
    except NoWeight:
        weight = None
    drugs = [work.library.drugs[name] for name in dict.fromkeys(one.part.drug for one in used)]
    share = max(at_once, in_a_day or Fraction(0))
    return LocalAnesthetic(
        fraction_of_maximum=rounded_up(at_once),
        fraction_of_24h=None if in_a_day is None else rounded_up(in_a_day),
        fraction_left=round(max(0.0, 1 - rounded_up(share)), 4),
        weight_kg=weight,
        weight_basis=f"{DOSING_WEIGHT} weight",
        components=[one.part for one in used],
        maxima=_maxima(taken, used, work),
        sources=work.citations.keys(*(drug.maximum.source for drug in drugs if drug.maximum)),
    )


def _maxima(taken: list[Way], used: list[_Used], work: Work) -> list[Maximum]:
    """The arithmetic of every limit that counts here, each once."""
    found: dict[tuple[str, str], Maximum] = {}

    def note(name: str, limit: Limit | None) -> None:
        if limit is None:
            return
        drug = work.library.drugs[name]
        sources = work.citations.keys(
            drug.maximum.source if drug.maximum else (), *(applied.rule.source for applied in limit.lowered_by)
        )
        found[name, limit.text] = Maximum(drug=name, maximum_mg=limit.mg, text=limit.text, sources=sources)
        for applied in limit.lowered_by:
            work.ask_for(applied.missing, ALL_TOGETHER)

    for part in (part for way in taken for part in way.given):
        if isinstance(part, Running):
            for limit in (part.limit, part.per_hour, part.per_day):
                note(part.infusion.drug, limit)
        else:
            note(part.choice.drug, part.limit)
    for name in dict.fromkeys(one.part.drug for one in used):
        if not any(drug == name for drug, _ in found):
            note(name, maximum(work.library.drugs[name], work))
    return list(found.values())
