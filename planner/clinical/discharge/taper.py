"""A staircase of doses: one step lower every day or every few days, down to none. Pure arithmetic, no clinical number.

Doses are whole. A dose may be half a tablet; then the doses of a staircase come in pairs (`multiple` 2), so that
they add up to whole tablets.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_CLOSE = 1e-9


@dataclass(frozen=True)
class Steps:
    """How a staircase falls: one dose a step, from `share_from` doses on a share of the first day, rounded down.

    Each step is held up to `hold_days`. Where that is needed to stay within limits, a step is the share rounded up.
    """

    hold_days: int
    share: float
    share_from: float = math.inf

    def sizes(self, first: int) -> range:
        """The steps to try from a first day, the gentlest first."""
        usual = max(1, math.floor(self.share * first + _CLOSE)) if first >= self.share_from else 1
        return range(usual, max(usual, math.ceil(self.share * first - _CLOSE)) + 1)


@dataclass(frozen=True)
class Room:
    """What a staircase must stay within; what is not limited is infinite."""

    doses: float = math.inf
    per_day: float = math.inf
    days: float = math.inf

    def holds(self, days: Sequence[int]) -> bool:
        return sum(days) <= self.doses and len(days) <= self.days and max(days, default=0) <= self.per_day

    def within(self, other: "Room") -> "Room":
        """What stays within both."""
        return Room(min(self.doses, other.doses), min(self.per_day, other.per_day), min(self.days, other.days))


def staircase(used: int, steps: Steps, room: Room, multiple: int = 1) -> tuple[int, ...]:
    """The most doses on each day, from no more than were `used` in a day down; after the last day comes none.

    The highest first day that fits, with the gentlest step that fits; empty where nothing fits.
    """
    for first in range(int(min(used, room.per_day)), 0, -1):
        for step in steps.sizes(first):
            plain = list(range(first, 0, -step))
            if room.holds(plain):
                found = _whole(_held(plain, steps.hold_days, room), room, multiple)
                if found:
                    return tuple(found)
    return ()


def highest_start(most: int, room: Room) -> int:
    """The highest first day whose plain staircase of one dose a step fits; for who has no day to go by."""
    return next((first for first in range(most, 0, -1) if room.holds(range(first, 0, -1))), 0)


def _held(plain: list[int], hold_days: int, room: Room) -> list[int]:
    """Each step for more days, the lowest first, as long as there is room."""
    days = plain
    for level in _lowest_first(plain, hold_days):
        longer = sorted([*days, level], reverse=True)
        if not room.holds(longer):
            break
        days = longer
    return days


def _lowest_first(plain: list[int], hold_days: int) -> Iterator[int]:
    for _ in range(hold_days - 1):
        yield from reversed(plain)


def _whole(days: list[int], room: Room, multiple: int) -> list[int]:
    """The days with their sum a multiple: one more day of one dose, or one dose less on the last day."""
    if sum(days) % multiple == 0:
        return days
    longer = [*days, 1]
    if room.holds(longer):
        return longer
    return [*days[:-1], days[-1] - 1] if days[-1] > 1 else days[:-1]
