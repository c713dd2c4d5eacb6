"""A second, independent look at a finished plan.

It reads the plan as published and the limits of the drug files, and shares no rule code with what composed the plan.
"""

from collections.abc import Callable, Iterator

from planner.audit.checks import complete, doses, local_anesthetic, opioids, over_time, patient, together, totals
from planner.audit.look import Look
from planner.audit.mark import marked, unmarked
from planner.audit.printed import disagreements
from planner.library.library import Library
from planner.plan.audit import Audit, Finding
from planner.plan.models import Plan

_CHECKS: tuple[Callable[[Look], Iterator[Finding]], ...] = (
    patient.check,
    doses.check,
    totals.check,
    together.check,
    local_anesthetic.check,
    opioids.check,
    over_time.check,
    complete.check,
)


def look_over(plan: Plan, library: Library, pages: str | None = None) -> Audit:
    """Everything that is wrong with a plan, hard findings first; what was found before is not read.

    `pages`: the text of the printed plan, to hold against it.
    """
    look = Look(plan, library)
    found = [one for check in _CHECKS for one in check(look)]
    if pages is not None:
        found += disagreements(plan, pages)
    return Audit(findings=sorted(found, key=lambda one: not one.hard), opioids=opioids.by_phase(look))


def audited(plan: Plan, library: Library) -> Plan:
    """`plan`, changed: with its audit, and stopped where a hard finding stands."""
    return marked(plan, look_over(plan, library))


def with_pages(plan: Plan, pages: str) -> bool:
    """Hold an audited plan against the text of its printed pages; stop it, and say True, where they disagree."""
    found = list(disagreements(plan, pages))
    if found:
        earlier = plan.audit or Audit()
        marked(plan, Audit(findings=[*found, *earlier.findings], opioids=earlier.opioids))
    return bool(found)


__all__ = ["audited", "look_over", "unmarked", "with_pages"]
