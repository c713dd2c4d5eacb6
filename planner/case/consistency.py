"""Facts of a case that cannot all be true."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from planner.case.fields import Case
from planner.case.messages import limits

# Limits of data entry, not clinical ones: outside them weight or height was mistyped.
_LOWEST_BMI, _HIGHEST_BMI = 10, 100
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class Conflict(NamedTuple):
    """One field to mend: its name, what is wrong, the value found and the next step."""

    field: str
    message: str
    value: object
    mend: str


def conflicts(case: Case, today: date) -> list[Conflict]:
    """Everything in `case` that contradicts something else in it, or the date `today`."""
    return [*_age(case, today), *_times(case), *_body(case), *_pregnancy(case)]


def _age(case: Case, today: date) -> Iterator[Conflict]:
    lowest, highest = limits(Case.model_fields["age"])
    age = case.age_on(today)
    if age is None:
        yield Conflict(
            "age", "The patient's age is not known, and plans are made for adults only.", "", "add birth_date or age"
        )
    elif case.birth_date and case.birth_date > today:
        yield Conflict("birth_date", "The date of birth is in the future.", case.birth_date, "check the year")
    elif age < lowest:
        yield Conflict(
            "birth_date",
            f"The patient is {age} years old, and plans are made for adults only.",
            case.birth_date,
            "check the date; for a child ask the pediatric team",
        )
    elif age > highest:
        yield Conflict(
            "birth_date", f"The date of birth makes the patient {age} years old.", case.birth_date, "check the year"
        )
    elif case.age is not None and abs(age - case.age) > 1:
        yield Conflict(
            "age",
            f"The age is {case.age}, but the date of birth gives {age}.",
            case.age,
            "correct one of them, or leave out age",
        )


def _times(case: Case) -> Iterator[Conflict]:
    for field in ("surgery_at", "discharge_at"):
        moment = getattr(case, field)
        if moment and not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            yield Conflict(field, f"The year must be from {_FIRST_YEAR} to {_LAST_YEAR}.", moment, "check the year")
    if case.surgery_at and case.discharge_at and _before(case.discharge_at, case.surgery_at):
        yield Conflict(
            "discharge_at",
            f"Going home is before surgery ({case.surgery_at}).",
            case.discharge_at,
            "correct one of the two times",
        )


def _before(first: datetime | date, second: datetime | date) -> bool:
    """Whether `first` is earlier; where one has no hour, only the days are compared."""
    if isinstance(first, datetime) and isinstance(second, datetime):
        return first < second
    first_day, second_day = (moment.date() if isinstance(moment, datetime) else moment for moment in (first, second))
    return first_day < second_day


def _body(case: Case) -> Iterator[Conflict]:
    if case.weight_kg and case.height_cm:
        bmi = case.weight_kg / (case.height_cm / 100) ** 2
        if not _LOWEST_BMI <= bmi <= _HIGHEST_BMI:
            yield Conflict(
                "weight_kg",
                f"Weight and height together give a BMI of {bmi:.0f} kg/m2.",
                f"{case.weight_kg:g} kg at {case.height_cm:g} cm",
                "check both numbers",
            )


def _pregnancy(case: Case) -> Iterator[Conflict]:
    if case.sex != "male":
        return
    if case.gestation_weeks is not None:
        yield Conflict(
            "gestation_weeks",
            "Weeks of pregnancy are given, and sex is male.",
            case.gestation_weeks,
            "correct one of them",
        )
    for term in case.conditions or ():
        if term in ("pregnancy", "breastfeeding"):
            yield Conflict("conditions", f"{term} is listed, and sex is male.", term, "correct one of them")
