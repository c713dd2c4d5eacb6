"""Source numbers, given in the order in which a page first uses them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planner.plan.models import Source
from planner.plan.parts import Statement

MARKS = {"read": "", "second-hand": "\u2020", "unverified": "\u2021"}
WORDS = {"second-hand": "second-hand", "unverified": "not verified"}
MOST = 2
"""So many sources are printed for one statement. The plan's data holds them all."""

Work = tuple[str, int | None, str | None, str | None]
"""What makes two entries the same work: title, year, doi, address."""


@dataclass(frozen=True)
class Ref:
    """One number in brackets; the mark says how the source was checked for this statement."""

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

    def __str__(self) -> str:
        return f"{self.text} [{','.join(map(str, self.refs))}]" if self.refs else self.text


@dataclass(frozen=True)
class SourceLine:
    """One work in the list of sources. `checked`: how, in words, where it was not simply read."""

    number: int
    title: str
    year: int | None
    link: str
    checked: str


class Citations:
    """Gives each source its number on first use. Build a page in reading order.

    A work that was checked differently for different statements keeps one number; the mark
    at each statement says how it was checked there.
    """

    def __init__(self, sources: Mapping[str, Source]):
        self._sources = sources
        self._numbers: dict[Work, int] = {}
        self._checked: dict[Work, dict[str, None]] = {}

    def refs(self, keys: Iterable[str], most: int = MOST) -> tuple[Ref, ...]:
        """The numbers of the best checked of `keys`, and one of the worst checked where it is worse.

        So a few numbers stand for many, and no statement looks better checked than it is.
        """
        ranked = sorted(dict.fromkeys(keys), key=self._rank)
        shown = ranked[:most]
        worst = next((key for key in ranked if self._rank(key)[0] == self._rank(ranked[-1])[0]), None)
        if worst and worst not in shown and self._rank(worst)[0] > self._rank(shown[-1])[0]:
            shown = [*shown[: max(1, most - 1)], worst]
        found = {work_of(self._source(key)): self._ref(key) for key in shown}
        return tuple(sorted(found.values(), key=lambda ref: ref.number))

    def _ref(self, key: str) -> Ref:
        source = self._source(key)
        work = work_of(source)
        number = self._numbers.setdefault(work, len(self._numbers) + 1)
        self._checked.setdefault(work, {})[source.checked] = None
        return Ref(number, MARKS[source.checked])

    def cite(self, text: str, keys: Iterable[str] = (), changed: bool = False, most: int = MOST) -> Cited:
        return Cited(text, self.refs(keys, most), changed)

    def statements(self, statements: Iterable[Statement], most: int = MOST) -> tuple[Cited, ...]:
        return tuple(self.cite(statement.text, statement.sources, most=most) for statement in statements)

    def lines(self) -> tuple[SourceLine, ...]:
        """The list of sources used so far, by number."""
        return tuple(self._line(work, number) for work, number in self._numbers.items())

    def _line(self, work: Work, number: int) -> SourceLine:
        title, year, doi, url = work
        link = f"doi:{doi}" if doi else (url or "").split(";")[0].removeprefix("https://").rstrip("/")
        return SourceLine(number, title, year, link, checked_words(self._checked[work]))

    def _rank(self, key: str) -> tuple[int, bool]:
        source = self._source(key)
        return list(MARKS).index(source.checked), work_of(source) not in self._numbers

    def _source(self, key: str) -> Source:
        """A key without a source is shown, as unverified, not dropped."""
        return self._sources.get(key) or Source(title=key, checked="unverified")


def work_of(source: Source) -> Work:
    return source.title, source.year, source.doi, source.url


def checked_words(found: Iterable[str]) -> str:
    """`‡ not verified`, or `‡ not verified where marked` for a work that was read for other statements; "" for read."""
    listed = set(found)
    words = " or ".join(f"{MARKS[how]} {word}" for how, word in WORDS.items() if how in listed)
    return f"{words} where marked" if words and len(listed) > 1 else words


def alike_last(parts: Iterable[Cited]) -> tuple[Cited, ...]:
    """The parts with their numbers only where the next part has others: `a; b; c [1]; d [2]`."""
    listed = list(parts)
    following = (*(part.refs for part in listed[1:]), None)
    return tuple(
        replace(part, refs=()) if part.refs == after else part for part, after in zip(listed, following, strict=False)
    )
