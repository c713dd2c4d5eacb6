"""A home medicine as a chart writes it, read into ingredients, doses and frequency.

What is not understood stays in `unread`, and a number that is not understood makes the
dose unknown: nothing is guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from planner.case.chart_doses import HOURLY, Portion, take_pieces, take_portions
from planner.case.chart_names import Named, take_names
from planner.case.chart_text import ChartText, plain, with_digits
from planner.case.chart_times import (
    take_as_needed,
    take_last_taken,
    take_limits,
    take_times_per_day,
    within_limits,
)
from planner.case.chart_words import ASIDES, CHANGING, DENIALS, FILLERS, JOINERS, REMARKS, VAGUE, release_of, route_of
from planner.case.fields import MedicineEntry
from planner.case.lexicon import Lexicon

_CHUNK_ENDS = re.compile(r"[,;|()\[\]]+")
_DIGIT = re.compile(r"\d")
_SECOND_STRENGTH = re.compile(r"/\s*(?!\d+\s*(?:h|hr|hours?|ml)\b)\d|\d\s*-\s*\d")
_NEARLY_A_NAME, _PERHAPS_A_NAME = 0.85, 0.7
_SHORTEST_GUESS = 5


@dataclass(frozen=True)
class HomeMedicine:
    """One home medicine.

    `text` is what the chart says; `drug` the generic or combination name, None where none was
    found. `times_per_day` counts as-needed doses at their most, as CDC 2022 counts them for
    morphine equivalents. `last_taken_at` is a date where the hour is not written, and
    `extended_release` None where the text does not say. `recognized` is False where the text
    names no known medicine or may name another one too; `suggestion` then says what to write.
    `unread` holds the parts that were not understood.
    """

    text: str
    drug: str | None = None
    ingredients: tuple[Portion, ...] = ()
    times_per_day: float | None = None
    as_needed: bool = False
    route: str | None = None
    extended_release: bool | None = None
    last_taken_at: datetime | date | None = None
    classes: frozenset[str] = frozenset()
    recognized: bool = False
    suggestion: str = ""
    unread: tuple[str, ...] = ()

    @property
    def last_taken_by(self) -> datetime | None:
        """The latest moment of the last dose: a day without an hour counts to its end."""
        taken = self.last_taken_at
        if taken is None or isinstance(taken, datetime):
            return taken
        return datetime.combine(taken, time()) + timedelta(days=1)

    def holds(self, name: str) -> bool:
        """Whether `name` is one of its ingredients or one of their classes."""
        return name in self.classes or any(portion.ingredient == name for portion in self.ingredients)

    def daily_mg(self, ingredient: str) -> float | None:
        """mg of an ingredient in 24 hours: 0 where it holds none, None where that is not known."""
        doses = [portion.mg for portion in self.ingredients if portion.ingredient == ingredient]
        if not doses:
            return 0.0 if self.recognized else None
        if self.times_per_day is None or None in doses:
            return None
        return sum(doses) * self.times_per_day


def read_medicine(entry: str | MedicineEntry, lexicon: Lexicon) -> HomeMedicine:
    """One entry of `medications`, as text or as separate facts. Never raises."""
    if isinstance(entry, str):
        return _read_text(entry, lexicon)
    written = entry.drug if entry.text is None else f"{entry.drug}, {entry.text}"
    return _with_facts(_read_text(written, lexicon), entry)


def _with_facts(medicine: HomeMedicine, entry: MedicineEntry) -> HomeMedicine:
    """`medicine` with the separate facts of its entry, which decide over its text."""
    facts: dict = {"text": entry.text or entry.drug}
    if entry.times_per_day is not None:
        facts["times_per_day"] = entry.times_per_day
    if entry.last_taken_at is not None:
        facts["last_taken_at"] = entry.last_taken_at
    if entry.dose_mg is not None and len(medicine.ingredients) == 1:
        facts["ingredients"] = (replace(medicine.ingredients[0], amount=entry.dose_mg, unit="mg"),)
    elif entry.dose_mg is not None:
        # Of several ingredients one number cannot be the dose.
        facts["unread"] = (*medicine.unread, f"dose_mg {entry.dose_mg:g}")
    return replace(medicine, **facts)


# The same lines stand in many charts of a day, and reading one costs most of the time of a case.
@lru_cache(maxsize=8192)
def _read_text(text: str, lexicon: Lexicon) -> HomeMedicine:
    """The order matters: what is taken first cannot be mistaken for what is looked for later."""
    prepared = plain(text)
    chart = ChartText(prepared)
    last_taken_at = take_last_taken(chart)
    named = take_names(chart, lexicon)
    chart.left = with_digits(chart.left)
    chart.take(ASIDES)
    remarks = chart.take(REMARKS)
    limits, as_needed = take_limits(chart), take_as_needed(chart)
    times, pieces = take_times_per_day(chart), take_pieces(chart)
    portions = _portions(chart, named, pieces, route_of(prepared))
    left = _not_understood(chart)
    changing = not CHANGING.isdisjoint(_words_of(left))
    if changing or any(_DIGIT.search(part) for part in left):
        portions = tuple(Portion(portion.ingredient) for portion in portions)
    chart.report(remarks)
    medicine = HomeMedicine(
        text=text,
        drug=named.drug,
        ingredients=portions,
        times_per_day=None if changing else within_limits(times, limits, pieces),
        as_needed=as_needed,
        route=route_of(prepared),
        extended_release=release_of(prepared),
        last_taken_at=last_taken_at,
        classes=_classes(named, lexicon),
        recognized=True,
        unread=(*left, *chart.unread),
    )
    return _with_doubts(medicine, left, lexicon)


def _portions(chart: ChartText, named: Named, pieces: float | None, route: str | None) -> tuple[Portion, ...]:
    """What one dose gives of each ingredient; nothing is known where several medicines are named."""
    if named.drug is None:
        return tuple(map(Portion, named.ingredients))
    portions = take_portions(chart, named.ingredients, named.unit, named.fixed, pieces)
    return tuple(map(_hourly_only, portions)) if route == "transdermal" else portions


def _hourly_only(portion: Portion) -> Portion:
    """A patch's strength is a rate; "25 mcg" on one leaves open whether an hour or a day is meant."""
    return portion if portion.unit == HOURLY else Portion(portion.ingredient)


