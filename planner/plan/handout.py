"""What a plan says to the patient: plain sentences in English, ready to be translated and printed."""

from typing import Literal

from pydantic import Field

from planner.plan.parts import PlanPart, SharedPart, Statement

Slot = Literal["morning", "noon", "afternoon", "evening", "bedtime"]


class PatientText(SharedPart):
    """A sentence to the patient. `{name}` in it stands for one of `values`.

    The text is the key of its translation, so values are never written into it: a number, an
    ISO date or a name is put in by the page, in the way of its language.
    """

    text: str
    values: dict[str, float | str] = Field(default_factory=dict)
    sources: list[str] = Field(default_factory=list)


class PatientAdvice(PlanPart):
    topic: str = Field(description="cold, sleep, driving and so on, as the library names them")
    lines: list[PatientText]


class PatientMedicine(PlanPart):
    """A medicine to take at home, in the patient's words; its dose stands in the order."""

    order: str = Field(description="id of the order")
    purpose: PatientText | None = None
    slots: list[Slot] = Field(default_factory=list, description="when in the day; empty: not on a schedule")
    notes: list[PatientText] = Field(default_factory=list)
    last_day: str | None = Field(None, description="ISO date of the last day; None where it has no end or no start")
    brands: list[str] = Field(default_factory=list, description="brand names it is sold under")


class OwnMedicine(PlanPart):
    """A medicine from before surgery, as the chart writes it without the time of its last dose."""

    text: str
    take: Literal["yes", "ask", "no"] = Field(description="goes on; a person decides; not until the team names the day")
    one_of_two_h: float | None = Field(
        None, description="an opioid as needed beside the new one: take one of the two, so many hours apart"
    )


class PatientMilestone(PlanPart):
    id: str
    from_day: int
    to_day: int
    date: str | None = None
    to_date: str | None = None
    text: PatientText


class DailyAmount(PlanPart):
    """What all medicines of the plan add up to of one ingredient in 24 hours, and this patient's limit."""

    drug: str
    planned_mg: float
    limit_mg: float
    sources: list[str] = Field(default_factory=list)


class Phone(PlanPart):
    service: str
    number: str
    hours: str | None = None


class SiteFacts(PlanPart):
    """What the hospital's own file adds to the pages. Nothing here is ever made up."""

    hospital: str | None = None
    languages: list[str] = Field(default_factory=list, description="codes of handouts offered here; empty: all")
    phones: list[Phone] = Field(default_factory=list)


class Handout(PlanPart):
    operation: PatientText = Field(description="the operation in plain words: 'knee replacement'")
    opioid: Literal["prescribed", "none", "undecided"] = Field(description="whether an opioid is new to take home")
    settle: list[Statement] = Field(default_factory=list, description="what a nurse settles first")
    signed: bool = Field(False, description="the opioid is taken only when somebody has signed for it")
    medicines: list[PatientMedicine] = Field(default_factory=list)
    own: list[OwnMedicine] | None = Field(None, description="None: not known")
    acetaminophen: DailyAmount | None = None
    advice: list[PatientAdvice] = Field(default_factory=list)
    milestones: list[PatientMilestone] = Field(default_factory=list)
    call: list[PatientText] = Field(default_factory=list)
    emergency: list[PatientText] = Field(default_factory=list)
    reviewed: dict[str, str] = Field(
        default_factory=dict, description="language code to who outside the program reviewed its text, and when"
    )
