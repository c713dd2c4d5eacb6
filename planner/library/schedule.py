"""The words operating lists use: column headers, units, cells, and how operations are written."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from planner.library.entry import Citations, Entry
from planner.library.matching import fold


def _text(value: object) -> str:
    return str(value).strip().lower()


Phrase = Annotated[str, BeforeValidator(_text)]


class Unit(Entry):
    """A unit a column may be in. `times` turns its number into the unit of the case field."""

    also: list[Phrase] = Field([], description="how headers and cells write it")
    times: float = Field(1, gt=0)
    whole: bool = Field(False, description="its numbers are whole: what stands after a point may be in another unit")
    source: Citations | None = Field(None, description="where the factor comes from; none for the field's own unit")

    @model_validator(mode="after")
    def _factor_has_a_source(self):
        if self.times != 1 and self.source is None:
            raise ValueError("a factor needs its source")
        return self


def unit_named(text: str, units: Mapping[str, Unit]) -> str | None:
    """The name of the unit that a header or a cell writes so; None where it is none of them."""
    spelled = text.strip().lower().rstrip(".")
    return next((name for name, unit in units.items() if spelled in (name.lower(), *unit.also)), None)


def own_unit(units: Mapping[str, Unit]) -> str:
    """The unit of the case field that takes a fact."""
    return next(name for name, unit in units.items() if unit.times == 1)


class Choices(Entry):
    """What the cells of one column mean. Other words leave the fact unknown, and that is said."""

    means: dict[str, list[Phrase]]

    @cached_property
    def by_phrase(self) -> dict[str, str]:
        """Every folded phrase, and the value itself, to the value it means."""
        return {fold(phrase): value for value, phrases in self.means.items() for phrase in (value, *phrases)}


class OperationWords(Entry):
    """How to read the wording of an operation.

    `noise` says nothing about which operation it is, `noise_for` nothing where it is that one; a word
    of `changes` makes it another operation; `approaches` are words for the approach of an operation.
    """

    noise: list[Phrase] = []
    noise_for: dict[str, list[Phrase]] = {}
    approaches: dict[str, dict[str, list[Phrase]]] = {}
    changes: list[Phrase] = []
    expansions: dict[Phrase, str] = Field({}, description="an abbreviation to what it stands for")
    sides: dict[Literal["left", "right", "both"], list[Phrase]] = {}
    cpt_add_ons: list[str] = Field([], description="codes that only add to another code")


class ScheduleWords(Entry):
    """`columns`: a fact to the headers it stands under, matched without case and punctuation."""

    columns: dict[str, list[Phrase]] = {}
    ignored: list[Phrase] = Field([], description="headers known to hold nothing for a plan")
    units: dict[str, dict[str, Unit]] = Field({}, description="a fact to the units its column may be in")
    choices: dict[str, Choices] = Field({}, description="a fact to the words its cells may hold")
    canceled: list[Phrase] = Field([], description="status words of a case that does not take place")
    done: list[Phrase] = Field([], description="status words of a case that is over")
    active: list[Phrase] = Field([], description="status words of a case that is to come")
    header_remarks: list[Phrase] = Field(
        [], description="words in brackets after a header that do not change its meaning"
    )
    hedges: list[Phrase] = Field([], description="words in a list by which an entry may not be true of the patient now")
    unknown: list[Phrase] = Field([], description="cells that say nothing is known")
    known_none: dict[str, list[Phrase]] = Field({}, description="a list to the cells that say it is empty")
    no_term: list[Phrase] = Field(
        [], description="diagnoses of problem lists that no term of the vocabulary stands for"
    )
    not_none: list[Phrase] = Field([], description="cells of a list that sound like none and are not")
    operation: OperationWords = OperationWords()

    @cached_property
    def target_of(self) -> dict[str, str]:
        """Every folded header to the fact it stands for."""
        return {fold(header): target for target, headers in self.columns.items() for header in headers}

    def ignores(self, header: str) -> bool:
        """Whether a header is known to hold nothing for a plan."""
        return fold(header) in self._folded["ignored"]

    def is_header_remark(self, text: str) -> bool:
        """Whether words in brackets do not change what a header means."""
        return fold(text) in self._folded["header_remarks"]

    def says_unknown(self, cell: str) -> bool:
        """Whether a cell says that nothing is known. Cells such as --- have no letters, so both forms are looked up."""
        folded = fold(cell)
        return not cell or cell.lower() in self._unknown or (bool(folded) and folded in self._folded["unknown"])

    def says_none(self, target: str, cell: str) -> bool:
        """Whether a cell of a list says that the list is empty."""
        return fold(cell) in self._none.get(target, frozenset())

    def says_nothing(self, cell: str) -> bool:
        """Whether a cell of a list only sounds as if the list were empty."""
        return fold(cell) in self._folded["not_none"]

    def has_no_term(self, entry: str) -> bool:
        """Whether an entry of a problem list is a diagnosis that no term of the vocabulary stands for."""
        return fold(entry) in self._folded["no_term"]

    def hedges_in(self, entry: str) -> bool:
        """Whether an entry holds a word by which it may not be true of the patient now."""
        return self._any_in("hedges", entry)

    def ended(self, status: str) -> bool:
        """Whether a status says that the case is canceled, in whatever words, or is over."""
        return fold(status) in self._folded["done"] or self._any_in("canceled", status)

    def stands(self, status: str) -> bool:
        """Whether a status says that the case is to come."""
        return fold(status) in self._folded["active"]

    def _any_in(self, name: str, text: str) -> bool:
        """Whether a phrase of the list of this name stands in a text as whole words."""
        words = f" {fold(text)} "
        return any(f" {phrase} " in words for phrase in self._folded[name])

    @cached_property
    def _folded(self) -> dict[str, frozenset[str]]:
        """The lists of phrases by their names, as they are compared."""
        return {name: frozenset(map(fold, value)) for name, value in self if isinstance(value, list)}

    @cached_property
    def _unknown(self) -> frozenset[str]:
        return frozenset(self.unknown)

    @cached_property
    def _none(self) -> dict[str, frozenset[str]]:
        return {target: frozenset(map(fold, phrases)) for target, phrases in self.known_none.items()}
