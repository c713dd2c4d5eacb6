"""What is kept from one document for the next changes no document."""

import hashlib
import io
import os
import random
import re
import subprocess
import sys
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
import tinyhtml5
from pypdf import PdfReader
from weasyprint.layout import inline
from weasyprint.text import line_break

from planner import api
from planner.documents import faster
from planner.documents.faster import lines, shared_styles, splits, text_style
from planner.documents.faster.markup import page_tree
from planner.documents.faster.recent import Recent
from planner.documents.handout.render import render_handout
from planner.documents.render import render
from planner.documents.sheet import Sheet
from planner.documents.styles import fonts, style_sheet, without_style
from planner.reading.resources import protocols_folder
from tests.documents.printed import page_texts
from tests.shipped import shipped_library

ROOT = Path(__file__).parents[2]
SCRIPT = """
import hashlib, sys
from tests.documents.test_faster import MAKERS
for name in sys.argv[1].split(","):
    print(hashlib.sha256(MAKERS[name]()).hexdigest())
"""
NOW = datetime(2026, 12, 14, 18)


@cache
def plans() -> list:
    library = shipped_library()
    files = [str(protocols_folder() / "examples" / name) for name in ("01-healthy-knee.yaml", "05-frail-hip.yaml")]
    return api.make_plans([(file, api.read_case_file(file, library, NOW)) for file in files], library, NOW)


MAKERS = {
    "plan": lambda: render(plans()[1], "pdf", tall_man={}),
    "other": lambda: render(plans()[0], "pdf", tall_man={}),
    "handout": lambda: render_handout(plans()[1], "pdf"),
    "large": lambda: render_handout(plans()[0], "pdf", large_print=True),
}


@pytest.fixture
def forgetful():
    """Nothing kept before and after."""
    for kept in (fonts, style_sheet):
        kept.cache_clear()
    yield
    for kept in (fonts, style_sheet):
        kept.cache_clear()


def fresh(names: str) -> list[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, names], capture_output=True, text=True, env=environment, cwd=ROOT, check=True
    )
    return done.stdout.split()


def test_a_document_is_the_same_first_later_and_after_any_other():
    orders = [
        "plan,other,plan,handout,large,handout",
        "large,handout,other,plan,large,other",
        "other,large,plan",
        "handout,plan,large",
    ]
    made = {order: fresh(order) for order in orders}
    first = {order.split(",")[0]: digests[0] for order, digests in made.items()}
    assert set(first) == set(MAKERS)
    for order, digests in made.items():
        assert digests == [first[name] for name in order.split(",")]
    assert {name: hashlib.sha256(make()).hexdigest() for name, make in MAKERS.items()} == first


@pytest.mark.parametrize("name", MAKERS)
def test_pages_are_those_of_plain_weasyprint(forgetful, monkeypatch, name):
    MAKERS[name]()
    kept = MAKERS[name]()
    fonts.cache_clear()
    style_sheet.cache_clear()
    monkeypatch.setattr("planner.documents.faster.install", lambda: False)
    assert not hasattr(fonts_in_use(), "lines")
    plain = MAKERS[name]()
    assert drawing(kept) == drawing(plain)


def fonts_in_use():
    return fonts(Sheet().templates)


@pytest.mark.parametrize("examples", [1, pytest.param(10, marks=pytest.mark.soak)])
def test_different_patients_are_drawn_and_read_as_by_plain_weasyprint(forgetful, monkeypatch, examples):
    """Each is made a second time, after those of others who differ in a dose, a number or a whole protocol."""
    plans = varied(examples)
    kept = [[printed(plan) for plan in plans] for _ in range(2)][1]
    fonts.cache_clear()
    style_sheet.cache_clear()
    monkeypatch.setattr("planner.documents.faster.install", lambda: False)
    for document, plan in zip(kept, plans, strict=True):
        for mine, plain in zip(document, printed(plan), strict=True):
            assert drawing(mine) == drawing(plain)
            assert page_texts(mine) == page_texts(plain)


def varied(examples: int) -> list:
    """So many examples, the first one also with other weights."""
    library = shipped_library()
    files = sorted(str(path) for path in (protocols_folder() / "examples").glob("*.yaml"))[:examples]
    cases = [(file, api.read_case_file(file, library, NOW)) for file in files]
    file, case = cases[0]
    facts = case.model_dump()
    heavier = [type(case).model_validate({**facts, "weight_kg": facts["weight_kg"] + more}) for more in (1, 23.5)]
    return api.make_plans([*cases, *((file, other) for other in heavier)], library, NOW)


def printed(plan) -> tuple[bytes, bytes]:
    return render(plan, "pdf", tall_man={}), render_handout(plan, "pdf")


