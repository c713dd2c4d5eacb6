"""The day sheet as a whole: every case once, counts that add up, hostile words, the finished file."""

import hashlib
import io
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from planner.documents.day_sheet import render_day_sheet
from planner.documents.safe_writing import UnsafeText
from planner.documents.sheet import Sheet
from planner.plan.day import DayAlert
from planner.plan.parts import Confirmation
from tests.documents.day_sheet.lists import DAY, HOW, case_text, html, mixed_day, page, planned, shown, unplanned
from tests.documents.printed import colors, overflowing, pieces, tags, words
from tests.documents.samples import HEALTHY_CASE, catheter, hard, healthy, stopped

ROOT = Path(__file__).parents[3]
HOSTILE = "<script>alert(1)</script>{{ 1234*1234 }}{% raw %}</style><img src=x onerror=y>=cmd|'/C calc'!A1 10U qhs"


@pytest.fixture(autouse=True)
def no_warnings(caplog):
    """A warning of the PDF engine is a fault of the page."""
    caplog.set_level(logging.WARNING, logger="weasyprint")
    yield
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []


def made(cases, undated=(), **how) -> PdfReader:
    return PdfReader(io.BytesIO(render_day_sheet(DAY, cases, undated, **(HOW | how))))


def long_day(count=24):
    """Many cases with long words in eight rooms."""
    plans = (healthy, hard, stopped, catheter)
    allergies = [
        "penicillin (anaphylaxis)",
        "latex",
        "sulfonamide antibiotics",
        "codeine",
        "contrast",
        "tape (blisters)",
    ]
    cases = []
    for at in range(count):
        case = planned(plans[at % 4](), at + 2, f"OR {at % 8 + 1}", f"{7 + at // 8:02d}:30", mrn=f"77{at:06d}")
        more = [
            DayAlert(severity="caution", text=f"Caution number {n} of some length, " + "word " * 12) for n in range(4)
        ]
        line = case.line.model_copy(update={"alerts": [*case.line.alerts, *more], "allergies": allergies})
        name = f"VANDERBILT-HOCHHEIMER-OBERLANDER-MONTGOMERY, Maximiliana-{at}"
        cases.append(
            case.model_copy(update={"line": line, "name": name, "procedure": "revision knee arthroplasty " * 3})
        )
    return cases


def test_every_case_stands_there_once_with_two_identifiers():
    cases = mixed_day()
    undated = [unplanned(20, "invalid", "no date", start=None, name="UNDATED, Una", mrn="0000020")]
    lines = re.findall(r'(?s)<tbody class="(?:first|later)".*?</tbody>', html(cases, undated))
    assert len(lines) == len(cases) + 1
    for case in (*cases, *undated):
        holding = [shown(line) for line in lines if f"row {case.row} of the list" in shown(line)]
        assert len(holding) == 1
        assert (case.name or "name NOT KNOWN") in holding[0]
        assert (case.mrn or "MRN NOT KNOWN") in holding[0]


def test_counts_by_status_add_up():
    found = page(mixed_day())
    assert found.total == sum(count for _, count in found.counts) == 7
    text = shown(html(mixed_day()))
    assert "7 cases = 1 STOP , 1 CONFIRM , 2 READY , 1 NO PROTOCOL , 1 INVALID , 1 FAILED" in text


def test_rooms_and_starts_are_in_order_and_a_case_without_a_room_is_last():
    cases = [*mixed_day(), planned(healthy(), 30, "OR 2", start="2026-12-15"), planned(healthy(), 31, "OR 02", "06:00")]
    rooms = [(room.name, [words.case.row for words in room.cases]) for room in page(cases).rooms]
    assert rooms == [("OR 02", [31]), ("OR 2", [4, 3, 6, 8, 30]), ("OR 10", [5, 2]), (None, [7])]
    assert "Room not known 1 case" in shown(html(cases))


def test_a_row_without_a_date_is_at_the_end_with_its_reason():
    undated = [unplanned(20, "invalid", "column start: 'soon' is not a date", start=None, name="UNDATED, Una")]
    text = shown(html(mixed_day(), undated))
    assert "1 more without a date, at the end" in text
    end = text.split("Without a date: these may belong to this day")[1].split("Totals for")[0]
    for part in ("date NOT KNOWN", "UNDATED, Una", "room NOT KNOWN", "column start: 'soon' is not a date"):
        assert part in end


def test_a_case_without_a_plan_says_why_and_that_nothing_is_known():
    text = case_text(unplanned(6, "no_protocol", "No protocol covers thymectomy", procedure="thymectomy", side="left"))
    for part in (
        "NO PROTOCOL",
        "No protocol covers thymectomy",
        "No plan was made. Allergies, block, needle time and opioids at home: NOT KNOWN",
        "thymectomy, left",
    ):
        assert part in text
    assert "none" not in text


