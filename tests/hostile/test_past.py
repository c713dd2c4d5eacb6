"""Inputs that once made a reader fail, and seeds of the fuzzer, are read or refused in words."""

from pathlib import Path

import pytest

from tests.hostile.fuzz import TARGETS, harmless

PAST = sorted((Path(__file__).parent / "past").rglob("*"))


@pytest.mark.parametrize("path", [path for path in PAST if path.is_file()], ids=lambda path: path.name)
def test_a_past_failure_stays_mended(path):
    harmless(path.parent.name, path.read_bytes())


def test_every_reader_has_seeds():
    assert {path.parent.name for path in PAST if path.is_file()} == set(TARGETS)
