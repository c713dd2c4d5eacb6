"""The budget of local anesthetic: one bar at once, one in 24 hours where an infusion runs, and the arithmetic."""

import re

import pytest

from planner.documents.citations import Citations
from planner.documents.clinician_plan import plan_page
from planner.documents.local_anesthetic import budget, percent_words
from planner.documents.render import render
from planner.plan.regional import LocalAnestheticPart
from tests.documents.printed import words
from tests.documents.samples import SOURCES, TALL_MAN, catheter, healthy, order


def made(plan, **more):
    return budget(plan.local_anesthetic.model_copy(update=more), Citations(SOURCES))


def plain(text):
    return text.replace("\u00a0", " ")


def shown(plan, form="html"):
    return plain(re.sub(r"<[^>]*>|\*", "", render(plan, form, tall_man=TALL_MAN).decode()))


@pytest.mark.parametrize(
    ("fraction", "text"), [(0.9259, "93\u00a0%"), (1.0, "100\u00a0%"), (1.0004, "101\u00a0%"), (0.3, "30\u00a0%")]
)
def test_what_is_used_is_never_shown_as_less(fraction, text):
    assert percent_words(fraction) == text


@pytest.mark.parametrize(
    ("dose", "left"),
    [(58, "58 mg left"), (58.5, "57 mg left"), (115.9, "0 mg left"), (116, "0 mg left"), (180, "0 mg left")],
)
def test_what_is_left_of_one_drug_is_in_mg_and_never_shown_as_more(dose, left):
    plan = healthy()
    plan.local_anesthetic.components[0].dose_mg = dose
    assert plain(made(plan).bars[0].left) == left


@pytest.mark.parametrize(
    ("fraction", "left"),
    [(0.9259, "7 % left"), (0.9918, "0 % left"), (0.7, "30 % left"), (1, "0 % left"), (1.2, "0 % left")],
)
def test_what_is_left_of_several_drugs_is_a_share_and_never_shown_as_more(fraction, left):
    plan = healthy()
    plan.local_anesthetic.components[0].drug = "bupivacaine"
    assert plain(made(plan, fraction_of_maximum=fraction).bars[0].left) == left


def test_two_maxima_of_one_drug_have_no_mg_in_common():
    """With epinephrine, or in the joint, another maximum holds."""
    plan = healthy()
    plan.local_anesthetic.components[0].maximum_mg = 300
    assert plain(made(plan).bars[0].left) == "7 % left"


def test_injections_alone_have_one_bar():
    (bar,) = made(healthy()).bars
    assert plain(bar.title) == "Local anesthetic, all together: 93 % of the maximum"
    assert not bar.over
    assert [(part.label, plain(part.text)) for part in bar.parts] == [
        ("adductor canal", "ropivacaine 100 mg of 216 mg"),
        ("periarticular knee", "ropivacaine 100 mg of 216 mg"),
    ]


def test_an_infusion_counts_with_its_first_hour_and_with_its_day():
    at_once, in_a_day = made(catheter()).bars
    assert plain(at_once.title) == "Local anesthetic, all together: 36 % of the maximum"
    assert plain(in_a_day.title) == "In 24 hours: 85 % of the limit"
    assert [(part.label, plain(part.text)) for part in at_once.parts] == [
        ("adductor catheter", "ropivacaine 50 mg of 216 mg"),
        ("adductor catheter (first hour)", "ropivacaine 26 mg of 216 mg"),
    ]
    assert [(part.label, plain(part.text)) for part in in_a_day.parts] == [
        ("adductor catheter", "ropivacaine 50 mg of 800 mg"),
        ("adductor catheter", "ropivacaine 624 mg of 800 mg"),
    ]


def test_each_bar_says_what_is_left_of_it():
    assert [plain(bar.left) for bar in made(healthy()).bars] == ["16 mg left"]
    assert [plain(bar.left) for bar in made(catheter()).bars] == ["140 mg left", "126 mg left"]


def test_the_tighter_bar_says_what_the_plan_has_left():
    plan = catheter()
    plan.local_anesthetic.components[0].drug = "bupivacaine"
    assert [plain(bar.left) for bar in made(plan).bars] == ["64 % left", "15 % left"]
    assert int(plan.local_anesthetic.fraction_left * 100) == 15


def test_a_drug_without_a_limit_in_24_hours_is_not_in_that_bar():
    test_dose = LocalAnestheticPart(
        block="adductor-catheter", drug="lidocaine", dose_mg=45, maximum_mg=497, fraction=0.0906, dose_24h_mg=45
    )
    plan = catheter()
    plan.local_anesthetic.components.insert(0, test_dose)
    at_once, in_a_day = made(plan).bars
    assert [len(at_once.parts), len(in_a_day.parts)] == [3, 2]
    assert "lidocaine" in at_once.parts[0].text
    assert not any("lidocaine" in part.text for part in in_a_day.parts)


