"""The finished file: tagged, complete, made only of bundled files, the same bytes every time."""

import hashlib
import io
import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from planner.documents.files import RefusedFile, bundled_path
from planner.documents.render import render
from planner.documents.sheet import Sheet, plan_json
from planner.plan.handout import SiteFacts
from planner.plan.models import Plan
from planner.reading.resources import templates_folder
from tests.documents.printed import colors, overflowing, pdf, pieces, read, tags, words
from tests.documents.samples import HEALTHY_CASE, TALL_MAN, hard, healthy, mg, order, says
from tests.library.site.pictures import picture

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def no_warnings(caplog):
    """A warning of the PDF engine is a fault of the page."""
    caplog.set_level(logging.WARNING, logger="weasyprint")
    yield
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []


def test_a_short_plan_has_two_pages_and_the_record(files):
    """The sheet of the block team follows the orders: here there is room for both on two pages."""
    assert len(files["healthy"].pages) == 3
    assert "EMERGENCY" in words(files["healthy"].pages[1])


def test_every_page_has_two_identifiers_its_number_and_the_time(files):
    for name, mrn in (("healthy", "0048213"), ("hard", "77120934")):
        reader = files[name]
        for at, page in enumerate(reader.pages, 1):
            text = words(page)
            assert f"MRN {mrn}" in text
            assert ("EXAMPLE, Ada" if name == "healthy" else "O'BRIEN-LINDQVIST, Wilhelmina") in text
            assert f"page {at} of {len(reader.pages)}" in text
            assert "14-Dec-2026 18:05" in text
            assert "Draft protocol: needs review and order entry by a clinician" in text
            assert "second-hand" in text


def test_unknown_identity_is_a_line_to_fill_in(files):
    for page in files["stopped"].pages:
        assert "None" not in words(page)
        assert "MRN" in words(page)


def test_page_one_answers_in_order(files):
    text = words(files["hard"].pages[0])
    order = [
        "Right total knee arthroplasty",
        "eGFR 19.2",
        "CONFIRM 7 ITEMS",
        "Confirm first",
        "Stop and check",
        "24 h limit",
        "Pre-op",
        "Ward",
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def test_the_record_is_on_the_last_page(files):
    text = words(files["healthy"].pages[-1])
    for part in ("Sources", "not verified", "version 2026.1", "DRAFT", "sha256:5b1f", "planner 1.0", "Reviewed by"):
        assert part in text


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_paper(paper, size):
    reader = read(healthy(), paper)
    assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == size
    assert len(reader.pages) == 3


def test_the_file_is_tagged_as_pdf_ua(files):
    root = files["healthy"].trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-US"
    assert "/StructTreeRoot" in root
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_headings_are_in_order(files):
    for reader in files.values():
        found = [node.get("/S") for node in tags(reader)]
        levels = [int(tag[2:]) for tag in found if re.fullmatch(r"/H\d", str(tag))]
        assert levels[0] == 1
        assert all(later - before <= 1 for before, later in zip(levels, levels[1:], strict=False))
        assert {"/Table", "/TH", "/TD", "/L", "/LI", "/P", "/Figure"} <= set(found)


def test_a_drawing_is_told_in_words(files):
    for reader in files.values():
        (told,) = [str(node["/Alt"]) for node in tags(reader) if node.get("/S") == "/Figure"]
        assert told.startswith("Cover over time. ")
        assert re.search(r"Adductor canal \w+: from Tue 15-Dec 07:30 to ", told)


def test_title_author_and_dates(files):
    info = files["healthy"].metadata
    assert info.title == "Pain plan: EXAMPLE, Ada, MRN 0048213, Left total knee arthroplasty"
    assert info.author == "planner 1.0"
    assert info["/CreationDate"] == info["/ModDate"] == "D:20261214180500Z"


def test_the_plan_travels_inside(files):
    (attached,) = files["hard"].attachments["plan.json"]
    assert attached == plan_json(hard())
    assert Plan.model_validate(json.loads(attached)) == hard()
    assert files["hard"].trailer["/Root"]["/AF"][0].get_object()["/AFRelationship"] == "/Data"


def test_only_the_bundled_fonts_are_used_and_they_are_embedded(files):
    for reader in files.values():
        for page in reader.pages:
            for font in page["/Resources"]["/Font"].values():
                inner = font.get_object()["/DescendantFonts"][0].get_object()
                assert "Atkinson" in inner["/BaseFont"]
                assert "/FontFile2" in inner["/FontDescriptor"]


def test_there_is_no_color(files):
    found = {color for reader in files.values() for page in reader.pages for color in colors(page)}
    assert ("0", "0", "0") in found
    assert [color for color in found if len(set(color)) > 1] == []


SCRIPT = """
import hashlib, sys
from tests.documents.samples import TALL_MAN, hard
from planner.documents.render import render
sys.stdout.write(hashlib.sha256(render(hard(), "pdf", tall_man=TALL_MAN)).hexdigest())
"""


def test_the_same_plan_gives_the_same_bytes_in_every_process():
    found = []
    for seed, zone in (("0", "UTC"), ("4711", "Pacific/Auckland")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        environment.pop("SOURCE_DATE_EPOCH", None)
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, text=True, env=environment, cwd=ROOT, check=True
        )
        found.append(done.stdout)
    assert found == [hashlib.sha256(pdf(hard())).hexdigest()] * 2


def test_bundled_files_are_served_and_nothing_else(tmp_path):
    folder = templates_folder()
    assert bundled_path((folder / "shared" / "base.css").resolve().as_uri(), folder)
    outside = tmp_path / "secret.txt"
    outside.write_text("secret")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link.css").symlink_to(outside)
    for url in (
        "http://example.com/a.css",
        "https://example.com/",
        "ftp://example.com/a",
        "data:text/css,x",
        "file:///etc/passwd",
        outside.as_uri(),
        folder.as_uri() + "/../planner/__init__.py",
        folder.as_uri() + "/%2e%2e/setup.cfg",
        "file://host/etc/passwd",
        folder.as_uri() + "/shared",
        folder.as_uri() + "/none.css",
        "javascript:1",
    ):
        assert bundled_path(url, folder) is None, url
    assert bundled_path((tmp_path / "inside" / "link.css").as_uri(), tmp_path / "inside") is None


def test_a_page_that_asks_for_more_than_the_bundled_files_is_not_made(tmp_path):
    from planner.documents.pdf import html_to_pdf

    for markup in (
        '<img alt="" src="http://127.0.0.1:9/x.png">',
        '<img alt="" src="file:///etc/passwd">',
        '<link rel=stylesheet href="/etc/x.css">',
    ):
        with pytest.raises(RefusedFile):
            html_to_pdf(
                f"<html lang=en><title>t</title>{markup}",
                tmp_path,
                identifier=b"x",
                made_at="2026-12-14",
                attachment=b"{}",
            )


def test_a_logo_is_drawn_with_its_words_and_no_other_picture_is(tmp_path):
    from planner.documents.pdf import html_to_pdf

    plan = healthy()
    plan.site = SiteFacts(hospital="Example Hospital")
    content = render(plan, "pdf", tall_man=TALL_MAN, sheet=Sheet.of(None, logo=("image/png", picture("PNG"))))
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages[0].images) == 1
    assert "Example Hospital" in reader.pages[0].extract_text()
    assert len(reader.pages) == len(PdfReader(io.BytesIO(render(healthy(), "pdf", tall_man=TALL_MAN))).pages)
    with pytest.raises(RefusedFile):
        html_to_pdf(
            '<html lang=en><title>t</title><img alt="" src="data:image/png;base64,AAAA">',
            tmp_path,
            identifier=b"x",
            made_at="2026-12-14",
            attachment=b"{}",
            picture="data:image/png;base64,BBBB",
        )


