"""Who must be asked what, by the fact: the plan's questions in a few words each."""

import re

from planner.documents.header import field_words
from planner.documents.questions import LABS, MANY, Question, collect, lower_first, short_ask
from planner.plan.day import DayQuestion
from planner.plan.models import Plan

PATIENT, SURGEON, ANESTHESIOLOGIST = "patient or family", "surgeon", "anesthesiologist"
LABORATORY, CHART, TEAM = "laboratory", "chart or examination", "care team"
ECG = "ECG"
HISTORY = "conditions."
"""How the facts of the history begin."""
_WHOM = {
    SURGEON: (
        "side",
        "approach",
        "setting",
        "conditions.early_nerve_check",
        "conditions.compartment_syndrome_risk",
        "conditions.anastomosis_rectal",
        "conditions.multilevel_spine_surgery",
    ),
    ANESTHESIOLOGIST: ("anesthesia", "asa_class"),
    LABORATORY: (
        *(name for name in LABS if name != "qtc_ms"),
        "crcl",
        "kidney",
        "anti_xa_iu_ml",
        "doac_level_ng_ml",
    ),
    ECG: ("qtc_ms", "conditions.long_qt", "conditions.heart_block"),
    CHART: (
        "child_pugh",
        "frailty",
        "stop_bang",
        "cyp2d6",
        "cyp2c9",
        "conditions.infection_at_site",
        "conditions.sepsis",
        "conditions.hypovolemia",
        "conditions.respiratory_depression",
        "conditions.raised_intracranial_pressure",
        "conditions.severe_asthma_attack",
        "conditions.uncontrolled_hypertension",
        "conditions.acute_kidney_injury",
        "conditions.coagulopathy",
    ),
}
"""Who can answer; every other fact is the patient's or the family's to tell."""
WHOM_BY_FACTOR = {factor: whom for whom, factors in _WHOM.items() for factor in factors}
_ROLES = (
    (r"\bsurgeon\b", SURGEON),
    (r"\banesthesiologist\b", ANESTHESIOLOGIST),
    (r"\bpain (?:and addiction )?teams?\b", "pain team"),
    (r"\baddiction teams?\b", "addiction team"),
    (r"\bobstetric", "obstetrics"),
    (r"\bcardiolog", "cardiology"),
    (r"\bprescriber\b", "prescriber"),
)
"""Who is named in the words of an agreement."""
ORDER = (PATIENT, SURGEON, ANESTHESIOLOGIST, LABORATORY, ECG, CHART)
"""In this order they are printed; whoever else is named follows."""
THINGS = (LABORATORY, ECG, CHART)
"""Where somebody looks, and asks nobody."""


def asked(plan: Plan) -> list[DayQuestion]:
    """Every open question of the plan. Of a history of which much is not known, what no block waits for is counted."""
    found = collect(plan)
    blocks = {block.id for block in plan.blocks}
    told = {question.factor for question in found}
    facts = [_fact(one.factor, one.ask, _waits(one, blocks)) for one in found if one.factor]
    facts += [
        _fact(one.factor, one.text, not blocks.isdisjoint(one.needed_for))
        for one in plan.missing
        if one.factor not in told
    ]
    later = [fact.factor for fact in facts if not fact.for_block and fact.factor.startswith(HISTORY)]
    counted = set(later) if len(later) > MANY else set()
    if counted:
        counted.add("conditions")
    listed = [fact for fact in facts if fact.factor not in counted]
    if counted:
        more = f"{len(later)} more facts of the history, listed in the plan"
        listed.append(DayQuestion(of=PATIENT, text=more))
    return [*listed, *(_agreement(question, blocks) for question in found if not question.factor)]


def _fact(factor: str, ask: str, for_block: bool) -> DayQuestion:
    """A condition by its name; any other fact in the words of its question."""
    of = whom(factor)
    text = field_words(factor) if factor.startswith(HISTORY) else short_ask(ask).removeprefix(f"{of}: ")
    return DayQuestion(of=of, text=text, factor=factor, for_block=for_block)


def whom(factor: str) -> str:
    """Who can tell a fact: a case field, or a condition as `conditions.sepsis`."""
    return WHOM_BY_FACTOR.get(factor, PATIENT)


def _agreement(question: Question, blocks: set[str]) -> DayQuestion:
    roles = [role for pattern, role in _ROLES if re.search(pattern, question.ask, re.IGNORECASE)]
    names = question.waits
    lead = names[0] + (f" and {len(names) - 1} more" if len(names) > 1 else "")
    text = question.ask if question.ask.startswith(names[0]) else f"{lower_first(question.ask)} ({lead})"
    return DayQuestion(of=" and ".join(roles) or TEAM, text=text, for_block=_waits(question, blocks))


def _waits(question: Question, blocks: set[str]) -> bool:
    return any(line_id in blocks for line_id, _, _ in question.asked)
