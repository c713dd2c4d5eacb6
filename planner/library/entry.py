"""What every entry of the library is made of: citations, conditions and rules."""

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from planner.library.conditions import (
    All,
    Any_,
    Ask,
    Not,
    Number,
    Word,
    parse_condition,
)
from planner.library.quantities import AmountField, HoursField

Checked = Literal["read", "second-hand", "unverified"]
_CITATION = re.compile(r"^([a-z0-9][a-z0-9.-]*)(?: \((read|second-hand|unverified)\))?$")


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def _citation(text: Any) -> str:
    if not _CITATION.match(str(text)):
        raise ValueError(
            "a source is a key of protocols/sources, and may say how this fact was checked: "
            "prospect-tka-2022 (second-hand)"
        )
    return str(text)


def split_citation(citation: str) -> tuple[str, str | None]:
    """`key (second-hand)` to (`key`, `second-hand`); None where the source's own mark holds."""
    found = _CITATION.match(citation)
    return (found[1], found[2]) if found else (citation, None)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _condition(value: Any) -> Any:
    return value if isinstance(value, Number | Word | Ask | Not | All | Any_) else parse_condition(value)


Citation = Annotated[str, BeforeValidator(_citation)]
Citations = Annotated[list[Citation], BeforeValidator(_as_list), Field(min_length=1)]
Texts = Annotated[list[str], BeforeValidator(_as_list)]
ConditionField = Annotated[
    Any, BeforeValidator(_condition), WithJsonSchema({"type": "string", "examples": ["kidney < 30"]})
]


class OtherView(Entry):
    """A source that says otherwise; the more cautious one is used."""

    says: str
    source: Citations


class Cited(Entry):
    """A sentence with its source."""

    text: str
    source: Citations


class Effect(Entry):
    """What a rule does to an order. Each part may only make it smaller, rarer or shorter."""

    dose: AmountField | None = None
    rate: AmountField | None = None
    every: HoursField | None = None
    at_most: AmountField | None = None
    for_: HoursField | None = Field(None, alias="for")


class Rule(Entry):
    when: ConditionField
    because: str
    source: Citations
    only: Texts | None = Field(None, description="regimens it holds for; all when not given")
    other_view: OtherView | None = None


class Never(Rule):
    """When true the drug is left out; when unknown it waits for the fact."""


class Confirm(Rule):
    """When true or unknown a person must agree first. `ask` says what to ask."""

    ask: str
    then: Effect | None = None


class Caution(Rule):
    """When true or unknown the effect holds and the reason is printed."""

    then: Effect | None = None


class Adjust(Rule):
    """When true or unknown the effect holds."""

    then: Effect


class Step(Entry):
    """One band. Limits: `from` (inclusive) or `above`; `under` or `up_to` (inclusive)."""

    from_: float | None = Field(None, alias="from")
    above: float | None = None
    under: float | None = None
    up_to: float | None = None
    never: bool = False
    ask: str | None = None
    then: Effect | None = None
    because: str | None = None
    source: Citations | None = None


class Bands(Entry):
    """Steps over one number that leave no gap and do not overlap."""

    by: str
    because: str
    source: Citations
    steps: list[Step] = Field(min_length=2)
    only: Texts | None = None
    other_view: OtherView | None = None


class Rules(Entry):
    """The rules a drug, a class or a block may carry."""

    never: list[Never] = []
    confirm: list[Confirm] = []
    caution: list[Caution] = []
    adjust: list[Adjust] = []
    bands: list[Bands] = []
