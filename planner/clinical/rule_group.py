"""The rules of one drug, class or block, with the facts that their answers hang on."""

from bisect import bisect_left, bisect_right
from functools import cached_property

from planner.case.interval import Interval
from planner.library.conditions import Ask, Number, Word, leaves

_KEPT = 512
"""Combinations of facts of which a group keeps what its rules say; a list of a day has far fewer."""


class RuleGroup(tuple):
    """Rules that are held against a patient together.

    Their answers hang on few facts, and on a number only by where it stands among the limits it is compared
    with. So what they say to one patient is kept, and holds for the next one whose facts are the same.
    """

    @cached_property
    def seen(self) -> dict[tuple, list]:
        """What the rules said, by the facts of `facts`."""
        return {}

    def facts(self, situation) -> tuple:
        """All that the answers of these rules hang on, but for what is planned."""
        answers, words, numbers = situation.answers, situation.factors.words, situation.factors.numbers
        return (
            tuple([answers[asked] for asked in self._asks]),
            tuple([words.get(name) for name in self._words]),
            tuple([_standing(numbers.get(name), limits) for name, limits in self._limits]),
        )

    def keep(self, facts: tuple, said: list) -> None:
        """Note what the rules say; all is forgotten when it becomes too much."""
        if len(self.seen) >= _KEPT:
            self.seen.clear()
        self.seen[facts] = said

    @cached_property
    def _leaves(self) -> list:
        return [leaf for rule in self for leaf in leaves(rule.when)]

    @cached_property
    def _asks(self) -> tuple[tuple[str, str], ...]:
        asks = (leaf for leaf in self._leaves if isinstance(leaf, Ask) and leaf.question != "planned")
        return tuple(dict.fromkeys((ask.question, ask.name) for ask in asks))

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(leaf.name for leaf in self._leaves if isinstance(leaf, Word)))

    @cached_property
    def _limits(self) -> tuple[tuple[str, list[float]], ...]:
        found: dict[str, set[float]] = {}
        for leaf in self._leaves:
            if isinstance(leaf, Number):
                found.setdefault(leaf.name, set()).add(leaf.limit)
        return tuple((name, sorted(limits)) for name, limits in found.items())


def _standing(value: float | Interval | None, limits: list[float]) -> int | tuple[int, int] | None:
    """Where a number stands: odd on a limit, even between two."""
    if value is None:
        return None
    if isinstance(value, Interval):
        return _standing(value.low, limits), _standing(value.high, limits)
    return bisect_left(limits, value) + bisect_right(limits, value)
