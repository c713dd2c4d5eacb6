"""One plan, composed and audited: the only way a plan comes to be printed."""

from datetime import datetime

from planner.audit import audited
from planner.case.fields import Case
from planner.clinical.compose import compose
from planner.library.library import Library
from planner.library.site import Site
from planner.plan.models import Plan


def make_plan(case: Case, library: Library, now: datetime, source: str = "case", site: Site | None = None) -> Plan:
    """The plan for a case, with its audit; a hard finding stops it. Raises InputError, which names `source`."""
    return audited(compose(case, library, now, source, site), library)
