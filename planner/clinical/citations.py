"""The sources a plan rests on, each with how its fact was checked."""

from collections.abc import Iterable

from planner.library.entry import Cited, split_citation
from planner.library.library import Library
from planner.plan.models import Source
from planner.plan.parts import Statement


class Citations:
    """Turns citations of library files into keys of the plan's `sources`, gathering the sources used.

    A fact checked otherwise than its source's usual mark gets a key of its own,
    `prospect-tka-2022/second-hand`, so that every key says how its facts were checked.
    """

    def __init__(self, library: Library):
        self._library = library
        self.used: dict[str, Source] = {}

    def keys(self, *groups: Iterable[str] | None) -> list[str]:
        """Plan keys of all citations in `groups`, each once, in order."""
        prepared, found = self._library.prepared_citations, {}
        for group in groups:
            for citation in group or ():
                if citation not in prepared:
                    prepared[citation] = self._prepare(citation)
                key, source = prepared[citation]
                found[key] = source
        self.used.update(found)
        return list(found)

    def _prepare(self, citation: str) -> tuple[str, Source]:
        name, checked = split_citation(citation)
        entry = self._library.sources[name]
        key = name if checked in (None, entry.checked) else f"{name}/{checked}"
        return key, Source(
            title=entry.title, year=entry.year, doi=entry.doi, url=entry.url, checked=checked or entry.checked
        )

    def statements(self, cited: Iterable[Cited]) -> list[Statement]:
        """Sentences of the library as statements of the plan, with the keys they are cited by."""
        return [Statement(text=one.text, sources=self.keys(one.source)) for one in cited]
