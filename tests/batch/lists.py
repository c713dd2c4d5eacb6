"""Small lists, the command in a process of its own, and folders compared byte for byte."""

import csv
import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

HEADER = ["Case ID", "MRN", "Patient Name", "DOB", "Sex", "Weight (kg)", "Height (cm)", "Surgery Date", "Start Time"]
HEADER += ["Room", "Procedure", "Side", "Allergies", "Medications"]


def row(number: int, **changed: str) -> dict[str, str]:
    """A sound row: a healthy woman for a knee replacement."""
    sound = dict.fromkeys(HEADER, "") | {
        "Case ID": f"{number:05d}",
        "MRN": f"0070{number:03d}",
        "Patient Name": f"Testcase, Alma {number}",
        "DOB": "1960-05-17",
        "Sex": "F",
        "Weight (kg)": "80",
        "Height (cm)": "165",
        "Surgery Date": "2026-12-03",
        "Start Time": "07:30",
        "Room": f"OR {number % 3 + 1}",
        "Procedure": "TKA",
        "Side": "left",
        "Allergies": "none",
        "Medications": "none",
    }
    return sound | {name.replace("_", " "): value for name, value in changed.items()}


def write_list(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(rows)
    return path


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder by its path, with the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def modes(folder: Path) -> set[int]:
    """The permissions of all files below a folder."""
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}


def command(*arguments: str, **named) -> subprocess.CompletedProcess:
    """`planner batch` in a process of its own."""
    named = {"capture_output": True, "text": True, "timeout": 240} | named
    return subprocess.run([sys.executable, "-m", "planner", "batch", *map(str, arguments)], check=False, **named)


def started(*arguments: str) -> subprocess.Popen:
    """`planner batch` begun in a process group of its own, so that a signal reaches all of it."""
    return subprocess.Popen(
        [sys.executable, "-m", "planner", "batch", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
