"""Chart text that is read piece by piece, until only what is not understood is left."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

NUMBER = r"(\d+(?:\.\d+)?|\.\d+)"
RANGE = rf"{NUMBER}(?:\s*(?:-|to|or)\s*{NUMBER})?"
PIECES = (
    r"(?:tab(?:let)?s?|cap(?:sule|let)?s?|pills?|puffs?|sprays?|drops?|gtts?|patch(?:es)?|inhalations?|"
    r"films?|softgels?|gummies|lozenges?|packets?|suppositor(?:y|ies))\b"
)

_DIGITS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "eight": "8",
    "twelve": "12",
    "half": "0.5",
    "once": "1 times",
    "twice": "2 times",
    "thrice": "3 times",
}
_WORD_NUMBER = re.compile(rf"\b({'|'.join(_DIGITS)})\b")
_HALF_PIECE = re.compile(rf"\b(?:(\d+)\s+)?1/2(?=\s*(?:an?\s+|of an?\s+|(?:-|to|or)\s*\d+\s*)?{PIECES})")
_CLEANING: tuple[tuple[re.Pattern, str], ...] = (
    (re.compile("['\u2019\u2018`\u00ae\u2122]"), ""),
    (re.compile("[\u2010-\u2015\u2212]"), "-"),
    (re.compile("[\u00b5\u03bc]g"), "mcg"),
    (re.compile(r"(\d)\s*\u00bd"), r"\1.5"),
    (re.compile("\u00bd"), "0.5"),
    (re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),
    (re.compile(r"\b([a-z])\.([a-z])\.(?:([a-z])\.?)?"), r"\1\2\3"),
    (re.compile(r"(\d)\s*\((?:one|two|three|four|five|six|eight|twelve|half)\)"), r"\1"),
)


def plain(text: str) -> str:
    """Chart text in lower case, with one way of writing hyphens, thousands and abbreviations."""
    text = text.lower()
    for pattern, replacement in _CLEANING:
        text = pattern.sub(replacement, text)
    return text


def with_digits(text: str) -> str:
    """`plain` text with number words as digits: "one tab twice daily" is "1 tab 2 times daily"."""
    text = _HALF_PIECE.sub(lambda found: str(int(found[1] or 0) + 0.5), text)
    return _WORD_NUMBER.sub(lambda found: _DIGITS[found[1]], text)


def largest(found: re.Match) -> float:
    """The larger number of a range, or the only number: the first two groups of a match."""
    return max(float(found[1]), float(found[2] or 0))


def smallest(found: re.Match) -> float:
    """The smaller number of a range, or the only number: the first two groups of a match."""
    return min(float(found[1]), float(found[2] or found[1]))


def _always(found: re.Match) -> bool:
    return True


@dataclass
class ChartText:
    """What is still to be read of a chart entry. A piece taken out leaves a bar in its place.

    `unread` collects parts that were seen and not understood, or that a person should see.
    """

    left: str
    unread: list[str] = field(default_factory=list)

    def take(self, pattern: re.Pattern, fits: Callable[[re.Match], bool] = _always) -> list[re.Match]:
        """Every match of `pattern` that fits, taken out of the text."""
        matches = [found for found in pattern.finditer(self.left) if fits(found)]
        for found in reversed(matches):
            self.cut(*found.span())
        return matches

    def cut(self, start: int, end: int) -> None:
        """Take out the text from `start` up to `end`."""
        self.left = f"{self.left[:start]} | {self.left[end:]}"

    def report(self, matches: list[re.Match]) -> None:
        """Keep matches as not understood."""
        self.unread += [found[0].strip() for found in matches]
