"""The dose to take home: the opioid by mouth that the ward gives when needed, as tablets."""

import math
from dataclasses import dataclass

from planner.clinical.discharge.equivalents import mme_per_mg
from planner.clinical.doses import convert
from planner.clinical.work import Work
from planner.library.quantities import MASS_IN_MG
from planner.plan.models import Order
from planner.plan.wording import NO_BREAK, number

_CLOSE = 1e-9
_HOURS_OF_DAY = 24


@dataclass(frozen=True)
class Unit:
    """One dose: `tablets` of `strength_mg` each, `per_day` of them at most by the order of the ward."""

    order: Order
    strength_mg: float
    tablets: float
    mme_per_mg: float
    per_day: int

    @property
    def drug(self) -> str:
        return self.order.drug

    @property
    def dose_mg(self) -> float:
        return self.strength_mg * self.tablets

    @property
    def mme(self) -> float:
        """MME of one dose."""
        return self.dose_mg * self.mme_per_mg

    @property
    def multiple(self) -> int:
        """Doses come in pairs where one holds half a tablet."""
        return 1 if float(self.tablets).is_integer() else 2

    def doses_of_tablets(self, tablets: float) -> int:
        """How many doses so many whole tablets hold."""
        return math.floor(math.floor(tablets + _CLOSE) / self.tablets + _CLOSE)

    def tablets_of_mme(self, mme: float) -> int:
        """Whole tablets in so many MME, rounded down."""
        return math.floor(mme / (self.strength_mg * self.mme_per_mg) + _CLOSE)


def ward_opioid(work: Work) -> Order | None:
    """The opioid by mouth that the plan gives on the ward when needed."""
    return next(
        (
            order
            for order in work.orders
            if (order.phase, order.kind, order.route) == ("ward", "opioid", "oral") and order.as_needed and order.dose
        ),
        None,
    )


def unit_of(order: Order, work: Work) -> Unit | None:
    """The dose of an order in tablets; None where no tablet makes it, or it has no MME."""
    factor = mme_per_mg(order.drug, work.library)
    if factor is None or order.dose.unit not in MASS_IN_MG:
        return None
    dose_mg = order.dose.value * MASS_IN_MG[order.dose.unit]
    ways = [way for product in work.library.drugs[order.drug].products for way in _ways(product, dose_mg)]
    if not ways:
        return None
    tablets, strength = min(ways, key=lambda way: (abs(way[0] - 1), way[0]))
    return Unit(order, strength, tablets, factor, _per_day(order, dose_mg))


def _ways(product, dose_mg: float) -> list[tuple[float, float]]:
    """(tablets, strength in mg) of one product for a dose: whole tablets, halves where they may be cut."""
    if product.route != "oral" or product.holds:
        return []
    smallest = 0.5 if product.halves else 1
    ways = [(dose_mg / convert(strength, "mg"), convert(strength, "mg")) for strength in product.strengths]
    return [(tablets, size) for tablets, size in ways if tablets >= smallest and (tablets / smallest).is_integer()]


def _per_day(order: Order, dose_mg: float) -> int:
    """Doses in 24 hours, by interval and limit of the order."""
    limits = [_HOURS_OF_DAY / order.interval_h] if order.interval_h else []
    if order.max_24h and order.max_24h.unit in MASS_IN_MG:
        limits.append(order.max_24h.value * MASS_IN_MG[order.max_24h.unit] / dose_mg)
    return math.floor(min(limits, default=1) + _CLOSE)


def tablet_words(tablets: float) -> str:
    """`half a tablet`, `1 tablet`, `1 and a half tablets`, `3 tablets`, `no tablet`."""
    whole, half = int(tablets), tablets % 1
    if not tablets:
        return "no tablet"
    if half:
        return f"{number(whole)} and a half{NO_BREAK}tablets" if whole else f"half a{NO_BREAK}tablet"
    return f"{number(whole)}{NO_BREAK}{'tablet' if whole == 1 else 'tablets'}"
