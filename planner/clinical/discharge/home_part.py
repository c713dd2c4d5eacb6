"""What the opioids at home mean for the one to take home: their MME, their names, and which count apart."""

from dataclasses import dataclass

from planner.case.interval import Interval
from planner.clinical.work import Work


@dataclass(frozen=True)
class HomePart:
    """Opioids at home. `taken` is None where that is not known.

    `mme` is their sum a day without those `apart`, None where it cannot be computed. `only_apart`: all
    of them are drugs or classes that count apart, as buprenorphine.
    """

    taken: bool | None
    names: tuple[str, ...] = ()
    mme: float | None = None
    apart: frozenset[str] = frozenset()
    only_apart: bool = False

    @property
    def words(self) -> str:
        return "; ".join(self.names)


def home_part(work: Work) -> HomePart:
    taken = work.factors.takes("opioid")
    if not taken:
        return HomePart(taken, mme=0.0 if taken is False else None)
    medicines = [medicine for medicine in work.factors.home_medicines if medicine.holds("opioid")]
    names = tuple(medicine.text for medicine in medicines)
    listed = work.library.opioids.discharge.counted_apart
    if all(any(medicine.holds(name) for name in listed) for medicine in medicines) and _all_read(work):
        computed = _known(work)
        if computed is None:
            return HomePart(True, names, 0.0, frozenset(listed), only_apart=True)
    return HomePart(True, names, _known(work))


def _all_read(work: Work) -> bool:
    return all(medicine.recognized for medicine in work.factors.home_medicines)


def _known(work: Work) -> float | None:
    found = work.factors.numbers["home_mme"]
    return None if isinstance(found, Interval) else found
