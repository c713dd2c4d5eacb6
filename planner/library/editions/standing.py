"""How the library in a folder stands to the latest edition that was given out: no change without a version."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from planner.library.editions.edition import FILE, Edition, NamedEdition, read_edition
from planner.library.editions.record import (
    Release,
    clinical_files,
    content_digest,
    latest_release,
    own_version,
)
from planner.library.editions.versions import is_later, next_after
from planner.library.library import Library
from planner.reading.problems import InputError, Place, Problem

_LISTED = 12
"""Files that are named in one message; of more, the number is told."""


@dataclass(frozen=True)
class Standing:
    """Paths of the files that differ from the latest release, and what is wrong with their versions."""

    edition: Edition | None = None
    release: Release | None = None
    changed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        return bool(self.changed or self.added or self.removed)


def standing(folder: Path, library: Library) -> Standing:
    """Compares `library`, as read from `folder` alone, with the latest release recorded there.

    Without a record there is nothing to compare. A file whose form is at fault is not compared.
    """
    try:
        named, release = read_edition(folder), latest_release(folder)
    except InputError as error:
        return Standing(problems=list(error.problems))
    edition = named.edition if named else None
    if release is None:
        return Standing(edition)
    now = clinical_files(library)
    changed = [
        path for path, file in release.files.items() if path in now and content_digest(now[path][0]) != file.digest
    ]
    added = [path for path in now if path not in release.files]
    removed = [path for path in release.files if path not in now and not (folder / path).is_file()]
    found = Standing(edition, release, changed, added, removed)
    return replace(found, problems=[*_own_versions(found, library), *_of_edition(found, named)])


def _own_versions(found: Standing, library: Library) -> list[Problem]:
    """Protocols and pathways that changed, and whose own version did not rise."""
    files, problems = clinical_files(library), []
    for path in found.changed:
        located, entry = files[path]
        version, before = own_version(entry), found.release.files[path].version
        if version is None or is_later(version, before):
            continue
        now = _not_raised(version, before)
        message = f"This file changed since release {found.release.edition}, but its version is {now}."
        mend = f'raise it: version: "{next_after(before)}"'
        problems.append(Problem(located.place(("version",)), message, version, mend))
    return problems


def _of_edition(found: Standing, named: NamedEdition | None) -> list[Problem]:
    """What is wrong with the edition: it rises with every file that was changed, added or removed."""
    release, following = found.release, next_after(found.release.edition)
    if named is None:
        message = f"Release {release.edition} is recorded, but the library does not name its edition."
        version = following if found.differs else release.edition
        return [Problem(Place(FILE), message, mend=f'write version: "{version}" and date: into it')]
    version, place = named.edition.version, named.located.place(("version",))
    if is_later(version, release.edition):
        if named.edition.date >= release.date:
            return []
        message = f"Edition {version} is dated before release {release.edition}, which is of {release.date}."
        return [Problem(named.located.place(("date",)), message, named.edition.date, "write the date of this edition")]
    if found.differs:
        message = (
            f"The library changed since release {release.edition}, but its edition is "
            f"{_not_raised(version, release.edition)}: {_listed(found)}."
        )
        mend = f'raise it: version: "{following}", and in date: the day of this change'
        return [Problem(place, message, version, mend)]
    if version != release.edition:
        message = f"The edition comes before release {release.edition}, and nothing changed since then."
        return [Problem(place, message, version, f'write version: "{release.edition}"')]
    return []


def _not_raised(version: str, before: str) -> str:
    return f"still {version}" if version == before else f"{version}, which is not later than {before}"


def _listed(found: Standing) -> str:
    """`drugs/celecoxib.yaml changed; blocks/new.yaml added`."""
    kinds = ((found.changed, "changed"), (found.added, "added"), (found.removed, "removed"))
    return "; ".join(f"{_names(paths)} {word}" for paths, word in kinds if paths)


def _names(paths: list[str]) -> str:
    more = len(paths) - _LISTED
    return ", ".join(paths[:_LISTED]) + (f" and {more} more" if more > 0 else "")