def test_other_operations_of_the_row_are_named():
    text = case_text(planned(healthy(), other_procedures=["removal of hardware", "synovial biopsy"]))
    assert "also removal of hardware also synovial biopsy" in text


def test_hostile_words_are_printed_harmlessly():
    typed = {name: HOSTILE for name in ("case_number", "room", "name", "mrn", "sex", "surgeon", "procedure", "side")}
    plan = healthy().model_copy(update={"case": HEALTHY_CASE | {"allergies": [HOSTILE], "name": HOSTILE}})
    plan.alerts = [alert.model_copy(update={"text": f"{HOSTILE} stands as written"}) for alert in plan.alerts]
    plan.blocks[0].confirmations = [Confirmation(ask=f"{HOSTILE} agreed?")]
    cases = [
        planned(plan, **typed, messages=[HOSTILE], other_procedures=[HOSTILE]),
        unplanned(9, "invalid", HOSTILE, **typed),
    ]
    text = html(cases, cases)
    assert "<script" not in text
    assert "<img" not in text
    assert "1522756" not in text
    assert text.count("</style>") == 1
    assert "alert(1)" in shown(text)
    assert made(cases).pages


def test_an_unsafe_way_of_writing_of_our_own_is_refused():
    case = planned(healthy())
    line = case.line.model_copy(update={"alerts": [DayAlert(severity="caution", text="give 10U qhs")]})
    with pytest.raises(UnsafeText):
        html([case.model_copy(update={"line": line})])


def test_look_alike_names_have_their_capitals():
    assert "HYDROmorphone" in html([planned(hard())])


def test_every_page_has_its_number_the_day_and_the_time_of_making():
    reader = made(long_day())
    assert len(reader.pages) > 3
    for at, one in enumerate(reader.pages, 1):
        text = words(one)
        assert f"page {at} of {len(reader.pages)}" in text
        assert "made 14-Dec-2026 18:05" in text
        assert "Tue 15-Dec-2026" in text
        assert "Decision support only. A clinician checks every line." in text


def test_a_case_is_on_one_page_under_the_heads_of_its_columns_and_the_name_of_its_room():
    reader = made(long_day())
    texts = [words(one) for one in reader.pages]
    for case in long_day():
        (holding,) = (text for text in texts if case.mrn in text)
        assert f"row {case.row} of the list" in holding
        assert "Start, status" in holding
        assert re.search(rf"{case.room}(?:, continued)? ", holding)
        place = holding.index(case.mrn)
        assert "Caution number 3" in holding[place:]


@pytest.mark.parametrize(("paper", "size"), [("letter", (792, 612)), ("a4", (842, 595))])
def test_the_paper_lies_on_its_side(paper, size):
    reader = made(mixed_day(), sheet=Sheet.of(None, paper))
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in reader.pages} == {size}


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_nothing_is_cut_colored_or_too_small(paper):
    reader = made([*long_day(16), *mixed_day()], sheet=Sheet.of(None, paper))
    assert [piece for piece in overflowing(reader) if piece.x < 30 or piece.end > 762 + 50 * (paper == "a4")] == []
    assert [color for one in reader.pages for color in colors(one) if len(set(color)) > 1] == []
    assert min(piece.size for one in reader.pages for piece in pieces(one)) >= 8


def test_the_file_is_tagged_and_carries_no_plan():
    reader = made(mixed_day())
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()
    assert "/AF" not in root
    assert not reader.attachments
    assert {"/Table", "/TH", "/TD", "/H1", "/H2", "/P"} <= {node.get("/S") for node in tags(reader)}
    assert reader.metadata.title == "Day sheet Tue 15-Dec-2026"


SCRIPT = """
import hashlib, sys
from planner.documents.day_sheet import render_day_sheet
from tests.documents.day_sheet.lists import DAY, HOW, mixed_day
sys.stdout.write(hashlib.sha256(render_day_sheet(DAY, mixed_day(), [], **HOW)).hexdigest())
"""


def test_the_same_list_gives_the_same_bytes_in_every_process():
    found = set()
    for seed, zone in (("0", "UTC"), ("4711", "Pacific/Auckland")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        environment.pop("SOURCE_DATE_EPOCH", None)
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, text=True, env=environment, cwd=ROOT, check=True
        )
        found.add(done.stdout)
    again = list(reversed(mixed_day()))
    assert found == {hashlib.sha256(render_day_sheet(DAY, again, [], **HOW)).hexdigest()}
