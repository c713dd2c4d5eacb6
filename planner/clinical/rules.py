"""All rules of a drug or block in one list: its own, its classes', and bands as conditions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from planner.clinical.rule_group import RuleGroup
from planner.library.antithrombotic import WaitStep
from planner.library.conditions import All, Condition, Number
from planner.library.drug import Drug, DrugClass
from planner.library.entry import Bands, Effect, OtherView, Rules, Step
from planner.library.library import Library

RuleKind = Literal["never", "confirm", "caution", "adjust"]


@dataclass(frozen=True)
class FlatRule:
    """One rule: what it does when its condition is true, or not known."""

    kind: RuleKind
    when: Condition
    because: str
    source: tuple[str, ...]
    only: tuple[str, ...] | None = None
    then: Effect | None = None
    ask: str = ""
    other_view: OtherView | None = None

    def covers(self, regimen: str) -> bool:
        return self.only is None or regimen in self.only


# One group for each holder of rules, so that a class's rules are looked at once for all its drugs.
RuleGroups = tuple[RuleGroup, ...]


def drug_rules(drug: Drug, library: Library) -> RuleGroups:
    """The rules of a drug and of every class it belongs to."""
    key = "drug", drug.drug
    if key not in library.flat_rules:
        library.flat_rules[key] = tuple(_flat(holder, library) for holder in (drug, *library.classes_of(drug)))
    return library.flat_rules[key]


def class_rules(drug_class: DrugClass, library: Library) -> RuleGroups:
    """The rules of a class alone, for a medicine of it that has no drug file."""
    return (_flat(drug_class, library),)


def block_rules(block_id: str, library: Library) -> RuleGroups:
    """The rules of a block and those of its depth."""
    key = "block", block_id
    if key not in library.flat_rules:
        block = library.blocks[block_id]
        by_depth = library.regional.rules_for(block.depth)
        library.flat_rules[key] = tuple(_flat(holder, library) for holder in (block, *by_depth))
    return library.flat_rules[key]


def _flat(holder: Rules, library: Library) -> RuleGroup:
    """Flattened once per holder, so that a class's rules keep their identity in every drug."""
    if id(holder) not in library.flat_rules:
        rules = [
            FlatRule(
                kind,
                rule.when,
                rule.because,
                tuple(rule.source),
                _tuple(rule.only),
                getattr(rule, "then", None),
                getattr(rule, "ask", ""),
                rule.other_view,
            )
            for kind in ("never", "confirm", "caution", "adjust")
            for rule in getattr(holder, kind)
        ]
        rules += [rule for bands in holder.bands for rule in _band_rules(bands)]
        library.flat_rules[id(holder)] = RuleGroup(rules)
    return library.flat_rules[id(holder)]


def _band_rules(bands: Bands) -> Iterable[FlatRule]:
    for step in bands.steps:
        common = (
            band_condition(bands.by, step),
            step.because or bands.because,
            tuple(step.source or bands.source),
            _tuple(bands.only),
        )
        if step.never:
            yield FlatRule("never", *common, other_view=bands.other_view)
        elif step.ask:
            yield FlatRule("confirm", *common, step.then, step.ask, bands.other_view)
        elif step.then:
            yield FlatRule("adjust", *common, step.then, other_view=bands.other_view)


def band_condition(by: str, step: Step | WaitStep) -> Condition:
    """The condition of one band: `30 <= kidney < 60`."""
    limits = ((">=", step.from_), (">", step.above), ("<", step.under), ("<=", step.up_to))
    parts = tuple(Number(by, sign, limit) for sign, limit in limits if limit is not None)
    return parts[0] if len(parts) == 1 else All(parts)


def _tuple(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)
