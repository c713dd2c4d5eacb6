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

import pypdf
import pytest

from planner.documents.pdf import bundled_path
from planner.documents.render import plan_json, render
from planner.plan.models import Plan
from planner.reading.resources import templates_folder
from tests.documents.samples import HEALTHY_CASE, TALL_MAN, hard, healthy, mg, order, says, stopped

ROOT = Path(__file__).parents[2]


def pdf(plan: Plan, paper="letter") -> bytes:
    return render(plan, "pdf", paper=paper, tall_man=TALL_MAN)


@pytest.fixture(autouse=True)
def no_warnings(caplog):
    """A warning of the PDF engine is a fault of the page."""
    caplog.set_level(logging.WARNING, logger="weasyprint")
    yield
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []


@pytest.fixture(scope="module")
def files():
    return {plan.__name__: pypdf.PdfReader(io.BytesIO(pdf(plan()))) for plan in (healthy, hard, stopped)}


def words(page) -> str:
    return re.sub(r"\s+", " ", page.extract_text())


def test_a_usual_patient_has_two_pages_and_the_record(files):
    assert len(files["healthy"].pages) == 3


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
    reader = pypdf.PdfReader(io.BytesIO(pdf(healthy(), paper)))
    assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == size
    assert len(reader.pages) == 3


def test_the_file_is_tagged_as_pdf_ua(files):
    root = files["healthy"].trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-US"
    assert "/StructTreeRoot" in root
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def tags(node, found):
    found.append(node.get("/S"))
    for kid in node.get("/K", []) if isinstance(node.get("/K", []), list) else []:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, dict):
            tags(kid, found)
    return found


def test_headings_are_in_order(files):
    root = files["healthy"].trailer["/Root"]["/StructTreeRoot"]
    found = [tag for kid in root["/K"] for tag in tags(kid.get_object(), [])]
    levels = [int(tag[2:]) for tag in found if re.fullmatch(r"/H\d", str(tag))]
    assert levels[0] == 1
    assert all(later - before <= 1 for before, later in zip(levels, levels[1:], strict=False))
    assert {"/Table", "/TH", "/TD", "/L", "/LI", "/P"} <= set(found)


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
    for page in files["hard"].pages:
        content = page.get_contents().get_data().decode("latin-1")
        for red, green, blue in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b", content):
            assert red == green == blue


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
    from weasyprint.urls import FatalURLFetchingError

    from planner.documents.pdf import html_to_pdf

    for markup in (
        '<img alt="" src="http://127.0.0.1:9/x.png">',
        '<img alt="" src="file:///etc/passwd">',
        '<link rel=stylesheet href="/etc/x.css">',
    ):
        with pytest.raises(FatalURLFetchingError):
            html_to_pdf(
                f"<html lang=en><title>t</title>{markup}",
                tmp_path,
                identifier=b"x",
                made_at="2026-12-14",
                attachment=b"{}",
            )


def boxes_inside(reader) -> bool:
    """No text begins outside the paper."""
    inside = []
    for page in reader.pages:
        width, height = page.mediabox.width, page.mediabox.height
        placed = []
        page.extract_text(visitor_text=lambda text, cm, tm, *_, placed=placed: placed.append((text, cm, tm)))
        for text, cm, tm in placed:
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            inside.append(not text.strip() or (20 <= x <= width - 20 and 10 <= y <= height - 10))
    return all(inside)


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
    reader = pypdf.PdfReader(io.BytesIO(pdf(plan, paper)))
    text = " ".join(words(page) for page in reader.pages)
    assert all(allergy in text for allergy in allergies)
    assert all(item.drug in text.lower() for item in plan.orders)
    assert all(name.split(",")[0] in words(page).replace("- ", "-") for page in reader.pages)
    assert boxes_inside(reader)
    assert any("Ward, continued" in words(page) for page in reader.pages[1:])
    assert "continued" not in words(reader.pages[0]) + words(reader.pages[-1])


def sizes(page) -> dict[float, str]:
    """The sizes of letters on a page, each with a word printed in it."""
    found: dict[float, str] = {}

    def see(text, cm, tm, font, size):
        if text.strip():
            found.setdefault(round(abs(size * tm[0] * cm[0]), 1), text.strip())

    page.extract_text(visitor_text=see)
    return found


def test_nothing_is_printed_too_small_to_read(files):
    """Source numbers and the list of sources may be the smallest; what is read as text is not."""
    for reader in files.values():
        for page in reader.pages[:-1]:
            assert {size: text for size, text in sizes(page).items() if size < 7.5 and "[" not in text} == {}
        for page in reader.pages:
            assert min(sizes(page)) >= 6.5
