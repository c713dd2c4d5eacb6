"""Names of medicines: which name means which ingredients, and the classes of each ingredient."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = re.compile("['\u2019\u2018`]")


class LexiconEntry(BaseModel):
    """One medicine: a single ingredient, or a product that combines several.

    `ingredients` names those of a combination in label order, and is empty for a single
    ingredient. `classes` of a combination come on top of those of its ingredients.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    brands: tuple[str, ...] = Field((), description="Brand names")
    also: tuple[str, ...] = Field((), description="Other spellings, abbreviations and generic names")
    classes: tuple[str, ...] = Field((), description="Classes of the vocabulary")
    ingredients: tuple[str, ...] = Field((), description="Of a combination, in label order")
    unit: Literal["mg", "mcg"] = Field(
        "mg", description="Unit of the strengths of a combination where a chart leaves it out"
    )
    strengths: dict[str, tuple[float, ...]] = Field(
        {}, description="For a name that says its strength by itself: amounts of one unit in label order"
    )

    def names(self, key: str) -> Iterator[str]:
        """Every name of the medicine called `key`."""
        yield key
        yield from self.also
        yield from self.brands
        yield from self.strengths


def fold_name(name: str) -> str:
    """A name as it is compared: lower-case words of letters and digits with single spaces."""
    return " ".join(_WORD.findall(_APOSTROPHES.sub("", name.lower())))


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Medicines by every name they go by. Build it with `Lexicon.build`."""

    entries: Mapping[str, LexiconEntry]
    names: Mapping[str, str]
    combinations: Mapping[frozenset[str], str]
    strengths: Mapping[str, tuple[float, ...]]
    classes: frozenset[str]
    first_words: frozenset[str]
    longest: int
    allergy_names: Mapping[str, tuple[str, ...]]

    @classmethod
    def build(cls, entries: Mapping[str, LexiconEntry], allergy_names: Mapping[str, Sequence[str]]) -> "Lexicon":
        """A lexicon of `entries`, and of `allergy_names`: spoken name to the drugs and classes it covers.

        Of a name claimed twice the first entry keeps it; `collisions` lists those.
        """
        names: dict[str, str] = {}
        for key, entry in entries.items():
            for name in entry.names(key):
                names.setdefault(fold_name(name), key)
        return cls(
            entries=dict(entries),
            names=names,
            combinations={
                frozenset(entry.ingredients): key for key, entry in reversed(entries.items()) if entry.ingredients
            },
            strengths={
                fold_name(name): amounts for entry in entries.values() for name, amounts in entry.strengths.items()
            },
            classes=frozenset(name for entry in entries.values() for name in entry.classes),
            first_words=frozenset(name.split(" ")[0] for name in names),
            longest=max((name.count(" ") + 1 for name in names), default=0),
            allergy_names={fold_name(name): tuple(covered) for name, covered in allergy_names.items()},
        )

    @staticmethod
    def collisions(entries: Mapping[str, LexiconEntry]) -> dict[str, tuple[str, ...]]:
        """Each name that several entries claim, with the keys of those entries."""
        claims: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for key, entry in entries.items():
            for name in entry.names(key):
                claims[fold_name(name)][key] = None
        return {name: tuple(keys) for name, keys in claims.items() if len(keys) > 1}

    def ingredients_of(self, key: str) -> tuple[str, ...]:
        """The ingredients of an entry in label order; a single ingredient is its own."""
        return self.entries[key].ingredients or (key,)

    def classes_of(self, ingredients: Iterable[str]) -> frozenset[str]:
        """The classes of all `ingredients` together."""
        return frozenset(
            name
            for ingredient in ingredients
            if ingredient in self.entries
            for name in self.entries[ingredient].classes
        )

    def knows(self, name: str) -> bool:
        """Whether `name` is an ingredient of the lexicon or a class that one of them has."""
        return name in self.entries or name in self.classes

    def closest(self, text: str, cutoff: float) -> str:
        """The name most like `text` with at least `cutoff` of 1 in common, or ""."""
        return _closest(self, fold_name(text), cutoff)


@lru_cache(maxsize=4096)
def _closest(lexicon: Lexicon, word: str, cutoff: float) -> str:
    # Names much longer or shorter cannot reach the cutoffs used, and skipping them saves most of the time.
    alike = [name for name in lexicon.names if abs(len(name) - len(word)) <= 3]
    return next(iter(difflib.get_close_matches(word, alike, n=1, cutoff=cutoff)), "")
