"""Libraries that differ in single values, without reading the files again."""

import copy
from dataclasses import replace

import pytest


@pytest.fixture(scope="session")
def edited():
    """edited(library, {path: change}): the library with what `change` does to the content of the file at `path`.

    A change of None takes the file away. Only `files` differ, which is what editions are compared by.
    """

    def edit(library, changes):
        files = {}
        for key, (located, entry) in library.files.items():
            change = changes.get(located.source, lambda value: value)
            if change is not None:
                files[key] = replace(located, value=change(copy.deepcopy(located.value))), entry
        made = copy.copy(library)
        # Files that stand under two names are one file.
        shared = {}
        made.files = {key: shared.setdefault(found[0].source, found) for key, found in files.items()}
        made.prepared_parts = {}
        return made

    return edit
