"""Which antithrombotic a home medicine is, and which dose class its dose belongs to."""

from dataclasses import dataclass, replace

from planner.case.chart_doses import Portion
from planner.case.medicines import HomeMedicine
from planner.clinical.situation import Situation
from planner.clinical.work import Work
from planner.library.antithrombotic import Antithrombotic, DoseClass

# Home medicines of these classes delay clotting; one of them without a file of its own is never passed over.
ANTITHROMBOTIC_CLASSES = ("anticoagulant", "antiplatelet", "thrombolytic")


@dataclass(frozen=True)
class Found:
    """The dose classes that may hold: one where it is certain, several where facts are missing, none otherwise.

    `dose_known` is False where the chart tells no dose; then no class is certain. `missing` are
    the facts of the patient that would tell the classes apart. `other_unit`: the dose is written in
    a unit that the table does not have.
    """

    entry: Antithrombotic
    classes: dict[str, DoseClass]
    dose_known: bool
    missing: tuple[str, ...] = ()
    other_unit: bool = False

    @property
    def in_table(self) -> bool:
        return bool(self.classes)


def antithrombotics_in(medicine: HomeMedicine, work: Work) -> list[Antithrombotic]:
    """The files that hold for a home medicine: one for each ingredient that has one."""
    entries = work.library.regional.antithrombotics.values()
    return [entry for entry in entries if portions_for(medicine, entry, work)]


def is_antithrombotic(medicine: HomeMedicine) -> bool:
    return any(medicine.holds(name) for name in ANTITHROMBOTIC_CLASSES)


def answers_at_home(work: Work) -> list[bool | None]:
    """Whether each of the classes is taken at home, as far as that is known."""
    return [work.situation.answers["takes", name] for name in ANTITHROMBOTIC_CLASSES]


def dose_class(medicine: HomeMedicine, entry: Antithrombotic, work: Work) -> Found:
    """Tell low from high by the home dose and the patient. A dose that fits no class yields none."""
    anyway = {name: one for name, one in entry.doses.items() if one.any_dose}
    if anyway:
        return Found(entry, anyway, True)
    if _in_another_unit(medicine, entry, work):
        return Found(entry, {}, True, other_unit=True)
    dose = _dose(medicine, entry, work)
    situation = _with_dose(work, dose, medicine)
    answers = {name: situation.holds(one.when) for name, one in entry.doses.items() if one.when is not None}
    certain = {name: entry.doses[name] for name, answer in answers.items() if answer}
    dose_known = dose is not None and medicine.times_per_day is not None
    if certain:
        return Found(entry, certain, True)
    possible = {name: entry.doses[name] for name, answer in answers.items() if answer is None}
    missing = dict.fromkeys(name for one in possible.values() for name in situation.missing(one.when))
    return Found(entry, possible, dose_known, tuple(name for name in missing if name != "medications"))


def _dose(medicine: HomeMedicine, entry: Antithrombotic, work: Work) -> float | None:
    """One dose of the ingredient the file is about, in its unit."""
    amounts = [_amount(portion, entry.unit) for portion in portions_for(medicine, entry, work)]
    return None if not amounts or None in amounts else sum(amounts)


def _in_another_unit(medicine: HomeMedicine, entry: Antithrombotic, work: Work) -> bool:
    """Whether a dose is written that the table cannot be asked about, as units of a heparin it has in mg."""
    portions = portions_for(medicine, entry, work)
    return any(portion.amount is not None and _amount(portion, entry.unit) is None for portion in portions)


def portions_for(medicine: HomeMedicine, entry: Antithrombotic, work: Work) -> list[Portion]:
    """The ingredients a file is about. A name that is a drug's means that drug, and not a class of the same name."""

    def is_meant(ingredient: str) -> bool:
        classes = work.library.lexicon.classes_of([ingredient])
        drugs = work.library.lexicon_entries
        return any(name == ingredient or (name in classes and name not in drugs) for name in entry.match)

    return [portion for portion in medicine.ingredients if is_meant(portion.ingredient)]


def _amount(portion: Portion, unit: str) -> float | None:
    if unit == "mg":
        return portion.mg
    return portion.amount if portion.unit == unit else None


def _with_dose(work: Work, dose: float | None, medicine: HomeMedicine) -> Situation:
    """The patient's situation with the facts of one home medicine, for the conditions of dose classes."""
    times = medicine.times_per_day
    numbers = {
        **work.factors.numbers,
        "home_dose": dose,
        "home_doses_per_day": times,
        "home_daily": dose * times if dose is not None and times is not None else None,
    }
    words = {**work.factors.words, "home_route": medicine.route}
    return Situation(replace(work.factors, numbers=numbers, words=words))
