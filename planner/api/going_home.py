"""A plan with the facts of the day of going home."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from planner.api.planning import make_plan
from planner.api.sources import plan_or_case
from planner.case.reading import case_from_options
from planner.clinical.compose import compose
from planner.library.library import Library
from planner.library.site import Site
from planner.plan.models import Plan
from planner.plan.parts import Statement
from planner.reading.problems import InputError, Place, Problem


@dataclass(frozen=True)
class GoingHome:
    """A plan with the facts of the day of going home. `changes`: what it says otherwise than the plan it came from."""

    plan: Plan
    changes: tuple[str, ...] = ()


def going_home(
    source: str, facts: Mapping[str, Any], library: Library, now: datetime, site: Site | None = None
) -> GoingHome:
    """The plan for a handout: of the case in a case file, or in a plan as JSON or PDF, with more `facts`.

    The plan is made again, so that what was used and when the patient leaves decide what goes home.
    Where the library has changed since a plan was printed, the medicines that now differ are named.
    Raises InputError.
    """
    found, _ = plan_or_case(source, library, now)
    earlier = found if isinstance(found, Plan) else None
    if earlier is None:
        told = {name: value for name, value in found.model_dump(mode="json").items() if value is not None}
    else:
        _with_its_site(earlier, site, source)
        told = _still_true(earlier, facts)
    case = case_from_options({**told, **facts}, library.case_words, source, now.date())
    plan = make_plan(case, library, now, source, site)
    if earlier is None or (earlier.provenance.library, earlier.provenance.site) == (
        plan.provenance.library,
        plan.provenance.site,
    ):
        return GoingHome(plan)
    unchanged = case_from_options(_known(earlier), library.case_words, source, now.date())
    changes = tuple(_changed_at_home(earlier, compose(unchanged, library, now, source, site)))
    plan.handout.settle = [
        *(Statement(text=f"Changed since the plan was printed: {change}") for change in changes),
        *plan.handout.settle,
    ]
    return GoingHome(plan, changes)


def _known(plan: Plan) -> dict[str, Any]:
    return {name: value for name, value in plan.case.items() if value is not None}


def _still_true(earlier: Plan, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a plan; what was used before one day of going home is not what was used before another."""
    told = _known(earlier)
    leaving = str(facts.get("discharge_at", told.get("discharge_at", "")))
    if str(told.get("discharge_at", ""))[:10] != leaving[:10] and "discharge_at" in told:
        told.pop("used_last_24h", None)
    return told


def _with_its_site(earlier: Plan, site: Site | None, source: str) -> None:
    """A plan that a hospital's own file decided about is not continued without one. Raises InputError."""
    if earlier.provenance.site and site is None:
        message = "This plan was made with the hospital's own file, and none is named now."
        mend = "name it with --site FILE, or once for all commands in PLANNER_SITE"
        raise InputError([Problem(Place(source), message, mend=mend)])


def _changed_at_home(earlier: Plan, later: Plan) -> list[str]:
    """The medicines to take home that the same case gets otherwise now."""
    was, now = (
        {order.id: order.text for order in plan.orders if order.phase in ("discharge", "home")}
        for plan in (earlier, later)
    )
    return [
        f"{name}: was {was.get(name, 'not given')}; is {now.get(name, 'not given')}"
        for name in dict.fromkeys([*was, *now])
        if was.get(name) != now.get(name)
    ]
