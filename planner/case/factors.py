"""What follows from a case: numbers, words and three-valued answers for the rules."""

from dataclasses import dataclass
from datetime import datetime

from planner.case import body
from planner.case.allergies import Allergy, read_allergy
from planner.case.fields import Case
from planner.case.interval import Interval
from planner.case.lexicon import Lexicon
from planner.case.medicines import HomeMedicine, read_medicine
from planner.case.opioid_use import OpioidRules, OpioidUse, opioid_use
from planner.case.terms import Terms, terms_of
from planner.case.words import CaseWords, fold

Number = float | Interval | None

# The case fields each derived factor needs. A factor that is not here is a case field itself.
DEPENDS_ON: dict[str, tuple[str, ...]] = {
    "age": ("birth_date",),
    "bmi": ("weight_kg", "height_cm"),
    "body_surface_m2": ("weight_kg", "height_cm"),
    "ideal_weight_kg": ("height_cm", "sex"),
    "adjusted_weight_kg": ("weight_kg", "height_cm", "sex"),
    "lean_weight_kg": ("weight_kg", "height_cm", "sex"),
    "egfr": ("creatinine_mg_dl", "birth_date", "sex"),
    "crcl": ("creatinine_mg_dl", "birth_date", "sex", "weight_kg"),
    "kidney": ("creatinine_mg_dl", "birth_date", "sex", "weight_kg"),
    "apfel": ("sex", "smoker", "conditions"),
    "home_mme": ("medications",),
    "opioid_tolerant": ("medications", "opioid_days"),
    "discharge_mme": ("used_last_24h",),
    "hours_since_anticoagulant": ("medications",),
    "home_dose": ("medications",),
    "home_doses_per_day": ("medications",),
    "home_daily": ("medications",),
    "home_route": ("medications",),
}
_RAW_NUMBERS = (
    "weight_kg",
    "height_cm",
    "creatinine_mg_dl",
    "platelets_k",
    "inr",
    "bilirubin_mg_dl",
    "albumin_g_dl",
    "hba1c_percent",
    "hemoglobin_g_dl",
    "qtc_ms",
    "anti_xa_iu_ml",
    "doac_level_ng_ml",
    "asa_class",
    "stop_bang",
    "frailty",
    "gestation_weeks",
    "opioid_days",
    "pain_baseline",
)
_WORDS = ("sex", "child_pugh", "cyp2c9", "cyp2d6", "side", "setting", "anesthesia")


