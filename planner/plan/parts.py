"""What every part of a plan is made of: amounts, statements with their sources, changes, confirmations."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Phase = Literal["before_admission", "preop", "intraop", "pacu", "ward", "discharge", "home"]
PHASES: tuple[Phase, ...] = ("before_admission", "preop", "intraop", "pacu", "ward", "discharge", "home")
Verdict = Literal["give", "confirm"]


class PlanPart(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SharedPart(PlanPart):
    """A part that many plans may share: nobody can change it."""

    model_config = ConfigDict(frozen=True)


class Quantity(SharedPart):
    value: float
    unit: str = Field(description="mg, mcg, g, mL, tablet, mg/h, ...")


class Pieces(SharedPart):
    """What one dose is made up of: 2 tablets of 500 mg. `count` may be 0.5 where a tablet may be halved."""

    count: float
    form: str = Field(description="tablet, capsule, ...")
    strength: Quantity


class Statement(SharedPart):
    """A sentence a clinician can follow to its sources."""

    text: str
    sources: list[str] = Field(default_factory=list)


class Adjustment(PlanPart):
    """One part of an order that differs from the protocol because of this patient."""

    part: Literal["dose", "interval", "max_24h", "duration", "rate", "volume", "concentration", "bolus", "drug"]
    from_text: str = Field(description="what the protocol asks for")
    to_text: str = Field(description="what this patient gets")
    because: str
    for_unknown: list[str] = Field(default_factory=list, description="missing facts that forced the cautious choice")
    sources: list[str] = Field(default_factory=list)


class Confirmation(PlanPart):
    """A fact or an agreement that must be had before the line is given, and what to do either way."""

    factors: list[str] = Field(default_factory=list, description="missing facts; empty where a person must agree")
    ask: str
    if_yes: str = Field("", description="what to do when the caution proves true")
    if_no: str = Field("", description="what to do when it does not")
    sources: list[str] = Field(default_factory=list)
