"""What was used in the last 24 hours: MME by mouth, or the reason why no number can be made of it."""

from dataclasses import dataclass

from planner.case.fields import MedicineEntry, UsedDose
from planner.case.medicines import HomeMedicine, Portion, read_medicine
from planner.clinical.discharge.equivalents import mme_per_mg
from planner.clinical.work import Work
from planner.plan.wording import number

_BY_MOUTH = ("oral", None)


@dataclass(frozen=True)
class Last24h:
    """MME by mouth of all opioids used. `because` says why there is no number; then `mme` is None."""

    mme: float | None
    working: tuple[str, ...] = ()
    because: str = ""


def last_24h(work: Work, apart: frozenset[str]) -> Last24h | None:
    """None where the case does not say what was used.

    Medicines without an opioid count nothing, and so do opioids of `apart` (drugs and classes): their
    dose at home goes on beside this sum.
    """
    if work.case.used_last_24h is None:
        return None
    total, working = 0.0, []
    for used in work.case.used_last_24h:
        if not used.count:
            continue
        mme, words = _of(used, work, apart)
        if mme is None:
            return Last24h(None, (), words)
        total += mme
        working += [words] if words else []
    return Last24h(round(total, 6), tuple(working))


def opioids_used(work: Work) -> list[str]:
    """The opioids used in the last 24 hours by name, each once; [] where the case does not say."""
    read = [read_medicine(_entry(used), work.library.lexicon) for used in work.case.used_last_24h or () if used.count]
    names = [portion.ingredient for medicine in read for portion in medicine.ingredients]
    return [name for name in dict.fromkeys(names) if "opioid" in work.library.lexicon.classes_of([name])]


def _of(used: UsedDose, work: Work, apart: frozenset[str]) -> tuple[float | None, str]:
    """(MME, working) of one entry; (None, reason) where it cannot be computed."""
    medicine = read_medicine(_entry(used), work.library.lexicon)
    if not medicine.recognized or medicine.unread:
        return None, f"{used.drug} in the last 24 hours was not understood"
    if not medicine.holds("opioid"):
        return 0.0, ""
    if any(medicine.holds(name) for name in apart):
        return 0.0, f"{medicine.drug}: the home dose, not counted"
    if (used.route or medicine.route) not in _BY_MOUTH:
        return None, f"{medicine.drug} was not given by mouth in the last 24 hours"
    return _converted(used, medicine, work)


def _entry(used: UsedDose) -> str | MedicineEntry:
    return used.drug if used.dose_mg is None else MedicineEntry(drug=used.drug, dose_mg=used.dose_mg)


def _converted(used: UsedDose, medicine: HomeMedicine, work: Work) -> tuple[float | None, str]:
    total, words = 0.0, []
    for portion in medicine.ingredients:
        if "opioid" not in work.library.lexicon.classes_of([portion.ingredient]):
            continue
        factor = mme_per_mg(portion.ingredient, work.library)
        if portion.mg is None:
            return None, f"the dose of {medicine.drug} is not known"
        if factor is None:
            return None, f"{portion.ingredient} has no factor for MME"
        mme = portion.mg * used.count * factor
        total += mme
        words.append(_working(portion, used.count, factor, mme))
    return total, "; ".join(words)


def _working(portion: Portion, count: float, factor: float, mme: float) -> str:
    """`oxycodone 5 mg x 3 x 1.5 = 22.5 MME`."""
    return f"{portion.ingredient} {number(portion.mg)} mg x {number(count)} x {number(factor)} = {mme_words(mme)}"


def mme_words(mme: float) -> str:
    return f"{number(round(mme, 2))} MME"