@dataclass(frozen=True)
class Factors:
    """What follows from one case. None means unknown everywhere, and is never a no.

    `numbers` and `words` are the factors by name. `crcl_weight` names the weight that
    creatinine clearance was computed with. `home_medicines` is empty also where medications
    are unknown; ask `takes`. `opioids` are the opioids among them. `allergies` is None where unknown.
    """

    case: Case
    numbers: dict[str, Number]
    words: dict[str, str | None]
    crcl_weight: str
    home_medicines: tuple[HomeMedicine, ...]
    opioids: OpioidUse
    allergies: tuple[Allergy, ...] | None
    lexicon: Lexicon
    vocabulary: CaseWords
    terms: Terms

    @property
    def opioid_tolerant(self) -> bool | None:
        """Whether the patient is used to opioids, by the labels' definition."""
        return self.opioids.tolerance.tolerant

    def has(self, term: str) -> bool | None:
        """Whether the patient has a condition of the vocabulary. Raises KeyError for any other term."""
        if term not in self.vocabulary.conditions:
            raise KeyError(f"{term} is not a condition of the vocabulary")
        return self.terms.answer(term)

    def takes(self, name: str) -> bool | None:
        """Whether a home medicine holds an ingredient or is of a class. Raises KeyError for other names."""
        self._require(name)
        return _takes(name, self.case, self.home_medicines)

    def allergic(self, name: str) -> bool | None:
        """Whether an allergy covers an ingredient or a class. Raises KeyError for other names.

        An allergy to a class covers the ingredients of that class; an allergy to an ingredient
        covers no class but those that `allergy_names` lists for it. An intolerance is no allergy.
        """
        self._require(name)
        if self.allergies is None:
            return None
        if self.reactions_to(name, "allergy", "unclear"):
            return True
        return False if all(allergy.recognized for allergy in self.allergies) else None

    def reactions_to(self, name: str, *sorts: str) -> list[Allergy]:
        """The entries of `allergies` of some sorts that cover an ingredient or a class."""
        classes = self.lexicon.classes_of([name])
        return [one for one in self.allergies or () if one.sort in sorts and one.covers(name, classes)]

    def declines(self, word: str) -> bool:
        """Whether the patient declines something. A wish exists where it was stated, so unstated is no."""
        return fold(word) in map(fold, self.case.declines or ())

    def missing_fields(self, factor: str) -> list[str]:
        """The case fields that would settle a factor: [] where it is known.

        Raises KeyError for a name that is neither a factor nor a field of a case.
        """
        if factor not in DEPENDS_ON and factor not in Case.model_fields:
            raise KeyError(f"{factor} is not a factor")
        if factor in self.numbers:
            known = isinstance(self.numbers[factor], int | float)
        else:
            known = getattr(self, factor, None) is not None or getattr(self.case, factor, None) is not None
        if not known and factor in ("home_mme", "opioid_tolerant"):
            return list(self.opioids.missing_for_mme if factor == "home_mme" else self.opioids.tolerance.missing)
        open_fields = [] if known else [field for field in DEPENDS_ON.get(factor, (factor,)) if self._is_open(field)]
        return [name for field in open_fields for name in self._named(field)]

    def _named(self, field: str) -> list[str]:
        """A field as it is asked for: with a list of conditions, the term that was left open."""
        if field != "conditions" or self.case.conditions is None:
            return [field]
        return [f"conditions.{term}" for term in ("ponv_history", "motion_sickness") if self.terms.answer(term) is None]

    def _is_open(self, field: str) -> bool:
        """Whether a case field still has something to tell, for a factor that is not known."""
        if field == "birth_date":
            return self.numbers["age"] is None
        if field == "medications":
            return True
        if field == "conditions":
            return _nausea_history(self.terms) is None
        return getattr(self.case, field) is None

    def _require(self, name: str) -> None:
        if not self.lexicon.knows(name) and name not in self.vocabulary.classes:
            raise KeyError(f"{name} is neither a known drug nor a known class")


def compute_factors(
    case: Case, lexicon: Lexicon, words: CaseWords, now: datetime, opioid_rules: OpioidRules
) -> Factors:
    """Everything that follows from `case`.

    `now`, in local time, is the day of the age where no day of surgery is set.
    """
    medicines = tuple(read_medicine(entry, lexicon) for entry in case.medications or ())
    allergies = None if case.allergies is None else tuple(read_allergy(text, lexicon, words) for text in case.allergies)
    terms = terms_of(case, words)
    age = case.age_on(now.date())
    clearance, crcl_weight = _clearance(case, age)
    egfr = _egfr(case, age)
    opioids = opioid_use(case, medicines, terms, opioid_rules, lexicon)
    numbers: dict[str, Number] = {
        **{name: getattr(case, name) for name in _RAW_NUMBERS},
        **_sizes(case),
        "age": age,
        "egfr": egfr,
        "crcl": clearance,
        "kidney": _lower(egfr, clearance),
        "apfel": _apfel(case, terms),
        "home_mme": opioids.mme,
        "hours_since_anticoagulant": _hours_since("anticoagulant", case, medicines),
    }
    return Factors(
        case=case,
        numbers=numbers,
        words=_words(case, opioids.tolerance.tolerant),
        crcl_weight=crcl_weight,
        home_medicines=medicines,
        opioids=opioids,
        allergies=allergies,
        lexicon=lexicon,
        vocabulary=words,
        terms=terms,
    )


