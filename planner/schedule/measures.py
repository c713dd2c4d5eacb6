"""Numbers with units: weights, heights, laboratory values, in the unit of the case."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.case.fields import Case
from planner.case.listed import MEASURES
from planner.case.messages import limits
from planner.library.schedule import Unit, own_unit, unit_named

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+,\d{1,2}(?!\d)|\d+(?:\.\d*)?|\.\d+"
_ONE = re.compile(rf"\+?({_NUMBER})\s*(.*)")
_FEET = re.compile(
    r"(\d)\s*(?:'|’|′|ft\.?|feet|foot|-)\s*(\d{1,2}(?:\.\d+)?)?\s*(?:''|\"|”|″|in\.?|inch(?:es)?)?", re.IGNORECASE
)
_DIGITS = {"weight": 1, "height": 1, "creatinine": 2}
"""Decimals that a converted number keeps; others keep two."""


class NotANumber(ValueError):
    """A cell that cannot be read as a number in a known unit; the message is a sentence for a person."""


@dataclass(frozen=True)
class Measure:
    """A number in the unit of the case, and the unit it was written in."""

    value: float
    unit: str
    converted: bool


def read_measure(cell: str, target: str, units: Mapping[str, Unit], unit: str | None) -> Measure:
    """A cell as a number in the unit of the case. `unit` is that of the column; one in the cell goes before it.

    Raises NotANumber.
    """
    text = cell.strip()
    if target == "height" and (feet := _feet(text)) is not None:
        return Measure(round(feet[0] * units["ft"].times + feet[1] * units["in"].times, _DIGITS[target]), "ft", True)
    number, written = _split(text)
    named = unit_named(written, units) if written else unit
    if named is None:
        raise NotANumber(f"The unit {written} is not known here." if written else "The number has no unit.")
    if units[named].whole and number != int(number):
        raise NotANumber(f"A number in {named} with decimals could mean two things.")
    factor = units[named].times
    value = number if factor == 1 else round(number * factor, _DIGITS.get(target, 2))
    return Measure(value, named, factor != 1)


def _feet(text: str) -> tuple[float, float] | None:
    found = _FEET.fullmatch(text)
    if not found or (found[2] is None and not re.search(r"['’′f]", text)):
        return None
    inches = float(found[2] or 0)
    if inches >= 12:
        raise NotANumber("There are at most 11 inches beside the feet.")
    return float(found[1]), inches


def _split(text: str) -> tuple[float, str]:
    found = _ONE.fullmatch(text)
    if not found:
        raise NotANumber("This is not a number.")
    digits = found[1]
    plain = (
        digits.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits) else digits.replace(",", ".")
    )
    return float(plain), found[2].strip()


def unit_of_column(cells: Iterable[str], target: str, units: Mapping[str, Unit]) -> str | None:
    """The unit of a column whose header names none: the one that alone makes each bare number possible.

    None where a number could be in several units, or where numbers ask for different ones. A column
    without bare numbers is in the unit of the case.
    """
    low, high = limits(Case.model_fields[MEASURES[target]])
    found: set[str] = set()
    for cell in cells:
        try:
            number, written = _split(cell.strip())
        except NotANumber:
            continue
        if written:
            continue
        fitting = [name for name, unit in units.items() if not unit.whole and low <= number * unit.times <= high]
        if len(fitting) > 1:
            return None
        found |= set(fitting)
    return own_unit(units) if not found else found.pop() if len(found) == 1 else None
