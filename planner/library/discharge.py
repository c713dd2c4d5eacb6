"""What decides about the opioid to take home: its quantity, its taper, and naloxone with it."""

from pydantic import Field

from planner.library.entry import Citations, Cited, ConditionField, Entry, OtherView
from planner.library.quantities import AmountField


class Tablet(Entry):
    drug: str
    strength: AmountField


class SameCount(Entry):
    """Drugs of which as many tablets of the same strength count, whatever their MME."""

    drugs: list[str]
    source: Citations


class Last24hRule(Entry):
    """The MME to take home as a multiple of those used in the last 24 hours."""

    times: float = Field(gt=0)
    source: Citations
    other_view: OtherView


class Start(Cited):
    """The most on the first day."""

    mme_per_day: float = Field(gt=0)


class ShortStay(Entry):
    """A stay up to so many hours has no valid last day; then a share of the published range, from a low start."""

    hours: float
    share: AmountField
    start: Start
    source: Citations


class EarlyDischarge(Entry):
    """The most tablets for whoever goes home up to so many days after surgery."""

    up_to_day: int
    at_most: int
    source: Citations
    other_view: OtherView


class HeldSteps(Entry):
    """How long each step of a taper is held, at most."""

    hold_days: int = Field(ge=1)
    text: str
    source: Citations


class TaperRule(HeldSteps):
    """From `share_from` doses on, a step is a share of the first day instead of one dose."""

    share: AmountField
    share_from: int


class ManyDoses(Entry):
    """From so many doses in the last day on, somebody asks whether the patient can leave."""

    doses: int
    text: str
    source: Citations


class Instruction(Cited):
    when: ConditionField | None = Field(None, description="for whom; not known: it is said")


class DischargeRules(Entry):
    """`protocols/opioids/discharge.yaml`."""

    tablet: Tablet
    same_count: SameCount
    last_24h: Last24hRule
    not_used: Cited
    not_computed: Cited
    short_stay: ShortStay
    early: EarlyDischarge
    taper: TaperRule
    taper_with_home_opioid: HeldSteps
    counted_apart: list[str] = Field(description="drugs and classes at home whose dose has no MME here")
    range_not_used: Cited
    ready_to_leave: ManyDoses
    instructions: list[Instruction]


class Trigger(Entry):
    """One reason for naloxone."""

    when: ConditionField
    because: str
    source: Citations


class Supply(Cited):
    """The medicine at home that makes a new prescription needless."""

    drug: str


class NaloxoneRules(Entry):
    """`protocols/opioids/naloxone.yaml`."""

    offer: Cited
    product: Cited
    use: Cited
    talk: Cited
    supply: Supply
    triggers: list[Trigger]
