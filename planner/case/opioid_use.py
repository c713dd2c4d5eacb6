"""All opioids a patient takes at home, together: MME a day, and tolerance."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.case.fields import Case
from planner.case.lexicon import Lexicon
from planner.case.medicines import HomeMedicine
from planner.case.morphine import Equivalent, MorphineScale, on_scale
from planner.case.terms import Terms
from planner.case.tolerance import Tolerance, ToleranceRules, tolerance


@dataclass(frozen=True)
class OpioidRules:
    """What the library says about home opioids: the scale in use and the definition of tolerance."""

    scale: MorphineScale
    tolerance: ToleranceRules


@dataclass(frozen=True)
class OpioidUse:
    """The home opioids of one patient.

    `medicines` are those that are, or may be, opioids. `mme` is None as long as one of them cannot
    be computed; `known_mme` is the sum of the others.
    """

    medicines: tuple[Equivalent, ...]
    mme: float | None
    known_mme: float
    tolerance: Tolerance
    missing_for_mme: tuple[str, ...] = ()


def total(equivalents: Sequence[Equivalent]) -> tuple[float | None, float]:
    """(MME a day of all, or None where one cannot be computed; MME a day of those that can)."""
    known = [one.mme for one in equivalents if one.mme is not None]
    return (sum(known) if len(known) == len(equivalents) else None), float(sum(known))


def opioid_use(
    case: Case, medicines: tuple[HomeMedicine, ...], terms: Terms, rules: OpioidRules, lexicon: Lexicon
) -> OpioidUse:
    """The home opioids of a case, with nothing known where its medicines are not."""
    if case.medications is None:
        return OpioidUse((), None, 0.0, Tolerance(None, "unclear", ("medications",)), ("medications",))
    read = on_scale(medicines, rules.scale, lexicon, terms)
    opioids = tuple(one for one in read if one.opioid is not False)
    mme, known = total(opioids)
    missing = dict.fromkeys(name for one in opioids if one.because for name in one.missing or ("medications",))
    return OpioidUse(opioids, mme, known, tolerance(opioids, case.opioid_days, rules.tolerance), tuple(missing))
