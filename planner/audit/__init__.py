"""A second, independent look at a finished plan.

It reads the plan as published and the limits of the drug files, and shares no rule code with what composed the plan.
"""

from collections.abc import Callable, Iterator

from planner.audit.checks import complete, doses, local_anesthetic, opioids, over_time, patient, together, totals
from planner.audit.look import Look, finding
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


_OUT_OF_RANGE = (ArithmeticError, ValueError)


def look_over(plan: Plan, library: Library, pages: str | None = None) -> Audit:
    """Everything that is wrong with a plan, hard findings first; what was found before is not read.

    `pages`: the text of the printed plan, to hold against it.
    """
    look = Look(plan, library)
    found = [one for check in _CHECKS for one in _carried_out(check, look)]
    if pages is not None:
        found += disagreements(plan, pages)
    try:
        morphine = opioids.by_phase(look)
    except _OUT_OF_RANGE:
        morphine = []
    return Audit(findings=sorted(found, key=lambda one: not one.hard), opioids=morphine)


def _carried_out(check: Callable[[Look], Iterator[Finding]], look: Look) -> Iterator[Finding]:
    """What a check finds; a value that it cannot work with is a finding too, never a pass."""
    try:
        yield from check(look)
    except _OUT_OF_RANGE as error:
        part = check.__module__.rpartition(".")[2].replace("_", " ")
        text = f"This part of the audit could not be carried out, a value of the plan is none: {error}"
        yield finding("unchecked", part, text)


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
