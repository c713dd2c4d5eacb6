"""How much of each ingredient one dose of a chart entry gives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from planner.case.chart_text import NUMBER, PIECES, RANGE, ChartText, largest, smallest

_UNIT = r"(mg|milligrams?|mcg|ug|micrograms?|g|gm|grams?|units?|iu|meq|mmol)"
_UNIT_NAMES = {
    "milligram": "mg",
    "milligrams": "mg",
    "ug": "mcg",
    "microgram": "mcg",
    "micrograms": "mcg",
    "gm": "g",
    "gram": "g",
    "grams": "g",
    "unit": "units",
    "iu": "units",
    "meq": "mEq",
}
# A dose per kg, per hour or per mL is another quantity than a dose.
_WHOLE_UNIT = rf"{_UNIT}\b(?!\s*(?:/|per)\s*(?:kg|m2|l|min|\d*\s*(?:ml|h|hr|hour)s?)\b)"
_PER_PIECE = r"(?:\s*(?:/|per)\s*(?:actuation|act|puff|spray|inhalation|tab(?:let)?|cap(?:sule)?|dose)\b)?"
_ALONE = r"(?<![\d./-])(?<![/-] )"
# Every pattern has the number, the second number of a range, and the unit as its first three groups.
_CONCENTRATION = re.compile(rf"{NUMBER}()\s*{_UNIT}\s*(?:/|per)\s*{NUMBER}?\s*ml\b")
_VOLUME = re.compile(rf"{RANGE}\s*ml\b")
_HOURLY = re.compile(rf"{NUMBER}()\s*(mcg|ug)\s*(?:/|per)\s*(?:h|hr|hour)\b")
_TOTAL = re.compile(rf"{_ALONE}{NUMBER}()\s*{_WHOLE_UNIT}\s*total\b")
# "60 mg tablet, dose 10 mg": the dose stands by itself, not behind a word such as maximum.
_DOSE = re.compile(rf"(?:^|[,;(|])\s*dose(?:\s*:|\s+is|\s+of)?\s*{NUMBER}()\s*{_WHOLE_UNIT}")
_STRENGTH = re.compile(rf"{_ALONE}{RANGE}\s*{_WHOLE_UNIT}{_PER_PIECE}")
_PERCENT = re.compile(rf"{NUMBER}\s*%")
_SYRINGE = re.compile(r"\bsyringes?\b")
_OF_PRODUCT = re.compile(r"\b(?:gel|cream|ointment|lotion)\b")
_COUNT = re.compile(rf"{_ALONE}{RANGE}\s*(?:x\s*)?(?:an?\s+|of an?\s+)?{PIECES}")
_WORN = re.compile(r"\b(?:appl(?:y|ies)|wears?|wearing|places?|uses?|put)\s*$")
# "Take 1-2 by mouth": a bare number this small that is taken counts pieces.
_FEW = r"([1-4])(?:\s*(?:-|to|or)\s*([1-4]))?"
_TAKE_FEW = re.compile(rf"\btakes?\s+{_FEW}(?!\s*[\w./-])")
_FEW_OF_NAME = re.compile(rf"^\s*{_FEW}\s*(?=\|)")
_FEW_BY_MOUTH = re.compile(rf"{_ALONE}\b{_FEW}\s+(?:po|by mouth|orally)\b")
_MULTIPLIER = re.compile(rf"{_ALONE}{NUMBER}()\s*x\s*(?={NUMBER}\s*{_UNIT}\b)")
HOURLY = "mcg/h"
_MG_IN = {"mg": 1.0, "mcg": 0.001}
_MOST_PIECES = 20
# Above this a hyphen joins the strengths of two ingredients (10-325) and is no range of one (5-10).
_WIDEST_RANGE = 4


@dataclass(frozen=True)
class Portion:
    """What one dose gives of one ingredient.

    `amount` is in `unit` ("mg", "mcg", "mcg/h", "units", "mEq", "mmol", "mL"), None when not known.
    """

    ingredient: str
    amount: float | None = None
    unit: str = ""

    @property
    def mg(self) -> float | None:
        """The amount in mg, or None where it is not known or is no mass."""
        if self.amount is None or self.unit not in _MG_IN:
            return None
        return self.amount * _MG_IN[self.unit]


def take_pieces(chart: ChartText) -> float | None:
    """How many tablets, puffs or patches one dose is: the most of a range, 1 where none is written.

    None where the text contradicts itself, or where several patches may be a box of them and not
    what is worn; it then stays unread.
    """
    few = (_MULTIPLIER, _FEW_OF_NAME, _TAKE_FEW, _FEW_BY_MOUTH)
    found = chart.take(_COUNT, lambda match: largest(match) <= _MOST_PIECES)
    found += [match for pattern in few for match in chart.take(pattern)]
    counts = {largest(match) for match in found}
    if len(counts) > 1 or any(_may_be_a_box(match) for match in found):
        chart.report(found)
        return None
    return counts.pop() if counts else 1.0


def _may_be_a_box(found: re.Match) -> bool:
    """Whether a count of patches says nothing about how many are worn at once: "10 patches"."""
    return "patch" in found[0] and largest(found) > 1 and not _WORN.search(found.string[: found.start()])


def take_portions(
    chart: ChartText, ingredients: Sequence[str], unit: str, fixed: Sequence[float], pieces: float | None
) -> tuple[Portion, ...]:
    """What one dose gives of each ingredient, where a dose is `pieces` tablets, puffs or patches.

    `fixed` are the amounts of one piece in mg where the name itself says them; `unit` is meant
    where the text writes the strengths of a combination without one.
    """
    if len(ingredients) == 1 and not fixed:
        amount, written = _one_dose(chart, pieces) or (None, "")
        return (Portion(ingredients[0], amount, written),)
    each = [(amount, "mg") for amount in fixed] or _strengths(chart, len(ingredients), unit)
    if not each or pieces is None:
        return tuple(map(Portion, ingredients))
    return tuple(
        Portion(ingredient, amount * pieces, written)
        for ingredient, (amount, written) in zip(ingredients, each, strict=True)
    )


def _one_dose(chart: ChartText, pieces: float | None) -> tuple[float, str] | None:
    """The amount and unit of one dose of a single ingredient."""
    totals = chart.take(_TOTAL) or chart.take(_DOSE)
    hourly = chart.take(_HOURLY)
    solutions, volumes = chart.take(_CONCENTRATION), chart.take(_VOLUME)
    strengths, percents = chart.take(_STRENGTH, _is_one_range), chart.take(_PERCENT)
    if percents or _OF_PRODUCT.search(chart.left):
        # Grams of a gel are not grams of its ingredient.
        return None
    if totals or strengths:
        # A total is the whole dose; a strength is that of one piece.
        return _agreed(chart, totals) if totals else _scaled(_agreed(chart, strengths), pieces)
    if hourly:
        hourly_amount = _agreed(chart, hourly)
        return _scaled(hourly_amount and (hourly_amount[0], HOURLY), pieces)
    volume = _agreed(chart, volumes, "mL") if volumes else None
    if solutions and not volume and _SYRINGE.search(chart.left):
        # "40 mg/0.4 mL syringe": the syringe holds one dose.
        return _scaled(_agreed(chart, solutions), pieces)
    if not (volume and solutions):
        return volume
    per_volume = _agreed(chart, solutions)
    return _scaled(per_volume, volume[0] / float(solutions[0][4] or 1))


def _agreed(chart: ChartText, matches: list[re.Match], unit: str | None = None) -> tuple[float, str] | None:
    """The one amount and unit that all matches state. Different ones stay unread."""
    stated = {_in_unit(largest(found), unit or found[3]) for found in matches}
    if len(stated) == 1:
        return stated.pop()
    chart.report(matches)
    return None


def _in_unit(amount: float, written: str) -> tuple[float, str]:
    """An amount in the unit's usual name; grams become mg."""
    unit = _UNIT_NAMES.get(written, written)
    return (amount * 1000, "mg") if unit == "g" else (amount, unit)


