"""The rules of the library that act on a patient: those that hold, and those that hang on an unknown fact."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from planner.audit.facts import Facts
from planner.library.block import Block
from planner.library.conditions import All, Ask, Condition, Number, leaves
from planner.library.drug import Drug
from planner.library.entry import Effect, Rules, Step
from planner.library.library import Library

_LIMITS_OF_A_STEP = (("from_", ">="), ("above", ">"), ("under", "<"), ("up_to", "<="))


@dataclass(frozen=True)
class Rule:
    """One rule, or one step of a band, of a drug, a class, a block or a depth.

    `standing`: it asks about the patient alone, not about other lines of the plan.
    """

    kind: Literal["never", "confirm", "caution", "adjust"]
    when: Condition
    because: str
    sources: tuple[str, ...]
    then: Effect | None
    only: frozenset[str] | None
    standing: bool


@dataclass(frozen=True)
class Acting:
    """A rule that acts: because it holds, or, `certain` False, because a fact that it asks about is not known."""

    rule: Rule
    certain: bool


def acting(
    rules: Iterable[Rule], regimen: str, facts: Facts, library: Library, before: frozenset[str] = frozenset()
) -> list[Acting]:
    """Every rule that acts on one way of giving."""
    found = []
    for rule in rules:
        if rule.only is not None and regimen not in rule.only:
            continue
        answer = _answer(rule, facts, before)
        if answer is False or (answer is None and _never_asked(rule.when, facts, library, before)):
            continue
        found.append(Acting(rule, answer is True))
    return found


def _answer(rule: Rule, facts: Facts, before: frozenset[str]) -> bool | None:
    """Whether a rule holds; one about the patient alone is answered once for all lines it is a rule of."""
    if not rule.standing:
        return facts.answer(rule.when, before)
    if id(rule) not in facts.decided:
        facts.decided[id(rule)] = facts.answer(rule.when)
    return facts.decided[id(rule)]


def drug_rules(drug: Drug, library: Library) -> list[Rule]:
    """The rules of a drug and of the classes that hold for it."""
    classes = [library.classes[name] for name in drug.classes if name in library.classes]
    return _rules_of((drug, *(one for one in classes if drug.drug not in one.except_)), library)


def block_rules(block: Block, library: Library) -> list[Rule]:
    """The rules of a block and of its depth."""
    return _rules_of((block, *library.regional.rules_for(block.depth)), library)


def _rules_of(holders: Iterable[Rules], library: Library) -> list[Rule]:
    """The rules of each holder, worked out once and kept with the library, which keeps the holders too."""
    found: list[Rule] = []
    for holder in holders:
        key = "audit", id(holder)
        if key not in library.prepared_parts:
            library.prepared_parts[key] = tuple(_rules(holder))
        found += library.prepared_parts[key]
    return found


def _rules(holder: Rules) -> Iterator[Rule]:
    for kind in ("never", "confirm", "caution", "adjust"):
        for one in getattr(holder, kind):
            yield _rule(kind, one.when, one.because, one.source, getattr(one, "then", None), one.only)
    for bands in holder.bands:
        for step in bands.steps:
            kind = "never" if step.never else "confirm" if step.ask else "adjust"
            if kind != "adjust" or step.then:
                because, source = step.because or bands.because, step.source or bands.source
                yield _rule(kind, _within(bands.by, step), because, source, step.then, bands.only)


def _rule(kind: str, when: Condition, because: str, source: list[str], then: Effect | None, only) -> Rule:
    standing = not any(isinstance(leaf, Ask) and leaf.question == "planned" for leaf in leaves(when))
    return Rule(kind, when, because, tuple(source), then, None if only is None else frozenset(only), standing)


def _within(by: str, step: Step) -> Condition:
    limits = [(sign, getattr(step, name)) for name, sign in _LIMITS_OF_A_STEP]
    return All(tuple(Number(by, sign, limit) for sign, limit in limits if limit is not None))


def _never_asked(when: Condition, facts: Facts, library: Library, before: frozenset[str]) -> bool:
    """Whether all that is missing are facts that guidelines ask nobody to test for."""
    unknown = [leaf for leaf in leaves(when) if facts.answer(leaf, before) is None]
    return all(leaf.name in library.vocabulary.untested and not isinstance(leaf, Ask) for leaf in unknown)
