"""Text as it is drawn, kept by its letters and what its style says of them.

WeasyPrint shapes each text a second time to draw it. Its glyphs are the same wherever the text stands.
"""

from typing import Any

from pydyf import _to_bytes
from weasyprint.draw.text import draw_emojis, draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.text.fonts import get_pango_font_key

from planner.documents.faster.recent import Recent
from planner.documents.faster.text_style import text_style

_SMALLEST = 1e-6
"""Smaller letters are not drawn."""


class _Font:
    """A font of a document, with the letters of its glyphs apart for one text."""

    def __init__(self, font: Any, key: int) -> None:
        self.real, self.key = font, key
        self.to_unicode: dict[int, str] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def glyphs(self, known: Recent) -> tuple[frozenset[tuple[int, int]], tuple[tuple[int, str], ...]]:
        """The glyphs with their widths, and with their letters, as often seen before as they are in `known`."""
        widths = frozenset((glyph, self.real.widths[glyph]) for glyph in self.to_unicode)
        found = widths, tuple(self.to_unicode.items())
        if (same := known.get(found)) is None:
            known.keep(found, found)
        return same or found


class _Recorder:
    """Draws on the stream of a page, and keeps what it drew."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.ink_rect, self.logical_rect = stream.ink_rect, stream.logical_rect
        self.set_text_matrix = stream.set_text_matrix
        self.steps: list[tuple | bytes] = []
        self.fonts: dict[int, _Font] = {}
        self.usual = True

    def add_font(self, pango_font: Any) -> tuple[_Font, float]:
        font, size = self.stream.add_font(pango_font)
        key = get_pango_font_key(pango_font)[0]
        return self.fonts.setdefault(key, _Font(font, key)), size

    def set_font_size(self, name: str, size: float) -> None:
        self.steps.append((name, size))
        self.stream.set_font_size(name, size)

    def set_text_rise(self, rise: float) -> None:
        self.usual = False
        self.stream.set_text_rise(rise)

    def show_text(self, text: str) -> None:
        self.steps.append(b"[%b] TJ" % text.encode())
        self.stream.stream.append(self.steps[-1])

    def kept(self, known: Recent) -> tuple | None:
        """What was drawn, for `_drawn_again`; the fonts of the document know its letters from now on.

        Raised glyphs and those that a font does not have are not kept.
        """
        fonts = []
        for font in self.fonts.values():
            for glyph, letters in font.to_unicode.items():
                font.real.to_unicode.setdefault(glyph, letters)
                self.usual &= glyph < font.real.glyph_count
            fonts.append((font.key, *font.glyphs(known)))
        return (tuple(self.steps), tuple(fonts)) if self.usual else None


def draw_text(plain: Any, stream: Any, box: Any, offset_x: float, overflow: str, ellipsis: str = "none") -> None:
    """What `plain`, WeasyPrint's draw_text, does with the same arguments."""
    layout, style = box.pango_layout, box.style
    number = _number(box, (overflow, ellipsis))
    if number is None:
        plain(stream, box, offset_x, overflow, ellipsis)
        return
    x, y = box.position_x, box.position_y + box.baseline
    key = (layout.text, number, layout.justification_spacing)
    table = style.font_config.drawn
    pictures = []
    stream.set_color(style["color"])
    stream.begin_text()
    if not _drawn_again(stream, table.get(key), x, y):
        layout.reactivate(style)
        recorder = _Recorder(stream)
        pictures = draw_first_line(recorder, box, overflow, ellipsis, Matrix(d=-1, e=x, f=y))
        layout.deactivate()
        kept = recorder.kept(style.font_config.glyphs)
        if kept and not pictures:
            table.keep(key, kept)
    stream.end_text()
    draw_emojis(stream, style, x, y, pictures)


def _number(box: Any, cut: tuple[str, str]) -> int | None:
    """What `text_style` says; None where more is drawn than letters, or less."""
    style = box.style
    if cut != ("clip", "none") or not box.text.strip() or getattr(style.font_config, "drawn", None) is None:
        return None
    attributes = style.__dict__
    if "drawn_style" not in attributes:
        alone = style["visibility"] == "visible" and style["text_decoration_line"] == "none"
        attributes["drawn_style"] = text_style(style) if alone and style["font_size"] >= _SMALLEST else None
    return attributes["drawn_style"]


def _drawn_again(stream: Any, drawn: tuple | None, x: float, y: float) -> bool:
    """Draw a text as before; not where the fonts of this document do not know it yet with the same widths."""
    if drawn is None:
        return False
    steps, fonts = drawn
    known = stream._fonts
    new = []
    for key, widths, letters in fonts:
        if key not in known:
            return False
        font = known[key]
        if not widths <= font.widths.items():
            if any(font.widths.get(glyph, width) != width for glyph, width in widths):
                return False
            new.append((font, widths, letters))
    for font, widths, letters in new:
        for glyph, letter in letters:
            font.to_unicode.setdefault(glyph, letter)
        for glyph, width in widths:
            font.widths.setdefault(glyph, width)
    stream.stream.append(b"1 0 0 -1 %b %b Tm" % (_to_bytes(x), _to_bytes(y)))
    for step in steps:
        if isinstance(step, bytes):
            stream.stream.append(step)
        else:
            stream.set_font_size(*step)
    return True
