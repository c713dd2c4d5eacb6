"""What changed between two editions of a library, file by file, as people who approve it read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from planner.library.editions.words import KINDS, KNOWN, entry_title, field_words
from planner.library.entry import Entry
from planner.library.library import Library
from planner.reading.differences import What, differences, in_words
from planner.reading.located import Located
from planner.reading.problems import Place


@dataclass(frozen=True)
class Change:
    """One value of a file. `old` and `new` are words, None where the edition does not have it; so are the places."""

    what: What
    field: str
    old: str | None
    new: str | None
    old_place: Place | None
    new_place: Place | None


@dataclass(frozen=True)
class EntryChange:
    """One file that was added, removed or changed; only of a changed one every value is told."""

    what: Literal["added", "removed", "changed"]
    kind: str
    name: str
    title: str
    file: str
    changes: tuple[Change, ...] = ()


_Files = dict[tuple[str, str], tuple[Located, Entry]]


def compare_entries(old: Library, new: Library) -> list[EntryChange]:
    """Every file of two libraries that says something else, by kind and name. Comments and layout do not count."""
    before, after = _files(old), _files(new)
    order = list(KINDS)
    keys = sorted({*before, *after}, key=lambda key: (order.index(key[0]), key[1]))
    return [change for key in keys if (change := _entry(key, before, after))]


def _files(library: Library) -> _Files:
    """Each file once, by kind and the name of the file."""
    found: _Files = {}
    seen: set[int] = set()
    for key, (located, entry) in library.files.items():
        if id(located) not in seen:
            seen.add(id(located))
            found[key] = located, entry
    return found


def _entry(key: tuple[str, str], before: _Files, after: _Files) -> EntryChange | None:
    kind, name = key
    located, entry = after.get(key) or before[key]
    title = entry_title(kind, name, entry)
    if key not in after or key not in before:
        return EntryChange("removed" if key not in after else "added", kind, name, title, located.source)
    changes = tuple(_changes(before[key][0], located))
    return EntryChange("changed", kind, name, title, located.source, changes) if changes else None


def _changes(old: Located, new: Located) -> Iterator[Change]:
    for one in differences(old.value, new.value, KNOWN):
        yield Change(
            one.what,
            field_words(one.name),
            None if one.what == "added" else in_words(one.old),
            None if one.what == "removed" else in_words(one.new),
            _place(old, one.old_path),
            _place(new, one.new_path),
        )


def _place(located: Located, path: tuple | None) -> Place | None:
    return None if path is None else located.place(path)
