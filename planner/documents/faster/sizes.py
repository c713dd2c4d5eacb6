"""What a shared style alone says of its boxes, found out once: sizes without percentages, and whether they flow."""

from typing import Any

from weasyprint.formatting_structure import boxes

from planner.documents.faster.shared_styles import is_shared

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"margin_{side}" for side in _SIDES),
    *(f"padding_{side}" for side in _SIDES),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
_SIZES = (*_LENGTHS, *(f"border_{side}_width" for side in _SIDES))

_NOT_OF_TABLES = {boxes.TextBox, boxes.InlineBox, boxes.LineBox, boxes.BlockBox, boxes.InlineBlockBox}


def resolve_percentages(plain: Any, box: Any, containing_block: Any) -> None:
    """What `plain`, WeasyPrint's resolve_percentages, does with the same arguments."""
    attributes = box.style.__dict__
    sizes = attributes.get("sizes")
    if sizes is not None:
        box.__dict__.update(sizes)
        return
    plain(box, containing_block)
    if is_shared(box.style) and _alone(box, box.style):
        attributes["sizes"] = {name: box.__dict__[name] for name in _SIZES}


def _alone(box: Any, style: Any) -> bool:
    """Whether sizes depend on neither the block around nor the borders of neighbors in a table."""
    if style["border_collapse"] == "collapse":
        no_borders = not any(style[f"border_{side}_width"] for side in _SIDES)
        if not (no_borders and type(box) in _NOT_OF_TABLES):
            return False
    values = (style[name] for name in _LENGTHS)
    return all(value == "auto" or getattr(value, "unit", None) == "px" for value in values)


def is_in_normal_flow(plain: Any, box: Any) -> bool:
    """What `plain`, the method of WeasyPrint's boxes, says."""
    attributes = box.style.__dict__
    flows = attributes.get("flows")
    if flows is None:
        flows = plain(box)
        if is_shared(box.style):
            attributes["flows"] = flows
    return flows
