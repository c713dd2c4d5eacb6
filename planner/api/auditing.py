"""The independent look at a plan, from wherever the plan comes."""

from datetime import datetime

from planner.api.planning import make_plan
from planner.api.sources import plan_or_case
from planner.audit import look_over, unmarked
from planner.library.library import Library
from planner.library.site import Site
from planner.plan.files import is_pdf, printed_text
from planner.plan.models import Plan


def audit_of(source: str, library: Library, now: datetime, site: Site | None = None) -> Plan:
    """The plan in a JSON or PDF file, or for the case in a case file, with a new audit in `audit`.

    Of a PDF the printed pages are held against the plan that it carries. Raises InputError.
    """
    found, content = plan_or_case(source, library, now)
    if not isinstance(found, Plan):
        return make_plan(found, library, now, source, site)
    plan = unmarked(found)
    plan.audit = look_over(plan, library, printed_text(content, source) if is_pdf(content) else None)
    return plan
