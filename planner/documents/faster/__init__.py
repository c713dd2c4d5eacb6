"""WeasyPrint with what it finds out for one document kept for the next. The pages are the same."""

from functools import cache, partial
from typing import TYPE_CHECKING

from planner.documents.templates import Templates

if TYPE_CHECKING:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

_KNOWN = "70.0"
_MOST_TEXTS = 8_000
"""About what fifty documents of different patients have in common, and what each has alone."""


def read_page(body: str, files: Templates, fetcher) -> "HTML | None":
    """A page of our own templates; None for what WeasyPrint is to read itself."""
    if files.replaced is not None or not install():
        return None
    from planner.documents.faster.markup import page_tree
    from planner.documents.faster.page import ReadPage

    root = page_tree(body)
    return None if root is None else ReadPage(root, files.address, fetcher)


@cache
def install() -> bool:
    """Put the kept styles and lines into WeasyPrint, where it is the version they were written for."""
    import weasyprint

    if weasyprint.__version__ != _KNOWN:
        return False
    from weasyprint import css, draw
    from weasyprint.layout import block, inline, preferred

    from planner.documents.faster.drawn import draw_text
    from planner.documents.faster.lines import lines_of
    from planner.documents.faster.shared_styles import SharedStyleFor
    from planner.documents.faster.splits import split_first_line

    plain = block.iter_line_boxes

    def iter_line_boxes(*arguments):
        fonts = arguments[0].font_config
        table = getattr(fonts, "shared_styles", None)
        if table is None:
            return plain(*arguments)
        return lines_of(plain, fonts.lines, table.generation, arguments)

    css.StyleFor = SharedStyleFor
    block.iter_line_boxes = iter_line_boxes
    inline.split_first_line = preferred.split_first_line = partial(split_first_line, inline.split_first_line)
    draw.draw_text = partial(draw_text, draw.draw_text)
    _find_sizes_once()
    return True


def keep_with(fonts: "FontConfiguration") -> None:
    """Tables for what documents with these fonts have in common."""
    from planner.documents.faster.lines import LineTable
    from planner.documents.faster.recent import Recent
    from planner.documents.faster.shared_styles import StyleTable

    fonts.shared_styles, fonts.lines = StyleTable(), LineTable()
    fonts.text_styles = {}
    fonts.splits, fonts.drawn, fonts.glyphs = (Recent(_MOST_TEXTS) for _ in range(3))


def _find_sizes_once() -> None:
    import sys

    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import percent

    from planner.documents.faster import sizes

    plain, flows = percent.resolve_percentages, Box.is_in_normal_flow
    once = partial(sizes.resolve_percentages, plain)
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint.layout") and getattr(module, "resolve_percentages", None) is plain:
            module.resolve_percentages = once
    Box.is_in_normal_flow = lambda box: sizes.is_in_normal_flow(flows, box)
