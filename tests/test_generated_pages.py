"""Generated pages of docs/ say what the program says now."""

from pathlib import Path

import pytest

from planner.docs import pages

DOCS = Path(__file__).parents[1] / "docs"


def test_pages_are_fresh(library):
    for name, text in pages(library).items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, f"docs/{name} is stale: run make docs"


@pytest.mark.parametrize("kind", ["case", "plan", "protocol", "drug", "block", "site"])
def test_schema_names_every_key_with_a_type(kind, library):
    import json

    schema = json.loads(pages(library)[f"schema/{kind}.json"])
    assert schema["additionalProperties"] is False
    assert schema["properties"]
