"""What a user names for one patient: a case file, or a plan as JSON or PDF."""

from datetime import datetime

from planner.api.cases import LARGEST_CASE_BYTES
from planner.case.fields import Case
from planner.case.reading import read_case
from planner.library.library import Library
from planner.plan.files import plan_in
from planner.plan.models import Plan
from planner.reading.files import as_text, read_bytes, too_large

_LARGEST_PLAN_BYTES = 20_000_000


def plan_or_case(source: str, library: Library, now: datetime) -> tuple[Plan | Case, bytes]:
    """The plan or the case in a file, and the bytes of the file; `-` is standard input. Raises InputError."""
    content = read_bytes(source, _LARGEST_PLAN_BYTES, "use the PDF or JSON that planner plan wrote")
    plan = plan_in(content, source)
    if plan is not None:
        return plan, content
    if len(content) > LARGEST_CASE_BYTES:
        raise too_large(source, LARGEST_CASE_BYTES, "keep one case a file")
    return read_case(as_text(content, source), source, library.case_words, now.date()), content
