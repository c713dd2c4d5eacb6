"""A hospital's own file: what it approved, what it stocks, whom to call, and how its pages look.

    hospital: Example Hospital
    phones:
      - {service: surgery office, number: 555-0100, hours: weekdays 8 AM to 5 PM}
    formulary:
      not_stocked: [celecoxib]
    approvals:
      total-knee-arthroplasty: {version: "2026.1", digest: 0123456789ab, by: pain committee, on: 2026-12-01}

Every key may be left out. `models` has them all; `reading` finds what is wrong with them.
"""

from planner.library.site.approvals import approval_of
from planner.library.site.models import Approval, Formulary, OpioidLimit, Phone, Reviewed, Site
from planner.library.site.reading import own_protocols, read_site

__all__ = [
    "Approval",
    "Formulary",
    "OpioidLimit",
    "Phone",
    "Reviewed",
    "Site",
    "approval_of",
    "own_protocols",
    "read_site",
]
