"""Which medicine a chart entry names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planner.case.chart_text import ChartText
from planner.case.chart_words import SALTS
from planner.case.lexicon import Lexicon

_TOKEN = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Named:
    """The medicine an entry names.

    `drug` is the generic or combination name, None where none is known or several are named.
    `ingredients` are all those named, in the order of their strengths; `fixed` their amounts in
    mg in one piece where the name itself says them; `unit` that of strengths written without one.
    """

    drug: str | None
    ingredients: tuple[str, ...] = ()
    fixed: tuple[float, ...] = ()
    unit: str = "mg"


def take_names(chart: ChartText, lexicon: Lexicon) -> Named:
    """The medicine named in the text. Names are taken out with the salts that follow them."""
    names = _cut_names(chart, lexicon)
    keys = list(dict.fromkeys(lexicon.names[name] for name in names))
    drug, ingredients = _one_medicine(keys, lexicon)
    if drug is None:
        return Named(None, ingredients)
    fixed = next((lexicon.strengths[name] for name in names if name in lexicon.strengths), ())
    return Named(drug, ingredients, fixed, lexicon.entries[drug].unit)


def _cut_names(chart: ChartText, lexicon: Lexicon) -> list[str]:
    """The folded names in the text from left to right, the longest at each place."""
    tokens = list(_TOKEN.finditer(chart.left))
    words = [token[0] for token in tokens]
    names, spans, at = [], [], 0
    while at < len(words):
        size = _size_of_name(words, at, lexicon)
        if size:
            end = _after_salts(chart.left, tokens, at + size)
            names.append(" ".join(words[at : at + size]))
            spans.append((tokens[at].start(), tokens[end - 1].end()))
            at = end
        else:
            at += 1
    for span in reversed(spans):
        chart.cut(*span)
    return names


def _size_of_name(words: list[str], at: int, lexicon: Lexicon) -> int:
    """How many words the longest name that starts at `at` has; 0 when none does."""
    if words[at] not in lexicon.first_words:
        return 0
    return next(
        (
            size
            for size in range(min(lexicon.longest, len(words) - at), 0, -1)
            if " ".join(words[at : at + size]) in lexicon.names
        ),
        0,
    )


def _after_salts(text: str, tokens: list[re.Match], at: int) -> int:
    """The index after the salts that directly follow a name, with nothing but space between."""
    while at < len(tokens) and tokens[at][0] in SALTS and not text[tokens[at - 1].end() : tokens[at].start()].strip():
        at += 1
    return at


def _one_medicine(keys: Sequence[str], lexicon: Lexicon) -> tuple[str | None, tuple[str, ...]]:
    """The one medicine that all named keys mean together, and its ingredients in order.

    A name that is only the class of another name adds nothing: "Lantus insulin". Several single
    ingredients are one medicine where a combination of exactly these is known.
    """
    specific = [
        key
        for key in keys
        if not any(key in lexicon.classes_of(lexicon.ingredients_of(other)) for other in keys if other != key)
    ]
    ingredients = tuple(dict.fromkeys(name for key in specific for name in lexicon.ingredients_of(key)))
    for key in specific:
        if set(lexicon.ingredients_of(key)) == set(ingredients):
            return key, lexicon.ingredients_of(key)
    return lexicon.combinations.get(frozenset(ingredients)), ingredients
