"""What one home antithrombotic means for a needle near the spine."""

from dataclasses import dataclass

from planner.plan.parts import Confirmation, Statement
from planner.plan.regional import AntithromboticTime


@dataclass(frozen=True)
class Needle:
    """A row of the card, and what else follows for a block.

    `counts`: as one of two antithrombotics. `stricter`: other editions that would not allow the needle.
    `contradiction`: the sentence that says which two times cannot both be right.
    """

    row: AntithromboticTime
    counts: bool
    missing: tuple[str, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    stricter: tuple[Statement, ...] = ()
    citations: tuple[str, ...] = ()
    contradiction: str = ""
    avoids_catheter: bool = False
