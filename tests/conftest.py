"""What every test may use."""

import gc
import os
from functools import cache

import pytest
from hypothesis import HealthCheck, settings

from planner.reading.located import read_yaml
from tests.shipped import shipped_library

# Made-up cases are the same in every run; `make soak` tries more of them.
for name, examples in (("usual", 100), ("soak", 5000)):
    settings.register_profile(
        name,
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile(os.environ.get("PLANNER_TEST_PROFILE", "usual"))


@pytest.fixture(scope="session")
def library():
    """The library that ships with the program, read once."""
    return shipped_library()


@pytest.fixture(scope="session", autouse=True)
def files_of_the_library_are_parsed_once():
    """A test that changes one file of the library does not parse the other 190 again.

    The text of a file is what it is known by, so a changed file is parsed. All that follows, form and meaning,
    is checked each time.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("planner.library.loading.read_yaml", cache(read_yaml))
        yield


def pytest_collection_finish():
    """What was collected stays to the end: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
