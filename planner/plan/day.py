"""One day of an operating list: of each case what the block team and the pharmacy need, and no whole plan.

Unknown is None here too. A line is a few kilobytes, so that a long list fits in memory.
"""

from typing import Literal

from pydantic import Field

from planner.plan.parts import PlanPart, Quantity, Verdict
from planner.plan.regional import Infusion

DayStatus = Literal["ready", "confirm", "stop", "no_protocol", "invalid", "failed"]
Technique = Literal["single-shot", "catheter", "spinal", "epidural", "infiltration"]


class DayAlert(PlanPart):
    severity: Literal["stop", "caution"]
    text: str


class DayBlock(PlanPart):
    title: str
    technique: Technique
    sides: list[Literal["left", "right", "midline"]] = Field(default_factory=list, description="empty: not known")
    drug: str
    concentration_percent: float | None = None
    mixture: str | None = Field(None, description="what else is in the solution, with its strength")
    volume_ml: float | None = Field(None, description="in all, both sides together")
    dose_mg: float | None = None
    test_dose: str | None = Field(None, description="given first through a catheter near the spine")
    infusion: Infusion | None = None
    verdict: Verdict
    earliest_at: str | None = Field(None, description="ISO; the needle not before this, for home antithrombotics")
    given: str = Field("", description="test dose, injection and infusion in words")


class DayAntithrombotic(PlanPart):
    drug: str
    verdict: Literal["passed", "too_early", "unknown", "avoid"]
    last_dose_at: str | None = Field(None, description="ISO date-time, or a date where the hour is not known")
    planned: bool = Field(False, description="the last dose lies after the time of the plan")
    earliest_at: str | None = Field(None, description="ISO; for a spinal, epidural or deep block")
    interval: bool = Field(True, description="False: no time has to pass after a dose")


class DayOpioids(PlanPart):
    """Opioids taken at home."""

    tolerant: bool | None = Field(description="None: not known")
    mme_per_day: float | None = Field(description="None: not known, which is never zero")
    at_least_mme: float | None = Field(None, description="where only part can be computed: that part")


class DayQuestion(PlanPart):
    """One thing to find out or agree before a line is given."""

    of: str = Field(description="who can answer: 'patient or family', 'surgeon', 'laboratory', ...")
    text: str
    factor: str | None = Field(None, description="the missing fact, as Missing.factor; None: somebody must agree")
    for_block: bool = Field(False, description="a block waits for the answer")


class DayDrug(PlanPart):
    """What one order asks the pharmacy for: pre-op, in the room, in recovery, and 24 hours of the ward.

    `form` is what is counted: a tablet, a capsule, else a dose or an infusion; `strength` is that of one.
    """

    drug: str
    form: str
    strength: Quantity | None = Field(None, description="None: the order names none")
    route: str | None = None
    count: float | None = Field(description="how many, of an as-needed order at most; None: it cannot be counted")
    as_needed: bool = False
    from_home: bool = Field(False, description="goes on as at home, perhaps with the patient's own supply")
    verdict: Verdict


class DayLine(PlanPart):
    """Everything a day's list shows of one plan."""

    alerts: list[DayAlert] = Field(default_factory=list, description="stop before caution")
    blocks: list[DayBlock] = Field(default_factory=list)
    antithrombotics: list[DayAntithrombotic] | None = Field(description="None: medicines at home not known")
    unrecognized: int = Field(0, description="medicines at home that were not recognized: each may be a blood thinner")
    opioids: DayOpioids
    allergies: list[str] | None = Field(description="as the chart writes them; None: not known, empty: none known")
    questions: list[DayQuestion] = Field(default_factory=list)
    drugs: list[DayDrug] = Field(default_factory=list)
    typed: list[str] = Field(default_factory=list, description="the chart's words in this line that are unsafe")


class DayCase(PlanPart):
    """One row of the operating list; names, operation and side are as the list writes them."""

    row: int = Field(description="row of the schedule file")
    case_number: str | None = None
    room: str | None = None
    start: str | None = Field(None, description="ISO date-time, or a date where the hour is not known")
    name: str | None = None
    mrn: str | None = None
    age: int | None = None
    sex: str | None = None
    weight_kg: float | None = None
    surgeon: str | None = None
    procedure: str | None = Field(None, description="as the list writes it")
    protocol: str | None = Field(None, description="title of the protocol it was understood as")
    side: str | None = None
    other_procedures: list[str] = Field(default_factory=list)
    status: DayStatus
    messages: list[str] = Field(default_factory=list, description="why there is no plan, or what to know about the row")
    line: DayLine | None = Field(None, description="None: no plan was made")
