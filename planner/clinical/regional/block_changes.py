"""What a block gets instead of its preferred solution, volume and rate, and why."""

from planner.clinical.regional.local_anesthetic import limit_of_day
from planner.clinical.regional.ways import ALL_TOGETHER, Injected, Limit, Running, Way
from planner.clinical.work import Work
from planner.plan.parts import Adjustment
from planner.plan.wording import amount


def volume_changes(part: Injected, volume: int, wanted: Way, runs: bool, work: Work) -> list[Adjustment]:
    """What is given instead of the preferred solution and its full volume, and why.

    `runs`: an infusion is planned too, so that the limit of 24 hours counts as well.
    """
    if part.choice.volume is None:
        return []
    first = next(one for one in wanted.given if isinstance(one, Injected) and not one.is_test)
    changes = []
    if first.choice is not part.choice:
        before, after = (f"{one.choice.drug} {amount(one.choice.concentration.value, '%')}" for one in (first, part))
        changes.append(_change("concentration", before, after, first, runs, work))
    full = part.part.high * part.sides
    if volume * part.sides < full:
        changes.append(_change("volume", amount(full, "mL"), amount(volume * part.sides, "mL"), part, runs, work))
    return changes


def _change(part: str, before: str, after: str, cause: Injected, runs: bool, work: Work) -> Adjustment:
    limit = cause.limit
    because = f"maximum of all local anesthetic together: {amount(limit.mg, 'mg')} of {cause.choice.drug}"
    day = limit_of_day(work.library.drugs[cause.choice.drug], work) if runs else None
    because += f" at once, {amount(day.mg, 'mg')} in 24 hours with the infusion" if day else ""
    return _adjustment(part, before, after, because, limit, cause.choice.drug, work)


def rate_changes(part: Running, rate: int, wanted: Way, work: Work) -> list[Adjustment]:
    changes = []
    first = next(one for one in wanted.given if isinstance(one, Running))
    drug = part.infusion.drug
    tight = part.per_hour if part.per_hour.lowered_by else part.per_day
    because = (
        f"limits of an infusion of {drug}: {amount(part.per_hour.mg, 'mg')} per hour and "
        f"{amount(part.per_day.mg, 'mg')} in 24 hours, all together"
    )
    if first.infusion is not part.infusion:
        before, after = (
            f"{one.infusion.drug} {amount(one.infusion.concentration.value, '%')}" for one in (first, part)
        )
        changes.append(_adjustment("concentration", before, after, because, tight, drug, work))
    elif first.bolus != part.bolus:
        after = amount(part.bolus, "mL") if part.bolus else "no bolus"
        changes.append(_adjustment("bolus", amount(first.bolus, "mL"), after, because, tight, drug, work))
    if rate < part.part.high:
        before = f"up to {amount(part.part.high, 'mL')} per hour"
        after = f"up to {amount(rate, 'mL')} per hour"
        changes.append(_adjustment("rate", before, after, because, tight, drug, work))
    return changes


def _adjustment(part: str, before: str, after: str, because: str, limit: Limit, drug: str, work: Work) -> Adjustment:
    reasons = list(dict.fromkeys(applied.rule.because for applied in limit.lowered_by))
    missing = [name for applied in limit.lowered_by for name in applied.missing]
    work.ask_for(missing, ALL_TOGETHER)
    source = work.library.drugs[drug].maximum.source
    return Adjustment(
        part=part,
        from_text=before,
        to_text=after,
        because="; ".join([because, *reasons]),
        for_unknown=missing,
        sources=work.citations.keys(source),
    )
