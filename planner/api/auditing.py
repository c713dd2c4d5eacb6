"""The independent look at a plan, from wherever the plan comes."""

from datetime import datetime

from planner.api.cases import LARGEST_CASE_BYTES
from planner.api.going_home import LARGEST_PLAN_BYTES
from planner.api.planning import make_plan
from planner.audit import look_over, unmarked
from planner.case.reading import read_case
from planner.library.library import Library
from planner.library.site import Site
from planner.plan.files import is_pdf, plan_in, printed_text
from planner.plan.models import Plan
from planner.reading.files import as_text, read_bytes, too_large


def audit_of(source: str, library: Library, now: datetime, site: Site | None = None) -> Plan:
    """The plan in a JSON or PDF file, or for the case in a case file, with a new audit in `audit`.

    Of a PDF the printed pages are held against the plan that it carries. Raises InputError.
    """
    content = read_bytes(source, LARGEST_PLAN_BYTES, "use the PDF or JSON that planner plan wrote")
    plan = plan_in(content, source)
    if plan is not None:
        pages = printed_text(content, source) if is_pdf(content) else None
        plan = unmarked(plan)
        plan.audit = look_over(plan, library, pages)
        return plan
    if len(content) > LARGEST_CASE_BYTES:
        raise too_large(source, LARGEST_CASE_BYTES, "keep one case a file")
    case = read_case(as_text(content, source), source, library.case_words, now.date())
    return make_plan(case, library, now, source, site)
