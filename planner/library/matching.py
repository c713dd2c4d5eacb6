"""An operation as people name it to the protocol that stands for it."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from planner.library.block import Block
from planner.library.protocol import Protocol
from planner.reading.problems import InputError, Place, Problem, nearest

_GAP = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`Total-Knee  Arthroplasty` as `total knee arthroplasty`."""
    return _GAP.sub(" ", text.lower()).strip()


def names_of(protocols: Mapping[str, Protocol]) -> dict[str, list[str]]:
    """Every folded name, alias and CPT code, with the ids of the protocols that claim it."""
    names: dict[str, list[str]] = {}
    for protocol_id, protocol in protocols.items():
        for name in {fold(name) for name in (protocol_id, protocol.title, *protocol.also_known_as, *protocol.cpt)}:
            names.setdefault(name, []).append(protocol_id)
    return names


def find_blocks(wanted: Iterable[str], blocks: Mapping[str, Block], place: Place) -> tuple[str, ...]:
    """The ids of blocks named by id or title. Raises InputError with every name that no block has."""
    names = {fold(name): block_id for block_id, block in blocks.items() for name in (block_id, block.title)}
    problems = [
        Problem(place, "There is no such block.", name, nearest(fold(name), names) or "docs/blocks.md lists them")
        for name in wanted
        if _without_way(name) not in names
    ]
    if problems:
        raise InputError(problems)
    return tuple(dict.fromkeys(names[_without_way(name)] for name in wanted))


def _without_way(name: str) -> str:
    """A block as it is listed: through a catheter it numbs the same part."""
    return fold(name).removesuffix(" catheter")


def find_protocol(wanted: str | None, protocols: Mapping[str, Protocol], place: Place) -> str:
    """The id of the protocol named by id, title, alias or CPT code. Raises InputError."""
    known = "planner protocols list shows every operation"
    if not wanted:
        raise InputError([Problem(place, "The operation is not named.", mend=f"set procedure; {known}")])
    names = names_of(protocols)
    found = names.get(fold(wanted))
    if not found:
        close = nearest(fold(wanted), names)
        raise InputError([Problem(place, "No protocol stands for this operation.", wanted, f"{close} {known}".strip())])
    return found[0]