def test_all_that_text_depends_on_is_in_its_key(forgetful):
    """What WeasyPrint reads of a style where it breaks a text and draws it, but for its place and color."""

    class Watched(dict):
        def __missing__(self, name):
            read.add(name)
            return style[name]

    read: set[str] = set()
    MAKERS["plan"]()
    style = next(style for style in fonts_in_use().shared_styles._styles.values() if style["font_size"])
    watched = Watched()
    watched.font_config = style.font_config
    context = SimpleNamespace(dictionaries={})
    for width in (None, 5, 40, 400):
        line_break.split_first_line("some words to break, well-known", watched, context, width, 0)
    assert read <= set(text_style.PROPERTIES)


def test_a_text_is_broken_as_by_plain_weasyprint_whatever_widths_came_before(forgetful, monkeypatch):
    """WeasyPrint breaks a text that fits but for its last space much earlier than a narrower line does."""
    faster.install()
    plain, asked = line_break.split_first_line, {}
    once = inline.split_first_line

    def noted(text, style, context, *rest, **named):
        if text.endswith(" ") or "\u00a0" in text:
            asked.setdefault((text, style["font_size"], style["font_weight"]), (style, context))
        return once(text, style, context, *rest, **named)

    monkeypatch.setattr(inline, "split_first_line", noted)
    MAKERS["plan"]()
    chance, odd = random.Random(1), 0
    for (text, size, _), (style, context) in list(asked.items())[:400]:
        if not splits._usual(text, style):
            continue
        whole = plain(text, style, context, None, 0)[3]
        widths = [whole * part / 12 for part in range(1, 14)] + [whole - size * part / 6 for part in range(-1, 7)]
        wanted = {width: plain(text, style, context, width, 0)[1:] for width in widths if width > 0}
        ordered = [found for _, found in sorted(wanted.items())]
        odd += any(later[0] < earlier[0] for earlier, later in pairwise(ordered))
        style.font_config.splits = Recent(100)
        for width in chance.sample(sorted(wanted), len(wanted)):
            assert splits.split_first_line(plain, text, style, context, width, 0)[1:] == wanted[width], (text, width)
    assert odd, "no text of this document is broken earlier by a wider line, so this proves nothing"


def test_what_was_used_lately_is_kept_and_the_rest_forgotten():
    table = Recent(2)
    for key in "abcd":
        table.keep(key, key.upper())
        table.get("a")
    assert [table.get(key) for key in "abcd"] == ["A", None, "C", "D"]


def drawing(content: bytes) -> list[list]:
    """What each page draws. A line moved to its place may be a billionth off where it was broken in place."""
    pages = [page.get_contents().get_data().decode("latin-1").split() for page in PdfReader(io.BytesIO(content)).pages]
    number = re.compile(r"-?\d*\.?\d*")
    return [[round(float(word), 4) if number.fullmatch(word) and word else word for word in page] for page in pages]


def test_what_is_kept_is_bounded_and_emptying_it_changes_nothing(forgetful, monkeypatch):
    usual = [make() for make in MAKERS.values()]
    fonts.cache_clear()
    style_sheet.cache_clear()
    monkeypatch.setattr(lines, "_MOST_BOXES", 50)
    monkeypatch.setattr(shared_styles, "_MOST_STYLES", 50)
    for _ in range(2):
        assert [make() for make in MAKERS.values()] == usual
    assert fonts_in_use().shared_styles.generation > 1


def test_a_process_leaves_no_fonts_behind_and_says_nothing(tmp_path):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "handout"], capture_output=True, env=environment, cwd=ROOT, check=True
    )
    assert done.stderr == b""
    assert list(tmp_path.iterdir()) == []


def test_another_weasyprint_is_left_as_it_is(monkeypatch):
    monkeypatch.setattr("weasyprint.__version__", "71.0")
    assert faster.install.__wrapped__() is False


def test_a_page_is_read_as_an_html_parser_reads_it():
    plan = plans()[1]
    for html_text in (render(plan, "html", tall_man={}).decode(), render_handout(plan, "html").decode()):
        body = without_style(html_text)[0]
        assert outline(page_tree(body)) == outline(tinyhtml5.parse(body, namespace_html_elements=False))


def test_a_page_that_is_not_strict_is_left_to_the_html_parser():
    assert page_tree("<html lang=en><title>t</title><p>one<p>two") is None


def outline(element) -> tuple:
    """An element without the spaces between others, which no page shows."""
    attributes = {name: value for name, value in element.attrib.items() if "xmlns" not in name}
    inner = [(outline(child), (child.tail or "").split()) for child in element]
    return element.tag, attributes, (element.text or "").split(), inner
