"""Medicines in morphine milligram equivalents (MME) a day, each with its working in words."""

from collections.abc import Iterable, Sequence

from planner.case.medicines import read_medicine
from planner.case.morphine import DailyOpioid, Equivalent, on_scale
from planner.case.opioid_use import total
from planner.clinical.citations import Citations
from planner.library.library import Library
from planner.library.morphine import FactorTable
from planner.plan.opioids import MorphineCount, MorphineEquivalent
from planner.plan.parts import Statement
from planner.plan.wording import amount, number


def count_medicines(texts: Iterable[str], library: Library, edition: str) -> MorphineCount:
    """Chart entries added up by one edition, without a patient. Raises KeyError for an unknown edition."""
    medicines = [read_medicine(text, library.lexicon) for text in texts]
    read = on_scale(medicines, library.opioids.morphine.scale(edition), library.lexicon)
    return MorphineCount(**counted(read, library, edition, Citations(library)))


def counted(equivalents: Sequence[Equivalent], library: Library, edition: str, citations: Citations) -> dict:
    """The fields of a MorphineCount over medicines that are on the scale of `edition`."""
    mme, known = total(equivalents)
    return {
        "edition": edition,
        "edition_title": _title(library.opioids.morphine.tables[edition]),
        "mme_per_day": None if mme is None else _rounded(mme),
        "known_mme": _rounded(known),
        "medicines": [_medicine(one, library, edition, citations) for one in equivalents],
        "notes": list(_notes(equivalents, known, library, citations)),
    }


def _title(table: FactorTable) -> str:
    """The edition as it is printed; one that is not for care says so."""
    return table.title if table.purpose == "clinical" else f"{table.title} ({table.purpose}, not for care)"


def _medicine(one: Equivalent, library: Library, edition: str, citations: Citations) -> MorphineEquivalent:
    table = library.opioids.morphine.tables[edition]
    return MorphineEquivalent(
        text=one.medicine.text,
        drug=one.medicine.drug if one.medicine.recognized else None,
        mme_per_day=None if one.mme is None else _rounded(one.mme),
        working=_working(one, library),
        because=one.because,
        sources=citations.keys(one.sources or table.source) if one.opioid else [],
    )


def _working(one: Equivalent, library: Library) -> str:
    if one.opioid is False:
        return "no opioid: counts nothing"
    named = len(one.medicine.ingredients) > 1
    words = "; ".join(f"{part.drug} {part_words(part)}" if named else part_words(part) for part in one.daily)
    if words and one.unless:
        return f"{words}, if it is not taken for {library.vocabulary.conditions[one.unless].label}"
    return words


def part_words(part: DailyOpioid) -> str:
    """`30 mg x 2 in 24 hours x 1.5 = 90 MME`; of a patch its rate, and how much of the time counts."""
    ends = f"x {number(part.factor)} = {amount(_rounded(part.mme), 'MME')}"
    dose = amount(part.amount, part.unit)
    if part.worn_hours is None:
        return f"{dose} x {number(part.times)} in 24 hours {ends}"
    if part.every_hours <= part.worn_hours:
        return f"{dose} {ends}"
    return f"{dose} x {number(part.worn_hours)} of {number(round(part.every_hours, 1))} hours {ends}"


def _notes(
    equivalents: Sequence[Equivalent], known: float, library: Library, citations: Citations
) -> Iterable[Statement]:
    """What must be said with the number: thresholds it reaches, how as-needed doses count, what it is not for."""
    shared = library.opioids.morphine.equivalents
    said = [threshold for threshold in shared.thresholds if known >= threshold.at_least]
    if any(one.medicine.as_needed for one in equivalents if one.daily):
        said.append(shared.as_needed)
    if any(one.opioid for one in equivalents):
        said.append(shared.caution)
    return citations.statements(said)


def _rounded(mme: float) -> float:
    return round(mme, 2)
