"""How far a long run is: a bar on a terminal, plain lines elsewhere. Both go to standard error."""

import sys
import time
from collections import Counter
from types import TracebackType

import click

_EVERY = 10
"""Seconds between two plain lines."""


class Progress:
    """Counts finished cases. Use it as a context; `quiet` shows nothing."""

    def __init__(self, cases: int, quiet: bool = False):
        self.cases = cases
        self.counts: Counter[str] = Counter()
        self.begun = self.said = time.monotonic()
        self._quiet = quiet or not cases
        on_terminal = not self._quiet and sys.stderr.isatty()
        self._bar = (
            click.progressbar(
                length=cases, label="cases", show_pos=True, item_show_func=lambda _: self._now(), file=sys.stderr
            )
            if on_terminal
            else None
        )

    def __enter__(self) -> "Progress":
        if self._bar:
            self._bar.__enter__()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar:
            self._bar.__exit__(kind, error, trace)

    def tell(self, outcome) -> None:
        """One more case is finished."""
        self.counts[outcome.status] += 1
        if self._bar:
            self._bar.update(1, outcome)
        elif not self._quiet and time.monotonic() - self.said >= _EVERY:
            self.said = time.monotonic()
            done = self.counts.total()
            left = (self.cases - done) * (self.said - self.begun) / done
            click.echo(f"{done} of {self.cases} cases, about {left:.0f} s left; {self._now()}", err=True)

    def _now(self) -> str:
        """Cases a second, and how many there are of each status."""
        seconds = max(time.monotonic() - self.begun, 0.001)
        found = ", ".join(f"{count} {status}" for status, count in sorted(self.counts.items()))
        return f"{self.counts.total() / seconds:.1f}/s; {found}"
