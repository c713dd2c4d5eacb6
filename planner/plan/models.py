"""The plan: a public interface. Documents and other programs are views of it.

Unknown is None. Drug names are lowercase US generic names. Every `sources` list holds
keys of `Plan.sources`, where each key says how its fact was checked.
"""

from typing import Any, Literal

from pydantic import Field

from planner.plan.audit import Audit
from planner.plan.handout import Handout, SiteFacts
from planner.plan.opioids import DischargeOpioid, HomeOpioids, Naloxone
from planner.plan.parts import Adjustment, Confirmation, Phase, Pieces, PlanPart, Quantity, Statement, Verdict
from planner.plan.regional import (
    AntithromboticTime,
    Block,
    BlockAdvice,
    LocalAnesthetic,
    TimelineSpan,
    TimeOutLine,
    ToxicityCard,
    WearOff,
)

Kind = Literal[
    "non_opioid",
    "opioid",
    "local_anesthetic",
    "adjuvant",
    "antiemetic",
    "bowel",
    "gastroprotection",
    "antidote",
    "home_medication",
    "fluid_nutrition",
    "thromboprophylaxis",
]
HomeAction = Literal["continue", "hold", "stop", "ask"]
Status = Literal["ready", "confirm", "stop"]
Checked = Literal["read", "second-hand", "unverified"]


class Order(PlanPart):
    id: str
    phase: Phase
    kind: Kind
    drug: str
    regimen: str | None = Field(None, description="the way of giving it that the drug's file names; None: as at home")
    route: str | None = None
    dose: Quantity | None = None
    rate: Quantity | None = Field(None, description="for an infusion, instead of a dose")
    dose_form: str | None = Field(None, description="how the dose is made up: '2 tablets of 500 mg'")
    pieces: Pieces | None = Field(None, description="the same as data")
    basis: str | None = Field(None, description="the arithmetic of a weight-based dose")
    over: str | None = Field(None, description="how long one dose runs: '15 minutes'")
    interval_h: float | None = Field(None, description="None: once")
    as_needed: bool = False
    indication: str | None = Field(None, description="on every as-needed order")
    max_24h: Quantity | None = None
    duration_days: float | None = None
    last_day: str | None = Field(None, description="ISO date of the last day at home, counted from going home as day 1")
    timing: str | None = Field(None, description="'1 hour before surgery', 'at bedtime'")
    start: str | None = Field(None, description="ISO date-time, None where not known")
    verdict: Verdict
    text: str
    purpose: str | None = None
    instructions: list[Statement] = Field(default_factory=list)
    reasons: list[Statement] = Field(default_factory=list)
    cautions: list[Statement] = Field(default_factory=list)
    adjustments: list[Adjustment] = Field(default_factory=list)
    confirmations: list[Confirmation] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)


class Care(PlanPart):
    """Something to do that is not a drug or a block: fasting, education, cold, a reminder."""

    id: str
    phase: Phase
    topic: str
    text: str
    who: str | None = None
    start: str | None = None
    verdict: Verdict = "give"
    reasons: list[Statement] = Field(default_factory=list)
    confirmations: list[Confirmation] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)


class Omitted(PlanPart):
    id: str
    drug: str | None = None
    block: str | None = None
    phase: Phase | None = None
    title: str
    because: str
    facts: list[str] = Field(default_factory=list, description="the patient facts it rests on, as 'eGFR 24'")
    origin: Literal["patient", "protocol", "choice", "site"] = Field(
        description="this patient's facts; the protocol advises against it for everyone; another was chosen; "
        "the hospital does not stock it"
    )
    sources: list[str] = Field(default_factory=list)


class Alert(PlanPart):
    severity: Literal["stop", "caution", "info"]
    about: str
    text: str
    sources: list[str] = Field(default_factory=list)


class HomeIngredient(PlanPart):
    drug: str
    dose_mg: float | None = Field(None, description="of one dose; None: not known")


