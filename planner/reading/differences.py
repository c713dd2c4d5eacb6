"""What differs between two trees of keys, lists and values, with the place of each difference in both.

Entries of a list are recognized by what they say of themselves, and not by their position, so that one
that is put in between is one difference.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from planner.reading.located import Path

What = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True)
class Difference:
    """`name` is the way to it in words, from the outside in. A path is None where the tree does not have it.

    Of a list whose entries stand in another order (`moved`), `old` and `new` are the names of those that moved.
    """

    what: What
    name: tuple[str, ...]
    old: Any = None
    new: Any = None
    old_path: Path | None = None
    new_path: Path | None = None


@dataclass(frozen=True)
class Known:
    """By which keys the entries of lists are recognized, each with how it is said: `when {}`.

    The earlier key goes before the later one. Entries that differ in one of `fixed` are never the same. What stands
    under `beside` is said with the name, since several entries may share that.
    """

    keys: Mapping[str, str]
    fixed: frozenset[str] = frozenset()
    beside: tuple[str, ...] = ()

    def name(self, entry: Any, position: int) -> str:
        """An entry of a list in words."""
        if not isinstance(entry, dict):
            return str(entry)
        for key, said in self.keys.items():
            if entry.get(key) is not None and not isinstance(entry[key], dict):
                more = [str(entry[other]) for other in self.beside if other in entry and other != key]
                return " ".join([said.format(_plain(entry[key])), *more])
        return f"number {position + 1}"

    def alike(self, old: Any, new: Any) -> bool:
        """Whether two entries may be one that changed."""
        if not (isinstance(old, dict) and isinstance(new, dict)):
            return not (isinstance(old, dict | list) or isinstance(new, dict | list))
        return all(old[key] == new[key] for key in self.fixed if key in old and key in new)


def differences(old: Any, new: Any, known: Known) -> Iterator[Difference]:
    """Every difference of two trees, in the order of the old one; what was added comes after it.

    A value alone and a list of only this value are the same.
    """
    yield from _values(old, new, known, (), (), ())


def _values(old: Any, new: Any, known: Known, name: tuple[str, ...], at: Path, now_at: Path) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            yield from _keys(old, new, key, known, name, at, now_at)
    elif _listed(old, new):
        yield from _lists(_as_list(old), _as_list(new), known, name, at, now_at)
    else:
        yield Difference("changed", name, old, new, at, now_at)


def _keys(
    old: dict, new: dict, key: str, known: Known, name: tuple[str, ...], at: Path, now_at: Path
) -> Iterator[Difference]:
    named = (*name, str(key))
    if key not in new:
        yield Difference("removed", named, old=old[key], old_path=(*at, key))
    elif key not in old:
        yield Difference("added", named, new=new[key], new_path=(*now_at, key))
    else:
        yield from _values(old[key], new[key], known, named, (*at, key), (*now_at, key))


def _listed(old: Any, new: Any) -> bool:
    lists = isinstance(old, list) + isinstance(new, list)
    return lists == 2 or lists == 1 and not any(value is None or isinstance(value, dict) for value in (old, new))


def _as_list(value: Any) -> list:
    return value if isinstance(value, list) else [value]


def _lists(old: list, new: list, known: Known, name: tuple[str, ...], at: Path, now_at: Path) -> Iterator[Difference]:
    paired = pairs(old, new, known)
    for place, entry in enumerate(old):
        if place not in paired:
            yield Difference("removed", (*name, *_own_name(entry, place, known)), old=entry, old_path=(*at, place))
    for place, now_place in paired.items():
        named = (*name, *_own_name(old[place], place, known))
        yield from _values(old[place], new[now_place], known, named, (*at, place), (*now_at, now_place))
    for place, entry in enumerate(new):
        if place not in paired.values():
            yield Difference("added", (*name, *_own_name(entry, place, known)), new=entry, new_path=(*now_at, place))
    if order := moved(old, new, paired, known):
        yield Difference("moved", name, *order, at, now_at)


def _own_name(entry: Any, place: int, known: Known) -> tuple[str, ...]:
    """A plain value has no name beside itself."""
    return (known.name(entry, place),) if isinstance(entry, dict) else ()


def pairs(old: list, new: list, known: Known) -> dict[int, int]:
    """Place in the old list to place in the new one, of entries that are the same or one that changed."""
    found: dict[int, int] = {}
    free = dict(enumerate(new))
    for place, entry in enumerate(old):
        same = next((now_place for now_place, other in free.items() if other == entry), None)
        if same is not None:
            found[place] = same
            del free[same]
    left = {place: entry for place, entry in enumerate(old) if place not in found}
    for key in known.keys:
        for place, now_place in _by_key(left, free, key, known):
            found[place] = now_place
            del left[place], free[now_place]
    if len(left) == len(free):
        for (place, entry), (now_place, other) in zip(left.items(), free.items(), strict=True):
            if known.alike(entry, other):
                found[place] = now_place
    return dict(sorted(found.items()))


def moved(old: list, new: list, paired: dict[int, int], known: Known) -> tuple[list[str], list[str]] | None:
    """Names of paired entries in the old and the new order, from the first to the last that moved; None: none did."""
    order = list(paired.values())
    if order == sorted(order):
        return None
    ends = [at for at, (one, other) in enumerate(zip(order, sorted(order), strict=True)) if one != other]
    part = slice(ends[0], ends[-1] + 1)
    names = [known.name(old[place], place) for place in paired]
    return names[part], [known.name(new[place], place) for place in sorted(order)][part]


def _by_key(old: dict[int, Any], new: dict[int, Any], key: str, known: Known) -> list[tuple[int, int]]:
    """Pairs of entries that alone have the same value under `key`."""
    before, after = _places(old, key), _places(new, key)
    return [
        (places[0], after[value][0])
        for value, places in before.items()
        if len(places) == len(after.get(value, ())) == 1 and known.alike(old[places[0]], new[after[value][0]])
    ]


def _places(entries: dict[int, Any], key: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, entry in entries.items():
        if isinstance(entry, dict) and entry.get(key) is not None:
            found.setdefault(json.dumps(entry[key], sort_keys=True), []).append(place)
    return found


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def in_words(value: Any) -> str:
    """A tree in one line: `when: kidney < 30; because: ...; source: beers-2023`."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_inner(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(_inner, value)) or "none"
    return "nothing" if value is None else str(value)


def _inner(value: Any) -> str:
    return f"({in_words(value)})" if isinstance(value, dict) else in_words(value)
