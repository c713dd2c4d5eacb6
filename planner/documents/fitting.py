"""Which of several settings of a page, from the widest to the closest, is the first that fits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Made = TypeVar("Made")


@dataclass(frozen=True)
class Room:
    """How many pages there are, and which setting likely fits on them: where the search starts."""

    pages: int
    guess: int = 0


def first_that_fits(settings: Sequence[Callable[[], Made]], fits: Callable[[Made], bool], guess: int) -> Made:
    """What the first setting that fits makes, else what the last one makes.

    Where one fits, all that are closer are taken to fit: only the neighbors of the border are made, from `guess` on.
    """
    at = min(guess, len(settings) - 1)
    made = settings[at]()
    if fits(made):
        while at and fits(wider := settings[at - 1]()):
            at, made = at - 1, wider
        return made
    for setting in settings[at + 1 :]:
        made = setting()
        if fits(made):
            break
    return made
