"""The drawing of cover: every bar and dot in its place, labels that fit, and the same in words."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from planner.documents.citations import Citations
from planner.documents.render import render
from planner.documents.timeline import LEFT, WIDTH, cover_view
from tests.documents.printed import overflowing, read, text_width, words
from tests.documents.samples import (
    HARD_SPANS,
    HEALTHY_CASE,
    SOURCES,
    TALL_MAN,
    at,
    catheter,
    doses,
    hard,
    healthy,
    order,
    says,
    timeline,
)

START = datetime.fromisoformat(HEALTHY_CASE["surgery_at"])
GREY, DARK, PALE = "#e4e4e4", "#333", "#c4c4c4"


def view(plan):
    return cover_view(plan, Citations(SOURCES))


def drawing(plan):
    return view(plan).drawing


def lane(plan, label):
    return next(lane for lane in drawing(plan).lanes if lane.label == label)


def place(plan, moment, drawn=None):
    """Where a moment of December lies on the axis, which runs evenly from the start of surgery to the last hour."""
    drawn = drawn or drawing(plan)
    start = datetime.fromisoformat(plan.case["surgery_at"])
    last = max(datetime.fromisoformat(span.end) for span in plan.timeline if span.kind == "phase")
    share = (datetime.fromisoformat(at(moment)) - start) / (last - start)
    return pytest.approx(drawn.left + share * (drawn.right - drawn.left), abs=0.02)


def without_hour():
    """A day of surgery without an hour: nothing has a clock time."""
    plan = healthy()
    plan.case["surgery_at"], plan.timeline, plan.wear_off = "2026-12-15", [], []
    return plan


def without_blocks():
    """No block and no antithrombotic, but doses with clock times."""
    plan = healthy()
    plan.blocks, plan.time_out, plan.block_advice, plan.wear_off = [], [], [], []
    plan.toxicity_card = plan.local_anesthetic = None
    plan.timeline = [span for span in plan.timeline if span.kind != "block"]
    return plan


def starting(clock):
    """The ordinary knee with every clock time moved, for an operation that begins at this hour."""
    plan = healthy()
    later = datetime.fromisoformat(f"2026-12-15T{clock}") - START
    plan.case["surgery_at"] = f"2026-12-15T{clock}"
    end = START + later + timedelta(hours=72)
    for span in plan.timeline:
        if span.kind == "block" or span.kind == "dose":
            for part in ("start", "sure_until", "end"):
                if getattr(span, part):
                    moved = datetime.fromisoformat(getattr(span, part)) + later
                    setattr(span, part, moved.isoformat(timespec="minutes"))
    days = [span for span in plan.timeline if span.kind == "phase"]
    days[0].start, days[-1].end = plan.case["surgery_at"], end.isoformat(timespec="minutes")
    plan.timeline = [span for span in plan.timeline if span.start < span.end or span.kind == "dose"]
    return plan


def svg(plan):
    """The drawing as it stands in the page."""
    (found,) = re.findall(r"<svg.*?</svg>", render(plan, "html", tall_man=TALL_MAN).decode(), re.DOTALL)
    return ElementTree.fromstring(re.sub(r' xmlns="[^"]*"', "", found))


def number(element, name):
    return float(element.get(name))


def rectangles(plan, fill):
    return [element for element in svg(plan).iter("rect") if element.get("fill") == fill]


class Label(NamedTuple):
    """A text of the drawing, and where it begins and ends."""

    text: str
    y: float
    begin: float
    end: float


def labels(plan):
    found = []
    for element in svg(plan).iter("text"):
        if not element.text:
            continue
        weight = "Bold" if element.get("font-weight") == "700" else "Regular"
        width = text_width(element.text, number(element, "font-size"), weight)
        before = {"middle": width / 2, "end": width}.get(element.get("text-anchor"), 0)
        begin = number(element, "x") - before
        found.append(Label(element.text, number(element, "y"), begin, begin + width))
    return found


def test_each_block_and_each_drug_has_a_lane():
    drawn = drawing(healthy())
    assert [lane.label for lane in drawn.lanes] == [
        "adductor canal",
        "periarticular knee",
        "acetaminophen",
        "celecoxib",
    ]
    heights = [lane.y for lane in drawn.lanes]
    assert heights == sorted(set(heights))
    assert heights[-1] < drawn.bottom < drawn.height


def test_bars_begin_with_surgery_and_end_when_the_block_may_end():
    plan = healthy()
    drawn = drawing(plan)
    for label, sure, end in (
        ("adductor canal", "15T21:30", "16T03:30"),
        ("periarticular knee", "15T13:30", "15T19:30"),
    ):
        (bar,) = lane(plan, label).bars
        assert bar.kind == "block"
        assert bar.x == drawn.left
        assert bar.x + bar.sure == place(plan, sure)
        assert bar.x + bar.width == place(plan, end)


def test_the_longer_block_ends_later():
    longer, shorter = (lane(healthy(), label).bars[0] for label in ("adductor canal", "periarticular knee"))
    assert shorter.sure < shorter.width < longer.sure < longer.width


def test_dots_lie_at_the_times_of_the_doses():
    plan = healthy()
    for label in ("acetaminophen", "celecoxib"):
        times = [span.start.removeprefix("2026-12-") for span in plan.timeline if span.label == label]
        assert [dot.x for dot in lane(plan, label).dots] == [place(plan, time) for time in times]
        assert {dot.y > lane(plan, label).y for dot in lane(plan, label).dots} == {True}


def test_a_dose_before_surgery_lies_before_the_line():
    drawn = drawing(healthy())
    before = [lane.dots[0].x for lane in drawn.lanes if lane.dots]
    assert all(LEFT < x < drawn.left for x in before)


def test_nights_are_bands_behind_every_lane():
    plan = healthy()
    drawn = drawing(plan)
    assert len(drawn.nights) == 3
    for night, day in zip(drawn.nights, (15, 16, 17), strict=True):
        assert night.x == place(plan, f"{day}T22:00")
        assert night.x + night.width == place(plan, f"{day + 1}T06:00")
        assert night.y <= drawn.lanes[0].y
        assert night.y + night.height == drawn.bottom


def test_days_follow_each_other_to_the_end():
    drawn = drawing(healthy())
    assert [bar.label for bar in drawn.phases] == [
        "day of surgery",
        "day 1, Wed 16-Dec",
        "day 2, Thu 17-Dec",
        "Fri 18-Dec",
    ]
    ends = [bar.x + bar.width for bar in drawn.phases]
    assert drawn.phases[0].x == drawn.left
    assert [bar.x for bar in drawn.phases[1:]] == [pytest.approx(end, abs=0.02) for end in ends[:-1]]
    assert ends[-1] == pytest.approx(drawn.right, abs=0.02)


def test_a_gap_is_a_bar_of_its_own():
    plan = hard()
    gap = lane(plan, "gap in cover")
    (bar,) = gap.bars
    assert (bar.kind, gap.ends) == ("gap", None)
    assert bar.x == place(plan, "15T07:30")
    assert bar.x + bar.width == place(plan, "18T07:30")
    assert "gap in cover" not in [lane.label for lane in drawing(healthy()).lanes]


def test_several_gaps_share_one_lane():
    plan = hard()
    early, late = (
        plan.timeline[-1].model_copy(update={"start": at(a), "end": at(b)})
        for a, b in (("15T21:30", "16T06:00"), ("16T12:00", "18T07:30"))
    )
    plan.timeline = [*plan.timeline[:-1], early, late]
    assert len(lane(plan, "gap in cover").bars) == 2


@pytest.mark.parametrize(
    ("sure", "end", "words"),
    [
        ("15T13:30", "15T19:30", "ends 13:30 to 19:30"),
        ("15T21:30", "16T03:30", "ends 21:30 to Wed 03:30"),
        ("16T07:30", "17T07:30", "ends Wed 07:30 to Thu 07:30"),
        ("15T19:30", "15T19:30", "ends 19:30"),
        ("18T07:30", "18T07:30", "ends Fri 07:30"),
    ],
)
def test_a_bar_says_when_it_ends(sure, end, words):
    plan = healthy()
    span = next(span for span in plan.timeline if span.lane == "adductor-canal")
    span.sure_until, span.end = at(sure), at(end)
    ends = lane(plan, "adductor canal").ends
    assert ends.words == words


def test_an_infusion_to_the_end_of_the_sheet_says_so_inside_its_bar():
    plan = catheter()
    found = lane(plan, "adductor catheter")
    (bar,) = found.bars
    assert bar.kind == "infusion"
    assert bar.x + bar.sure == place(plan, "17T07:30")
    assert bar.x + bar.width == place(plan, "18T07:30")
    assert (found.ends.words, found.ends.inside) == ("ends Thu 07:30 to Fri 07:30", True)


@pytest.mark.parametrize(("sure", "light"), [("18T07:30", True), ("17T07:30", False)])
def test_words_inside_a_bar_can_be_read(sure, light):
    """White on dark, black on pale."""
    plan = catheter()
    span = next(span for span in plan.timeline if span.kind == "infusion")
    span.sure_until = at(sure)
    assert lane(plan, "adductor catheter").ends.light is light
    fills = [element.get("fill") for element in svg(plan).iter("text") if element.text.startswith("ends ")]
    assert fills == ["#fff" if light else None]


def test_words_inside_a_bar_lie_on_one_shade(library):
    """Words that begin on the dark part and end on the pale one cannot be read: so in no infusion of the library."""
    plan = catheter()
    span = next(span for span in plan.timeline if span.kind == "infusion")
    runs = {(one.for_.low, one.for_.high) for block in library.blocks.values() for one in block.infusions}
    assert runs
    for sure, end in runs:
        span.sure_until, span.end = ((START + timedelta(hours=hours)).isoformat() for hours in (sure, end))
        (bar,), ends = lane(plan, "adductor catheter").bars, lane(plan, "adductor catheter").ends
        assert ends.light or ends.x - text_width(ends.words, 7.5, "Bold") >= bar.x + bar.sure


def test_scheduled_medicine_without_a_clock_time_has_a_lane_with_a_note():
    plan = hard()
    found = lane(plan, "acetaminophen")
    assert (found.bars, found.dots) == ((), ())
    assert found.note == "first dose on arrival, clock time not known beforehand"
    assert found.note in [label.text for label in labels(plan)]
    assert "hydromorphone" not in [lane.label for lane in drawing(plan).lanes], "as needed"


def test_a_drug_with_one_clock_time_has_no_note():
    assert not any(lane.note for lane in drawing(healthy()).lanes)


def test_the_title_says_how_many_hours_are_shown():
    assert view(healthy()).title.replace("\u00a0", " ") == "Cover for 72 hours"
    plan = healthy()
    plan.timeline = [span for span in plan.timeline if span.start < at("17T07:30")]
    plan.timeline[2].end = at("17T07:30")
    assert view(plan).title.replace("\u00a0", " ") == "Cover for 48 hours"


def test_each_end_and_what_is_due_before_it_stands_in_a_sentence():
    found = view(healthy())
    assert [line.text for line in found.lines] == [
        "Adductor canal block may wear off Tue 15-Dec 21:30 to Wed 16-Dec 03:30, at night. "
        "Acetaminophen of Tue 15-Dec 18:30 still works then: give it on time; "
        "next acetaminophen Wed 16-Dec 00:30, not earlier",
        "Knee infiltration by the surgeon may wear off Tue 15-Dec 13:30 to 19:30. "
        "Acetaminophen of Tue 15-Dec 12:30 still works then: give it on time; "
        "next acetaminophen Tue 15-Dec 18:30, not earlier",
    ]
    assert all(len(line.refs) == 1 for line in found.lines)
    assert "Give oral pain medicine by Tue 15-Dec 15:30" in view(hard()).lines[0].text


def test_what_to_do_before_a_block_ends_is_cut_to_four_sentences():
    plan = healthy()
    assert [part.text for part in view(plan).before_end] == [
        "At bedtime put the next ordered dose and water at the bedside",
        "Take the scheduled tablets before the block ends",
    ]
    entry = next(entry for entry in plan.block_advice if entry.about == "before the block ends")
    entry.advice = [says(f"Sentence {at}") for at in range(6)]
    assert [part.text for part in view(plan).before_end] == [f"Sentence {at}" for at in range(4)]


SPOKEN = {
    healthy: [
        "Adductor canal block: from Tue 15-Dec 07:30 to Tue 15-Dec 21:30, perhaps to Wed 16-Dec 03:30",
        "Knee infiltration by the surgeon: from Tue 15-Dec 07:30 to Tue 15-Dec 13:30, perhaps to Tue 15-Dec 19:30",
        "Acetaminophen: doses at Tue 15-Dec 06:30, Tue 15-Dec 12:30, Tue 15-Dec 18:30, Wed 16-Dec 00:30",
        "Celecoxib: doses at Tue 15-Dec 06:30, Tue 15-Dec 18:30, Wed 16-Dec 06:30",
    ],
    hard: [
        "Adductor canal block: from Tue 15-Dec 07:30 to Tue 15-Dec 21:30, perhaps to Wed 16-Dec 03:30",
        "Gap: Tue 15-Dec 07:30 to Fri 18-Dec 07:30: no block and no scheduled dose that is settled",
    ],
    catheter: ["Adductor canal catheter: from Tue 15-Dec 07:30 to Thu 17-Dec 07:30, perhaps to Fri 18-Dec 07:30"],
}


@pytest.mark.parametrize(("plan", "sentences"), SPOKEN.items())
def test_what_is_drawn_is_also_said(plan, sentences):
    """In the title of the drawing, for those who hear the page; in Markdown, which has no drawing."""
    title = svg(plan()).find("title").text
    markdown = render(plan(), "md", tall_man=TALL_MAN).decode()
    assert [words for words in sentences if words not in title] == []
    assert [words for words in sentences if words not in markdown] == []
    assert "<svg" not in markdown


@pytest.mark.parametrize("plan", [healthy, hard, catheter])
def test_every_span_of_the_plan_is_said(plan):
    said = " ".join(view(plan()).words)
    spans = [span for span in plan().timeline if span.kind not in ("phase", "night")]
    assert spans
    for span in spans:
        moment = datetime.fromisoformat(span.start)
        assert span.label.lower() in said.lower()
        assert f"{moment:%a %d-%b %H:%M}" in said


def test_medicine_without_a_clock_time_is_said_too():
    assert any("cetaminophen" in words and "not known" in words for words in view(hard()).words)


def test_an_end_that_is_sure_is_not_said_twice():
    plan = catheter()
    span = next(span for span in plan.timeline if span.kind == "infusion")
    span.sure_until = span.end
    assert view(plan).words[0] == "Adductor canal catheter: from Tue 15-Dec 07:30 to Fri 18-Dec 07:30"


def test_the_drawing_is_a_figure_with_a_name():
    root = svg(healthy())
    assert root.get("role") == "img"
    assert root.find("title").text.startswith("Cover over time. Adductor canal block: from")


def test_the_page_draws_what_the_view_says():
    plan = healthy()
    drawn = drawing(plan)
    for fill, bars in ((GREY, drawn.nights), (PALE, [bar for lane in drawn.lanes for bar in lane.bars])):
        assert [(number(one, "x"), number(one, "width")) for one in rectangles(plan, fill)] == [
            (bar.x, bar.width) for bar in bars
        ]
    sure = [(bar.x, bar.sure) for lane in drawn.lanes for bar in lane.bars]
    assert [(number(one, "x"), number(one, "width")) for one in rectangles(plan, DARK)] == sure
    dots = [(dot.x, dot.y) for lane in drawn.lanes for dot in lane.dots]
    assert [(number(one, "cx"), number(one, "cy")) for one in svg(plan).iter("circle")] == dots
    assert len(dots) == sum(span.kind == "dose" for span in plan.timeline)


def test_only_a_gap_is_dashed():
    assert [element for element in svg(healthy()).iter() if element.get("stroke-dasharray")] == []
    (dashed,) = [element for element in svg(hard()).iter() if element.get("stroke-dasharray")]
    (bar,) = lane(hard(), "gap in cover").bars
    assert (dashed.tag, number(dashed, "x"), number(dashed, "width")) == ("rect", bar.x, bar.width)
    assert dashed.get("fill") == "#fff"


def test_the_drawing_is_black_and_grey():
    for plan in (healthy(), hard(), catheter()):
        colors = {element.get(name) for element in svg(plan).iter() for name in ("fill", "stroke")} - {None, "none"}
        assert all(re.fullmatch(r"#(.)\1\1|#(..)\2\2", color) for color in colors)


def test_drug_names_are_tall_man_in_the_drawing():
    """As everywhere else on the page."""
    plan = healthy()
    plan.timeline = timeline(HARD_SPANS, *doses("oxycodone-ward", "15T12:30", 4, every_h=12))
    plan.orders.append(order("hydromorphone-ward", "ward", "opioid", "hydromorphone", "oral", 2, interval_h=6))
    texts = [label.text for label in labels(plan)]
    assert "oxyCODONE" in texts
    assert "HYDROmorphone" in texts


HOURS = ["06:00", "07:30", "08:45", "12:00", "13:15", "17:30", "20:30", "23:00"]


@pytest.mark.parametrize("clock", HOURS)
def test_no_label_is_cut_at_the_edge_of_the_drawing(clock):
    assert [label for label in labels(starting(clock)) if label.begin < 0 or label.end > WIDTH] == []


@pytest.mark.parametrize("plan", [healthy, hard, catheter])
def test_no_label_of_a_sample_is_cut(plan):
    assert [label for label in labels(plan()) if label.begin < 0 or label.end > WIDTH] == []


@pytest.mark.parametrize("clock", HOURS)
def test_labels_on_one_line_do_not_touch(clock):
    found = sorted(labels(starting(clock)), key=lambda label: (label.y, label.begin))
    pairs = [(one, two) for one, two in zip(found, found[1:], strict=False) if one.y == two.y]
    assert len(pairs) > 12
    assert [(one.text, two.text) for one, two in pairs if one.end >= two.begin] == []


@pytest.mark.parametrize("clock", HOURS)
def test_the_name_of_a_day_fits_its_box(clock):
    plan = starting(clock)
    outlines = [one for one in svg(plan).iter("rect") if one.get("stroke-width") == "0.6"]
    boxes = [(number(one, "x"), number(one, "x") + number(one, "width")) for one in outlines]
    names = [label for label in labels(plan) if label.text.startswith("day")]
    assert len(names) >= 3
    for name in names:
        assert any(left <= name.begin and name.end <= right for left, right in boxes), name


def test_the_name_of_a_lane_ends_before_the_axis(library):
    """Of every block of the library."""
    plan = healthy()
    bar = next(span for span in plan.timeline if span.kind == "block")
    plan.timeline += [bar.model_copy(update={"lane": block}) for block in library.blocks]
    names = [label for label in labels(plan) if label.begin == 0]
    assert len(names) >= len(library.blocks)
    assert [name for name in names if name.end >= drawing(plan).left] == []


def test_the_axis_begins_after_the_longest_name():
    plan = healthy()
    span = next(span for span in plan.timeline if span.kind == "block")
    span.lane = "wound-infiltration-of-every-port-and-of-the-long-incision"
    drawn = drawing(plan)
    assert drawn.left > drawing(healthy()).left
    name = next(label for label in labels(plan) if label.text.startswith("wound infiltration of"))
    assert name.end < drawn.left
    assert lane(plan, name.text).bars[0].x == drawn.left
    assert [dot.x for dot in lane(plan, "celecoxib").dots][1] == place(plan, "15T18:30")


@pytest.mark.parametrize("form", ["html", "md"])
def test_without_an_hour_of_surgery_there_is_no_drawing(form):
    found = view(without_hour())
    assert (found.drawing, found.lines, found.words, found.title) == (None, (), (), "Cover")
    text = render(without_hour(), form, tall_man=TALL_MAN).decode()
    assert "<svg" not in text
    assert "Hour of surgery not known: no clock times can be given" in text
    assert "At bedtime put the next ordered dose and water at the bedside" in text


def test_with_neither_block_nor_clock_time_there_is_nothing_to_say():
    plan = without_blocks()
    plan.timeline = []
    assert view(plan) is None
    for form in ("html", "md"):
        assert not re.search(r"Cover (?:for|<)", render(plan, form, tall_man=TALL_MAN).decode())


def test_cover_without_blocks_follows_the_orders():
    plan = without_blocks()
    assert [lane.label for lane in drawing(plan).lanes] == ["acetaminophen", "celecoxib"]
    text = render(plan, "html", tall_man=TALL_MAN).decode()
    assert text.count("<svg") == 1
    orders, cover = text.index('<table class="orders">'), text.index("Cover for")
    assert orders < cover < text.index("Care before and in the room")
    assert "Blocks and cover" not in text
    reader = read(plan)
    pages = [words(page) for page in reader.pages]
    (page,) = [text for text in pages if "Cover for 72 hours" in text]
    assert "Wed 16-Dec" in page
    assert overflowing(reader) == []


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_drawing_is_no_wider_than_either_paper_leaves(paper):
    reader = read(catheter(), paper)
    assert any("Cover for 72 hours" in words(page) for page in reader.pages)
    assert overflowing(reader) == []


def test_the_legend_names_a_gap_only_where_there_is_one():
    legends = [
        re.search(r"Cover for.*?</h2>", render(plan, "html", tall_man=TALL_MAN).decode())[0]
        for plan in (healthy(), hard())
    ]
    assert ["gap in cover" in legend for legend in legends] == [False, True]
    assert all(part in legend for legend in legends for part in ("Dark: expected", "pale", "dot", "night"))


def test_a_block_that_is_not_known_to_last_has_a_lane_with_a_note():
    plan = healthy()
    plan.timeline = [span for span in plan.timeline if span.lane != "adductor-canal"]
    found = lane(plan, "adductor canal")
    assert (found.bars, found.note) == ((), "how long it lasts is not known")
    assert "Adductor canal: how long it lasts is not known" in view(plan).words


def test_cover_is_drawn_once_with_blocks():
    assert render(healthy(), "html", tall_man=TALL_MAN).decode().count("<svg") == 1


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (
            "healthy",
            [
                "day of surgery",
                "day 3",
                "adductor canal",
                "ends 21:30 to Wed 03:30",
                "celecoxib",
                "Wed 16-Dec",
                "18:00",
            ],
        ),
        ("hard", ["gap in cover", "first dose on arrival, clock time not known beforehand"]),
        ("catheter", ["adductor catheter", "ends Thu 07:30 to Fri 07:30"]),
    ],
)
def test_the_words_of_the_drawing_are_in_the_file(files, name, facts):
    (text,) = [text for text in map(words, files[name].pages) if "Cover for 72 hours" in text]
    assert [fact for fact in facts if fact not in text] == []
