"""A staircase of doses written as a prescription: tablets, dates, MME and words for each day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from planner.clinical.discharge.home_part import HomePart
from planner.clinical.discharge.last_24h import mme_words
from planner.clinical.discharge.stay import Stay
from planner.clinical.discharge.unit import Unit, tablet_words
from planner.clinical.work import Work
from planner.plan.dates import day_words
from planner.plan.opioids import DischargeOpioid, TaperDay
from planner.plan.parts import Statement
from planner.plan.wording import amount, hours, number


@dataclass(frozen=True)
class Basis:
    """A decided staircase: doses a day without the last day of none, its limits, and the arithmetic so far."""

    unit: Unit
    home: HomePart
    stay: Stay
    days: tuple[int, ...]
    bounds: list[Statement]
    working: list[str]


def prescription(basis: Basis, work: Work) -> DischargeOpioid:
    unit = basis.unit
    tablets = sum(basis.days) * unit.tablets
    total = round(sum(basis.days) * unit.mme, 2)
    keys = [*unit.order.sources, *(key for bound in basis.bounds for key in bound.sources)]
    return DischargeOpioid(
        drug=unit.drug,
        strength_mg=unit.strength_mg,
        tablets=tablets,
        tablets_per_dose=unit.tablets,
        interval_h=unit.order.interval_h,
        mme_total=total,
        days=[_day(number_, doses, basis) for number_, doses in enumerate((*basis.days, 0), start=1)],
        returns_to=basis.home.words or None,
        bounds=basis.bounds,
        working=[*basis.working, *_sum(basis, tablets, total)],
        instructions=_instructions(basis, work),
        verdict=unit.order.verdict,
        follows=unit.order.id,
        text=_text(basis),
        sources=list(dict.fromkeys(keys)),
    )


def _day(at: int, doses: int, basis: Basis) -> TaperDay:
    unit, start = basis.unit, basis.stay.going_home
    tablets, mme = doses * unit.tablets, round(doses * unit.mme, 2)
    return TaperDay(
        day=at,
        date=(start + timedelta(days=at - 1)).isoformat() if start else None,
        tablets=tablets,
        mme=mme,
        text=_day_text(tablets, mme, basis),
    )


def _day_text(tablets: float, mme: float, basis: Basis) -> str:
    """`at most 3 tablets (15 mg, 22.5 MME; 82.5 MME with the home dose)`."""
    home = basis.home.mme
    if not tablets:
        return "no tablet: stop; the home dose goes on" if basis.home.taken else "no tablet: stop"
    with_home = f"; {mme_words(mme + home)} with the home dose" if home else ""
    dose = amount(tablets * basis.unit.strength_mg, "mg")
    return f"at most {tablet_words(tablets)} ({dose}, {mme_words(mme)}{with_home})"


def _sum(basis: Basis, tablets: float, total: float) -> Iterator[str]:
    unit, home = basis.unit, basis.home.mme
    size = amount(unit.strength_mg, "mg")
    yield f"all days: {number(tablets)} tablets x {size} x {number(unit.mme_per_mg)} = {mme_words(total)}"
    if home:
        yield f"{mme_words(home)} from home come on top each day"


def _instructions(basis: Basis, work: Work) -> list[Statement]:
    """What the library says to this patient; what hangs on a fact that is not known is said."""
    rules = work.library.opioids.discharge
    said = [one for one in rules.instructions if one.when is None or work.situation.holds(one.when) is not False]
    not_used = [rules.range_not_used] if basis.home.taken else []
    return work.citations.statements([*not_used, *said])


def _text(basis: Basis) -> str:
    unit, start = basis.unit, basis.stay.going_home
    gap = f", at least {hours(unit.order.interval_h)} apart" if unit.order.interval_h else ""
    end = f" by {day_words(start + timedelta(days=len(basis.days)))}" if start else f" on day {len(basis.days) + 1}"
    to = f"; back to the home dose ({basis.home.words})" if basis.home.taken else ""
    form = f"{unit.drug} {amount(unit.strength_mg, 'mg')} tablets"
    return f"{form}: {tablet_words(unit.tablets)} when needed{gap}, falling to none{end}{to}"
