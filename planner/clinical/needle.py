"""What one home antithrombotic means for a needle near the spine."""

from dataclasses import dataclass

from planner.plan.models import AntithromboticTime, Confirmation


@dataclass(frozen=True)
class Needle:
    """A row of the card, and what else follows for a block."""

    row: AntithromboticTime
    counts: bool
    missing: tuple[str, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    citations: tuple[str, ...] = ()
    contradiction: str = ""
