"""Block files: a regional technique, whatever the operation."""

from typing import Literal, Self

from pydantic import Field, model_validator

from planner.library.entry import Citations, Cited, ConditionField, Entry, Rule, Rules
from planner.library.patient import ToPatient
from planner.library.quantities import AmountField, SpanField, WaitField

Depth = Literal["neuraxial", "deep", "intermediate", "superficial", "infiltration"]
Technique = Literal["single-shot", "catheter", "spinal", "epidural", "infiltration"]
FallRisk = Literal["high", "moderate", "low"]
Region = Literal["head and neck", "arm", "chest", "abdomen", "back", "leg", "legs and lower body"]


class InProportion(Entry):
    """So much of a drug in so much solution; less solution holds less."""

    dose: AmountField
    volume: AmountField


class Choice(Entry):
    """One drug for the block, injected once. Volume is per side: the upper end is used, down to the lower if it must.

    Choices stand in order of preference. Of the same drug a weaker solution further down is used where the
    maximum leaves too little for the stronger one.
    """

    drug: str
    when: ConditionField | None = Field(None, description="who it is for; not used where this is false")
    because: str | None = Field(None, description="why these patients get this solution or volume, in print")
    concentration: AmountField | None = None
    volume: SpanField | None = None
    dose: AmountField | None = Field(None, description="fixed dose where volume does not describe it")
    epinephrine: bool = False
    epinephrine_in: InProportion | None = Field(None, description="how much epinephrine is in how much solution")
    mixture: str | None = Field(None, description="more on the solution, in print: with epinephrine 5 mcg per mL")
    on_request: bool = Field(False, description="used only where a protocol names the drug")
    maximum: AmountField | None = Field(None, description="a maximum of its own for this use")
    maximum_per_kg: AmountField | None = Field(None, description="a lower maximum by dosing weight for this use")
    lasts: SpanField | None = None
    onset: str | None = None
    source: Citations


class Infusion(Entry):
    """What runs through a catheter. Rate and bolus are per catheter; the upper end is used, down to the lower."""

    drug: str
    concentration: AmountField
    rate: SpanField = Field(description="mL in an hour: 5 to 8 mL")
    bolus: SpanField | None = Field(None, description="on demand: 3 to 5 mL")
    lockout: WaitField | None = Field(None, description="least time between two such doses; the longer one is used")
    for_: WaitField = Field(alias="for")
    note: str | None = Field(None, description="what belongs to the order, as when to start")
    source: Citations

    @model_validator(mode="after")
    def _bolus_with_lockout(self) -> Self:
        if (self.bolus is None) != (self.lockout is None):
            raise ValueError("a bolus and its lockout stand together")
        return self


class Weakest(Rule):
    """When true or unknown only the weakest solution of each drug is used, and no epinephrine."""


class Block(Rules):
    """`choices` are injected once, `infusions` run through a catheter; a protocol asks for `block/catheter`."""

    block: str
    title: str
    depth: Depth
    technique: Technique = Field(description="how it is done where a protocol asks for no catheter")
    region: Region
    covers: str
    used_for: Cited
    test_dose: Choice | None = Field(None, description="given first through a catheter near the spine; it counts")
    choices: list[Choice] = []
    infusions: list[Infusion] = []
    weakest: list[Weakest] = []
    motor_effect: Cited
    fall_risk: FallRisk
    limb_position: Cited | None = None
    before: list[Cited] = Field([], description="what to assess before")
    after: list[Cited] = Field([], description="what to watch after")
    adjuvants: list[Cited] = Field([], description="what may be added, and what may not")
    side_effects: list[Cited] = []
    tell_patient: list[ToPatient] = []
    notes: list[Cited] = []
    source: Citations

    @model_validator(mode="after")
    def _something_to_give(self) -> Self:
        if not (self.choices or self.infusions):
            raise ValueError("a block has choices, infusions or both")
        if self.technique in ("catheter", "epidural") and not self.infusions:
            raise ValueError(f"a block whose technique is {self.technique} has infusions")
        return self


class DepthRules(Rules):
    """Rules, and checks before and after, that hold for every block of some depth."""

    depths: list[Depth]
    weakest: list[Weakest] = []
    before: list[Cited] = []
    after: list[Cited] = []
    adjuvants: list[Cited] = []


class Aftercare(Entry):
    """What protects a patient from the effects of a block: by risk of falling, and by numb part of the body.

    Sentences speak to the patient where they are for the patient, and to the staff where they are for the staff.
    """

    staff: dict[FallRisk, list[Cited]]
    patient: dict[Region, list[ToPatient]]
    every_patient: list[ToPatient] = Field(description="what everybody with a block is told")
