"""Which solutions of a block suit the patient: drugs that are not ruled out, the weakest where a rule asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from planner.clinical.assess import Applied, Assessment, assess
from planner.clinical.candidates import Refusal, contraindicated, not_stocked
from planner.clinical.rules import drug_rules
from planner.clinical.work import Work
from planner.library.block import Block, Choice, Infusion
from planner.plan.parts import Adjustment
from planner.plan.regional import WITH_CATHETER
from planner.plan.wording import amount

Row = TypeVar("Row", Choice, Infusion)


@dataclass
class Suited:
    """The rows of a block file that suit the patient, and what the rules of their drugs say."""

    choices: list[Choice]
    infusions: list[Infusion]
    drugs: dict[str, Assessment]
    changed: list[Adjustment]
    """A weaker solution, or another drug than the block file's first, and why."""


def suitable(entry: Block, technique: str, named: str | None, work: Work) -> Suited | Refusal:
    """Rows whose drug is not ruled out; only those of the drug that the protocol names, where it names one."""
    with_catheter = technique in WITH_CATHETER
    drugs: dict[str, Assessment] = {}
    refusal: Refusal | None = None
    instead_of: list[Choice | Infusion] = []

    def suits(row: Choice | Infusion) -> bool:
        nonlocal refusal
        if named and row.drug != named:
            return False
        if isinstance(row, Choice) and row.on_request and named is None:
            return False
        if isinstance(row, Choice) and row.when is not None and work.situation.holds(row.when) is False:
            return False
        if row.drug not in drugs:
            rules = drug_rules(work.library.drugs[row.drug], work.library)
            drugs[row.drug] = assess(rules, technique, work.situation, work.library)
        if drugs[row.drug].ruled_out:
            refusal = refusal or contraindicated(drugs[row.drug])
            return False
        if row.drug in work.library.not_stocked:
            refusal = refusal or not_stocked(row.drug, work)
            instead_of.append(row)
            return False
        return True

    choices = [row for row in entry.choices if suits(row)]
    infusions = [row for row in entry.infusions if with_catheter and suits(row)]
    lost = not infusions if with_catheter else not choices
    if lost:
        return refusal or Refusal("no drug of this block suits", origin="choice")
    weak = _weakest_asked_for(entry, work)
    kept, running = (weakest(choices), weakest(infusions)) if weak else (choices, infusions)
    if not (running if with_catheter else kept):
        rules = [applied.rule for applied in weak]
        reasons = "; ".join(dict.fromkeys(rule.because for rule in rules))
        return Refusal(f"{reasons}; this block has no weak solution", source=tuple(rules[0].source))
    weakened = [*_weakened(choices, kept, weak, work), *_weakened(infusions, running, weak, work)]
    return Suited(kept, running, drugs, [*_other_drug(entry, kept or running, instead_of, work), *weakened])


def _other_drug(
    entry: Block, used: Sequence[Choice | Infusion], instead_of: Sequence[Choice | Infusion], work: Work
) -> list[Adjustment]:
    """What is used because the drug that stands before it in the block file is not at hand."""
    order = list(dict.fromkeys(row.drug for row in (*entry.choices, *entry.infusions)))
    before = order[: order.index(used[0].drug)]
    first = next((row for row in instead_of if row.drug in before), None)
    if first is None:
        return []
    said = work.library.not_stocked[first.drug]
    return [
        Adjustment(
            part="drug",
            from_text=_solution(first),
            to_text=_solution(used[0]),
            because=said.text,
            sources=work.citations.keys(said.source),
        )
    ]


def _solution(row: Choice | Infusion) -> str:
    return f"{row.drug} {amount(row.concentration.value, '%')}" if row.concentration else row.drug


def _weakest_asked_for(entry: Block, work: Work) -> list[Applied]:
    """The rules, true or not known, that allow the weakest solution only."""
    by_depth = work.library.regional.rules_for(entry.depth)
    rules = [rule for holder in (entry, *by_depth) for rule in holder.weakest]
    answers = [(rule, work.situation.holds(rule.when)) for rule in rules]
    return [
        Applied(rule, () if answer else tuple(work.situation.missing(rule.when)))
        for rule, answer in answers
        if answer is not False
    ]


def weakest(rows: Sequence[Row]) -> list[Row]:
    """Of each drug its weakest solution, the weakest of all first, without epinephrine; a depot in mg has none."""
    solutions = [row for row in rows if row.concentration]
    by_drug: dict[str, float] = {}
    for row in solutions:
        by_drug[row.drug] = min(row.concentration.value, by_drug.get(row.drug, row.concentration.value))
    kept = [row for row in solutions if row.concentration.value == by_drug[row.drug]]
    kept.sort(key=lambda row: row.concentration.value)
    return [_without_epinephrine(row) for row in kept]


def _without_epinephrine(row: Row) -> Row:
    return (
        row.model_copy(update={"epinephrine": False, "epinephrine_in": None, "mixture": None})
        if getattr(row, "epinephrine", False)
        else row
    )


def _weakened(before: Sequence[Row], after: Sequence[Row], weak: list[Applied], work: Work) -> list[Adjustment]:
    """What is used instead of the preferred solution, and why; nothing where that was the weakest anyway."""
    if not weak or not before or not after:
        return []
    first, used = before[0], after[0]
    with_epinephrine = getattr(first, "epinephrine", False) and not getattr(used, "epinephrine", False)
    if first.concentration == used.concentration and not with_epinephrine:
        return []
    words = [_solution(row) for row in (first, used)]
    return [
        Adjustment(
            part="concentration",
            from_text=words[0] + (" with epinephrine" if with_epinephrine else ""),
            to_text=words[1],
            because="; ".join(dict.fromkeys(applied.rule.because for applied in weak)),
            for_unknown=list(dict.fromkeys(name for applied in weak for name in applied.missing)),
            sources=work.citations.keys(*(applied.rule.source for applied in weak)),
        )
    ]
