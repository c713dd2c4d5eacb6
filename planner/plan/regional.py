"""Regional anesthesia in the plan: blocks, local anesthetic together, needle times, cards, cover over time."""

from typing import Literal

from pydantic import Field

from planner.plan.parts import Adjustment, Confirmation, Phase, PlanPart, Statement, Verdict

FallRisk = Literal["high", "moderate", "low"]


WITH_CATHETER = ("catheter", "epidural")
"""Techniques that leave a catheter."""


class Infusion(PlanPart):
    """What runs through a catheter; rates and boluses are for each catheter, mg for all catheters of the block."""

    drug: str
    concentration_percent: float
    lowest_ml_per_hour: float
    ml_per_hour: float = Field(description="the most that may run; the least useful rate is lowest_ml_per_hour")
    bolus_ml: float | None = None
    lockout_minutes: float | None = None
    mg_per_hour: float = Field(description="at the highest rate, with every bolus that the lockout allows")
    mg_in_24h: float
    hours: tuple[float, float] = Field(description="how long it runs, from and to")
    text: str


class Block(PlanPart):
    id: str
    phase: Phase
    title: str
    technique: Literal["single-shot", "catheter", "spinal", "epidural", "infiltration"]
    depth: Literal["neuraxial", "deep", "intermediate", "superficial", "infiltration"]
    drug: str
    concentration_percent: float | None = None
    with_epinephrine: bool = False
    mixture: str | None = Field(None, description="what else is in the solution, with its strength")
    volume_ml: float | None = Field(None, description="in all, both sides together")
    dose_mg: float | None = None
    sides: list[Literal["left", "right", "midline"]] = Field(default_factory=list)
    expected_h: tuple[float, float] | None = Field(None, description="useful analgesia, hours, from and to")
    onset: str | None = None
    test_dose: str | None = Field(None, description="given first through a catheter near the spine")
    infusion: Infusion | None = None
    motor_effect: str | None = None
    fall_risk: FallRisk
    region: str = Field(description="the part of the body that is numb")
    verdict: Verdict
    earliest_at: str | None = Field(None, description="ISO; the needle not before this, for home antithrombotics")
    text: str
    before: list[Statement] = Field(default_factory=list, description="what to assess before")
    after: list[Statement] = Field(default_factory=list, description="what to watch, and when to act")
    limb_position: Statement | None = None
    adjuvants: list[Statement] = Field(default_factory=list)
    side_effects: list[Statement] = Field(default_factory=list)
    tell_patient: list[Statement] = Field(default_factory=list)
    instructions: list[Statement] = Field(default_factory=list)
    reasons: list[Statement] = Field(default_factory=list)
    cautions: list[Statement] = Field(default_factory=list)
    adjustments: list[Adjustment] = Field(default_factory=list)
    confirmations: list[Confirmation] = Field(default_factory=list)
    alternatives: list[str] = Field(default_factory=list, description="block ids to fall back on, in order")
    sources: list[str] = Field(default_factory=list)


class LocalAnestheticPart(PlanPart):
    """One injection or infusion. An infusion counts with its first hour at once, and with 24 hours in the day."""

    block: str = Field(description="id of the block or order")
    how: Literal["single", "infusion"] = "single"
    drug: str
    dose_mg: float = Field(description="all sides; of an infusion its first hour")
    maximum_mg: float
    fraction: float = Field(description="dose_mg / maximum_mg, rounded up at four decimals")
    dose_24h_mg: float
    maximum_24h_mg: float | None = Field(None, description="None: no source gives one")
    fraction_24h: float | None = None


class Maximum(PlanPart):
    """The arithmetic of one drug's maximum, so that a reader can do it again."""

    drug: str
    maximum_mg: float
    text: str
    sources: list[str] = Field(default_factory=list)


class LocalAnesthetic(PlanPart):
    """All local anesthetic together; fractions of each drug's own maximum add up."""

    fraction_of_maximum: float = Field(description="at once: every injection, and the first hour of every infusion")
    fraction_of_24h: float | None = Field(None, description="the same in 24 hours, where an infusion runs")
    fraction_left: float
    weight_kg: float | None
    weight_basis: str
    components: list[LocalAnestheticPart]
    maxima: list[Maximum] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)


class AntithromboticTime(PlanPart):
    """One antithrombotic taken at home: when a needle near the spine, or another deep one, may come."""

    drug: str
    text: str = Field(description="as the chart writes it")
    dose_class: str | None = None
    dose_text: str = Field("", description="the dose class in words")
    edition: str
    verdict: Literal["passed", "too_early", "unknown", "avoid"]
    last_dose_at: str | None = Field(None, description="ISO date-time, or a date where the hour is not known")
    counted_from: str | None = Field(None, description="the moment that counts: of a day without an hour its end")
    planned: bool = Field(False, description="the last dose lies after the time of the plan")
    interval: str | None = Field(None, description="in words; of a range the longer end is used")
    interval_h: float | None = None
    hours_elapsed: float | None = Field(None, description="from the last dose to the planned start of surgery")
    earliest_at: str | None = None
    because: str = Field(description="what follows for a spinal, epidural or deep block")
    checks: list[str] = Field(default_factory=list)
    stands_in: str | None = Field(None, description="a laboratory value that may stand in for the interval")
    catheter: str | None = None
    catheter_out: str | None = Field(None, description="from the last dose to removal")
    next_after_needle: str | None = None
    next_after_needle_at: str | None = Field(None, description="ISO, for a needle at the start of surgery")
    next_after_catheter: str | None = None
    other_editions: list[Statement] = Field(default_factory=list)
    disagreements: list[Statement] = Field(default_factory=list, description="where sources differ, in words")
    notes: list[str] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)


class BlockAdvice(PlanPart):
    """What protects the patient from the effects of a block."""

    audience: Literal["staff", "patient"]
    about: str = Field(description="a risk of falling, or the part of the body that is numb")
    blocks: list[str]
    advice: list[Statement]


class TimeOutLine(PlanPart):
    """One line of the list before the needle, with this patient's fact."""

    text: str
    fact: str = ""
    known: bool = True
    sources: list[str] = Field(default_factory=list)


class LipidDoses(PlanPart):
    """Lipid emulsion 20 percent for this patient, rounded down; text alone where the weight is not known."""

    bolus_ml: float | None = None
    infusion_ml: float | None = Field(None, description="in all, above the weight that separates the two ways")
    infusion_ml_per_minute: float | None = None
    at_most_ml: float | None = None
    bolus: str
    infusion: str
    repeat: Statement
    at_most: str
    goes_on: Statement
    basis: str
    sources: list[str] = Field(default_factory=list)


class ToxicityCard(PlanPart):
    title: str
    signs: list[Statement]
    steps: list[Statement]
    lipid: LipidDoses
    epinephrine: Statement
    avoid: list[Statement]
    after: list[Statement]


class TimelineSpan(PlanPart):
    """One bar, or one moment where start and end are the same."""

    lane: str = Field(description="id of a block or order, or phases, night, gaps")
    kind: Literal["phase", "night", "block", "infusion", "dose", "gap"]
    label: str
    start: str
    sure_until: str | None = Field(None, description="the earliest expected end; from there to `end` it may last")
    end: str


class WearOff(PlanPart):
    """When a block is expected to end, and what is due before."""

    block: str
    from_at: str
    to_at: str
    at_night: bool
    oral_by: str | None = Field(None, description="ISO; None: on arrival on the ward or at home")
    text: str
    sources: list[str] = Field(default_factory=list)