def _classes(named: Named, lexicon: Lexicon) -> frozenset[str]:
    return lexicon.classes_of((*named.ingredients, *([named.drug] if named.drug else [])))


def _not_understood(chart: ChartText) -> list[str]:
    """The parts that are left of the text and hold more than fillers."""
    parts = []
    for chunk in _CHUNK_ENDS.split(chart.left):
        words = [word for word in (raw.strip(".:-/") for raw in chunk.split()) if word]
        if any(word not in FILLERS and word not in JOINERS for word in words):
            parts.append(" ".join(words))
    return parts


def _words_of(parts: Iterable[str]) -> list[str]:
    return [word for part in parts for word in part.split()]


def _with_doubts(medicine: HomeMedicine, left: list[str], lexicon: Lexicon) -> HomeMedicine:
    """`medicine`, no longer recognized where what is left of its text may change what is taken."""
    words = _words_of(left)
    names = [portion.ingredient for portion in medicine.ingredients]
    if not names:
        return replace(medicine, recognized=False, suggestion=_closest_of(words, lexicon, _PERHAPS_A_NAME))
    if not DENIALS.isdisjoint(words):
        return replace(
            medicine,
            drug=None,
            ingredients=(),
            classes=frozenset(),
            recognized=False,
            suggestion=f"if {names[0]} is not taken, leave it out of the list",
        )
    if medicine.drug is None:
        doubt = f"write one medicine an entry; found here: {', '.join(names)}"
    elif any(name not in lexicon.entries for name in names):
        doubt = "an ingredient of this medicine is not in the list of medicines"
    elif not (JOINERS | VAGUE).isdisjoint(words):
        doubt = "write one medicine an entry, by its name"
    elif any(_SECOND_STRENGTH.search(part) for part in left):
        doubt = "more strengths than ingredients stand here; name every ingredient"
    else:
        doubt = _closest_of(_words_of(medicine.unread), lexicon, _NEARLY_A_NAME)
    return replace(medicine, recognized=not doubt, suggestion=doubt)


def _closest_of(words: list[str], lexicon: Lexicon, cutoff: float) -> str:
    """A question naming the medicine that one of `words` may be a misspelling of, or ""."""
    for word in words:
        name = lexicon.closest(word, cutoff) if len(word) >= _SHORTEST_GUESS and word.isalpha() else ""
        if name:
            return f"did you mean {name}?"
    return ""
