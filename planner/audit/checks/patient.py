"""Whether each drug and block suits the patient: allergies, contraindications, and what had to be asked first."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.audit.look import Look, finding
from planner.audit.rules import Acting, acting, block_rules, drug_rules
from planner.plan.audit import Finding
from planner.plan.models import Order
from planner.plan.parts import Verdict
from planner.plan.regional import Block


def check(look: Look) -> Iterator[Finding]:
    for order in look.own_orders:
        yield from _allergy(order, look)
        yield from _rules(order, look.rules(order))
    for block in look.plan.blocks:
        yield from _allergy(block, look)
        yield from _rules(block, _of_block(block, look))
    for order in look.plan.orders:
        if order.kind == "home_medication" and not order.confirmations:
            yield from _allergy(order, look)
    if opioid := look.plan.discharge_opioid:
        line = _ToTakeHome(opioid.drug, opioid.verdict)
        yield from _allergy(line, look)
        if drug := look.drug(opioid.drug):
            yield from _rules(line, acting(drug_rules(drug, look.library), "", look.facts, look.library))


@dataclass(frozen=True)
class _ToTakeHome:
    """The opioid to take home as a line of the plan, held to the rules for every way of giving its drug."""

    drug: str
    verdict: Verdict
    id: str = "discharge-opioid"


_Line = Order | Block | _ToTakeHome


def _allergy(line: _Line, look: Look) -> Iterator[Finding]:
    entry = look.library.lexicon_entries.get(line.drug)
    parts = (line.drug, *(entry.ingredients if entry else ()))
    for allergy in look.plan.allergies or ():
        if allergy.sort == "intolerance":
            continue
        covered = [part for part in parts if not {part, *look.facts.classes_of(part)}.isdisjoint(allergy.covers)]
        if covered:
            yield finding("allergy", line.id, f"{covered[0]}, and the chart has: {allergy.text}")


def _rules(line: _Line, rules: list[Acting]) -> Iterator[Finding]:
    for one in rules:
        rule = one.rule
        if rule.kind == "never" and one.certain:
            yield finding("contraindication", line.id, f"{line.drug}: {rule.because}", rule.sources)
        elif rule.kind in ("never", "confirm") and rule.standing and line.verdict == "give":
            unsure = "" if one.certain else "not known: "
            text = f"{line.drug} is given without asking first: {unsure}{rule.because}"
            yield finding("not-confirmed", line.id, text, rule.sources)


def _of_block(block: Block, look: Look) -> list[Acting]:
    """The rules of the block, of its depth, and of its drug whatever the way of giving."""
    rules = []
    if entry := look.library.blocks.get(block.id):
        rules += block_rules(entry, look.library)
    if drug := look.drug(block.drug):
        rules += drug_rules(drug, look.library)
    return acting(rules, "", look.facts, look.library, look.facts.before[block.id])
