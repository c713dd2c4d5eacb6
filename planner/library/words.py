"""Sources and vocabulary: where facts come from, and the words conditions may use."""

from functools import cached_property

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


class FactorWord(Entry):
    """A name usable in conditions.

    `untested` is for facts that guidelines ask nobody to test for before a usual dose, as a
    genotype: where such a fact is not known its rules do not act, and this sentence is
    printed beside the line. It is the one declared exception to "unknown is cautious".
    """

    label: str
    unit: str = ""
    untested: str | None = None


class Intolerance(Entry):
    """Reactions that an entry of `allergies` may name and that are no allergy, or perhaps none."""

    of: list[str] = Field(description="the classes of drugs this holds for")
    reactions: list[str]
    unclear: list[str] = []
    because: str
    ask: str
    source: Citations


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
    intolerance: Intolerance
    none_words: list[str] = []
    tall_man: TallMan

    @cached_property
    def untested(self) -> frozenset[str]:
        """Factors whose rules act only where the fact is known."""
        return frozenset(name for name, word in self.factors.items() if word.untested)
