"""Walking the entries of a library with the place of every part."""

from collections.abc import Iterator
from typing import Any

from planner.library.entry import Entry
from planner.library.library import Library
from planner.reading.located import Located, Path
from planner.reading.problems import Problem


def parts(entry: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every part of an entry with its path as written in the file (aliases, list positions)."""
    yield path, entry
    if isinstance(entry, Entry):
        for name, info in type(entry).model_fields.items():
            value = getattr(entry, name)
            if value is not None:
                yield from parts(value, (*path, info.alias or name))
    elif isinstance(entry, dict):
        for key, value in entry.items():
            yield from parts(value, (*path, key))
    elif isinstance(entry, list):
        for position, value in enumerate(entry):
            yield from parts(value, (*path, position))


def files(library: Library, *kinds: str) -> Iterator[tuple[str, Located, Any]]:
    """(name, file, entry) of every file of some kinds, each file once."""
    seen: set[int] = set()
    for (kind, name), (located, entry) in library.files.items():
        if kind in kinds and id(located) not in seen:
            seen.add(id(located))
            yield name, located, entry


def problem(located: Located, path: Path, message: str, mend: str, value: str = "") -> Problem:
    return Problem(located.place(path), message, value, mend)
