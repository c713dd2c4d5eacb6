"""One candidate against one patient: ruled out, waiting for a fact, or suitable, and why."""

from dataclasses import dataclass, field

from planner.clinical.rules import FlatRule, RuleGroups
from planner.clinical.situation import Situation
from planner.clinical.words import facts_behind
from planner.library.library import Library


@dataclass(frozen=True)
class Applied:
    """A rule that acts: because it is true, or because a fact it needs is missing."""

    rule: FlatRule
    missing: tuple[str, ...] = ()

    @property
    def certain(self) -> bool:
        return not self.missing


@dataclass
class Assessment:
    """What the rules say. `ruled_out` holds every contraindication that is certainly true."""

    ruled_out: list[FlatRule] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    waiting: list[Applied] = field(default_factory=list)
    to_confirm: list[Applied] = field(default_factory=list)
    effects: list[Applied] = field(default_factory=list)
    cautions: list[Applied] = field(default_factory=list)
    untested: list[Applied] = field(default_factory=list)

    @property
    def missing(self) -> set[str]:
        """Facts that decide whether the candidate may be given at all."""
        return {name for applied in (*self.waiting, *self.to_confirm) for name in applied.missing}


def assess(groups: RuleGroups, regimen: str, situation: Situation, library: Library) -> Assessment:
    """Hold every rule that covers the regimen against the patient."""
    result, untested = Assessment(), library.vocabulary.untested
    for rule, changes, value in [judged for group in groups for judged in situation.relevant(group)]:
        if not rule.covers(regimen):
            continue
        if changes and (value := situation.holds(rule.when)) is False:
            continue
        applied = Applied(rule, () if value else tuple(situation.missing(rule.when)))
        if applied.missing and untested.issuperset(applied.missing):
            result.untested.append(applied)
            continue
        if rule.kind == "never":
            if value:
                result.ruled_out.append(rule)
                result.facts += facts_behind(rule.when, situation, library.vocabulary)
            else:
                result.waiting.append(applied)
            continue
        if rule.kind == "confirm":
            result.to_confirm.append(applied)
        elif rule.kind == "caution":
            result.cautions.append(applied)
        if rule.then:
            result.effects.append(applied)
    return result