def test_each_part_takes_its_share_of_the_bar():
    assert [part.percent for part in made(healthy()).bars[0].parts] == [46.3, 46.3]
    assert [part.percent for part in made(catheter()).bars[1].parts] == [6.25, 78]


def test_the_budget_never_fills_more_than_the_bar():
    plan = healthy()
    for part in plan.local_anesthetic.components:
        part.fraction = 0.8
    (bar,) = made(plan, fraction_of_maximum=1.6).bars
    assert bar.over
    assert sum(part.percent for part in bar.parts) == pytest.approx(100)


def test_too_much_is_said():
    plan = healthy()
    assert "too much" not in shown(plan)
    plan.local_anesthetic.fraction_of_maximum = 1.0001
    for form in ("html", "md"):
        assert "101 % of the maximum, too much" in shown(plan, form)


def test_the_arithmetic_of_each_limit_can_be_done_again():
    found = made(catheter())
    assert plain(found.basis) == "dosing weight 72 kg: actual weight"
    assert [part.text for part in found.maxima] == [
        "ropivacaine 3 mg per kg of 72 kg = 216 mg",
        "ropivacaine at most 800 mg in 24 hours",
    ]
    assert all(part.refs for part in found.maxima)
    assert len(found.refs) == 2


def test_source_numbers_rise_through_the_budget():
    """The sources of the sum are printed before those of each limit."""
    found = made(healthy(), sources=["kdigo"])
    assert [ref.number for ref in found.refs] == [1]
    assert [ref.number for part in found.maxima for ref in part.refs] == [2]


def test_a_weight_that_is_not_known_is_said():
    assert made(healthy(), weight_kg=None).basis.startswith("dosing weight not known")


def test_nothing_is_printed_without_local_anesthetic():
    assert budget(None, Citations(SOURCES)) is None


def test_the_budget_stands_with_the_blocks():
    kinds = {table.title: [line.kind for line in table.lines] for table in plan_page(healthy()).phases}
    assert kinds["In the room"][:4] == ["reminder", "row", "row", "budget"]
    assert [title for title, lines in kinds.items() if "budget" in lines] == ["In the room"]


def test_local_anesthetic_into_a_vein_is_counted_without_a_block():
    """Lidocaine replaces a block: its share of the maximum is printed all the same."""
    plan = healthy()
    part = plan.local_anesthetic.components[0].model_copy(update={"block": "lidocaine-iv", "drug": "lidocaine"})
    plan.local_anesthetic.components, plan.blocks = [part], []
    plan.orders.append(order("lidocaine-iv", "intraop", "adjuvant", "lidocaine", "iv", 100))
    assert [line.kind for table in plan_page(plan).phases for line in table.lines].count("budget") == 1


@pytest.mark.parametrize(("plan", "bars"), [(healthy, 1), (catheter, 2)])
def test_every_bar_is_drawn(plan, bars):
    """The share of each part is the width of its piece."""
    text = render(plan(), "html", tall_man=TALL_MAN).decode()
    drawn = re.findall(r'<span class="bar">(.*?)</span> ', text)
    assert len(drawn) == bars
    widths = [[float(width) for width in re.findall(r"width: ([\d.]+)%", bar)] for bar in drawn]
    assert widths == [[part.percent for part in bar.parts] for bar in made(plan()).bars]
    assert all(sum(pieces) <= 100 for pieces in widths)


@pytest.mark.parametrize("form", ["html", "md"])
def test_every_fact_is_shown(form):
    text = shown(catheter(), form)
    for fact in (
        "Local anesthetic, all together: 36 % of the maximum",
        "140 mg left",
        "In 24 hours: 85 % of the limit",
        "126 mg left",
        "adductor catheter (first hour): ropivacaine 26 mg of 216 mg",
        "adductor catheter: ropivacaine 624 mg of 800 mg",
        "osing weight 72 kg: actual weight",
        "ropivacaine 3 mg per kg of 72 kg = 216 mg",
        "ropivacaine at most 800 mg in 24 hours",
    ):
        assert fact in text


def test_the_numbers_are_on_the_first_page(files):
    text = words(files["catheter"].pages[0])
    for fact in ("36 % of the maximum", "140 mg left", "85 % of the limit", "126 mg left", "= 216 mg"):
        assert fact in text
