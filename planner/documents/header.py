"""Who, which operation, and the facts every dose rests on. Unknown is said, never left blank."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.plan.dates import date_words, moment, moment_words
from planner.plan.models import Plan
from planner.plan.wording import NO_BREAK, amount, number

NOT_KNOWN = "not known"
LONGEST_NAME = 100
_CAPITALS = {
    "gi": "GI",
    "mi": "MI",
    "copd": "COPD",
    "cabg": "CABG",
    "g6pd": "G6PD",
    "qt": "QT",
    "ponv": "PONV",
    "asa": "ASA",
    "inr": "INR",
    "egfr": "eGFR",
    "qtc": "QTc",
    "hba1c": "HbA1c",
    "cyp2d6": "CYP2D6",
    "cyp2c9": "CYP2C9",
    "bmi": "BMI",
    "crcl": "creatinine clearance",
    "id": "ID",
    "tap": "TAP",
    "peng": "PENG",
    "tlip": "TLIP",
    "ipack": "iPACK",
}
_UNITS_AT_END = ("_kg", "_cm", "_mg_dl", "_g_dl", "_k", "_percent", "_ms")
_FIELD_WORDS = {
    "surgery_at": "time of surgery",
    "birth_date": "date of birth",
    "stop_bang": "STOP-Bang score",
    "asa_class": "ASA class",
    "child_pugh": "Child-Pugh class",
    "conditions": "history",
    "medications": "medicines at home",
    "home_mme": "opioids at home",
    "opioid_days": "days on opioids at home",
    "pain_baseline": "pain before surgery",
}
_THINNERS = frozenset(
    ("anticoagulant", "antiplatelet", "thrombolytic", "doac", "vitamin-k-antagonist", "heparin", "p2y12-inhibitor")
)


@dataclass(frozen=True)
class Fact:
    """One fact of the header: the main words, and a smaller second line."""

    label: str
    main: str
    more: str = ""
    known: bool = True


@dataclass(frozen=True)
class Header:
    """`hospital`, `name`, `mrn`, `surgeon`, `location` and `allergies` are words as somebody typed them."""

    hospital: str | None
    name: str | None
    short_name: str | None
    mrn: str | None
    born: str
    age_sex: str
    operation: str
    surgery_at: str
    place: str
    surgeon: str | None
    location: str | None
    facts: tuple[Fact, ...]
    allergies: tuple[str, ...]
    allergy_note: str
    allergies_wide: bool
    history: str


def header(plan: Plan) -> Header:
    case, factors = plan.case, plan.factors
    allergies, name = case.get("allergies"), _text(case, "name")
    listed = tuple(typed_words(item) for item in allergies or ())
    return Header(
        hospital=plan.site.hospital if plan.site else None,
        name=name,
        short_name=short(name),
        mrn=_text(case, "mrn"),
        born=_born(case),
        age_sex=_age_sex(case, factors),
        operation=operation_words(plan),
        surgery_at=moment_words(case.get("surgery_at")) or f"date {NOT_KNOWN}",
        place=", ".join(words for words in (_text(case, "setting"), _anesthesia(case)) if words),
        surgeon=_text(case, "surgeon"),
        location=_text(case, "location"),
        facts=(_size(case, factors), _kidney(case, factors), _thinner(plan), _opioids(plan)),
        allergies=listed,
        allergy_note="" if listed else NOT_KNOWN if allergies is None else "none known",
        allergies_wide=len(", ".join(listed)) > 44,
        history=_history(case),
    )


def operation_words(plan: Plan) -> str:
    """Side in full before the operation: `Left total knee arthroplasty`."""
    side = _text(plan.case, "side")
    title = plan.protocol.title
    if not side or side.lower() in ("midline", "none"):
        return title
    start = title[:1].lower() + title[1:] if title[1:2].islower() else title
    return f"{'Left and right' if side == 'both' else side.capitalize()} {start}"


def field_words(factor: str) -> str:
    """A case field or condition term in words: `qtc_ms` as `QTc`, `conditions.gi_bleed` as `GI bleed`."""
    if factor.startswith("hours_since."):
        return f"last dose of {factor.split('.', 1)[1]}"
    if factor in _FIELD_WORDS:
        return _FIELD_WORDS[factor]
    name = factor.split(".")[-1].replace("-", "_")
    for unit in _UNITS_AT_END:
        name = name.removesuffix(unit)
    return " ".join(_CAPITALS.get(word, word) for word in name.split("_") if word)


def typed_words(item: Any) -> str:
    """A list item of the case as its user wrote it: a text, or a mapping with a drug."""
    if not isinstance(item, Mapping):
        return str(item)
    return str(next((item[key] for key in ("text", "as_written", "drug", "name") if item.get(key)), ""))


def short(name: str | None) -> str | None:
    """A name for the edge of each page; one too long for two lines there ends in dots, and is whole on page 1."""
    return name if name is None or len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}\u2026"


def _text(case: Mapping[str, Any], key: str) -> str | None:
    value = case.get(key)
    return str(value).strip() or None if value is not None else None


def _born(case: Mapping[str, Any]) -> str:
    return date_words(_text(case, "birth_date"), weekday=False)


def _age_sex(case: Mapping[str, Any], factors: Mapping[str, Any]) -> str:
    age = factors.get("age", case.get("age"))
    years = f"{number(int(age))}{NO_BREAK}years" if age is not None else f"age {NOT_KNOWN}"
    return f"{years}, {_text(case, 'sex') or f'sex {NOT_KNOWN}'}"


def _anesthesia(case: Mapping[str, Any]) -> str:
    kind = _text(case, "anesthesia")
    return f"{kind} anesthesia" if kind and kind != "sedation" else kind or ""


def _size(case: Mapping[str, Any], factors: Mapping[str, Any]) -> Fact:
    weight, height, bmi = case.get("weight_kg"), case.get("height_cm"), factors.get("bmi")
    main = [amount(weight, "kg") if weight is not None else "", amount(height, "cm") if height is not None else ""]
    more = f"BMI {one_decimal(bmi)}" if bmi is not None else "height not known" if height is None else ""
    return Fact(
        "Weight, height",
        ", ".join(filter(None, main)) if weight is not None else f"weight {NOT_KNOWN}",
        more,
        weight is not None,
    )


def _kidney(case: Mapping[str, Any], factors: Mapping[str, Any]) -> Fact:
    egfr, clearance, creatinine = (
        factors.get("egfr", case.get("egfr")),
        factors.get("crcl"),
        case.get("creatinine_mg_dl"),
    )
    weight = str(factors.get("crcl_weight") or "").split(",")[0]
    by_weight = f" ({weight})" if weight else ""
    more = f"CrCl {one_decimal(clearance)}{NO_BREAK}mL per minute{by_weight}" if clearance is not None else ""
    if egfr is not None:
        return Fact("Kidney", f"eGFR {one_decimal(egfr)}", more)
    if creatinine is not None:
        return Fact("Kidney", f"creatinine {number(creatinine)}", f"mg per dL; {more or 'eGFR not known'}")
    return Fact("Kidney", NOT_KNOWN, "no creatinine, no eGFR", known=False)


def _thinner(plan: Plan) -> Fact:
    label = "Blood thinner"
    if plan.home_medicines is None:
        return Fact(label, NOT_KNOWN, "medicines not recorded", known=False)
    taken = [medicine for medicine in plan.home_medicines if _THINNERS.intersection(medicine.classes)]
    if taken:
        last = [_short_moment(medicine.last_taken_at, plan) for medicine in taken]
        names = [medicine.drug or medicine.text for medicine in taken]
        if len(taken) == 1:
            return Fact(label, names[0], f"last {last[0]}" if last[0] else "last dose not known", known=all(last))
        each = (f"{name} {when or 'last not known'}" for name, when in zip(names, last, strict=True))
        note = f"last {'; '.join(each)}" if any(last) else "last doses not known"
        return Fact(label, ", ".join(names), note, all(last))
    if any(medicine.drug is None for medicine in plan.home_medicines):
        return Fact(label, NOT_KNOWN, "a medicine is not recognized", known=False)
    return Fact(label, "none")


def _short_moment(text: str | None, plan: Plan) -> str:
    """`12-Dec 20:00`: the year is named where it is not that of the surgery beside it."""
    surgery = moment(plan.case.get("surgery_at"))
    words = moment_words(text, weekday=False)
    return words.replace(f"-{surgery.year}", "", 1) if surgery else words


def _opioids(plan: Plan) -> Fact:
    label, found = "Opioids at home", plan.home_opioids
    if found is None:
        known = plan.factors.get("home_mme") == 0
        return Fact(label, "none") if known else Fact(label, NOT_KNOWN, known=False)
    tolerant = {True: "tolerant", False: "not tolerant", None: "tolerant: ask"}[found.tolerant]
    if found.mme_per_day is not None:
        return Fact(label, f"{one_decimal(found.mme_per_day)}{NO_BREAK}MME a day", tolerant)
    if found.known_mme:
        more = f"{one_decimal(found.known_mme)}{NO_BREAK}MME a day and more"
        return Fact(label, more, f"part cannot be computed; {tolerant}", known=False)
    return Fact(label, "yes", f"MME cannot be computed; {tolerant}", known=False)


def _history(case: Mapping[str, Any]) -> str:
    conditions = case.get("conditions")
    named = ["others not known" if term == "others?" else field_words(str(term)) for term in conditions or ()]
    words = "not recorded" if conditions is None else ", ".join(named) or "none known"
    asa, qtc = case.get("asa_class"), case.get("qtc_ms")
    more = [f"ASA {asa}"] if asa is not None else []
    more += [f"QTc {amount(qtc, 'ms')}"] if qtc is not None else []
    return "; ".join((words, *more))


def one_decimal(value: float) -> str:
    return number(round(float(value), 1))
