"""Commands that run in the process of the tests share the library that ships."""

import pytest

from planner import api
from tests.shipped import shipped_library


@pytest.fixture(scope="module", autouse=True)
def shipped_library_is_read_once():
    """A command still reads a folder that --library names, and own protocols of a hospital, each time anew.

    That a command on its own reads what ships is seen where it runs in a process of its own.
    """
    # Read before it is replaced: what reads it calls the same function.
    opening, shipped = api.open_library, shipped_library()

    def open_library(folder=None, own=None):
        return opening(folder, own) if folder or own else shipped

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(api, "open_library", open_library)
        yield
