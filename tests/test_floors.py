"""Data moves one way: a lower floor never imports a higher one."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "planner"
MAY_IMPORT = {
    "reading": set(),
    "case": {"reading"},
    "library": {"reading", "case"},
    "plan": {"reading"},
    "clinical": {"reading", "case", "library", "plan"},
    # A second look: it may not know how the plan came about, so it never sees `clinical`.
    "audit": {"library", "plan"},
    "documents": {"reading", "plan"},
    "schedule": {"reading", "case", "library"},
    "schemas": {"case", "library", "plan"},
    "api": {"reading", "case", "library", "plan", "clinical", "audit", "documents", "schedule"},
    "batch": {"reading", "case", "library", "plan", "documents", "schedule", "api"},
    "cli": {"reading", "case", "library", "plan", "clinical", "documents", "schedule", "schemas", "api", "batch"},
    "docs": {"api", "cli", "library", "plan", "schemas"},
    "translations": {"api", "documents", "library", "reading"},
}


def imported(path: Path) -> set[str]:
    """The floors of this package that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        modules = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        names |= {module.split(".")[1] for module in modules if module.startswith("planner.")}
    return names


@pytest.mark.parametrize("floor", MAY_IMPORT)
def test_floor_imports_only_lower_floors(floor):
    place = PACKAGE / floor
    paths = sorted(place.rglob("*.py")) if place.is_dir() else [PACKAGE / f"{floor}.py"]
    for path in paths:
        extra = imported(path) - MAY_IMPORT[floor] - {floor}
        assert not extra, f"{path.name} on floor {floor} imports {sorted(extra)}"


def test_every_file_stands_on_a_floor():
    names = {path.stem for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"}
    assert names - {"__init__", "__main__", "__pycache__"} == set(MAY_IMPORT)
