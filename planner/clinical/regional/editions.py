"""What each edition of the guideline asks of one patient, and where the editions differ."""

import math
import re
from dataclasses import dataclass

from planner.clinical.regional.antithrombotic_dose import Found
from planner.clinical.rules import band_condition
from planner.clinical.work import Work
from planner.library.antithrombotic import Antithrombotic, Timing, WaitStep
from planner.library.conditions import Condition
from planner.library.quantities import Wait
from planner.plan.parts import Statement
from planner.plan.regional import AntithromboticTime
from planner.plan.wording import count

_SHORT = re.compile(r"\b(\d+) (h|min)$")


@dataclass(frozen=True)
class Asked:
    """What one edition asks for one dose class of this patient."""

    timing: Timing | None
    wait: Wait | None = None
    avoid: str | None = None
    missing: tuple[str, ...] = ()

    @property
    def severity(self) -> float:
        """For choosing the most cautious of several that may hold."""
        return math.inf if self.wait is None else self.wait.high


def edition_title(edition: str, work: Work) -> str:
    return work.library.regional.editions.editions[edition].title


def asks(entry: Antithrombotic, edition: str, name: str, work: Work) -> Asked:
    """What an edition asks for a dose class: the most cautious of the bands that may hold."""
    timing = entry.editions.get(edition, {}).get(name)
    if timing is None or timing.not_stated is not None:
        return Asked(timing)
    if timing.bands is None:
        return Asked(timing, timing.wait, timing.avoid)
    possible = [
        step for step in timing.bands.steps if work.situation.holds(_band(timing.bands.by, step, work)) is not False
    ]
    missing = tuple(work.factors.missing_fields(timing.bands.by)) if len(possible) > 1 else ()
    if missing and timing.bands.unknown:
        return Asked(timing, timing.bands.unknown, None, missing)
    return max((Asked(timing, step.wait, step.avoid, missing) for step in possible), key=lambda one: one.severity)


def _band(by: str, step: WaitStep, work: Work) -> Condition:
    """The condition of a band, made once for each library, since answers are kept by condition."""
    key = "band", id(step)
    if key not in work.library.prepared_parts:
        work.library.prepared_parts[key] = band_condition(by, step)
    return work.library.prepared_parts[key]


def wait_words(wait: Wait | None) -> str | None:
    """`36 h` as `36 hours`, `0 h` as `at once`, `5 to 7 days` as it is."""
    if wait is None:
        return None
    if wait.high == 0:
        return "at once"
    return _SHORT.sub(lambda found: count(float(found[1]), {"h": "hour", "min": "minute"}[found[2]]), wait.text)


def longest_wait(entry: Antithrombotic, row: AntithromboticTime, work: Work) -> float:
    """The longest wait of any dose class in the edition in use, which holds whatever the dose is for."""
    waits = [asks(entry, work.edition, name, work) for name in entry.doses]
    return max((one.wait.high for one in waits if one.wait), default=0)


def other_editions(
    entry: Antithrombotic, found: Found, row: AntithromboticTime, work: Work
) -> tuple[list[Statement], list[Statement]]:
    """What other editions ask where that differs from the one in use, and those among them that forbid the needle."""
    lines, stricter = [], []
    for other in entry.editions:
        asked = [asks(entry, other, name, work) for name in found.classes]
        strictest = max((one for one in asked if one.timing), key=lambda one: one.severity, default=None)
        same = strictest is not None and strictest.wait is not None and strictest.wait.high == row.interval_h
        if other == work.edition or same or strictest is None or strictest.timing.not_stated is not None:
            continue
        sources = work.citations.keys(strictest.timing.source)
        lines.append(Statement(text=f"{edition_title(other, work)}: {_other_words(strictest, row)}", sources=sources))
        if strictest.wait is None or _not_passed(strictest, row):
            stricter.append(lines[-1])
    return lines, stricter


def _other_words(asked: Asked, row: AntithromboticTime) -> str:
    if asked.wait is None:
        return f"advised against, {asked.avoid}"
    words = wait_words(asked.wait) if asked.wait.high else "no interval"
    return f"{words}; that time has not passed" if _not_passed(asked, row) else words


def _not_passed(asked: Asked, row: AntithromboticTime) -> bool:
    return row.hours_elapsed is not None and row.hours_elapsed < asked.wait.high
