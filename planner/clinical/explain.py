"""Why something is in a plan, changed in it, or left out of it."""

from collections.abc import Iterator
from datetime import datetime

from planner.case.factors import compute_factors
from planner.case.fields import Case
from planner.clinical.rules import RuleGroups, block_rules, drug_rules
from planner.clinical.situation import Situation
from planner.clinical.words import facts_behind, say
from planner.library.library import Library
from planner.plan.dates import moment_words
from planner.plan.models import Plan
from planner.plan.opioids import DischargeOpioid
from planner.plan.regional import AntithromboticTime
from planner.plan.wording import NO_BREAK, number
from planner.reading.problems import InputError, Place, Problem, nearest

TO_TAKE_HOME = "discharge-opioid"
_ANSWERS = {True: "yes", False: "no", None: "not known"}
_DOES = {"never": "leave out", "confirm": "confirm first", "caution": "caution", "adjust": "lower the dose"}


def explain(plan: Plan, case: Case, item: str, library: Library, now: datetime) -> str:
    """Every decision about `item` (drug, block or line id), and every rule looked at with its answer.

    Raises InputError, naming the nearest known name, when nothing in the library is called so.
    """
    name = item.strip().lower()
    lines = [*_decisions(plan, name)]
    subject = _subject(plan, name, library)
    if subject is None and not lines:
        known = {
            *library.drugs,
            *library.blocks,
            *(order.id for order in plan.orders),
            *(row.drug for row in plan.antithrombotics),
            *(care.id for care in plan.care),
            TO_TAKE_HOME,
        }
        raise InputError(
            [
                Problem(
                    Place("ITEM"),
                    "Nothing in this library is called so.",
                    item,
                    nearest(name, known) or "name a drug, a block or a line of the plan",
                )
            ]
        )
    if not lines:
        lines.append(f"{name}: {_not_in_plan(plan.protocol.id, name, library)}")
    if subject is not None:
        lines += ["", "Rules looked at:", *_rules(subject, case, library, now)]
    return "\n".join(lines).replace(NO_BREAK, " ")


def _not_in_plan(protocol_id: str, name: str, library: Library) -> str:
    """A choice that was not reached is not the same as one that the protocol does not have."""
    items = [item for items in library.complete[protocol_id].pathway.values() for item in items]
    choices = [one for item in items for one in (item, *(item.one_of or []), *(item.some_of or []))]
    named = {(one.give or one.block or "").partition("/")[0] for one in choices}
    if name.removesuffix("-catheter") in named:
        return f"the protocol {protocol_id} has it for other patients, or after a choice that suits this one."
    return f"the protocol {protocol_id} does not ask for it."


def _decisions(plan: Plan, name: str) -> Iterator[str]:
    for line in (*plan.orders, *plan.blocks):
        drug = line.drug if line in plan.orders else None
        if name in (line.id, drug):
            yield f"{line.id} ({line.phase}): {'given' if line.verdict == 'give' else 'confirm first'}"
            yield f"  {line.text}"
            yield from (f"  because {reason.text} [{', '.join(reason.sources)}]" for reason in line.reasons)
            yield from (
                f"  changed: {change.part} from {change.from_text} to {change.to_text}, because "
                f"{change.because}{_unknown(change.for_unknown)} [{', '.join(change.sources)}]"
                for change in line.adjustments
            )
            yield from (
                f"  confirm: {entry.ask} If so: {entry.if_yes}. If not: {entry.if_no}." for entry in line.confirmations
            )
            yield from (f"  caution: {caution.text} [{', '.join(caution.sources)}]" for caution in line.cautions)
    for row in plan.antithrombotics:
        if name == row.drug:
            yield from _needle(row)
    for care in plan.care:
        if name == care.id:
            yield f"{care.id} ({care.phase}): {care.text} [{', '.join(care.sources)}]"
    if plan.discharge_opioid and name in (TO_TAKE_HOME, plan.discharge_opioid.drug):
        yield from _take_home(plan.discharge_opioid)
    for left in plan.omitted:
        if name in (left.id, left.drug, left.block):
            facts = f" ({'; '.join(left.facts)})" if left.facts else ""
            where = left.phase or "any phase"
            yield f"{left.title}, {where}: left out, {left.because}{facts} [{', '.join(left.sources)}]"
    for alert in plan.alerts:
        if name == alert.about:
            yield f"{alert.severity}: {alert.text} [{', '.join(alert.sources)}]"


def _take_home(found: DischargeOpioid) -> Iterator[str]:
    """The opioid to take home with its arithmetic, every limit, and its days."""
    yield f"{TO_TAKE_HOME}: {found.text}, {number(found.tablets)} tablets in all [{', '.join(found.sources)}]"
    yield from (f"  {words}" for words in found.working)
    yield from (f"  limit: {bound.text} [{', '.join(bound.sources)}]" for bound in found.bounds)
    yield from (f"  day {day.day}{f' ({day.date})' if day.date else ''}: {day.text}" for day in found.days)


def _needle(row: AntithromboticTime) -> Iterator[str]:
    """The needle time after a home antithrombotic, with what it was worked out from."""
    dose = f", {row.dose_class} dose ({row.dose_text})" if row.dose_class else ""
    yield f"{row.text}{dose}: {row.verdict.replace('_', ' ')} for a spinal, epidural or deep block ({row.edition})"
    yield f"  last dose {moment_words(row.last_dose_at) or 'not known'}, interval {row.interval or 'none stated'}"
    yield f"  {row.because} [{', '.join(row.sources)}]"
    yield from (f"  {other.text} [{', '.join(other.sources)}]" for other in (*row.other_editions, *row.disagreements))


def _unknown(facts: list[str]) -> str:
    return f" (not known: {', '.join(facts)})" if facts else ""


def _subject(plan: Plan, name: str, library: Library) -> RuleGroups | None:
    """The rules of the drug or block a name stands for."""
    by_line = {order.id: order.drug for order in plan.orders}
    drug = by_line.get(name, name)
    if drug in library.drugs:
        return drug_rules(library.drugs[drug], library)
    block = name.removesuffix("-catheter")
    return block_rules(block, library) if block in library.blocks else None


def _rules(groups: RuleGroups, case: Case, library: Library, now: datetime) -> Iterator[str]:
    situation = Situation(
        compute_factors(case, library.lexicon, library.case_words, now, library.opioids.morphine.rules)
    )
    for rule in (rule for group in groups for rule in group):
        value = situation.holds(rule.when)
        facts = facts_behind(rule.when, situation, library.vocabulary) if value else []
        found = f" ({'; '.join(facts)})" if facts else ""
        yield (
            f"  {_ANSWERS[value]}{found}: {_DOES[rule.kind]} when {say(rule.when, library.vocabulary)}, "
            f"{rule.because} [{', '.join(rule.source)}]"
        )
