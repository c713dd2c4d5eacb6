"""How much of the greatest safe dose of local anesthetic is used, all blocks together."""

import math
from dataclasses import dataclass
from typing import ClassVar

from planner.documents.citations import Citations, Cited, Ref
from planner.documents.header import field_words
from planner.plan.regional import LocalAnesthetic, LocalAnestheticPart
from planner.plan.wording import NO_BREAK, amount, number


@dataclass(frozen=True)
class BudgetPart:
    label: str
    text: str
    percent: float


@dataclass(frozen=True)
class Bar:
    """One sum: at once, or in 24 hours. `percent` of a part is its share of the bar."""

    title: str
    percent: str
    left: str
    over: bool
    parts: tuple[BudgetPart, ...]


@dataclass(frozen=True)
class Budget:
    """`maxima`: the arithmetic of each limit, so that it can be done again."""

    kind: ClassVar[str] = "budget"
    bars: tuple[Bar, ...]
    basis: str
    maxima: tuple[Cited, ...]
    refs: tuple[Ref, ...]


def budget(found: LocalAnesthetic | None, citations: Citations) -> Budget | None:
    if found is None:
        return None
    parts = found.components
    bars = [_bar("Local anesthetic, all together", "the maximum", parts, found.fraction_of_maximum, _at_once)]
    if found.fraction_of_24h is not None:
        bars.append(_bar("In 24 hours", "the limit", parts, found.fraction_of_24h, _in_a_day))
    weight = amount(found.weight_kg, "kg") if found.weight_kg is not None else "not known"
    refs = citations.refs(found.sources)
    return Budget(
        bars=tuple(bars),
        basis=f"dosing weight {weight}: {found.weight_basis}",
        maxima=tuple(citations.cite(f"{one.drug} {one.text}", one.sources) for one in found.maxima),
        refs=refs,
    )


def _bar(title: str, of: str, components: list[LocalAnestheticPart], fraction: float, part) -> Bar:
    parts = [part(component, max(1.0, fraction)) for component in components]
    left = _left_words(components, fraction, in_a_day=part is _in_a_day)
    return Bar(
        title=f"{title}: {percent_words(fraction)} of {of}",
        percent=percent_words(fraction),
        left=left,
        over=fraction > 1,
        parts=tuple(one for one in parts if one),
    )


def _left_words(components: list[LocalAnestheticPart], fraction: float, in_a_day: bool) -> str:
    """mg where one drug with one maximum is all there is, else a share; rounded down."""
    pairs = [
        (part.dose_24h_mg, part.maximum_24h_mg) if in_a_day else (part.dose_mg, part.maximum_mg) for part in components
    ]
    limits = {(part.drug, limit) for part, (_, limit) in zip(components, pairs, strict=True)}
    if len(limits) == 1 and pairs[0][1] is not None:
        left = pairs[0][1] - sum(dose for dose, _ in pairs)
        return f"{amount(max(0, math.floor(round(left, 6))), 'mg')} left"
    return f"{number(math.floor(round(max(0.0, 1 - fraction) * 100, 6)))}{NO_BREAK}% left"


def _at_once(part: LocalAnestheticPart, whole: float) -> BudgetPart:
    hour = " (first hour)" if part.how == "infusion" else ""
    return BudgetPart(
        f"{field_words(part.block)}{hour}",
        f"{part.drug} {amount(part.dose_mg, 'mg')} of {amount(part.maximum_mg, 'mg')}",
        math.floor(10_000 * part.fraction / whole) / 100,
    )


def _in_a_day(part: LocalAnestheticPart, whole: float) -> BudgetPart | None:
    """None for a drug whose 24-hour limit no source gives."""
    if part.fraction_24h is None or part.maximum_24h_mg is None:
        return None
    return BudgetPart(
        field_words(part.block),
        f"{part.drug} {amount(part.dose_24h_mg, 'mg')} of {amount(part.maximum_24h_mg, 'mg')}",
        math.floor(10_000 * part.fraction_24h / whole) / 100,
    )


def percent_words(fraction: float) -> str:
    """A share in percent, rounded up: what is used is never shown as less."""
    return f"{number(math.ceil(round(fraction * 100, 6)))}{NO_BREAK}%"
