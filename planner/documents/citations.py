"""Source numbers, given in the order in which a page first uses them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.plan.models import Source, Statement

MARKS = {"read": "", "second-hand": "\u2020", "unverified": "\u2021"}
MOST = 2
"""So many sources are printed for one statement. The plan's data holds them all."""


@dataclass(frozen=True)
class Ref:
    """One number in brackets; the mark says how the source was checked."""

    number: int
    mark: str = ""

    def __str__(self) -> str:
        return f"{self.number}{self.mark}"


@dataclass(frozen=True)
class Cited:
    """A few words and the sources they stand on. `changed`: differs from the protocol."""

    text: str
    refs: tuple[Ref, ...] = ()
    changed: bool = False


@dataclass(frozen=True)
class SourceLine:
    ref: Ref
    title: str
    year: int | None
    link: str
    checked: str


class Citations:
    """Gives each source its number on first use. Build a page in reading order."""

    def __init__(self, sources: Mapping[str, Source]):
        self._sources = sources
        self._numbers: dict[str, int] = {}

    def refs(self, keys: Iterable[str], most: int = MOST) -> tuple[Ref, ...]:
        """The numbers of the best checked of `keys`, and one of the worst checked where it is worse.

        So a few numbers stand for many, and no statement looks better checked than it is.
        """
        ranked = sorted(dict.fromkeys(keys), key=self._rank)
        shown = ranked[:most]
        worst = next((key for key in ranked if self._rank(key)[0] == self._rank(ranked[-1])[0]), None)
        if worst and worst not in shown and self._rank(worst)[0] > self._rank(shown[-1])[0]:
            shown = [*shown[: max(1, most - 1)], worst]
        found = [self._ref(key) for key in shown]
        return tuple(sorted(found, key=lambda ref: ref.number))

    def _ref(self, key: str) -> Ref:
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        return Ref(number, MARKS[self._source(key).checked])

    def cite(self, text: str, keys: Iterable[str] = (), changed: bool = False, most: int = MOST) -> Cited:
        return Cited(text, self.refs(keys, most), changed)

    def statements(self, statements: Iterable[Statement]) -> tuple[Cited, ...]:
        return tuple(self.cite(statement.text, statement.sources) for statement in statements)

    def lines(self) -> tuple[SourceLine, ...]:
        """The list of sources used so far, by number."""
        return tuple(self._line(key) for key in self._numbers)

    def _line(self, key: str) -> SourceLine:
        source = self._source(key)
        link = f"doi:{source.doi}" if source.doi else source.url or ""
        return SourceLine(self.refs([key])[0], source.title, source.year, link, source.checked)

    def _rank(self, key: str) -> tuple[int, bool]:
        return list(MARKS).index(self._source(key).checked), key not in self._numbers

    def _source(self, key: str) -> Source:
        """A key without a source is shown, as unverified, not dropped."""
        return self._sources.get(key) or Source(title=key, checked="unverified")
