"""A refused field, as a sentence a person can act on."""

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from planner.case.fields import MAPPING_FORM, TEXT_FORM, Case, MedicineEntry, UsedDose
from planner.case.values import UNFIT
from planner.reading.located import Located, Path
from planner.reading.problems import Problem, nearest

_ENTRY_MODELS: dict[str, type[BaseModel]] = {"medications": MedicineEntry, "used_last_24h": UsedDose}
_RANGE_ERRORS = {"greater_than_equal", "less_than_equal"}
_LONGEST_SHOWN = 60


def problems_of(error: ValidationError, located: Located) -> list[Problem]:
    """Every refused field of a case as a Problem with its place, value and mend."""
    return [_problem(fault, located) for fault in error.errors(include_url=False)]


def shown(value: object) -> str:
    """A value as an error shows it: short, with characters no page can show spelled out."""
    if isinstance(value, list | tuple | dict):
        return "names with values" if isinstance(value, dict) else "a list"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    if not text.isprintable():
        text = text.encode("unicode_escape").decode()
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "..."


def _problem(fault: dict, located: Located) -> Problem:
    path = tuple(step for step in fault["loc"] if step not in (TEXT_FORM, MAPPING_FORM))
    message, mend = _sentence(fault, path)
    value = "" if fault["type"] == "missing" else shown(fault["input"])
    return Problem(located.place(path), message, value, mend)


def _sentence(fault: dict, path: Path) -> tuple[str, str]:
    """The message and the mend for one fault."""
    kind, context = fault["type"], fault.get("ctx", {})
    owner, name = _owner(path), path[-1]
    field = owner.model_fields.get(str(name))
    if kind == UNFIT:
        return context["message"], context["mend"]
    if kind == "extra_forbidden":
        known = ", ".join(owner.model_fields)
        return f"{name} is not the name of a fact.", nearest(str(name), owner.model_fields) or f"use: {known}"
    if kind == "missing":
        return f"{name} is missing here.", f"add {name}"
    if kind == "string_too_long":
        return f"The text is longer than {context['max_length']} characters.", "shorten it"
    if kind == "number_with_unit" and field:
        return _unit_sentence(context, field)
    if kind in _RANGE_ERRORS and field:
        return _range_sentence(str(name), field, fault["input"])
    return _shape_sentence(path)


def _owner(path: Path) -> type[BaseModel]:
    """The record that the last step of a path belongs to."""
    return _ENTRY_MODELS[str(path[0])] if len(path) > 2 else Case


def _unit_sentence(context: dict, field: FieldInfo) -> tuple[str, str]:
    number, written, unit = context["number"], context["written_unit"].strip(), _unit(field)
    if not unit or written.lower() == unit.lower():
        return "A number stands alone here, without its unit.", f"write {number}"
    return (f"A number in {unit} stands alone here, and this is written in {written}.", f"write the number in {unit}")


def _range_sentence(name: str, field: FieldInfo, value: object) -> tuple[str, str]:
    low, high = limits(field)
    if name == "age" and float(str(value)) < low:
        return (
            f"Plans are made for adults only, from {low:g} years.",
            "check the age; for a child ask the pediatric team",
        )
    unit = _unit(field)
    return (
        f"{name} must be from {low:g} to {high:g} {unit}".rstrip() + ".",
        f"check the number and that it is in {unit}" if unit else "check the number",
    )


def limits(field: FieldInfo) -> tuple[float, float]:
    """The lowest and the highest number a field takes, in its unit."""
    low = next(mark.ge for mark in field.metadata if hasattr(mark, "ge"))
    high = next(mark.le for mark in field.metadata if hasattr(mark, "le"))
    return low, high


def _unit(field: FieldInfo) -> str:
    return field.json_schema_extra["unit"]


def _shape_sentence(path: Path) -> tuple[str, str]:
    """For a value of the wrong shape: a mapping for a list, nothing where an entry should be."""
    if len(path) == 1:
        return "This must be a list.", "start each entry with a dash, or separate them with ;"
    if str(path[0]) in _ENTRY_MODELS:
        return "An entry here is text, or names with values.", "fill this entry in, or remove it"
    return "An entry here is one piece of text.", "fill this entry in, or remove it"
