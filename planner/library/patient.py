"""Words for the patient: plain sentences that stand in the library beside the facts they tell.

Every sentence is English at grade 6 or below, and the key of its translations. `{name}` stands
for a value that differs from patient to patient; PLACEHOLDERS lists them.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from planner.library.entry import Citations, Cited, ConditionField, Entry
from planner.library.quantities import HoursField

Topic = Literal[
    "goal",
    "expect",
    "block",
    "opioid",
    "avoid",
    "cold",
    "elevation",
    "breathing",
    "sleep",
    "bowels",
    "eating",
    "relaxation",
    "exercise",
    "moving",
    "wound",
    "driving",
    "work",
    "storage",
    "naloxone",
    "overdose",
    "teach_back",
]
Slot = Literal["morning", "noon", "afternoon", "evening", "bedtime"]
PLACEHOLDERS = ("acetaminophen_planned_mg", "acetaminophen_limit_mg")
_NAMED = re.compile(r"\{([^}]*)\}")


def _plain(text: str) -> str:
    unknown = [name for name in _NAMED.findall(text) if name not in PLACEHOLDERS]
    if unknown:
        raise ValueError(f"{{{unknown[0]}}} is no value of a handout; use one of {', '.join(PLACEHOLDERS)}")
    return text


PatientWords = Annotated[str, AfterValidator(_plain)]


class Advice(Entry):
    """One sentence of the handout. Of two with the same id the more special one stands."""

    id: str
    topic: Topic
    text: PatientWords
    when: ConditionField | None = Field(
        None,
        description="for whom; not known: it is said. planned(...) asks what goes home, and which blocks were planned",
    )
    where_ruled_out: str | None = Field(None, description="a class: said only where the patient must not have it")
    unless_ruled_out: str | None = Field(None, description="a class: not said where the patient must not have it")
    source: Citations


class DrugWords(Entry):
    """What a patient reads about a medicine."""

    purpose: PatientWords = Field(description="what it is for: 'for pain'")
    notes: list[PatientWords] = []
    once_daily: Slot | None = Field(None, description="when, where it is taken once a day")
    source: Citations


class Told(Cited):
    """A fact for clinicians, and the same fact as the patient reads it; without that it is not on the handout."""

    id: str | None = Field(None, description="a more special file replaces the entry of this id")
    patient: PatientWords | None = None
    when: ConditionField | None = Field(None, description="for whom the handout says it; not known: it is said")


class Times(Entry):
    """At which times of the day a medicine with this interval is taken."""

    every: HoursField
    at: list[Slot]
    source: Citations


class ToPatient(Cited):
    """A sentence that is said to the patient as it stands."""

    text: PatientWords
    when: ConditionField | None = Field(None, description="for whom the handout says it; not known: it is said")


class HandoutFile(Entry):
    """`protocols/handout.yaml`: what every handout says, and when in the day a medicine is taken."""

    times: list[Times] = []

    advice: list[Advice] = []


def placeholders(text: str) -> Iterator[str]:
    """The names of the values that a sentence asks for."""
    yield from _NAMED.findall(text)
