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
    unknown: list[Phrase] = Field([], description="cells that say nothing is known")
    known_none: dict[str, list[Phrase]] = Field({}, description="a list to the cells that say it is empty")
    not_none: list[Phrase] = Field([], description="cells of a list that sound like none and are not")
    operation: OperationWords = OperationWords()

    @cached_property
    def target_of(self) -> dict[str, str]:
        """Every folded header to the fact it stands for."""
        return {fold(header): target for target, headers in self.columns.items() for header in headers}

    @cached_property
    def folded_ignored(self) -> frozenset[str]:
        return frozenset(map(fold, self.ignored))

    def says_unknown(self, cell: str) -> bool:
        """Whether a cell says that nothing is known. Cells such as --- have no letters, so both forms are looked up."""
        return not cell or cell.lower() in self._unknown or (fold(cell) in self._unknown_folded)

    def says_none(self, target: str, cell: str) -> bool:
        """Whether a cell of a list says that the list is empty."""
        return fold(cell) in self._none.get(target, frozenset())

    def says_nothing(self, cell: str) -> bool:
        """Whether a cell of a list only sounds as if the list were empty."""
        return fold(cell) in self._not_none

    def ended(self, status: str) -> str | None:
        """`canceled` or `done` where a status says that the case is not to come; else None."""
        folded = fold(status)
        return next((kind for kind, words in self._ended.items() if folded in words), None)

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
    def _ended(self) -> dict[str, frozenset[str]]:
        return {kind: frozenset(map(fold, getattr(self, kind))) for kind in ("canceled", "done")}
