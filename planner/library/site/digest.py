"""A digest of all that a plan for one operation takes its numbers and rules from.

It covers the operation's file and its pathways; the drugs, classes and blocks that these
and the files for all patients name; and the files for all patients: home medicines,
antithrombotics, regional anesthesia. Left out are files of words: names of medicines,
vocabulary, sources and sentences to patients. Comments and layout do not count.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from planner.library.library import Library
from planner.library.pathways import ancestors

SHOWN = 12
"""Characters of a digest that are shown and suffice in a site file."""
_CHOSEN = ("protocol", "pathway", "drugs", "classes", "blocks")
_WORDS = ("vocabulary", "medicines", "sources", "handout")
_Key = tuple[str, str]


def digest_of(protocol_id: str, library: Library) -> str:
    """The SHA-256 of an operation's complete protocol, in hexadecimal."""
    key = "digest", protocol_id
    if key not in library.prepared_parts:
        parts = sorted(
            (kind, name, library.files[kind, name][0].value) for kind, name in _rests_on(protocol_id, library)
        )
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
        library.prepared_parts[key] = hashlib.sha256(text.encode()).hexdigest()
    return library.prepared_parts[key]


def _rests_on(protocol_id: str, library: Library) -> set[_Key]:
    protocol = library.protocols[protocol_id]
    line = ancestors(protocol, library.pathways)
    found = {("protocol", protocol_id)}
    found |= {("pathway", name) for name, pathway in library.pathways.items() if pathway in line}
    found |= {key for key in library.files if key[0] not in (*_CHOSEN, *_WORDS)}
    waiting = list(found)
    while waiting:
        named = set(_named_by(waiting.pop(), library)) - found
        found |= named
        waiting += named
    return found


def _named_by(key: _Key, library: Library) -> Iterator[_Key]:
    """Drugs and blocks that a file names, and the classes of a drug."""
    located, entry = library.files[key]
    if key[0] == "drugs":
        yield from (("classes", one.drug_class) for one in library.classes_of(entry))
        return
    for text in _texts(located.value):
        name = text.partition("/")[0]
        if name in library.drugs:
            yield "drugs", name
        if name in library.blocks:
            yield "blocks", name


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        children: Iterable[Any] = value.values() if isinstance(value, dict) else value
        for child in children:
            yield from _texts(child)
