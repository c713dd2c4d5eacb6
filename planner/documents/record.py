"""What stands behind a plan: protocol, library, program, and a name for this one plan."""

import hashlib
from dataclasses import dataclass

from planner.documents.citations import Citations, work_of
from planner.plan.dates import date_words, stamp_words
from planner.plan.models import Plan

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_APPROVALS = {"draft": "DRAFT: not yet approved by a hospital", "approved": "approved"}


@dataclass(frozen=True)
class Record:
    protocol: str
    protocol_id: str
    reviewed: str
    approval: str
    standing: str
    sources: str
    library: str
    program: str
    made: str
    plan_id: str
    digest: str
    data: str


def record(plan: Plan, citations: Citations, attached: bool) -> Record:
    """`citations`: the sources the page names. `attached`: it carries the plan's JSON."""
    made, identity = plan.provenance, plan.protocol
    digest = plan_digest(plan)
    known = {work_of(source) for source in plan.sources.values()}
    where = "in this file's attached data, plan.json" if attached else "in the plan's data"
    return Record(
        protocol=f"{identity.title}, version {identity.version}",
        protocol_id=identity.id,
        reviewed=date_words(identity.reviewed, weekday=False) or identity.reviewed,
        approval=_APPROVALS.get(identity.approval, identity.approval),
        standing="Draft protocol" if identity.approval.startswith("draft") else "Proposal",
        sources=f"{len(citations.lines())} of {len(known)}, the best and the worst checked of each statement; each was "
        "read, unless it says \u2020 second-hand or \u2021 not verified; the data has all",
        library=made.library,
        program=made.planner,
        made=stamp_words(made.generated_at),
        plan_id=short_id(digest),
        digest=digest,
        data=f"the whole plan, with the standing instructions of each order and block, is {where}",
    )


def plan_digest(plan: Plan) -> str:
    return hashlib.sha256(plan.model_dump_json().encode()).hexdigest()


def short_id(digest: str) -> str:
    """Eight characters a person can read out, without I, L, O and U: `7K2Q-9XF4`."""
    value = int(digest[:10], 16)
    letters = "".join(_ALPHABET[value >> 5 * place & 31] for place in range(8))
    return f"{letters[:4]}-{letters[4:]}"
