"""Opioid tolerant or not, by the definition of the labels: enough of an opioid, every day, for long enough."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from planner.case.morphine import DailyOpioid, Equivalent, NotConverted, daily_totals

Reason = Literal["reached", "too_short", "days_unknown", "as_needed_only", "unclear", "undecided", "below"]


@dataclass(frozen=True)
class ToleranceRules:
    """The definition: `least` is the daily dose of each (drug, route), `least_mme` that of any other opioid,
    taken every day for `days`. `undecided` are opioids the definition says nothing about.
    """

    days: float
    least: Mapping[tuple[str, str], float]
    least_mme: float
    undecided: tuple[NotConverted, ...]

    def counts_in_mme(self, opioids: Iterable[tuple[str, str]]) -> bool:
        """Whether these (drug, route) are held against the figure in MME: several, or one without its own."""
        named = list(opioids)
        return len(named) > 1 or any(key not in self.least for key in named)


@dataclass(frozen=True)
class Tolerance:
    """Whether the patient is opioid tolerant, why, and the facts of the case that would settle it.

    `counted` is what was compared: the scheduled doses where they decide, else every listed dose.
    """

    tolerant: bool | None
    reason: Reason
    missing: tuple[str, ...] = ()
    counted: tuple[DailyOpioid, ...] = ()
    undecided: NotConverted | None = None


def tolerance(equivalents: Iterable[Equivalent], days: float | None, rules: ToleranceRules) -> Tolerance:
    """The answer for all home medicines of one patient; `days` is how long they were taken every day as listed."""
    opioids = [one for one in equivalents if one.opioid is not False]
    for rule in rules.undecided:
        if any(one.opioid and one.medicine.holds(rule.match) for one in opioids):
            return Tolerance(None, "undecided", ("medications",), undecided=rule)
    listed = tuple(part for one in opioids for part in one.daily)
    scheduled = tuple(part for one in opioids if not one.medicine.as_needed for part in one.daily)
    enough = _reaches(scheduled, rules)
    unclear = tuple(dict.fromkeys(name for one in opioids if one.because for name in one.missing or ("medications",)))
    if not enough and not unclear and not _reaches(listed, rules):
        return Tolerance(False, "below", counted=listed)
    if days is not None and days < rules.days:
        return Tolerance(False, "too_short", counted=scheduled)
    if enough:
        if days is None:
            return Tolerance(None, "days_unknown", ("opioid_days",), scheduled)
        return Tolerance(True, "reached", counted=scheduled)
    if unclear:
        return Tolerance(None, "unclear", unclear, listed)
    return Tolerance(None, "as_needed_only", ("medications",), listed)


def _reaches(parts: tuple[DailyOpioid, ...], rules: ToleranceRules) -> bool:
    """Whether daily doses reach the definition: one drug its own figure, anything else the one in MME."""
    totals = daily_totals(parts)
    if any(_at_least(total, rules.least[key]) for key, total in totals.items() if key in rules.least):
        return True
    return rules.counts_in_mme(totals) and _at_least(sum(part.mme for part in parts), rules.least_mme)


def _at_least(value: float, limit: float) -> bool:
    # Sums of tenths, as 3 x 19.9, must not miss a limit by a rounding of the machine.
    return round(value, 6) >= limit
