"""The output folder: private, checked before work starts, with a record of every finished case."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from planner.api.writing import write_whole
from planner.batch.making import Made
from planner.reading.problems import InputError, Place, Problem

STATE = ".planner"
"""Holds what a run needs to be taken up again; it is no part of what is read or printed."""
_RUN = "run.json"
_BYTES = {"plan.pdf": 300_000, "handout.pdf": 200_000, "plan.json": 400_000}
"""What a document takes at most, rounded up: to tell before work starts that a disk is too small."""


@dataclass(frozen=True)
class Record:
    """What came of one case. `digest` is of all it rests on; `files` maps the path of each file to its SHA-256."""

    digest: str
    status: str
    messages: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    line: dict[str, Any] | None = None


class Output:
    """A folder to write a run to. Only the user may read what is in it."""

    def __init__(self, folder: Path):
        self.folder = folder

    def begin(self, resume: bool, needed: Iterable[str], run: dict[str, Any]) -> None:
        """Make the folder ready, and note the run in it.

        `needed` are the files to come, by kind. Raises InputError where the folder holds another run, cannot be
        written, or has no room.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if any(self.folder.iterdir()) and not (resume and self.earlier_run()):
                mend = (
                    "there is no run in it to go on with; name a new folder"
                    if resume
                    else "add --resume to go on with the run in it, or name a new folder"
                )
                raise InputError([Problem(Place(str(self.folder)), "This folder is not empty.", mend=mend)])
            self._refuse_links()
            (self.folder / STATE).mkdir(mode=0o700, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder / STATE):
                pass
            free = shutil.disk_usage(self.folder).free
        except OSError as error:
            mend = "choose another folder with -o"
            raise InputError(
                [Problem(Place(str(self.folder)), f"This folder cannot be written: {error.strerror}.", mend=mend)]
            ) from None
        wanted = sum(_BYTES[name] for name in needed)
        if free < wanted:
            message = f"About {wanted // 1_000_000} MB are needed here, and {free // 1_000_000} MB are free."
            mend = "make room, or choose another disk with -o"
            raise InputError([Problem(Place(str(self.folder)), message, mend=mend)])
        self._sweep()
        self._write_json(self.folder / STATE / _RUN, run)

    def _refuse_links(self) -> None:
        """A run makes no links: through one that somebody else put here, its files would land in another place."""
        link = next((path for path in self.folder.rglob("*") if path.is_symlink()), None)
        if link:
            mend = "remove it, or name a new folder"
            raise InputError([Problem(Place(str(link)), "This is a link to another place.", mend=mend)])

    def earlier_run(self) -> dict[str, Any] | None:
        """What the run that began in this folder noted; None where none did."""
        found = _read_json(self.folder / STATE / _RUN)
        return found if isinstance(found, dict) and isinstance(found.get("now"), str) else None

    def finished(self, name: str, digest: str) -> Record | None:
        """The record of a case whose files are all there, unchanged, and rest on the same; else None."""
        found = self.record(name)
        if found is None or found.digest != digest:
            return None
        return found if all(self._digest(path) == known for path, known in found.files.items()) else None

    def record(self, name: str) -> Record | None:
        said = _read_json(self._record_path(name))
        try:
            found = Record(**said) if isinstance(said, dict) else None
        except TypeError:
            return None
        return found if found and isinstance(found.files, dict) else None

    def keep(self, made: Made, digest: str) -> Record:
        """Write the files of a case and then its record, each whole or not at all. Raises InputError."""
        paths = {self.path_of(made.name, kind): content for kind, content in made.files.items()}
        for folder in {path.parent for path in paths}:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(paths.items())
        files = {
            path.relative_to(self.folder).as_posix(): hashlib.sha256(content).hexdigest()
            for path, content in paths.items()
        }
        record = Record(digest, made.status, list(made.messages), files, made.line)
        self._write_json(self._record_path(made.name), asdict(record))
        return record

    def path_of(self, name: str, kind: str) -> Path:
        """`plan.pdf` of a case, in the folder of its day."""
        return self.folder / name.split("_")[0] / f"{name}_{kind}"

    def remove_others(self, names: Iterable[str]) -> int:
        """Remove the files of cases that are no longer on the list, which only a program run made. Their number."""
        kept = {self._record_path(name).name for name in names} | {_RUN}
        others = [path for path in (self.folder / STATE).glob("*.json") if path.name not in kept]
        for path in others:
            found = self.record(path.stem)
            for relative, known in (found.files if found else {}).items():
                if self._digest(relative) == known:
                    (self.folder / relative).unlink()
            path.unlink()
        return len(others)

    def write(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Files of the whole run, by their path below the folder. Raises InputError."""
        paths = [(self.folder / name, content) for name, content in files]
        for path, _ in paths:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(paths)

    def remove(self, names: Iterable[str]) -> None:
        """Remove files of the whole run, by their path below the folder."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)

    def _record_path(self, name: str) -> Path:
        return self.folder / STATE / f"{name}.json"

    def _digest(self, relative: str) -> str | None:
        """The SHA-256 of a file; None where there is none, or where it is not inside the folder."""
        path = self.folder / relative
        if not path.resolve().is_relative_to(self.folder.resolve()):
            return None
        try:
            return hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return None

    def _write_json(self, path: Path, content: Any) -> None:
        write_whole([(path, json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False).encode())])

    def _sweep(self) -> None:
        """Remove what a killed run left half-written."""
        for path in self.folder.rglob(".planner-*"):
            if path.is_file():
                path.unlink(missing_ok=True)


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
