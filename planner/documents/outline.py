"""Headings with lines below them, as plain text for a terminal or as Markdown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_MARKDOWN = re.compile(r"([\\`*_\[\]|#~<])")
_HEADINGS = 2
"""Levels of nodes with children that are headings in Markdown; below them are lists."""


@dataclass(frozen=True)
class Node:
    text: str
    children: Sequence["Node"] = ()


def plain_text(title: str, nodes: Sequence[Node]) -> str:
    """The outline with each level set in by two spaces, and a blank line before each top one."""
    lines = [title]
    for node in nodes:
        lines += ["", *_indented(node, 0)]
    return "\n".join(lines) + "\n"


def _indented(node: Node, depth: int) -> Iterator[str]:
    yield "  " * depth + node.text
    for child in node.children:
        yield from _indented(child, depth + 1)


def markdown(title: str, nodes: Sequence[Node]) -> str:
    """The outline with headings above and lists below; nothing of its text is read as a mark."""
    lines = [f"# {_escaped(title)}"]
    for node in nodes:
        lines += _marked(node, 0)
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _marked(node: Node, depth: int) -> Iterator[str]:
    if depth < _HEADINGS and node.children:
        yield from ("", f"{'#' * (depth + 2)} {_escaped(node.text)}", "")
        for child in node.children:
            yield from _marked(child, depth + 1)
    elif depth == 0:
        yield from ("", _escaped(node.text))
    else:
        yield from _listed(node, 0)


def _listed(node: Node, depth: int) -> Iterator[str]:
    yield "  " * depth + f"- {_escaped(node.text)}"
    for child in node.children:
        yield from _listed(child, depth + 1)


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
