"""How much of the greatest safe dose of local anesthetic is used, all blocks together."""

import math
from dataclasses import dataclass
from typing import ClassVar

from planner.documents.citations import Citations, Ref
from planner.documents.header import field_words
from planner.plan.models import LocalAnesthetic
from planner.plan.wording import NO_BREAK, amount, number


@dataclass(frozen=True)
class BudgetPart:
    label: str
    text: str
    percent: float


@dataclass(frozen=True)
class Budget:
    """`over`: more than all of it. `percent` of a part is its share of the bar."""

    kind: ClassVar[str] = "budget"
    percent: str
    over: bool
    parts: tuple[BudgetPart, ...]
    basis: str
    refs: tuple[Ref, ...]


def budget(found: LocalAnesthetic | None, citations: Citations) -> Budget | None:
    if found is None:
        return None
    parts = tuple(
        BudgetPart(
            field_words(part.block),
            f"{part.drug} {amount(part.dose_mg, 'mg')} of {amount(part.maximum_mg, 'mg')}",
            round(100 * part.fraction / max(1.0, found.fraction_of_maximum), 2),
        )
        for part in found.components
    )
    weight = amount(found.weight_kg, "kg") if found.weight_kg is not None else "weight not known"
    return Budget(
        percent_words(found.fraction_of_maximum),
        found.fraction_of_maximum > 1,
        parts,
        f"{weight}, {found.weight_basis}",
        citations.refs(found.sources),
    )


def percent_words(fraction: float) -> str:
    """A share in percent, rounded up: what is used is never shown as less."""
    return f"{number(math.ceil(round(fraction * 100, 6)))}{NO_BREAK}%"
