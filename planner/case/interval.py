"""A number known only between two bounds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """A number that lies from `low` to `high`, both included, in the unit of its factor."""

    low: float
    high: float

    def __post_init__(self):
        if not self.low <= self.high:
            raise ValueError(f"an interval from {self.low} to {self.high} holds no number")

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}"
