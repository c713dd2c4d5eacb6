"""The languages of a patient's page: sentences from a catalog, numbers and dates in the way of the language.

A catalog is `templates/handout/locale/CODE/LC_MESSAGES/handout.po`; its keys are the English
sentences. Numbers look as on a US medicine label in every language: a decimal comma beside a dose
would be read as a thousands sign.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.messages import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from jinja2.ext import babel_extract

from planner.plan.models import Plan
from planner.reading.problems import InputError, Place, Problem, nearest
from planner.reading.resources import templates_folder

ENGLISH = "en"
_SKELETONS = {"day": "MMMMd", "short": "MMMd"}
_NAMED = re.compile(r"\{([^}]*)\}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")


class MissingTranslation(LookupError):
    """A sentence has no text in a language yet. Nothing half translated is printed."""


class Language:
    """One language: what a page says in it."""

    def __init__(self, code: str):
        """Raises InputError where there is no catalog for the code."""
        if code not in available():
            offered = ", ".join(available())
            raise InputError(
                [
                    Problem(
                        Place("language"),
                        "There are no words for the patient in this language.",
                        code,
                        nearest(code, available()) or f"use one of {offered}",
                    )
                ]
            )
        self.code = code
        self._locale = _locale(code)
        self._sentences = _sentences(catalog_path(code)) if code != ENGLISH else None

    def say(self, text: str, values: Mapping[str, float | str] | None = None) -> str:
        """The sentence in this language with its values put in.

        Numbers and ISO dates among the values are written in the way of the language; other words stay as
        they are. Raises MissingTranslation, and KeyError for a value that the sentence names and nobody gave.
        """
        found = text if self._sentences is None else self._sentences.get(text)
        if not found:
            raise MissingTranslation(f"No text in {self.code} for: {text}")
        return _NAMED.sub(lambda named: self._shown((values or {})[named[1]]), found)

    def number(self, value: float) -> str:
        """As on a US label: 1,000 and 2.5."""
        return format_decimal(value, locale="en_US")

    def date(self, iso: str, form: str = "long") -> str:
        """An ISO date. `form`: long (December 17, 2026), day (December 17), short (Dec 17) or weekday (Thu 17)."""
        day = date.fromisoformat(iso[:10])
        if form in _SKELETONS:
            return format_skeleton(_SKELETONS[form], day, locale=self._locale)
        return format_date(day, {"long": "long", "weekday": "EEE d"}[form], locale=self._locale)

    def time(self, iso: str) -> str:
        """The clock time of an ISO date and time: 6:00 PM."""
        # Babel writes a narrow space that not every font holds.
        return format_time(datetime.fromisoformat(iso), "short", locale=self._locale).replace("\u202f", "\u00a0")

    def _shown(self, value: float | str) -> str:
        if isinstance(value, str):
            if _MOMENT.fullmatch(value):
                return f"{self.date(value, 'weekday')}, {self.time(value)}"
            return self.date(value, "day") if _DAY.fullmatch(value) else value
        return self.number(value)


@dataclass(frozen=True)
class Spoken:
    """The language of a handout, and what to do where it is not the patient's own: "" where it is."""

    code: str
    notice: str = ""


def spoken(wanted: str | None, offered: Collection[str] = ()) -> Spoken:
    """The language a case names by code or name: es, Spanish, español. Without one it is English.

    `offered`: the codes a hospital offers, all where it is empty.
    """
    if not wanted:
        return Spoken(ENGLISH)
    named = wanted.strip().casefold()
    for code in available():
        locale = Locale.parse(code)
        names = {code, locale.get_display_name(ENGLISH).casefold(), locale.get_display_name().casefold()}
        if named in names and (code in offered or code == ENGLISH or not offered):
            return Spoken(code)
    return Spoken(
        ENGLISH, f"The patient's language is {wanted}, and this is English: go through it with a qualified interpreter."
    )


def spoken_for(plan: Plan) -> Spoken:
    """The language of a plan's handout: of its case, where the hospital offers it."""
    return spoken(plan.case.get("language"), plan.site.languages if plan.site else ())


def available() -> tuple[str, ...]:
    """The codes of the languages there are words for, English first."""
    return (ENGLISH, *sorted(path.name for path in _folder().iterdir() if catalog_path(path.name).is_file()))


def catalog_path(code: str) -> Path:
    """The catalog of a language other than English."""
    return _folder() / code / "LC_MESSAGES" / "handout.po"


def read_catalog(path: Path) -> Catalog:
    """A catalog with the sentences that are still open as empty ones."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def page_sentences() -> dict[str, Place]:
    """The fixed sentences of the handout's templates, written there as `say("...")`, each with its first place."""
    found: dict[str, Place] = {}
    for path in sorted((templates_folder() / "handout").glob("*.html")):
        for line, text in _said_in(path):
            found.setdefault(text, Place(f"handout/{path.name}", line, 1))
    return found


def _said_in(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as file:
        for line, _, message, _ in babel_extract(file, ["say"], [], {}):
            text = message[0] if isinstance(message, tuple) else message
            if text:
                yield line, text


def _folder() -> Path:
    return templates_folder() / "handout" / "locale"


def _locale(code: str) -> Locale:
    """The language as it is written in the United States, where the language has such a form."""
    try:
        return Locale.parse(f"{code}_US")
    except UnknownLocaleError:
        return Locale.parse(code)


@cache
def _sentences(path: Path) -> dict[str, str]:
    return {message.id: message.string for message in read_catalog(path) if message.id and not message.fuzzy}
