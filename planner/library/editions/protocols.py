"""Version and digest of every operation and pathway in two editions: which of them is to be approved again."""

from dataclasses import dataclass
from typing import Literal

from planner.library.editions.record import content_digest
from planner.library.library import Library
from planner.library.site.digest import digest_of


@dataclass(frozen=True)
class ProtocolChange:
    """An operation or pathway that differs. None where the edition does not have it.

    `own` says whether its own file differs; else something it rests on does. A digest covers an operation
    with all it rests on, as in an approval; a pathway has none.
    """

    kind: Literal["operation", "pathway"]
    name: str
    title: str
    own: bool
    old_version: str | None
    new_version: str | None
    old_digest: str | None = None
    new_digest: str | None = None


def compare_protocols(old: Library, new: Library) -> list[ProtocolChange]:
    """Every operation, then every pathway, whose file or foundation differs, by name."""
    found = [_compared("protocol", name, old, new) for name in sorted({*old.protocols, *new.protocols})]
    found += [_compared("pathway", name, old, new) for name in sorted({*old.pathways, *new.pathways})]
    return [one for one in found if one.own or one.old_digest != one.new_digest]


def _compared(kind: Literal["protocol", "pathway"], name: str, old: Library, new: Library) -> ProtocolChange:
    (version, digest, whole), (now_version, now_digest, now_whole) = _state(kind, name, old), _state(kind, name, new)
    library = new if (kind, name) in new.files else old
    entry = library.files[kind, name][1]
    said = "operation" if kind == "protocol" else "pathway"
    return ProtocolChange(said, name, entry.title, digest != now_digest, version, now_version, whole, now_whole)


def _state(kind: str, name: str, library: Library) -> tuple[str | None, str | None, str | None]:
    """Version, digest of the file, digest of all it rests on."""
    if (kind, name) not in library.files:
        return None, None, None
    located, entry = library.files[kind, name]
    return entry.version, content_digest(located), digest_of(name, library) if kind == "protocol" else None
