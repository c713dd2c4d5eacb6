"""What an independent look at a finished plan found."""

from typing import Literal

from pydantic import Field

from planner.plan.parts import PlanPart

FindingKind = Literal[
    "dose",
    "daily-total",
    "interval",
    "course",
    "rate",
    "local-anesthetic",
    "two-of-a-class",
    "duplicate",
    "sedatives",
    "allergy",
    "contraindication",
    "not-confirmed",
    "needle-time",
    "opioid-baseline",
    "morphine-equivalent",
    "taper",
    "naloxone",
    "gap",
    "date",
    "incomplete",
    "no-reason",
    "status",
    "printed-text",
    "unchecked",
]


class Finding(PlanPart):
    """One thing that is wrong with a plan.

    A hard finding stops the plan. Any other is told, and a person decides.
    """

    kind: FindingKind
    hard: bool = True
    about: str = Field(description="id of the order, block or other part")
    text: str = Field(description="what is wrong, with the numbers it rests on")
    sources: list[str] = Field(default_factory=list, description="as the library cites them")


class PhaseMorphine(PlanPart):
    """The most opioid the plan allows in 24 hours of one phase, home opioids that go on included."""

    phase: Literal["pacu", "ward", "home"]
    mme: float = Field(description="MME of what can be put on the scale")
    uncounted: list[str] = Field(default_factory=list, description="opioids that cannot, which is not zero")


class Audit(PlanPart):
    findings: list[Finding] = Field(default_factory=list, description="hard ones first")
    opioids: list[PhaseMorphine] = Field(default_factory=list)

    @property
    def stops(self) -> bool:
        """Whether a hard finding stands."""
        return any(finding.hard for finding in self.findings)