def _takes(name: str, case: Case, medicines: tuple[HomeMedicine, ...]) -> bool | None:
    if case.medications is None:
        return None
    if any(medicine.holds(name) for medicine in medicines):
        return True
    return False if all(medicine.recognized for medicine in medicines) else None


def _hours_since(name: str, case: Case, medicines: tuple[HomeMedicine, ...]) -> float | None:
    """Hours from the last dose of any medicine of a class to surgery; a day without an hour counts to its end.

    None where none is taken, or one of the times is not known.
    """
    last = [medicine.last_taken_by for medicine in medicines if medicine.holds(name)]
    if not last or None in last or case.surgery_start is None:
        return None
    return max(0.0, (case.surgery_start - max(last)).total_seconds() / 3600)


def _sizes(case: Case) -> dict[str, Number]:
    """Sizes computed from weight (kg), height (cm) and sex; None where one of them is unknown."""
    weight, height, sex = case.weight_kg, case.height_cm, case.sex
    ideal = body.ideal_weight_kg(height, sex) if height and sex else None
    return {
        "bmi": body.bmi(weight, height) if weight and height else None,
        "body_surface_m2": body.body_surface_m2(weight, height) if weight and height else None,
        "ideal_weight_kg": ideal,
        "adjusted_weight_kg": body.adjusted_weight_kg(weight, ideal) if weight and ideal else None,
        "lean_weight_kg": body.lean_weight_kg(weight, height, sex) if weight and height and sex else None,
    }


def _egfr(case: Case, age: int | None) -> float | None:
    """eGFR in mL/min/1.73 m2: computed, as reported, or the lower where both are known."""
    known = [] if case.egfr is None else [case.egfr]
    if case.creatinine_mg_dl and age and case.sex:
        known.append(body.egfr_ckd_epi_2021(case.creatinine_mg_dl, age, case.sex))
    return min(known, default=None)


def _clearance(case: Case, age: int | None) -> tuple[float | None, str]:
    """Creatinine clearance in mL/min, and the weight it was computed with."""
    if not (case.creatinine_mg_dl and age and case.sex and case.weight_kg):
        return None, ""
    weight, named = body.clearance_weight(case.weight_kg, case.height_cm, case.sex)
    clearance = body.creatinine_clearance(case.creatinine_mg_dl, age, weight, case.sex)
    return clearance, f"{named}, {weight:.1f} kg"


def _lower(egfr: float | None, clearance: float | None) -> Number:
    """The lower of two estimates of kidney function; with one unknown, anything up to the other."""
    known = [value for value in (egfr, clearance) if value is not None]
    if len(known) == 2:
        return min(known)
    return Interval(0, known[0]) if known else None


def _apfel(case: Case, terms: Terms) -> Number:
    """Apfel score, 0 to 4 points; an interval where a fact is unknown.

    One point each: female; does not smoke; nausea after anesthesia or motion sickness before;
    opioids after surgery, expected unless the patient declines them.
    Source: Apfel et al., Anesthesiology 1999.
    """
    female = None if case.sex is None else case.sex == "female"
    non_smoker = None if case.smoker is None else not case.smoker
    points = [female, non_smoker, _nausea_history(terms), "opioid" not in map(fold, case.declines or ())]
    low, high = points.count(True), points.count(True) + points.count(None)
    return low if low == high else Interval(low, high)


def _nausea_history(terms: Terms) -> bool | None:
    answers = [terms.answer("ponv_history"), terms.answer("motion_sickness")]
    if True in answers:
        return True
    return None if None in answers else False


def _words(case: Case, tolerant: bool | None) -> dict[str, str | None]:
    """Factors that are words, free text in lower case; yes-or-no facts read `yes` and `no`."""
    return {
        **{name: getattr(case, name) for name in _WORDS},
        "smoker": _yes_no(case.smoker),
        "approach": case.approach.lower() if case.approach else None,
        "opioid_tolerant": _yes_no(tolerant),
    }


def _yes_no(answer: bool | None) -> str | None:
    return None if answer is None else "yes" if answer else "no"
