"""Opioids of one patient: what is taken at home, what goes home after surgery, and the antidote.

Morphine milligram equivalents (MME) are a measure of risk. They are never a way to choose the
dose of another opioid.
"""

from typing import Literal

from pydantic import Field

from planner.plan.parts import PlanPart, Statement, Verdict


class MorphineEquivalent(PlanPart):
    """One medicine on the scale of morphine, with its working."""

    text: str = Field(description="the medicine as the chart writes it")
    drug: str | None = None
    mme_per_day: float | None = Field(None, description="None: cannot be computed, which is never zero")
    working: str = Field("", description="the arithmetic: '30 mg x 2 in 24 hours x 1.5 = 90 MME'")
    because: str = Field("", description="why it cannot be computed")
    sources: list[str] = Field(default_factory=list)


class MorphineCount(PlanPart):
    """Medicines added up on the scale of morphine."""

    edition: str = Field(description="the table of conversion factors: 'cdc-2022'")
    edition_title: str = Field("", description="as it is printed, and whether it is not for care")
    mme_per_day: float | None = Field(None, description="None as long as one medicine cannot be computed")
    known_mme: float = Field(0, description="MME a day of the medicines that can be computed")
    medicines: list[MorphineEquivalent]
    notes: list[Statement] = Field(default_factory=list, description="thresholds reached, and what the number is for")


class HomeOpioids(MorphineCount):
    """The opioids taken at home, all together. None in the plan where no opioid is taken or none is known of."""

    tolerant: bool | None = Field(None, description="by the label's definition, drug by drug; None: not known")
    tolerance: list[Statement] = Field(default_factory=list, description="how that was decided")


class TaperDay(PlanPart):
    day: int = Field(description="1 is the day of going home")
    date: str | None = None
    tablets: float = Field(description="the most on this day, in tablets; halves are stated")
    mme: float
    text: str


class DischargeOpioid(PlanPart):
    """An opioid to take home: a prescription that its taper uses up exactly, and that ends at zero.

    For a patient with an opioid at home it is what comes on top; `returns_to` names the home dose.
    """

    drug: str
    strength_mg: float
    tablets: float
    tablets_per_dose: float = Field(1, description="tablets of one dose; 0.5 is half a tablet")
    interval_h: float | None = Field(None, description="least hours between two doses")
    mme_total: float
    days: list[TaperDay]
    returns_to: str | None = None
    bounds: list[Statement] = Field(default_factory=list, description="every limit looked at, the binding one first")
    working: list[str] = Field(default_factory=list, description="the arithmetic from what was used to the number")
    instructions: list[Statement] = Field(default_factory=list)
    verdict: Verdict = Field("give", description="confirm: as the order of the ward it follows")
    follows: str | None = Field(None, description="id of the order of the ward that has its dose")
    text: str
    sources: list[str] = Field(default_factory=list)


class Naloxone(PlanPart):
    verdict: Literal["give", "not_needed", "confirm"]
    because: str
    product: str | None = Field(None, description="what to prescribe")
    use: str | None = Field(None, description="how it is given")
    sources: list[str] = Field(default_factory=list)
