"""No file of the project names a package registry, a folder of one machine, or unfinished work."""

import os
import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SKIPPED_FOLDERS = {
    ".git",
    ".venv",
    "out",
    "build",
    "dist",
    "__pycache__",
    ".pytest_cache",
    ".hypothesis",
    ".ruff_cache",
    ".idea",
    ".vscode",
    ".benchmarks",
}

# Each is put together from parts, so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian"),
        ("archive", "ubuntu"),
        ("pkg", "dev"),
        ("crates", "io"),
    )
]
UNFINISHED = ["TO" + "DO", "FIX" + "ME", "X" * 3]
HOMES = ["tmp", "root", "home", "Users", "mnt", "workspace"]
FORBIDDEN = {
    "a package registry": re.compile("|".join(re.escape(name) for name in REGISTRIES), re.IGNORECASE),
    # a path that starts with a slash of its own: not the middle of a URL or of a relative path
    "a path of one machine": re.compile(rf"(?<![\w.)}}\]~/-])/(?:work\b|(?:{'|'.join(HOMES)})/)|\b[A-Z]:\\Users"),
    "unfinished work": re.compile(rf"\b(?:{'|'.join(UNFINISHED)})\b"),
}


def text_files() -> list[Path]:
    found = []
    for folder, names, files in os.walk(CHECKOUT):
        names[:] = sorted(name for name in names if name not in SKIPPED_FOLDERS and not name.endswith(".egg-info"))
        found += [Path(folder, name) for name in sorted(files)]
    return found


def faults_in(text: str) -> list[str]:
    return [
        f"line {text.count(chr(10), 0, match.start()) + 1}: {match.group()!r} is {what}"
        for what, pattern in FORBIDDEN.items()
        for match in pattern.finditer(text)
    ]


def test_files_hold_no_forbidden_words():
    faults = []
    for path in text_files():
        content = path.read_bytes()
        if b"\0" not in content:
            text = content.decode("utf-8", "replace")
            faults += [f"{path.relative_to(CHECKOUT)}, {fault}" for fault in faults_in(text)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "text",
    [
        f"see https://{'pypi'}.{'org'}/simple",
        f"# {'TO' + 'DO'}: dose",
        f"open('/{'tmp'}/x.pdf')",
        f"cd /{'work'}",
        f"C:{chr(92)}Users{chr(92)}ana",
    ],
)
def test_forbidden_words_are_seen(text):
    assert len(faults_in(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/home/page",
        "work/life",
        "and/or work",
        "return to/work",
        "../home/x",
        "todo el brazo",
    ],
)
def test_harmless_words_pass(text):
    assert faults_in(text) == []
