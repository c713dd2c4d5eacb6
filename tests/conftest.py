"""What every test may use."""

import os

import pytest
from hypothesis import HealthCheck, settings

from planner import api

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
    return api.open_library()
