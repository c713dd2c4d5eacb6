"""A plan with what the audit found: a hard finding stops it, and stands on page 1 and on the nurse's list."""

from planner.library.entry import split_citation
from planner.plan.audit import Audit, Finding
from planner.plan.models import Alert, Plan
from planner.plan.parts import Statement

_ABOUT = "audit"
_SETTLE = "Do not give out this handout, the audit of the plan stops it: "


def marked(plan: Plan, audit: Audit) -> Plan:
    """`plan`, changed: with the audit, and stopped where a hard finding stands. What an earlier audit said is gone."""
    plan.audit = audit
    plan.alerts = [alert for alert in plan.alerts if alert.about != _ABOUT]
    hard = [found for found in audit.findings if found.hard]
    if plan.handout:
        others = [one for one in plan.handout.settle if not one.text.startswith(_SETTLE)]
        plan.handout.settle = [*(Statement(text=f"{_SETTLE}{_words(found)}") for found in hard), *others]
    if hard:
        plan.status = "stop"
        plan.alerts = [*(_alert(found, plan) for found in hard), *plan.alerts]
    return plan


def unmarked(plan: Plan) -> Plan:
    """A copy of `plan` without the marks of an earlier audit, to look at anew. The status stays."""
    copy = plan.model_copy(deep=True)
    copy.audit = None
    copy.alerts = [alert for alert in copy.alerts if alert.about != _ABOUT]
    return copy


def _alert(found: Finding, plan: Plan) -> Alert:
    return Alert(severity="stop", about=_ABOUT, text=_words(found), sources=_keys(found, plan))


def _words(found: Finding) -> str:
    return f"{found.about.replace('-', ' ')}: {found.text}"


def _keys(found: Finding, plan: Plan) -> list[str]:
    """The sources of a finding by the keys of the plan; one that the plan does not list stands in the audit alone."""
    keys = []
    for citation in found.sources:
        key, checked = split_citation(citation)
        keys += [one for one in (f"{key}/{checked}", key) if one in plan.sources][:1]
    return list(dict.fromkeys(keys))
