"""Protocol and pathway files: what an operation's evidence asks for, phase by phase."""

from typing import Literal

from pydantic import Field, model_validator

from planner.library.entry import Citations, Cited, ConditionField, Entry, Texts
from planner.library.patient import Advice, PatientWords, Told

PhaseName = Literal["before_admission", "preop", "intraop", "pacu", "ward", "discharge"]
Topic = Literal[
    "education",
    "optimization",
    "prehabilitation",
    "fasting",
    "nutrition",
    "premedication",
    "antibiotic",
    "thromboprophylaxis",
    "anesthesia",
    "fluids",
    "temperature",
    "blood",
    "tubes",
    "monitoring",
    "mobilization",
    "diet",
    "bowel",
    "cold",
    "elevation",
    "positioning",
    "breathing",
    "sleep",
    "relaxation",
    "wound",
    "discharge",
    "glucose",
]


class Item(Entry):
    """What a protocol may ask for. Exactly one of give, block, care, one_of and some_of."""

    id: str | None = None
    give: str | None = Field(None, description="drug/regimen")
    block: str | None = Field(None, description="block, or block/catheter")
    drug: str | None = Field(None, description="the drug of the block, where not the first that suits")
    care: str | None = Field(None, description="a sentence that says what to do")
    one_of: list["Item"] | None = Field(None, description="the first that suits the patient")
    some_of: list["Item"] | None = Field(None, description="as many as `count` says, in order")
    count: list["Count"] | None = None
    topic: Topic | None = None
    who: str | None = None
    when: ConditionField | None = Field(None, description="the indication; not known: not started")
    otherwise: str | None = Field(None, description="the reason printed where `when` is false; nothing without it")
    purpose: str | None = None
    because: str | None = Field(None, description="why, in a few words, for the plan")
    sides: Literal["operated", "both", "midline"] | None = None
    hours_before_surgery: float | None = None
    replaces: Texts | None = Field(None, description="ids of inherited items this one stands for")
    for_: str | None = Field(None, alias="for", description="the indication printed on an as-needed order")
    evidence: Citations | None = None

    @model_validator(mode="after")
    def _one_form(self):
        forms = [form for form in ("give", "block", "care", "one_of", "some_of") if getattr(self, form)]
        if len(forms) != 1:
            raise ValueError("an item has exactly one of give, block, care, one_of and some_of")
        return self


class Count(Entry):
    when: ConditionField
    take: int


class LeaveOut(Entry):
    """An inherited item this operation does not want, with the reason."""

    id: str
    because: str
    source: Citations


class NotRecommended(Entry):
    id: str
    title: str
    because: str
    source: Citations
    drug: str | None = None
    block: str | None = None


class MilestoneEntry(Entry):
    id: str
    phase: Literal["preop", "pacu", "ward", "discharge", "home"] = "home"
    from_day: int
    to_day: int
    text: str
    who: str
    patient: PatientWords | None = Field(None, description="as the handout says it; without it, it is not there")
    source: Citations


class Signs(Entry):
    call: list[Told] = []
    emergency: list[Told] = []


class DischargeRange(Entry):
    """Published discharge quantity for opioid-naive adults."""

    drug: str
    strength: str
    at_least: int
    at_most: int
    source: Citations
    note: Cited | None = None


PAIN = ("mild", "mild to moderate", "moderate", "moderate to severe", "severe")


class Pain(Entry):
    """How much the operation hurts in the first days: of several in one session the most painful leads."""

    level: Literal[PAIN]
    source: Citations

    @property
    def rank(self) -> int:
        """From 0, the least pain."""
        return PAIN.index(self.level)


class Protocol(Entry):
    title: str
    extends: str | None = None
    also_known_as: list[str] = []
    cpt: list[str] = []
    approach_by_name: dict[str, str] = Field({}, description="other names that tell the approach")
    version: str
    reviewed: str
    approval: Literal["draft"] = Field("draft", description="a hospital approves in its own site file")
    laterality: bool = Field(False, description="the operation has a side")
    pathway: dict[PhaseName, list[Item]] = {}
    leave_out: list[LeaveOut] = []
    not_recommended: list[NotRecommended] = []
    course: list[Told] = []
    milestones: list[MilestoneEntry] = []
    warning_signs: Signs = Signs()
    in_plain_words: PatientWords | None = Field(None, description="the operation as a patient says it")
    at_home: list[Advice] = Field([], description="what the handout says about home, by id")
    discharge_opioid: DischargeRange | None = None
    pain: Pain | None = None