def _scaled(dose: tuple[float, str] | None, factor: float | None) -> tuple[float, str] | None:
    return None if dose is None or factor is None else (dose[0] * factor, dose[1])


def _is_one_range(found: re.Match) -> bool:
    return smallest(found) <= largest(found) <= smallest(found) * _WIDEST_RANGE


@cache
def _strengths_pattern(ingredients: int) -> re.Pattern:
    """The pattern for one strength of each ingredient: "5/325 mg", "10-325", "5 mg-325 mg"."""
    one = rf"{NUMBER}\s*{_UNIT}?"
    joined = r"\s*[/\-+,&| ]+\s*".join([one] * ingredients)
    return re.compile(rf"(?<![\d.]){joined}(?![\d.]|\s*[/-]\s*\d){_PER_PIECE}")


def _strengths(chart: ChartText, ingredients: int, unit: str) -> list[tuple[float, str]]:
    """Amount and unit of one piece for each ingredient, in the order written; [] when not known."""
    found = chart.take(_strengths_pattern(ingredients))
    stated = {match.groups() for match in found}
    if len(stated) != 1:
        chart.report(found)
        return []
    numbers, units = stated.pop()[::2], found[0].groups()[1::2]
    last = next((written for written in reversed(units) if written), unit)
    return [_in_unit(float(number), written or last) for number, written in zip(numbers, units, strict=True)]
