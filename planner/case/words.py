"""The words a case may use, and how lists and terms are matched to them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from planner.case.values import is_unknown

OPEN_REST = "others?"
"""In a list of conditions: the terms that are not listed are not known, instead of no."""
_GAP = re.compile(r"[\s_-]+")


def fold(text: str) -> str:
    """A term as it is compared: lower case, with spaces, hyphens and underscores alike."""
    return _GAP.sub("_", text.strip().lower())


@dataclass(frozen=True)
class CaseWords:
    """What the vocabulary supplies for reading a case.

    `conditions` and `declines` are the terms those lists may hold; `implies` maps a condition
    to the conditions it makes true; `none_words` mean "known to be none" in a list;
    `other_allergens` are substances that are no drugs; `classes` are all drug classes. After a
    drug of the classes `intolerance_of`, `intolerance_reactions` alone are no allergy, and
    `unclear_reactions` may be one or not.
    """

    conditions: frozenset[str]
    implies: Mapping[str, Sequence[str]]
    none_words: frozenset[str]
    declines: frozenset[str]
    other_allergens: frozenset[str] = field(default_factory=frozenset)
    classes: frozenset[str] = field(default_factory=frozenset)
    intolerance_of: frozenset[str] = field(default_factory=frozenset)
    intolerance_reactions: frozenset[str] = field(default_factory=frozenset)
    unclear_reactions: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def folded_none_words(self) -> frozenset[str]:
        return frozenset(map(fold, self.none_words))

    @cached_property
    def folded_conditions(self) -> dict[str, str]:
        return {fold(term): term for term in self.conditions}

    @cached_property
    def folded_declines(self) -> dict[str, str]:
        return {fold(word): word for word in self.declines}

    @cached_property
    def folded_other_allergens(self) -> frozenset[str]:
        return frozenset(map(fold, self.other_allergens))

    def says_none(self, value: Any) -> bool:
        """Whether a list entry means "known to be none"."""
        return isinstance(value, str) and fold(value) in self.folded_none_words

    def with_implied(self, terms: Iterable[str]) -> frozenset[str]:
        """`terms` and every condition they make true, directly or through another."""
        reached: set[str] = set()
        waiting = list(terms)
        while waiting:
            term = waiting.pop()
            if term not in reached:
                reached.add(term)
                waiting.extend(self.implies.get(term, ()))
        return frozenset(reached)


def as_entries(value: Any) -> Any:
    """A list field as a list: text is split at `;`. None is unknown, and so is text that names nothing.

    Other shapes pass unchanged.
    """
    if is_unknown(value):
        return None
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()] or None
    return list(value) if isinstance(value, list | tuple) else value
