"""The sources a plan rests on, each with how its fact was checked."""

from collections.abc import Collection, Iterable

from planner.library.entry import Cited, split_citation
from planner.library.library import Library
from planner.plan.handout import PatientText
from planner.plan.models import Source
from planner.plan.parts import Statement

_KEPT = 8192
"""Sentences and combinations of citations that are kept; a whole library has fewer."""


class Citations:
    """Turns citations of library files into keys of the plan's `sources`, gathering the sources used.

    A fact checked otherwise than its source's usual mark gets a key of its own,
    `prospect-tka-2022/second-hand`, so that every key says how its facts were checked.
    """

    def __init__(self, library: Library):
        self._library, self._prepared = library, library.prepared_citations
        self.used: dict[str, Source] = {}

    def keys(self, *groups: Iterable[str] | None) -> list[str]:
        """Plan keys of all citations in `groups`, each once, in order."""
        cited = tuple([tuple(group) for group in groups if group])
        found = self._prepared.get(cited)
        if found is None:
            found = self._keep(cited, dict(self._prepare(one) for group in cited for one in group))
        self.used.update(found)
        return list(found)

    def statement(self, text: str, source: Collection[str]) -> Statement:
        """A sentence with the keys it is cited by. The same one stands in many plans, and none changes it."""
        return self._said(Statement, text, source)

    def patient_text(self, text: str, source: Collection[str]) -> PatientText:
        """A sentence to the patient that asks for no value; shared as a statement is."""
        return self._said(PatientText, text, source)

    def _said(self, kind: type, text: str, source: Collection[str]):
        key = kind, text, tuple(source)
        kept = self._prepared.get(key)
        if kept is None:
            found = dict(map(self._prepare, source))
            kept = self._keep(key, (kind(text=text, sources=list(found)), found))
        self.used.update(kept[1])
        return kept[0]

    def _keep(self, key: tuple, made):
        """Keep what was made for this plan for the next ones too; all is forgotten when it becomes too much."""
        if len(self._prepared) >= _KEPT:
            self._prepared.clear()
        self._prepared[key] = made
        return made

    def _prepare(self, citation: str) -> tuple[str, Source]:
        name, checked = split_citation(citation)
        entry = self._library.sources[name]
        key = name if checked in (None, entry.checked) else f"{name}/{checked}"
        return key, Source(
            title=entry.title, year=entry.year, doi=entry.doi, url=entry.url, checked=checked or entry.checked
        )

    def statements(self, cited: Iterable[Cited]) -> list[Statement]:
        """Sentences of the library as statements of the plan, with the keys they are cited by."""
        return [self.statement(one.text, one.source) for one in cited]
