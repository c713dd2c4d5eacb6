"""The same case, library and time give the same bytes, whatever the locale, time zone, hash seed, folder or user."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "protocols" / "examples"
NOW = ("--now", "2026-12-14T18:00")
CASE = str(EXAMPLES / "04-opioid-tolerant-fusion.yaml")
SCRIPT = """
import sys
from planner.cli import cli
from planner.cli.exits import run
for line in sys.stdin.read().splitlines():
    sys.argv = ["planner", *line.split("\\t")]
    code = run(cli)
    if code not in (0, 3):
        sys.exit(f"{line}: {code}")
"""
PLAIN = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
OTHER = {
    "PYTHONHASHSEED": "4242",
    "TZ": "Asia/Kolkata",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
}
GERMAN = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Honolulu", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}


def commands(folder: Path) -> list[list[str]]:
    made = [["plan", CASE, "-f", form, "-o", str(folder / f"plan.{form}"), *NOW] for form in ("json", "md", "pdf")]
    for language in ("English", "Spanish"):
        path = str(folder / f"handout-{language}.pdf")
        used = ["--used-24h", "oxycodone 5 mg x 3", "--discharge-at", "2026-12-19T11:00", *NOW]
        made.append(["handout", CASE, "--language", language, "-o", path, *used])
    rows = ["--workers", "1", "--json-only", "-o", str(folder / "list"), *NOW]
    return [*made, ["batch", str(EXAMPLES / "operating-list.csv"), *rows]]


def bytes_of(folder: Path, setting: dict[str, str], umask: int = 0o022) -> dict[str, str]:
    """The digest of every file that the commands leave, made in another process from another folder."""
    out, home = folder / "out", folder / "home"
    for path in (out, home):
        path.mkdir(parents=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT), **setting}
    lines = "\n".join("\t".join(command) for command in commands(out))
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=lines.encode(),
        capture_output=True,
        env=environment,
        cwd=home,
        umask=umask,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    files = sorted(path for path in out.rglob("*") if path.is_file())
    return {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return bytes_of(tmp_path_factory.mktemp("plain"), PLAIN)


@pytest.mark.parametrize("setting", [OTHER, pytest.param(GERMAN, marks=pytest.mark.soak)], ids=["other", "German"])
def test_another_computer_makes_the_same_bytes(setting, plain, tmp_path):
    assert bytes_of(tmp_path / "another place", setting, umask=0o077) == plain
    assert len(plain) > 10
