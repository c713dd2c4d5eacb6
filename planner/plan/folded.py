"""A part of a plan as plain words and lists of them, to be set beside another."""

import re
from functools import singledispatch
from typing import Any

from pydantic import BaseModel

from planner.plan.dates import moment_words
from planner.plan.handout import PatientText
from planner.plan.parts import Adjustment, Confirmation, Quantity, Statement
from planner.plan.wording import NO_BREAK, number, quantity

_MOMENT = re.compile(r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$")


@singledispatch
def folded(value: Any) -> Any:
    """Sentences with their citations become one text; amounts and moments are as printed; None and "" are left out."""
    return value


@folded.register
def _(value: BaseModel) -> dict[str, Any]:
    parts = {name: folded(getattr(value, name)) for name in type(value).model_fields}
    return {name: part for name, part in parts.items() if part is not None and part not in ("", [], {})}


@folded.register
def _(value: Statement) -> str:
    return _cited(value.text, value.sources)


@folded.register
def _(value: PatientText) -> str:
    text = value.text
    for name, found in value.values.items():
        text = text.replace(f"{{{name}}}", str(folded(found)))
    return _cited(text, value.sources)


@folded.register
def _(value: Adjustment) -> str:
    part = value.part.replace("_", " ")
    return _cited(f"{part} from {value.from_text} to {value.to_text}, because {value.because}", value.sources)


@folded.register
def _(value: Confirmation) -> str:
    answers = [f"{word}: {then}" for word, then in (("yes", value.if_yes), ("no", value.if_no)) if then]
    return _cited(" ".join([value.ask, "; ".join(answers)]).strip(), value.sources)


@folded.register
def _(value: Quantity) -> str:
    return folded(quantity(value))


@folded.register
def _(value: dict) -> dict[str, Any]:
    return {key: folded(part) for key, part in value.items()}


@folded.register(list)
@folded.register(tuple)
def _(value: list | tuple) -> list[Any]:
    return [folded(part) for part in value]


@folded.register
def _(value: bool) -> str:
    return "yes" if value else "no"


@folded.register
def _(value: float) -> str:
    return number(value)


@folded.register
def _(value: str) -> str:
    return moment_words(value) if _MOMENT.match(value) else value.replace(NO_BREAK, " ")


def _cited(text: str, sources: list[str]) -> str:
    return folded(f"{text} [{', '.join(sources)}]" if sources else text)
