"""How a list writes an operation, to the protocol that stands for it.

A wrong match is worse than none. So a text is matched only where the words that are left, after
noise, sides and levels, are exactly the words of one protocol's title, alias or CPT code.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from planner.library.matching import fold
from planner.library.protocol import Protocol
from planner.library.schedule import OperationWords

_LEVELS = re.compile(r"\bl[1-5](?:\s*[-/–]\s*(?:l?[1-5]|s1|s))?\b|\bl?[1-5]\s*[-/–]\s*s1\b")
_LEVEL_WORD = "lumbar"
_SHORT = 2
"""Words of so few letters tell nothing alone."""
_OTHER_LEVELS = re.compile(r"\b[ct]\s?(?:[1-9]|1[0-2])\b(?!\s*(?:approach|table))")
_CODE = re.compile(r"\b(\d{4}[0-9T])((?:\s*[-/]\s*(?:RT|LT|50)\b)*)(?!\d)", re.IGNORECASE)
_SUFFIX = re.compile(r"RT|LT|50", re.IGNORECASE)
_ANESTHESIA_CODES = ("00", "01")
"""What anesthesia codes begin with; they name no operation."""
_UNSURE = re.compile(r"[?¿~<>→=!¬]")
_CODE_SIDES = {"rt": "right", "lt": "left", "50": "both"}
_LIST_NUMBER = re.compile(r"^\s*\d{1,2}\s*[.)]\s+")
_STRONG = re.compile(r"[;\n|]+")
_WEAK = re.compile(r"[,/+&]|\bwith\b|\bw/|\band\b", re.IGNORECASE)


@dataclass(frozen=True)
class Operation:
    """One operation of a row: as written, and the protocol (None: no protocol stands for it, and `because`)."""

    text: str
    protocol: str | None = None
    side: str | None = None
    approach: str | None = None
    because: str = ""
    changed: bool = False
    """A word in it makes it another operation than the one it names."""


class OperationReader:
    """Reads wordings and codes by the words and protocols of a library."""

    def __init__(self, words: OperationWords, protocols: Mapping[str, Protocol]):
        self.words = words
        self.protocols = protocols
        self._sides = {tuple(fold(word).split()): side for side, texts in words.sides.items() for word in texts}
        self._changes = _phrases(words.changes)
        self._noise = _phrases(words.noise)
        expansions = {tuple(fold(short).split()): tuple(fold(long).split()) for short, long in words.expansions.items()}
        self._expansions = dict(sorted(expansions.items(), key=lambda one: len(one[0])))
        self._quiet = {name: (*self._noise, *_phrases(words.noise_for.get(name, ()))) for name in protocols}
        self._approaches = {
            name: {way: _phrases(texts) for way, texts in words.approaches.get(name, {}).items()} for name in protocols
        }
        self.read = lru_cache(maxsize=4096)(self._read)

    @cached_property
    def codes(self) -> dict[str, str]:
        """Every CPT code that one protocol alone claims."""
        claimed = [(code, name) for name, protocol in self.protocols.items() for code in protocol.cpt]
        return {code: name for code, name in claimed if sum(code == other for other, _ in claimed) == 1}

    def operations(self, texts: Iterable[str]) -> list[Operation]:
        """Every operation in the texts of a row. Parts of one text are told apart where that is sure."""
        return [
            operation
            for text in texts
            for part in _STRONG.split(text)
            if part.strip()
            for operation in self._parts(part.strip())
        ]

    def _parts(self, text: str) -> list[Operation]:
        """A text as one operation, or as several where each part of it is one by itself."""
        whole = self.read(text)
        if whole.protocol or whole.changed:
            return [whole]
        parts = [self.read(part.strip()) for part in _WEAK.split(text) if part.strip()]
        if len(parts) > 1 and all(part.protocol for part in parts) and len({part.protocol for part in parts}) > 1:
            return parts
        return [whole]

    def from_codes(self, cells: Iterable[str]) -> tuple[list[Operation], list[str]]:
        """The operations that CPT codes name, and the codes that no protocol has. Add-on codes are passed over."""
        found, unknown = [], []
        for code, suffix in (match.groups() for cell in cells for match in _CODE.finditer(cell)):
            code, sides = code.upper(), {_CODE_SIDES[side.lower()] for side in _SUFFIX.findall(suffix)}
            if code in self.codes:
                name, way = self.codes[code], self._approach_of(self.codes[code], code)
                found += [Operation(f"CPT {code}", name, side, way) for side in sorted(sides) or [None]]
            elif code not in self.words.cpt_add_ons and not code.startswith(_ANESTHESIA_CODES):
                unknown.append(code)
        return found, unknown

    def akin(self, text: str, name: str) -> bool:
        """Whether a text shares a word with the names of a protocol, sides and noise apart."""
        tokens = self._expanded(tuple(fold(text).split()))
        known = {word for alias in self._names[name] for word in alias if len(word) > _SHORT}
        return not known.isdisjoint(_without(_without(tokens, self._noise), self._sides))

    def _read(self, text: str) -> Operation:
        lowered = _LIST_NUMBER.sub("", text.lower())
        leveled = _LEVELS.sub(" ", lowered)
        codes, unknown = self.from_codes([text])
        tokens = self._expanded(tuple(fold(_CODE.sub(" ", leveled)).split()))
        if changing := self._changing(leveled, tokens):
            return Operation(text, because=changing, changed=True)
        if unknown:
            return Operation(text, because=f"CPT {', '.join(unknown)}: no protocol has this code", changed=True)
        if codes and not _without(_without(tokens, self._noise), self._sides):
            one = codes[0]
            sides = {code.side for code in codes if code.side} | ({self._side(tokens)} - {None})
            if len({code.protocol for code in codes}) > 1 or len(sides) > 1:
                return Operation(text, because="its codes tell two things", changed=True)
            return Operation(text, one.protocol, next(iter(sides), None), one.approach)
        matches = [found for name in self.protocols if (found := self._matched(text, name, tokens, leveled != lowered))]
        if len(matches) == 1:
            told = {code.protocol for code in codes} | {matches[0].protocol}
            sides = {one.side for one in (*codes, matches[0]) if one.side}
            if len(told) > 1 or len(sides) > 1:
                return Operation(text, because="its words and its code tell two things", changed=True)
            return replace(matches[0], side=next(iter(sides), None))
        if matches:
            named = " and ".join(self.protocols[match.protocol].title for match in matches)
            return Operation(text, because=f"it may be {named}")
        return Operation(text, because="no protocol stands for these words")

    def _changing(self, text: str, tokens: tuple[str, ...]) -> str:
        """Why the words are those of another operation, or of one that nobody is sure of; "" where they are not."""
        if _UNSURE.search(text):
            return "a sign in it says that it is not sure"
        if level := _OTHER_LEVELS.search(text):
            return f"the level {level[0].upper()} makes it another operation"
        phrase = next((phrase for phrase in self._changes if _find(tokens, phrase) is not None), None)
        return f"the word {' '.join(phrase)} makes it another operation" if phrase else ""

    def _expanded(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """Abbreviations spelled out, the shortest first; what an expansion gives may be part of a longer one."""
        for short, whole in self._expansions.items():
            at = _find(tokens, short)
            while at is not None:
                tokens = (*tokens[:at], *whole, *tokens[at + len(short) :])
                at = None if short[0] in whole else _find(tokens, short)
        return tokens

    def _matched(self, text: str, name: str, tokens: tuple[str, ...], leveled: bool) -> Operation | None:
        """The operation where what is left of the words is a name of this protocol."""
        if leveled and not any(_LEVEL_WORD in alias for alias in self._names[name]):
            return None
        for left in self._readings(name, tokens):
            for words in (left, (*left, _LEVEL_WORD)) if leveled else (left,):
                alias = self._names[name].get(tuple(sorted(set(words))))
                if alias:
                    approach = self._said_approach(name, tokens) or self._approach_of(name, alias)
                    return Operation(text, name, self._side(tokens), approach)
        return None

    def _readings(self, name: str, tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The words as written, without the side, without noise, and without the words for the approach."""
        yield tokens
        yield _without(tokens, self._sides)
        quiet = self._quiet[name]
        approaches = [phrase for phrases in self._approaches[name].values() for phrase in phrases]
        for dropped in (quiet, approaches, (*quiet, *approaches)):
            yield _without(tokens, dropped)
            yield _without(_without(tokens, dropped), self._sides)

    @cached_property
    def _names(self) -> dict[str, dict[tuple[str, ...], str]]:
        """Of each protocol its names as sorted words, spelled out as texts are, to the name as the library has it."""
        return {
            name: {
                tuple(sorted(set(self._expanded(tuple(fold(alias).split()))))): fold(alias)
                for alias in (name, protocol.title, *protocol.also_known_as)
            }
            for name, protocol in self.protocols.items()
        }

    def _side(self, tokens: tuple[str, ...]) -> str | None:
        """The side that the words name; None where they name several, which leaves it open."""
        found = set()
        for phrase in sorted(self._sides, key=len, reverse=True):
            if _find(tokens, phrase) is not None:
                found.add(self._sides[phrase])
                tokens = _without(tokens, [phrase])
        return next(iter(found)) if len(found) == 1 else None

    def _said_approach(self, name: str, tokens: tuple[str, ...]) -> str | None:
        said = {
            approach
            for approach, phrases in self._approaches[name].items()
            for phrase in phrases
            if _find(tokens, phrase) is not None
        }
        return said.pop() if len(said) == 1 else None

    def _approach_of(self, name: str, alias: str) -> str | None:
        return {fold(known): way for known, way in self.protocols[name].approach_by_name.items()}.get(fold(alias))


def _phrases(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Phrases as words, the longest first."""
    return tuple(sorted({tuple(fold(text).split()) for text in texts} - {()}, key=lambda words: (-len(words), words)))


def _find(tokens: Sequence[str], phrase: Sequence[str]) -> int | None:
    """Where a phrase stands among words."""
    size = len(phrase)
    return next((at for at in range(len(tokens) - size + 1) if tuple(tokens[at : at + size]) == tuple(phrase)), None)


def _without(tokens: tuple[str, ...], phrases: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    for phrase in sorted(phrases, key=len, reverse=True):
        while (at := _find(tokens, phrase)) is not None:
            tokens = (*tokens[:at], *tokens[at + len(phrase) :])
    return tokens
