"""The first line of a text, kept by the text and what its style says of it.

A wider line breaks a text no earlier, as long as it is clearly narrower than the whole text. So a text that fits into
one width fits into every greater one, and where two such widths break it at the same place, all between them do. Just
under its whole width, where a text fits but for its last space, WeasyPrint may break it much earlier; there every width
is broken anew.
"""

from typing import Any

from planner.documents.faster.text_style import text_style

_SOFT_HYPHEN = "\xad"


class _Found:
    """What was found of one text: as a whole, and broken, each with the widths it was found for."""

    def __init__(self) -> None:
        self.whole: tuple | None = None
        self.narrow_to: float | None = None
        """Under this width a wider line breaks no earlier; None: not worked out yet."""
        self.broken: list[list] = []

    def get(self, width: float | None) -> tuple | None:
        if self.whole is not None and (width is None or width >= self.whole[3]):
            return self.whole
        if width is not None:
            for least, most, result in self.broken:
                if least <= width <= most:
                    return result
        return None

    def keep(self, text: str, width: float | None, result: tuple) -> bool:
        """Whether this is the whole text, which is kept for every width that holds it."""
        layout, _, resume_at, line_width, *_ = result
        # A text that fits only without its last space is not whole: it is drawn without it.
        if resume_at is None and layout.text == text and (width is None or line_width <= width):
            self.whole = result
            return True
        return False

    def keep_broken(self, width: float, result: tuple) -> None:
        for known in self.broken:
            if _same(known[2], result):
                known[:2] = min(known[0], width), max(known[1], width)
                return
        self.broken.append([width, width, result])


def _same(one: tuple, other: tuple) -> bool:
    return one[1:] == other[1:] and one[0].text == other[0].text


def split_first_line(plain, text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False):
    """What `plain`, WeasyPrint's split_first_line, gives for the same arguments."""
    table = getattr(style.font_config, "splits", None)
    number = None if table is None or justification_spacing else text_style(style)
    if number is None or not _usual(text, style):
        return plain(text, style, context, max_width, justification_spacing, is_line_start, minimum)
    key = (text, number, is_line_start, minimum)
    found = table.get(key)
    if found is None:
        found = _Found()
        table.keep(key, found)
    result = found.get(max_width)
    if result is None:
        result = plain(text, style, context, max_width, 0, is_line_start, minimum)
        if not found.keep(text, max_width, result) and max_width is not None:
            if found.narrow_to is None:
                whole = found.whole or plain(text, style, context, None, 0, is_line_start, minimum)
                found.keep(text, None, whole)
                found.narrow_to = whole[3] - style["font_size"]
            if max_width < found.narrow_to:
                found.keep_broken(max_width, result)
    return result


def _usual(text: str, style: Any) -> bool:
    """Whether a line only gets longer with its width: nothing is hyphenated, drawn closer or broken by a letter."""
    attributes = style.__dict__
    usual = attributes.get("usual_lines")
    if usual is None:
        usual = attributes["usual_lines"] = (
            style["hyphens"] != "auto"
            and style["white_space"] in ("normal", "nowrap")
            and style["font_size"] > 0
            and (style["letter_spacing"] == "normal" or style["letter_spacing"] >= 0)
        )
    return usual and _SOFT_HYPHEN not in text and "\n" not in text
