"""YAML read as text with the line and column of every value.

Every scalar stays the text that was written, so that `no`, `on`, `1:30` and `007` mean
what the field they stand in says, and nothing is retyped in silence. Only an empty
scalar, `null` and `~` become None.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

from planner.reading.problems import InputError, Place, Problem

Path = tuple[str | int, ...]
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 40


@dataclass
class Located:
    """A tree of dicts, lists, text and None, with the place of every value in it."""

    source: str
    value: Any
    marks: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def place(self, path: Path) -> Place:
        """The place of the value at `path`, or of its nearest enclosing value."""
        known = path
        while known not in self.marks and known:
            known = known[:-1]
        line, column = self.marks.get(known, (0, 0))
        return Place(self.source, line, column, spell(path))


def spell(path: Path) -> str:
    """A path as a person writes it: `pathway.preop[2].give`."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def read_yaml(text: str, source: str) -> Located:
    """Read one YAML document. Raises InputError naming line and column of a fault."""
    located = Located(source, None)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(source, mark.line + 1, mark.column + 1) if mark else Place(source)
        raise InputError(
            [
                Problem(
                    place,
                    f"This is not readable YAML: {_reason(error)}.",
                    mend="check indentation, colons and quotes at this place",
                )
            ]
        ) from None
    except RecursionError:
        raise InputError([_too_deep(Place(source))]) from None
    problems: list[Problem] = []
    located.value = _plain(node, (), located, problems, set())
    if problems:
        raise InputError(problems)
    return located


def _reason(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or error).split("\n")[0]


def _too_deep(place: Place) -> Problem:
    return Problem(place, f"Values are nested more than {_DEEPEST} deep.", mend="flatten this part")


def _plain(node, path: Path, located: Located, problems: list[Problem], seen: set[int]) -> Any:
    if node is None:
        return None
    is_scalar = isinstance(node, yaml.ScalarNode)
    if path not in located.marks or is_scalar:
        located.marks[path] = _mark(node)
    if len(path) > _DEEPEST:
        problems.append(_too_deep(_place(node, path, located)))
        return None
    if is_scalar:
        plain_style = node.style in (None, "")
        return None if plain_style and node.value in ("", "null", "~") else node.value
    if id(node) in seen:
        place, mend = _place(node, path, located), "write the value out where it is needed"
        problems.append(Problem(place, "YAML anchors and aliases are not used here.", mend=mend))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, i), located, problems, seen) for i, child in enumerate(node.value)]
    return _mapping(node, path, located, problems, seen)


def _mapping(node, path: Path, located: Located, problems: list[Problem], seen: set[int]) -> dict:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            place = _place(key_node, path, located)
            problems.append(Problem(place, "A key must be a word.", mend="put the key in quotes"))
            continue
        key = key_node.value
        if key in result:
            place = _place(key_node, path, located)
            problems.append(Problem(place, f"The key {key!r} stands twice here.", mend="keep one of them"))
        located.marks[(*path, key)] = _mark(key_node)
        result[key] = _plain(value_node, (*path, key), located, problems, seen)
    return result


def _mark(node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _place(node, path: Path, located: Located) -> Place:
    return Place(located.source, *_mark(node), spell(path))
