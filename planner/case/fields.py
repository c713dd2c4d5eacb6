"""The facts of one case: every field with its type, unit, plausible range and meaning.

This is the only declaration of the fields. Case files, options, tables, the published
JSON Schema and the names usable in conditions all follow from it. Ranges are limits of
data entry, wide enough for any living adult; they are no clinical thresholds.
"""

from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, field_validator

from planner.case import values
from planner.case.used import read_used

NAME_LENGTH = 200
# Names of the two forms of a list entry; they appear only inside error paths.
TEXT_FORM, MAPPING_FORM = "as text", "as mapping"

Text = Annotated[str, BeforeValidator(values.read_text)]
Phenotype = Literal["poor", "intermediate", "normal", "rapid", "ultrarapid"]


def number(unit: str, low: float, high: float, description: str, loinc: str | None = None) -> Any:
    """A field for a number from `low` to `high`, with its LOINC code where one is certain.

    `unit` is "" for ratios, classes and scores.
    """
    extra = {"unit": unit} | ({"loinc": loinc} if loinc else {})
    return Field(None, ge=low, le=high, description=description, json_schema_extra=extra)


def named(description: str) -> Any:
    """A field for a name or identifier."""
    return Field(None, max_length=NAME_LENGTH, description=description)


def fact(description: str) -> Any:
    """A field for any other fact."""
    return Field(None, description=description)


@cache
def _reader(model: type[BaseModel], field: str):
    """The function of `values` that reads text for a field, or None for a list."""
    kind = next(
        arm
        for arm in (get_args(model.model_fields[field].annotation) or (model.model_fields[field].annotation,))
        if arm is not type(None)
    )
    if get_origin(kind) is Literal:
        choices = get_args(kind)
        return lambda value: values.read_choice(value, choices)
    return {
        float: values.read_number,
        int: values.read_whole,
        bool: values.read_yes_no,
        str: values.read_text,
        date: values.read_date,
        datetime: values.read_moment,
    }.get(kind)


