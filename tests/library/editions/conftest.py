"""Libraries that differ in single values, without reading the files again."""

import copy
from dataclasses import replace

import pytest


@pytest.fixture(scope="session")
def edited():
    """edited(library, {path: change}): the library with what `change` does to the content of the file at `path`.

    A change of None takes the file away. Only `files` differ, which is what editions are compared by, and the
    version of an operation.
    """

    def edit(library, changes):
        made = copy.copy(library)
        made.files, made.prepared_parts = {}, {}
        # A file that stands under two names stays one file.
        done = {path: None for path, change in changes.items() if change is None}
        for key, (located, entry) in library.files.items():
            path = located.source
            if path in changes and path not in done:
                value = changes[path](copy.deepcopy(located.value))
                version = {"version": value["version"]} if "version" in value else {}
                done[path] = replace(located, value=value), entry.model_copy(update=version)
            if found := done.get(path, (located, entry)):
                made.files[key] = found
        return made

    return edit
