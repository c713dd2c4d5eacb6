"""What a finished PDF shows: its words, how large they are, and where each piece of text begins and ends."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

import pypdf
import pypdfium2
from fontTools.ttLib import TTFont

from planner.documents.render import render
from planner.documents.sheet import Sheet
from planner.plan.models import Plan
from planner.reading.resources import templates_folder
from tests.documents.samples import TALL_MAN

MARGIN = 34.0
"""12 mm in points: what stays white on each side of a page."""
_NO_PLACE = [1, 0, 0, 1, 0, 0]
_KERNING = 2
"""So many points a line may be measured too wide: letters that are moved together are not known here."""
_TEXTS: WeakKeyDictionary[pypdf.PdfReader, list[str]] = WeakKeyDictionary()
_WEIGHTS = {"Ultra-Bold": "ExtraBold", "Semi-Bold": "SemiBold", "Bold": "Bold", "Italic": "Italic"}


def pdf(plan: Plan, paper: str = "letter") -> bytes:
    return render(plan, "pdf", tall_man=TALL_MAN, sheet=Sheet.of(None, paper))


def read(plan: Plan, paper: str = "letter") -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf(plan, paper)))


def page_texts(content: bytes) -> list[str]:
    """The text of each page. pypdf, which tells places and fonts too, takes 30 times as long."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def words(page) -> str:
    return re.sub(r"\s+", " ", page_text(page))


def page_text(page) -> str:
    """The text of a page of a reader; all pages of a file are read once."""
    reader = page.indirect_reference.pdf
    if reader not in _TEXTS:
        _TEXTS[reader] = page_texts(reader.stream.getvalue())
    return _TEXTS[reader][page.page_number]


@dataclass(frozen=True)
class Piece:
    """One run of text in one font: where it begins and ends on its line, all in points.

    `placed`: text set in the middle or at an end of a drawing has no known place on its page.
    """

    text: str
    x: float
    end: float
    y: float
    size: float
    placed: bool


def pieces(page) -> list[Piece]:
    found: list[Piece] = []

    def see(text, cm, tm, font, size):
        if not text.strip():
            return
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        points = abs(size * tm[0] * cm[0])
        end = x + text_width(text.rstrip(), points, _weight(font))
        found.append(Piece(text, x, end, y, round(points, 1), placed=list(cm) != _NO_PLACE))

    page.extract_text(visitor_text=see)
    return found


def _weight(font) -> str:
    name = font["/BaseFont"]
    return next((weight for ending, weight in _WEIGHTS.items() if name.endswith(ending)), "Regular")


def text_width(text: str, size: float, weight: str = "Regular") -> float:
    """How wide a text is in the bundled font, in points."""
    letters, units = _letters(weight)
    return sum(letters.get(letter, 0) for letter in text) * size / units


@lru_cache
def _letters(weight: str) -> tuple[dict[str, float], float]:
    font = TTFont(templates_folder() / "shared" / "fonts" / f"AtkinsonHyperlegibleNext-{weight}.ttf")
    widths = font["hmtx"].metrics
    return {chr(code): widths[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm


def overflowing(reader: pypdf.PdfReader) -> list[Piece]:
    """Text that begins or ends outside the margins of its page."""
    return [piece for page in reader.pages for piece in pieces(page) if not _is_inside(piece, page)]


def _is_inside(piece: Piece, page) -> bool:
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    across = MARGIN - 1 <= piece.x and piece.end <= width - MARGIN + _KERNING
    return not piece.placed or (across and 10 <= piece.y <= height - 10)


def colors(page) -> Iterator[tuple[str, ...]]:
    """Every color that the page and the drawings inside it set, as it was written."""
    for content in _contents(page):
        for match in re.finditer(r"((?:[\d.]+ ){3,4})(?:rg|RG|k|K|scn?|SCN?)\b", content):
            yield tuple(match[1].split())


def _contents(page) -> Iterator[str]:
    yield page.get_contents().get_data().decode("latin-1")
    for inner in page["/Resources"].get("/XObject", {}).values():
        yield inner.get_object().get_data().decode("latin-1")


def tags(reader: pypdf.PdfReader) -> list[dict]:
    """Every node of the structure tree, from top to bottom."""
    found: list[dict] = []

    def walk(node):
        found.append(node)
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object() if hasattr(kid, "get_object") else kid
            if isinstance(kid, dict):
                walk(kid)

    for kid in reader.trailer["/Root"]["/StructTreeRoot"]["/K"]:
        walk(kid.get_object())
    return found