class _Facts(BaseModel):
    """A frozen record of facts, each read by the reader of its type. Unknown names are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _read(cls, value: Any, info) -> Any:
        reader = _reader(cls, info.field_name)
        return reader(value) if reader else value


class MedicineEntry(_Facts):
    """A home medicine given as separate facts."""

    drug: str = Field(max_length=NAME_LENGTH, description="Medicine, by generic or brand name")
    dose_mg: float | None = number("mg", 0.001, 100_000, "Amount of each dose")
    times_per_day: float | None = number("doses/day", 0.001, 48, "Doses in 24 hours; as needed at its most")
    last_taken_at: datetime | date | None = fact("Last dose, in local time; a date leaves the hour open")
    text: str | None = fact("The medicine as the chart writes it")


class UsedDose(_Facts):
    """Doses of one medicine taken in the last 24 hours."""

    drug: str = Field(max_length=NAME_LENGTH, description="Medicine, by generic or brand name, as Percocet 5/325")
    dose_mg: float | None = number("mg", 0.001, 100_000, "Amount of each dose, where the name does not say it")
    route: Literal["oral", "iv"] | None = fact("Where not given: by mouth, unless the name says more")
    count: float = Field(ge=0, le=200, description="Number of doses taken", json_schema_extra={"unit": "doses"})


def _form(entry: Any) -> str:
    return MAPPING_FORM if isinstance(entry, dict | MedicineEntry) else TEXT_FORM


Medicine = Annotated[
    Annotated[Text, Tag(TEXT_FORM)] | Annotated[MedicineEntry, Tag(MAPPING_FORM)], Discriminator(_form)
]
Used = Annotated[UsedDose, BeforeValidator(read_used)]


class Case(_Facts):
    """What is known about one patient and one operation.

    None means unknown in every field. In a list, None means unknown and () means known to
    be none. A term of `conditions` that ends in `?` was asked about and is still unknown;
    with a list given, every term not in it is no, unless the list holds `others?`.
    """

    mrn: str | None = named("Medical record number")
    name: str | None = named("Patient's name")
    birth_date: date | None = fact("Date of birth")
    age: int | None = number("years", 18, 115, "Age on the day of surgery; adults only")
    sex: Literal["female", "male"] | None = fact("Sex, as the formulas for kidney function and weight use it")
    weight_kg: float | None = number("kg", 30, 350, "Actual body weight", "29463-7")
    height_cm: float | None = number("cm", 120, 230, "Body height", "8302-2")
    language: str | None = named("Language of the handout")

    procedure: str | None = named("Operation: protocol id, other name or CPT code")
    other_procedures: tuple[Text, ...] | None = fact("Further operations in the same session, as the list writes them")
    side: Literal["left", "right", "both"] | None = fact("Side of the operation")
    approach: str | None = named("Surgical approach, such as open or laparoscopic")
    surgery_at: datetime | date | None = fact("Start of surgery in local time; a date alone leaves the hour unknown")
    setting: Literal["inpatient", "outpatient"] | None = fact("Whether the patient stays overnight")
    anesthesia: Literal["general", "spinal", "regional", "sedation"] | None = fact("Planned anesthesia")
    surgeon: str | None = named("Surgeon's name")
    location: str | None = named("Hospital, unit or room")

    creatinine_mg_dl: float | None = number("mg/dL", 0.2, 20, "Serum creatinine", "2160-0")
    egfr: float | None = number("mL/min/1.73 m2", 1, 200, "Reported eGFR, CKD-EPI 2021", "98979-8")
    platelets_k: float | None = number("10^3/uL", 5, 2000, "Platelets", "777-3")
    inr: float | None = number("", 0.5, 20, "INR", "6301-6")
    bilirubin_mg_dl: float | None = number("mg/dL", 0.1, 60, "Total bilirubin", "1975-2")
    albumin_g_dl: float | None = number("g/dL", 0.5, 7, "Serum albumin", "1751-7")
    hba1c_percent: float | None = number("%", 3, 20, "Hemoglobin A1c", "4548-4")
    hemoglobin_g_dl: float | None = number("g/dL", 3, 25, "Hemoglobin", "718-7")
    qtc_ms: float | None = number("ms", 250, 800, "Corrected QT interval", "8636-3")
    anti_xa_iu_ml: float | None = number("IU/mL", 0, 10, "Anti-Xa level of the anticoagulant taken")
    doac_level_ng_ml: float | None = number("ng/mL", 0, 2000, "Plasma level of the direct oral anticoagulant taken")

    conditions: tuple[Text, ...] | None = fact(
        "Terms of the vocabulary; `term?` is asked and still unknown; `others?`: so is what is not listed"
    )
    child_pugh: Literal["A", "B", "C"] | None = fact("Child-Pugh class of cirrhosis")
    asa_class: int | None = number("", 1, 6, "ASA physical status")
    stop_bang: int | None = number("", 0, 8, "STOP-Bang score")
    frailty: int | None = number("", 0, 9, "Clinical Frailty Scale")
    gestation_weeks: float | None = number("weeks", 1, 45, "Weeks of pregnancy")
    opioid_days: float | None = number("days", 0, 36500, "Days the home opioids were taken every day, as listed")
    smoker: bool | None = fact("Smokes now")
    pain_baseline: int | None = number("", 0, 10, "Usual pain before surgery, 0 to 10")

    medications: tuple[Medicine, ...] | None = fact("Home medicines, as text or as separate facts")
    allergies: tuple[Text, ...] | None = fact("Allergies: names of drugs, classes or other substances")
    cyp2d6: Phenotype | None = fact("CYP2D6 metabolizer phenotype")
    cyp2c9: Phenotype | None = fact("CYP2C9 metabolizer phenotype")
    declines: tuple[Text, ...] | None = fact("What the patient does not want")

    used_last_24h: tuple[Used, ...] | None = fact(
        "All pain medicines taken in the last 24 hours, those from home included; `none` or `no opioid` where so"
    )
    block_given: tuple[Text, ...] | None = fact("Nerve blocks given, by technique")
    discharge_at: datetime | date | None = fact("Time of going home, in local time")
    remarks: tuple[Text, ...] | None = fact("How the operating list wrote these facts: 'weight 176 lb, here 79.8 kg'")
    doubts: tuple[Text, ...] | None = fact("What the operating list leaves open about these facts, to be checked")

    @property
    def surgery_date(self) -> date | None:
        """The day of surgery, known also where the hour is not."""
        return self.surgery_at.date() if isinstance(self.surgery_at, datetime) else self.surgery_at

    @property
    def surgery_start(self) -> datetime | None:
        """The start of surgery where its hour is known. Clock times of a plan need this."""
        return self.surgery_at if isinstance(self.surgery_at, datetime) else None

    def age_on(self, day: date) -> int | None:
        """Age in years for a plan made on `day`: on the day of surgery where that is known.

        The date of birth decides where it is known, since a written age may be out of date.
        """
        if self.birth_date is None:
            return self.age
        return whole_years(self.birth_date, self.surgery_date or day)


def whole_years(start: date, end: date) -> int:
    """Completed years from `start` to `end`."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


LIST_FIELDS = tuple(
    name
    for name, field in Case.model_fields.items()
    if any(get_origin(arm) is tuple for arm in get_args(field.annotation))
)