def test_a_replaced_style_is_used_in_the_file(tmp_path):
    (tmp_path / "plan").mkdir()
    style = (templates_folder() / "plan" / "plan.css").read_text(encoding="utf-8")
    (tmp_path / "plan" / "plan.css").write_text(style + ".kind { display: none; }", encoding="utf-8")
    pages = [
        PdfReader(io.BytesIO(render(healthy(), "pdf", tall_man=TALL_MAN, sheet=Sheet.of(replaced))))
        .pages[0]
        .extract_text()
        for replaced in (None, tmp_path)
    ]
    assert ["Perioperative pain plan" in text for text in pages] == [True, False]


def test_no_text_is_cut_at_the_edge_of_the_paper(files):
    for reader in files.values():
        assert overflowing(reader) == []


def test_no_date_is_cut_at_the_end_of_a_line(files):
    """`not before Tue 15-` and `Dec 20:00` on two lines are misread."""
    for reader in files.values():
        assert [
            piece.text
            for page in reader.pages
            for piece in pieces(page)
            if re.search(r"\b\d{2}-$|^(?:Jan|Dec)\b", piece.text.strip())
        ] == []


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_much_and_long_text_is_all_printed(paper):
    name = "VANDERBILT-HOCHHEIMER-OBERLANDER-MONTGOMERY, Maximiliana-Jo"
    allergies = [f"allergen number {at} (rash)" for at in range(20)]
    plan = healthy().model_copy(
        update={"case": HEALTHY_CASE | {"name": name, "mrn": "9" * 20, "allergies": [*allergies, "x" * 150]}}
    )
    plan.orders += [
        order(
            f"extra-{at}",
            "ward",
            "adjuvant",
            f"extradrug{'abcdefghijklmnopqrstuvwxyz'[at % 26]}{'z' * (at // 26)}",
            "oral",
            mg(1000),
            interval_h=6,
            reasons=[says("a reason of some length that goes on for a while to fill the line")],
        )
        for at in range(40)
    ]
    reader = read(plan, paper)
    text = " ".join(words(page) for page in reader.pages)
    assert all(allergy in text for allergy in allergies)
    assert all(item.drug in text.lower() for item in plan.orders)
    assert all(name.split(",")[0] in words(page).replace("- ", "-") for page in reader.pages)
    assert overflowing(reader) == []
    assert any("Ward, continued" in words(page) for page in reader.pages[1:])
    assert "continued" not in words(reader.pages[0]) + words(reader.pages[-1])


def sizes(page) -> dict[float, str]:
    """The sizes of letters on a page, each with a word printed in it."""
    return {piece.size: piece.text.strip() for piece in reversed(pieces(page))}


def test_nothing_is_printed_too_small_to_read(files):
    """Source numbers and the list of sources may be the smallest; what is read as text is not."""
    for reader in files.values():
        for page in reader.pages[:-1]:
            assert {size: text for size, text in sizes(page).items() if size < 7.5 and "[" not in text} == {}
        for page in reader.pages:
            assert min(sizes(page)) >= 6.5
