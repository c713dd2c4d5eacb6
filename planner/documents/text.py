"""Words on their way to the page: safe against markup, with tall-man letters and no-break units.

What a user typed is kept apart from what the program says: it is shown as it was typed,
marked, escaped, and exempt from the check of safe writing.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

from planner.documents.safe_writing import AS_WRITTEN, findings
from planner.documents.tall_man import tall_man
from planner.plan.models import Plan

OPEN, CLOSE = "\ue000", "\ue001"
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ue000\ue001\ufdd0-\ufdef\ufffe\uffff]"
)
_BEFORE_UNIT = re.compile(
    r"(?<=\d) (?=(?:mg|mcg|g|kg|mL|L|mEq|mmol|MME|cm|ms|hours?|minutes?|days?|weeks?|months?"
    r"|units?|tablets?|capsules?|%|\u00b0)(?!\w))"
)
_RANGE = re.compile(r"(?<=\d) to (?=\d)")
_SHORT_TIME = re.compile(r"(?<=\d)[ \u00a0]?(h|min)\b(?!\.)")
_DATE = re.compile(r"(?:\b[A-Z][a-z]{2} )?\b\d{2}-[A-Z][a-z]{2}-\d{4}(?: \d{2}:\d{2})?\b")
_MARKDOWN = re.compile(r"([\\`*_\[\]|#~])")


def typed_strings(plan: Plan) -> tuple[str, ...]:
    """The user's own words that break a rule of safe writing, wherever they are quoted, whole or in part."""
    words = _leaves([plan.case, *(medicine.unread for medicine in plan.home_medicines or ())])
    return tuple(sorted({text for text in words if findings(text)}, key=lambda text: (-len(text), text)))


def _leaves(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        for child in value.values():
            yield from _leaves(child)
    elif isinstance(value, (list, tuple)):
        for child in value:
            yield from _leaves(child)
    elif isinstance(value, str) and len(value.strip()) > 1:
        yield value.strip()


class Speaker:
    """The two voices of a document: `say` for the program's words, `written` for the user's."""

    def __init__(self, names: Mapping[str, str], typed: Iterable[str] = ()):
        self._tall_man = tall_man(names)
        found = [re.escape(text) for text in typed]
        self._typed = re.compile("|".join(found), re.IGNORECASE) if found else None

    def parts(self, text: str) -> list[tuple[bool, str]]:
        """The text in pieces, each with whether a user typed it."""
        pieces, at = [], 0
        for match in self._typed.finditer(text) if self._typed else ():
            pieces += [(False, text[at : match.start()]), (True, match[0])]
            at = match.end()
        pieces.append((False, text[at:]))
        return [(typed, piece) for typed, piece in pieces if piece]

    def plain(self, text: str) -> str:
        """The program's own words: hours in full, no break in `4 to 10` or before a unit, tall-man names."""
        text = _SHORT_TIME.sub(_full_time, printable(text))
        text = _RANGE.sub("\u00a0to\u00a0", text)
        return self._tall_man(_BEFORE_UNIT.sub("\u00a0", text))

    def spoken(self, text: Any, plain: Callable[[str], str], written: Callable[[str], str]) -> list[str]:
        return [written(piece) if typed else plain(self.plain(piece)) for typed, piece in self.parts(str(text))]


def _full_time(match: re.Match[str]) -> str:
    one = re.search(r"(?<![\d.])1$", match.string[: match.start()])
    return "\u00a0" + {"h": "hour", "min": "minute"}[match[1]] + ("" if one else "s")


class HtmlVoice(Speaker):
    def say(self, text: Any) -> Markup:
        return Markup("").join(self.spoken(text, _whole_dates, self.written))

    def written(self, text: Any) -> Markup:
        return Markup(f"<span {AS_WRITTEN}>{{}}</span>").format(printable(str(text)))


def _whole_dates(text: str) -> Markup:
    """Escaped text in which no date is cut at the end of a line."""
    return Markup(_DATE.sub(r'<span class="nb">\g<0></span>', str(escape(text))))


class MarkdownVoice(Speaker):
    """User text stands between two private characters until the check is done; see `strip_marks`."""

    def say(self, text: Any) -> str:
        return "".join(self.spoken(text, markdown, self.written))

    def written(self, text: Any) -> str:
        return f"{OPEN}{markdown(printable(str(text)))}{CLOSE}"


def markdown(text: str) -> str:
    """Text that no Markdown reader takes for markup."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(r"\\\1", escaped).replace("\n", " ")


def printable(text: str | None) -> str:
    """Text without control and direction characters; line ends become spaces."""
    return _UNPRINTABLE.sub("", re.sub(r"[\r\n\t]", " ", text or ""))


def without_written(text: str) -> str:
    return re.sub(f"{OPEN}[^{CLOSE}]*{CLOSE}", "\u2026", text)


def strip_marks(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")
