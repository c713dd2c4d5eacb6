"""`releases/<edition>.yaml`: every clinical file of an edition that was given out, with version and digest.

    edition: "2026.1"
    date: "2026-11-22"
    files:
      drugs/celecoxib.yaml: {version: "2026.1", digest: 0123...}

A protocol or pathway has a version of its own; every other file has that of the edition.
"""

import hashlib
import json
from pathlib import Path

from pydantic import Field

from planner.library.editions.edition import Edition, read_entry
from planner.library.editions.versions import Version, is_later
from planner.library.entry import Entry
from planner.library.library import Library
from planner.library.protocol import Protocol
from planner.library.site.fields import Day, Digest
from planner.reading.located import Located
from planner.reading.problems import InputError, Problem

FOLDER = "releases"
_HEAD = "# Written by planner protocols release; do not edit.\n"


class RecordedFile(Entry):
    version: str
    digest: Digest


class Release(Entry):
    edition: Version
    date: Day
    files: dict[str, RecordedFile] = Field(description="path below the folder of the library to what it held")


def clinical_files(library: Library) -> dict[str, tuple[Located, Entry]]:
    """Every file a library was read from, by its path, in the order of paths."""
    found = {located.source: (located, entry) for located, entry in library.files.values()}
    return dict(sorted(found.items()))


def own_version(entry: Entry) -> str | None:
    """The version that a file carries itself; None where the edition is its version."""
    return entry.version if isinstance(entry, Protocol) else None


def content_digest(located: Located) -> str:
    """The SHA-256 of what a file says. Comments, layout and the order of keys do not count."""
    text = json.dumps(located.value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def record_of(library: Library, edition: Edition) -> Release:
    """What is recorded when this library is given out as `edition`."""
    return Release(
        edition=edition.version,
        date=edition.date,
        files={
            path: RecordedFile(version=own_version(entry) or edition.version, digest=content_digest(located))
            for path, (located, entry) in clinical_files(library).items()
        },
    )


def record_text(release: Release) -> str:
    """The record as the text of its file: the same text for the same library and edition."""
    lines = [f"edition: {json.dumps(release.edition)}", f"date: {json.dumps(release.date)}", "files:"]
    lines += [
        f'  {path}: {{version: {json.dumps(file.version)}, digest: "{file.digest}"}}'
        for path, file in release.files.items()
    ]
    return _HEAD + "\n".join(lines) + "\n"


def record_path(folder: Path, edition: str) -> Path:
    """Where the record of an edition of the library in `folder` stands."""
    return folder / FOLDER / f"{edition}.yaml"


def latest_release(folder: Path) -> Release | None:
    """The record of the latest edition that was given out, or None where there is none. Raises InputError."""
    latest: str | None = None
    for path in (folder / FOLDER).glob("*.yaml"):
        if latest is None or is_later(path.stem, latest):
            latest = path.stem
    if latest is None:
        return None
    release, located = read_entry(record_path(folder, latest), f"{FOLDER}/{latest}.yaml", Release)
    if release.edition != latest:
        message = f"The file is named {latest} and holds {release.edition}."
        mend = f"rename the file to {release.edition}.yaml"
        raise InputError([Problem(located.place(("edition",)), message, release.edition, mend)])
    return release
