"""Amounts as a pharmacist writes them: `1,000 mg`, `15 mg/kg`, `0.2 mg/kg/h`, `6 h`, `50 %`, `5 days`.

All parsers raise ValueError with a plain sentence; pydantic turns it into a problem with its place.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_AMOUNT = re.compile(rf"^{_NUMBER}\s*([A-Za-z]+|%)((?:/[A-Za-z]+)*)$")
_RANGE = re.compile(rf"^{_NUMBER}\s+to\s+{_NUMBER}\s*(\S+)$")
_HOURS = {
    "min": 1 / 60,
    "minute": 1 / 60,
    "minutes": 1 / 60,
    "h": 1,
    "hour": 1,
    "hours": 1,
    "day": 24,
    "days": 24,
    "week": 168,
    "weeks": 168,
}
MASS_IN_MG = {"mg": 1.0, "mcg": 0.001, "g": 1000.0}
_UNITS = {*MASS_IN_MG, "mL", "L", "%", "patch", "patches", "mEq", "mmol", "tablet", "tablets", "unit", "units"}


@dataclass(frozen=True)
class Amount:
    """A number with its unit; `per` holds what it is divided by, in order: `kg`, `h`, `day`, `dose`."""

    value: float
    unit: str
    per: tuple[str, ...] = ()

    @property
    def per_kg(self) -> bool:
        return "kg" in self.per

    @property
    def percent(self) -> bool:
        return self.unit == "%"

    def __str__(self) -> str:
        value = f"{self.value:,.4f}".rstrip("0").rstrip(".")
        return f"{value} {'/'.join((self.unit, *self.per))}"


@dataclass(frozen=True)
class Span:
    """From `low` to `high`, both in `unit`."""

    low: float
    high: float
    unit: str


@dataclass(frozen=True)
class Wait:
    """A span of time as a source writes it: `4 to 6 h` or `5 days`; `low` and `high` are hours."""

    low: float
    high: float
    text: str

    def __str__(self) -> str:
        return self.text


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def parse_amount(text: Any) -> Amount:
    """`15 mg/kg` to Amount(15, 'mg', ('kg',)). Case matters: mg is not Mg."""
    if isinstance(text, Amount):
        return text
    found = _AMOUNT.match(str(text).strip())
    if not found:
        raise ValueError("an amount is written as a number, a space and a unit: 1,000 mg or 15 mg/kg")
    unit = found[2]
    per = tuple(part for part in found[3].split("/") if part)
    if unit not in _UNITS:
        raise ValueError(f"the unit {unit} is not one of {', '.join(sorted(_UNITS))}")
    if any(part not in ("kg", "h", "day", "min") for part in per):
        raise ValueError("an amount can be per kg, h, min or day")
    return Amount(_number(found[1]), unit, per)


def parse_hours(text: Any) -> float:
    """`6 h`, `15 min`, `5 days` to hours."""
    if isinstance(text, int | float):
        return float(text)
    found = re.match(rf"^{_NUMBER}\s*([a-z]+)$", str(text).strip())
    if not found or found[2] not in _HOURS:
        raise ValueError("a time span is written as a number and min, h, days or weeks: 6 h")
    return round(_number(found[1]) * _HOURS[found[2]], 6)


def parse_span(text: Any) -> Span:
    """`10 to 20 mL` to Span; a single amount is a span of no width."""
    if isinstance(text, Span):
        return text
    found = _RANGE.match(str(text).strip())
    if found:
        span = Span(_number(found[1]), _number(found[2]), found[3])
    else:
        single = parse_amount(text) if not re.match(rf"^{_NUMBER}\s*h$", str(text)) else None
        value = single.value if single else parse_hours(text)
        span = Span(value, value, single.unit if single else "h")
    if span.low > span.high:
        raise ValueError("a range runs from the smaller to the larger number: 10 to 20 mL")
    return span


def parse_wait(text: Any) -> Wait:
    """`4 to 6 h`, `36 h`, `5 to 7 days` to Wait, in hours."""
    if isinstance(text, Wait):
        return text
    written = str(text).strip()
    found = re.match(rf"^{_NUMBER}(?:\s+to\s+{_NUMBER})?\s*([a-z]+)$", written)
    if not found or found[3] not in _HOURS:
        raise ValueError("a wait is written as a number, or two, and min, h or days: 36 h, 5 to 7 days")
    low = _number(found[1]) * _HOURS[found[3]]
    high = _number(found[2]) * _HOURS[found[3]] if found[2] else low
    if low > high:
        raise ValueError("a range runs from the smaller to the larger number: 5 to 7 days")
    return Wait(round(low, 6), round(high, 6), written)


def _text_schema(example: str, pattern: str | None = None) -> WithJsonSchema:
    schema = {"type": "string", "examples": [example]}
    return WithJsonSchema(schema | ({"pattern": pattern} if pattern else {}))


AmountField = Annotated[Amount, BeforeValidator(parse_amount), _text_schema("1,000 mg")]
HoursField = Annotated[float, BeforeValidator(parse_hours), _text_schema("6 h")]
SpanField = Annotated[Span, BeforeValidator(parse_span), _text_schema("10 to 20 mL")]
WaitField = Annotated[Wait, BeforeValidator(parse_wait), _text_schema("4 to 6 h")]
