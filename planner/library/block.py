"""Block files: a regional technique, whatever the operation."""

from typing import Literal

from pydantic import Field

from planner.library.entry import Citations, Cited, Entry, Rules
from planner.library.quantities import AmountField, SpanField

Depth = Literal["neuraxial", "deep", "intermediate", "superficial", "infiltration"]
Technique = Literal["single-shot", "catheter", "spinal", "epidural", "infiltration"]


class Choice(Entry):
    """One drug for the block. Volume is per side: the upper end is used, down to the lower if it must."""

    drug: str
    concentration: AmountField | None = None
    volume: SpanField | None = None
    dose: AmountField | None = Field(None, description="fixed dose where volume does not describe it")
    infusion: str | None = Field(None, description="catheter: rate and bolus in words, volume none")
    epinephrine: bool = False
    maximum: AmountField | None = Field(None, description="a maximum of its own for this use")
    maximum_per_kg: AmountField | None = Field(None, description="a lower maximum by dosing weight for this use")
    lasts: SpanField | None = None
    onset: str | None = None
    source: Citations


class Block(Rules):
    block: str
    title: str
    depth: Depth
    technique: Technique
    covers: str
    choices: list[Choice] = Field(min_length=1)
    motor_effect: Cited
    before: list[Cited] = Field([], description="what to assess before")
    after: list[Cited] = Field([], description="what to watch after")
    notes: list[Cited] = []
    source: Citations


class DepthRules(Rules):
    """Rules, and checks before and after, that hold for every block of some depth."""

    depths: list[Depth]
    before: list[Cited] = []
    after: list[Cited] = []
