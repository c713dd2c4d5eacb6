"""What is wrong with an input, where, and how to mend it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """Where a value stands. `line` and `column` count from 1; 0 means the source has no lines."""

    source: str
    line: int = 0
    column: int = 0
    path: str = ""

    def __str__(self) -> str:
        where = self.source
        if self.line:
            where += f":{self.line}:{self.column}"
        return f"{where}: {self.path}" if self.path else where


@dataclass(frozen=True, order=True)
class Problem:
    """One thing a person must mend.

    `message` is a plain sentence; `value` the text found; `mend` the next step.
    """

    place: Place
    message: str
    value: str = ""
    mend: str = ""

    def __str__(self) -> str:
        parts = [f"{self.place}", f"    {self.message}"]
        if self.value:
            parts.append(f"    found: {self.value}")
        if self.mend:
            parts.append(f"    mend:  {self.mend}")
        return "\n".join(parts)


class InputError(Exception):
    """A user's input cannot be used. Carries every problem found, and never a traceback."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(name: str, known: Iterable[str]) -> str:
    """A sentence naming the known name closest to `name`, or "" when none is close."""
    candidates = {candidate.lower(): candidate for candidate in known}
    found = difflib.get_close_matches(str(name).lower(), candidates, n=1, cutoff=0.6)
    return f"did you mean {candidates[found[0]]}?" if found else ""
