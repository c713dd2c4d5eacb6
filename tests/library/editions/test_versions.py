"""Versions in their order, as people number them."""

import pytest

from planner.library.editions.versions import is_later, next_after


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("2026.2", "2026.1"),
        ("2026.10", "2026.9"),
        ("2027.1", "2026.12"),
        ("2026.1.1", "2026.1"),
        ("2026.1-house2", "2026.1"),
        ("2026.1-house10", "2026.1-house2"),
    ],
)
def test_numbers_count_as_numbers(later, earlier):
    assert is_later(later, earlier)
    assert not is_later(earlier, later)
    assert not is_later(later, later)


@pytest.mark.parametrize(
    ("version", "following"),
    [("2026.1", "2026.2"), ("2026.9", "2026.10"), ("3", "4"), ("2026.1-b", "2026.2-b"), ("draft", "draft.2")],
)
def test_the_version_that_is_proposed_comes_later(version, following):
    assert next_after(version) == following
    assert is_later(following, version)
