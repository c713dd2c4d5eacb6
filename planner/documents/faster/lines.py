"""The lines a paragraph is broken into, kept for the next paragraph with the same words, styles and width.

A layout breaks the same paragraph again and again (for columns of equal height, at the end of a page), and most
paragraphs of a document stand in the next one too. Lines are always broken as if the paragraph stood at the
origin and moved to their place then, so that they are the same whether they were kept or not.
"""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from planner.documents.faster.recent import Recent
from planner.documents.faster.shared_styles import is_shared

_MOST_BOXES = 22_000
_TAGS = frozenset("html body header section div p h1 h2 h3 ul ol li table td th span b strong br".split())
_CHANGING = ("position_x", "position_y", "width", "height", "text", "pango_layout", "baseline", "resume_at")
_OTHER = ("children", "remove_decoration_sides", "lines_key", "cached_counter_values")
_ELEMENTS = {tag: Element(tag) for tag in _TAGS}


class LineTable:
    """Broken lines by what they depend on, those used lately; emptied when the styles they name are gone."""

    def __init__(self, generation: int = 0) -> None:
        self._lines = Recent(_MOST_BOXES)
        self._shared: dict[tuple, dict] = {}
        self._generation = generation

    def get(self, key: tuple, generation: int) -> list | None:
        if generation != self._generation:
            self.__init__(generation)
        return self._lines.get(key)

    def keep(self, key: tuple, lines: list) -> list:
        """The lines as they are kept, to be placed."""
        if len(self._shared) > _MOST_BOXES:
            self._shared = {}
        kept = [(self._kept(line), resume_at) for line, resume_at in lines]
        self._lines.keep(key, kept, sum(_count(line) for line, _ in kept))
        return kept

    def _kept(self, box: Any) -> tuple:
        """A box as its class, the attributes it shares with others, its own ones, and its children."""
        attributes = box.__dict__
        own = {name: attributes[name] for name in _CHANGING if name in attributes}
        rest = {name: value for name, value in attributes.items() if name not in _CHANGING and name not in _OTHER}
        if rest["element"] is not None:
            rest["element"] = _ELEMENTS[rest["element"].tag]
        own["remove_decoration_sides"] = box.remove_decoration_sides
        key = (type(box), *((name, _identity(value)) for name, value in rest.items()))
        shared = self._shared.setdefault(key, rest)
        return type(box), shared, own, [self._kept(child) for child in box.children]


def _count(kept: tuple) -> int:
    return 1 + sum(map(_count, kept[3]))


def _identity(value: Any) -> Any:
    return value if isinstance(value, (int, float, str, tuple, type(None))) else id(value)


def _placed(kept: tuple, dx: float, dy: float) -> Any:
    """A box of its own from a kept one, moved."""
    kind, shared, own, children = kept
    box = kind.__new__(kind)
    attributes = box.__dict__
    attributes.update(shared)
    attributes.update(own)
    attributes["position_x"] += dx
    attributes["position_y"] += dy
    attributes["children"] = [_placed(child, dx, dy) for child in children]
    return box


def lines_of(plain, table: LineTable, generation: int, arguments: tuple) -> Iterator[tuple[Any, dict | None]]:
    """What `plain`, WeasyPrint's iter_line_boxes, gives for its arguments."""
    context, box, position_y, bottom_space, skip_stack, block, *_, first_letter, first_line = arguments
    content = None
    if first_letter is None and first_line is None and not context.excluded_shapes and not context.footnotes:
        content = _key(box)
    if content is None:
        yield from plain(*arguments)
        return
    key = (content, block.width, block.height, block.style["direction"], _frozen(skip_stack))
    lines = table.get(key, generation)
    if lines is None:
        found = list(plain(context, box, 0, bottom_space, skip_stack, _at_origin(block), [], [], None, None))
        lines = table.keep(key, found)
    dx = block.content_box_x()
    for line, resume_at in lines:
        yield _placed(line, dx, position_y), resume_at


def _at_origin(block: Any) -> Any:
    block = block.copy()
    block.position_x = block.position_y = 0
    for side in ("left", "top"):
        setattr(block, f"margin_{side}", 0)
        setattr(block, f"padding_{side}", 0)
        setattr(block, f"border_{side}_width", 0)
    return block


def _frozen(skip_stack: dict | None) -> tuple | None:
    return None if skip_stack is None else tuple((index, _frozen(inner)) for index, inner in skip_stack.items())


def _key(box: Any) -> tuple | None:
    """What the lines of a line box depend on besides its width; None where they depend on more than can be said."""
    found = box.__dict__.get("lines_key", False)
    if found is False:
        box.lines_key = found = _content(box)
    return found


def _content(box: Any) -> tuple | None:
    kind, tag = type(box), box.element_tag
    if (
        kind not in _KINDS
        or not box.is_in_normal_flow()
        or not is_shared(box.style)
        or box.style["position"] != "static"
        or (tag or "").partition("::")[0] not in _TAGS
        or any(name in box.__dict__ and box.__dict__[name] for name in _SPECIAL)
    ):
        return None
    name = (
        kind,
        id(box.style),
        tag,
        box.element is None,
        box.leading_collapsible_space,
        box.trailing_collapsible_space,
    )
    if kind is boxes.TextBox:
        return (*name, box.text)
    children = []
    for child in box.children:
        if kind is boxes.InlineBlockBox and type(child) is not boxes.LineBox:
            return None
        if (content := _content(child)) is None:
            return None
        children.append(content)
    return (*name, *children)


_KINDS = {boxes.LineBox, boxes.InlineBox, boxes.TextBox, boxes.InlineBlockBox}
_SPECIAL = (
    "bookmark_label",
    "footnote",
    "note",
    "link",
    "missing_link",
    "is_leader",
    "is_outside_marker",
    "is_table_wrapper",
    "is_flex_item",
    "is_grid_item",
    "first_letter_style",
    "first_line_style",
    "transformation_matrix",
)
