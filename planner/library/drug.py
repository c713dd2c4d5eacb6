"""Drug and class files: what is true of a drug whatever the operation."""

from typing import Literal

from pydantic import Field

from planner.library.entry import Citations, Cited, ConditionField, Entry, OtherView, Rules, Texts
from planner.library.patient import DrugWords
from planner.library.quantities import AmountField, HoursField, SpanField

Route = Literal[
    "oral",
    "iv",
    "im",
    "subcutaneous",
    "topical",
    "transdermal",
    "rectal",
    "intranasal",
    "sublingual",
    "intrathecal",
    "epidural",
    "perineural",
    "infiltration",
]
Kind = Literal[
    "non_opioid",
    "opioid",
    "local_anesthetic",
    "adjuvant",
    "antiemetic",
    "bowel",
    "gastroprotection",
    "antidote",
    "fluid_nutrition",
    "thromboprophylaxis",
]
Weight = Literal["actual", "ideal", "adjusted", "lean", "lower of actual and ideal"]


class Product(Entry):
    """What can be given. Solid forms have strengths; liquids and injections a smallest step."""

    form: str
    route: Route
    strengths: list[AmountField] = []
    halves: bool = Field(False, description="tablets may be halved")
    step: AmountField | None = Field(None, description="smallest amount that is measured out")
    holds: dict[str, AmountField] = Field(
        {}, description="other ingredients in one piece; such a product is taken at home and never ordered"
    )
    because: str | None = Field(None, description="said where a dose is made smaller to fit these strengths")
    source: Citations


class Regimen(Entry):
    """One way to give the drug: a dose (or a rate), a route, an interval and limits."""

    route: Route
    dose: AmountField | None = None
    rate: AmountField | None = None
    weight: Weight = "actual"
    dose_at_most: AmountField | None = Field(None, description="cap of a weight-based dose or rate")
    every: HoursField | None = Field(None, description="not given: once")
    as_needed: bool = False
    indication: str | None = None
    over: str | None = None
    at_most: AmountField | None = Field(None, description="in 24 hours")
    for_: HoursField | None = Field(None, alias="for")
    until_opioid_ends: bool = Field(False, description="at home: not before the last day of the opioid")
    timing: str | None = None
    hours_before_surgery: float | None = Field(None, description="for the clock time it is due")
    phase: Literal["before_admission", "preop", "intraop", "pacu", "ward", "discharge"] | None = Field(
        None, description="where the order stands, when that is not where a protocol asks for it"
    )
    instructions: list[Cited] = []
    source: Citations
    other_view: OtherView | None = None


class Ceiling(Entry):
    """The most a healthy adult may have, over all products; bands lower it."""

    route: Route | Literal["any"] = "any"
    per_dose: AmountField | None = None
    per_24h: AmountField | None = None
    first_24h: AmountField | None = None
    rate: AmountField | None = None
    course: HoursField | None = None
    source: Citations
    other_view: OtherView | None = None


class Maximum(Entry):
    """The most local anesthetic in one procedure."""

    per_kg: AmountField
    at_most: AmountField
    weight: Weight = "lower of actual and ideal"
    source: Citations
    other_view: OtherView | None = None


class Course(Entry):
    """When it starts to work and how long that lasts, as text for print and hours for drawing."""

    route: Route
    onset: str
    lasts: SpanField
    source: Citations


class Drug(Rules):
    drug: str
    kind: Kind
    brands: list[str] = []
    also: list[str] = []
    classes: list[str] = []
    rxnorm: str | None = None
    products: list[Product] = []
    regimens: dict[str, Regimen] = {}
    ceilings: list[Ceiling] = []
    maximum: Maximum | None = None
    maximum_with_epinephrine: Maximum | None = None
    course: list[Course] = []
    notes: list[Cited] = []
    patient: DrugWords | None = Field(None, description="what a handout says about it")
    not_started_new: Cited | None = Field(None, description="continued in users, never started by a plan")


class OneAtATime(Cited):
    """A plan holds one member of the class only.

    `home` says which of two gives way: the home medicine is `held` while the plan gives
    its own, or it is `continued` and the plan gives none.
    """

    home: Literal["held", "continued"] = "held"


class DrugClass(Rules):
    """Rules that hold for every member of a class; contraindications stand here once."""

    drug_class: str = Field(alias="class")
    one_at_a_time: OneAtATime | None = None
    except_: Texts = Field([], alias="except", description="members it does not hold for")


class LastDose(Entry):
    """How long before surgery the last dose of one form of a home medicine must be.

    A form is known by its route, a word of the chart, the interval or the size of a dose; the last
    entry of a list stands for every other way to take it.
    """

    form: str
    routes: Texts = []
    words: Texts = []
    every_from: HoursField | None = Field(None, description="doses at least this far apart are of this form")
    dose_up_to: AmountField | None = None
    too_late_under: HoursField = Field(description="closer to surgery than this: stop")
    enough_from: HoursField = Field(description="from here on long enough by the cautious source as well")
    source: Citations


class HomeRule(Entry):
    """What happens to a home medicine of a class or name around surgery; the first that fits holds."""

    match: str = Field(description="class or drug name")
    when: ConditionField | None = Field(None, description="holds only where this is true")
    action: Literal["continue", "hold", "stop", "ask"]
    last_dose: list[LastDose] = Field([], description="before surgery, form by form")
    text: str
    source: Citations
    severity: Literal["stop", "caution", "info"] = "info"


class HomeRules(Entry):
    home_medicines: list[HomeRule]
