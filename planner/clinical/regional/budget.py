"""Sharing one budget: whole milliliters for every part, so that no sum of fractions passes 1.

Pure arithmetic in exact fractions; what a milliliter costs is worked out elsewhere.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

Costs = tuple[Fraction, ...]
"""A share of each limit, in the same order everywhere."""
NOTHING: Costs = (Fraction(0),) * 3


@dataclass(frozen=True)
class Part:
    """Something given in whole mL (or mL per hour) from `low` to `high`.

    `per_ml` is what one mL uses of each limit, `base` what is used whatever the volume.
    """

    low: int
    high: int
    per_ml: Costs
    base: Costs

    def uses(self, ml: int) -> Costs:
        """What so many mL, or mL per hour, use of each limit."""
        return tuple(base + ml * each for base, each in zip(self.base, self.per_ml, strict=True))


Option = tuple[Part, ...]
"""One way to do a block: all its parts together."""


def allocate(parts: Sequence[Part]) -> list[int] | None:
    """mL of each part: all get their least, then each in turn as much as the limits leave. None: too much already.

    Earlier parts are the more important ones.
    """
    if not parts:
        return []
    used = list(least_of(parts))
    if any(share > 1 for share in used):
        return None
    volumes = []
    for part in parts:
        room = [(1 - share) / cost for share, cost in zip(used, part.per_ml, strict=True) if cost]
        more = min([part.high - part.low, *map(math.floor, room)])
        volumes.append(part.low + more)
        used = [share + more * part.per_ml[at] for at, share in enumerate(used)]
    return volumes


def first_that_fits(blocks: Sequence[Sequence[Option]], used: Costs | None = None) -> tuple[int, ...] | None:
    """Which option of each block to take: the first choice of the earlier blocks counts most. None: no way fits."""
    if not blocks:
        return ()
    for at, option in enumerate(blocks[0]):
        needed = least_of(option, used)
        if any(share > 1 for share in needed):
            continue
        rest = first_that_fits(blocks[1:], needed)
        if rest is not None:
            return (at, *rest)
    return None


def least_of(parts: Sequence[Part], used: Costs | None = None) -> Costs:
    """What the parts use of each limit at their least, on top of `used`."""
    return tuple(map(sum, zip(used or NOTHING, *(part.uses(part.low) for part in parts), strict=True)))


def rounded_up(share: Fraction) -> float:
    """A share at four decimals, never shown as less than it is."""
    return math.ceil(share * 10_000) / 10_000


@lru_cache(maxsize=4096)
def exact(value: float) -> Fraction:
    """The number as it is written: 0.2 is one fifth, not its nearest binary fraction."""
    return Fraction(str(value))
