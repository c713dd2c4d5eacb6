"""Sources and vocabulary: where facts come from, and the words conditions may use."""

from pydantic import Field

from planner.library.entry import Checked, Citations, Entry


class SourceEntry(Entry):
    title: str
    year: int | None = None
    doi: str | None = None
    url: str | None = None
    checked: Checked


class Term(Entry):
    label: str
    ask: str
    hint: str | None = None


class FactorWord(Entry):
    label: str
    unit: str = ""


class TallMan(Entry):
    source: Citations
    names: dict[str, str]


class Vocabulary(Entry):
    conditions: dict[str, Term]
    implies: dict[str, list[str]] = {}
    classes: dict[str, str]
    factors: dict[str, FactorWord] = Field(description="names usable in conditions, with their label")
    asks: dict[str, str] = Field(description="the question for each case field that may be missing")
    declines: dict[str, str] = {}
    other_allergens: list[str] = []
    none_words: list[str] = []
    tall_man: TallMan
