"""The library that ships with the program, for tests that read it and change nothing in it."""

from functools import cache

from planner import api
from planner.library.library import Library


@cache
def shipped_library() -> Library:
    """Read once in a process: reading and checking it takes longer than most tests."""
    return api.open_library()
