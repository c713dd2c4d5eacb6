"""For the ward the days before: what each possible use in the last 24 hours would come to."""

from planner.clinical.discharge.supply import Supply
from planner.plan.wording import NO_BREAK, number, plural


def ladder(supply: Supply) -> str:
    """By the rules of a full day: `by 5 mg doses used in the last 24 hours: 0, none; 1, 2 tablets of 5 mg; 2, 6`."""
    unit = supply.unit
    first, *others = (_tablets(supply, used) for used in range(1, unit.per_day + 1))
    noun = "tablet" if first == "1" else plural("tablet")
    size = f"{NO_BREAK}{noun} of {number(unit.strength_mg)}{NO_BREAK}mg" if first != "none" else ""
    steps = [f"1, {first}{size}", *(f"{used}, {tablets}" for used, tablets in enumerate(others, start=2))]
    return f"by {number(unit.dose_mg)}{NO_BREAK}mg doses used in the last 24 hours: {'; '.join(['0, none', *steps])}"


def _tablets(supply: Supply, used: int) -> str:
    days = supply.days(used, supply.bounds_for(used * supply.unit.mme))
    return number(sum(days) * supply.unit.tablets) if days else "none"
