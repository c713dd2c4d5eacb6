"""What every test may use."""

import pytest

from planner import api


@pytest.fixture(scope="session")
def library():
    """The library that ships with the program, read once."""
    return api.open_library()