class HomeMedicine(PlanPart):
    """A medicine taken at home, as the chart writes it and as it was understood."""

    text: str
    drug: str | None = Field(None, description="generic or combination name; None where it was not recognized")
    ingredients: list[HomeIngredient] = Field(default_factory=list)
    times_per_day: float | None = Field(None, description="as needed: at its most; None: not known")
    as_needed: bool = False
    route: str | None = None
    classes: list[str] = Field(default_factory=list)
    last_taken_at: str | None = Field(None, description="ISO date or date-time of the last dose")
    unread: list[str] = Field(default_factory=list, description="parts of the text that were not understood")
    action: HomeAction | None = Field(None, description="what the plan does with it; None where a person decides")


class KnownAllergy(PlanPart):
    """An entry of the allergy list, as the chart writes it and as it was understood."""

    text: str
    covers: list[str] = Field(default_factory=list, description="ingredients and classes; none: no drug, as latex")
    sort: Literal["allergy", "unclear", "intolerance"]
    recognized: bool = Field(description="False: it may cover drugs that were not understood")


class Missing(PlanPart):
    factor: str = Field(description="a case field, or a condition term as 'conditions.sleep_apnea'")
    text: str = Field(description="the question to ask")
    needed_for: list[str] = Field(default_factory=list, description="ids of orders, blocks and care that wait for it")


class Milestone(PlanPart):
    id: str
    phase: Phase
    from_day: int
    to_day: int
    date: str | None = Field(None, description="ISO date of from_day; None without a surgery date")
    to_date: str | None = None
    text: str
    who: str | None = None
    sources: list[str] = Field(default_factory=list)


class WarningSigns(PlanPart):
    call: list[Statement] = Field(default_factory=list)
    emergency: list[Statement] = Field(default_factory=list)


class Source(PlanPart):
    title: str
    year: int | None = None
    doi: str | None = None
    url: str | None = None
    checked: Checked


class ProtocolIdentity(PlanPart):
    id: str
    title: str
    version: str
    reviewed: str
    approval: str


class Provenance(PlanPart):
    planner: str
    library: str = Field(description="digest of every file of the protocol library")
    site: str | None = Field(None, description="digest of what the hospital's own file decides; None without one")
    generated_at: str


class Plan(PlanPart):
    status: Status
    case: dict[str, Any]
    factors: dict[str, Any] = Field(description="name to value; null where unknown")
    protocol: ProtocolIdentity
    home_medicines: list[HomeMedicine] | None = Field(None, description="None: not known")
    allergies: list[KnownAllergy] | None = Field(None, description="None: not known; empty: none")
    alerts: list[Alert] = Field(default_factory=list)
    missing: list[Missing] = Field(default_factory=list)
    orders: list[Order] = Field(default_factory=list)
    blocks: list[Block] = Field(default_factory=list)
    local_anesthetic: LocalAnesthetic | None = None
    antithrombotics: list[AntithromboticTime] = Field(default_factory=list)
    block_advice: list[BlockAdvice] = Field(default_factory=list)
    time_out: list[TimeOutLine] = Field(default_factory=list)
    toxicity_card: ToxicityCard | None = None
    care: list[Care] = Field(default_factory=list)
    omitted: list[Omitted] = Field(default_factory=list)
    home_opioids: HomeOpioids | None = Field(None, description="None: no opioid at home, or medicines not known")
    discharge_opioid: DischargeOpioid | None = Field(None, description="None: see the reason in `omitted`")
    naloxone: Naloxone | None = None
    course: list[Statement] = Field(default_factory=list)
    warning_signs: WarningSigns = Field(default_factory=WarningSigns)
    milestones: list[Milestone] = Field(default_factory=list)
    timeline: list[TimelineSpan] = Field(default_factory=list)
    wear_off: list[WearOff] = Field(default_factory=list)
    handout: Handout | None = None
    site: SiteFacts | None = Field(None, description="what the hospital's own file adds to the pages")
    audit: Audit | None = Field(None, description="the independent look at this plan; None: not looked at")
    sources: dict[str, Source] = Field(default_factory=dict)
    provenance: Provenance
