"""The ways in which a block can be done for one patient, with what each uses of the limits."""

from dataclasses import dataclass, field
from fractions import Fraction

from planner.clinical.assess import Applied
from planner.clinical.regional.budget import Option, Part, exact, least_of
from planner.library.block import Choice, Infusion
from planner.library.quantities import Amount
from planner.plan.regional import Block

_MG_PER_ML_PER_PERCENT = 10
ALL_TOGETHER = "local-anesthetic-maximum"
"""What a missing fact is needed for when it changes a maximum."""
# What fractions are kept of, in the order of every cost.
AT_ONCE, IN_A_DAY, AN_HOUR = range(3)


@dataclass(frozen=True)
class Limit:
    """The most of a drug in mg, how it was worked out, and what lowered it."""

    mg: int
    text: str
    lowered_by: tuple[Applied, ...] = ()


@dataclass(frozen=True)
class Injected:
    """One injection that can be made: a row of the block file, with what its drug allows."""

    choice: Choice
    part: Part
    limit: Limit | None
    sides: int
    is_test: bool = False


@dataclass(frozen=True)
class Running:
    """One infusion that can run. `bolus` is mL for each demand, 0 for none."""

    infusion: Infusion
    part: Part
    limit: Limit
    per_day: Limit
    per_hour: Limit
    sides: int
    bolus: float


@dataclass(frozen=True)
class Way:
    """One way to do a block, in the order of its parts."""

    given: tuple[Injected | Running, ...] = field(default=())

    @property
    def option(self) -> Option:
        return tuple(part.part for part in self.given)

    @property
    def least(self) -> Fraction:
        """The share of the maximum that it takes at its least."""
        return least_of(self.option)[AT_ONCE]


@dataclass
class Budgeted:
    """A block of the plan with the ways in which it can be done, the preferred one first."""

    block: Block
    ways: list[Way]


def mg_per_ml(concentration: Amount) -> Fraction:
    """mg in one mL of a solution given in percent."""
    return exact(concentration.value) * _MG_PER_ML_PER_PERCENT
