"""The words operating lists use: column headers, units, cells, and how operations are written."""

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


class Choices(Entry):
    """What the cells of one column mean. `unclear` words leave the fact unknown, and that is said."""

    means: dict[str, list[Phrase]]
    unclear: list[Phrase] = []

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

    @cached_property
    def folded_ignored(self) -> frozenset[str]:
        return frozenset(map(fold, self.ignored))

    def own_unit(self, target: str) -> str:
        """The unit of the case field that takes a fact."""
        return next(name for name, unit in self.units[target].items() if unit.times == 1)

    def says_unknown(self, cell: str) -> bool:
        """Whether a cell says that nothing is known. Cells such as --- have no letters, so both forms are looked up."""
        return not cell or cell.lower() in self._unknown or (fold(cell) in self._unknown_folded)

    def says_none(self, target: str, cell: str) -> bool:
        """Whether a cell of a list says that the list is empty."""
        return fold(cell) in self._none.get(target, frozenset())

    def says_nothing(self, cell: str) -> bool:
        """Whether a cell of a list only sounds as if the list were empty."""
        return fold(cell) in self._not_none

    def ended(self, status: str) -> bool:
        """Whether a status says that the case is canceled, in whatever words, or is over."""
        words = f" {fold(status)} "
        return words.strip() in self._done or any(f" {phrase} " in words for phrase in self._canceled)

    def stands(self, status: str) -> bool:
        """Whether a status says that the case is to come."""
        return fold(status) in self._active

    @cached_property
    def folded_no_term(self) -> frozenset[str]:
        return frozenset(map(fold, self.no_term))

    @cached_property
    def _unknown(self) -> frozenset[str]:
        return frozenset(self.unknown)

    @cached_property
    def _unknown_folded(self) -> frozenset[str]:
        return frozenset(filter(None, map(fold, self.unknown)))

    @cached_property
    def _none(self) -> dict[str, frozenset[str]]:
        return {target: frozenset(map(fold, phrases)) for target, phrases in self.known_none.items()}

    @cached_property
    def _not_none(self) -> frozenset[str]:
        return frozenset(map(fold, self.not_none))

    @cached_property
    def _canceled(self) -> frozenset[str]:
        return frozenset(map(fold, self.canceled))

    @cached_property
    def _done(self) -> frozenset[str]:
        return frozenset(map(fold, self.done))

    @cached_property
    def _active(self) -> frozenset[str]:
        return frozenset(map(fold, self.active))

    @cached_property
    def folded_hedges(self) -> tuple[str, ...]:
        return tuple(map(fold, self.hedges))

    @cached_property
    def folded_header_remarks(self) -> frozenset[str]:
        return frozenset(map(fold, self.header_remarks))
