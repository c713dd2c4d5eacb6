"""The check that no document prints a banned way of writing.

Text a user typed (names, medicines as written, allergies) is shown as it was typed, inside an
element marked `data-as-written`, and is not judged here.
"""

from html.parser import HTMLParser

from planner.reading.notation import RULES, findings
from planner.reading.problems import Place, Problem

__all__ = ["AS_WRITTEN", "RULES", "UnsafeText", "check", "check_lines", "findings", "shown_lines"]
AS_WRITTEN = "data-as-written"


class UnsafeText(Exception):
    """A document would have printed a banned way of writing: a fault of this program or its library.

    `problems` names each line. Nothing was printed.
    """

    def __init__(self, problems: list[Problem]):
        self.problems = tuple(problems)
        lines = "\n".join(str(problem) for problem in problems)
        super().__init__(f"Text that is not safe to print:\n{lines}")


def check_lines(lines: list[str], source: str = "document") -> list[Problem]:
    """The banned writings in plain lines of text."""
    problems = []
    for at, line in enumerate(lines, 1):
        for rule, words in findings(line):
            problems.append(
                Problem(
                    Place(source, at, 1),
                    f"Not safe to print ({rule.name}): {rule.why}.",
                    value=f"{words.strip()}   in: {line.strip()[:200]}",
                    mend=rule.mend,
                )
            )
    return problems


def check(html_text: str, source: str = "document") -> list[Problem]:
    """The banned writings in the words an HTML document shows."""
    return check_lines(shown_lines(html_text), source)


def shown_lines(html_text: str) -> list[str]:
    """The words a reader sees, one line for each block of the page, without text as written."""
    reader = _ShownText()
    reader.feed(html_text)
    reader.close()
    return [" ".join(line.split()) for line in "".join(reader.words).split("\n") if line.strip()]


class _ShownText(HTMLParser):
    _inline = {"span", "b", "strong", "em", "i", "small", "sup", "sub", "a", "abbr", "code"}
    _silent = {"style", "script"}
    _void = {"br", "hr", "meta", "link", "col", "img", "input", "wbr"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden: list[bool] = []

    def handle_starttag(self, tag, attrs):
        if tag not in self._inline:
            self.words.append("\n")
        if tag not in self._void:
            self._hidden.append(tag in self._silent or AS_WRITTEN in dict(attrs))
            if self._hidden[-1]:
                self.words.append("\u2026")

    def handle_endtag(self, tag):
        if tag not in self._inline:
            self.words.append("\n")
        if tag not in self._void and self._hidden:
            self._hidden.pop()

    def handle_data(self, data):
        if not any(self._hidden):
            self.words.append(data.replace("\n", " "))
