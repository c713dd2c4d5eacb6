"""The totals of a day, counted by hand."""

import pytest

from planner.documents.day_sheet.totals import mixed
from planner.plan.day import DayBlock
from planner.plan.parts import Pieces
from tests.documents.day_sheet.lists import html, mixed_day, page, planned, shown, table, unplanned
from tests.documents.samples import catheter, hard, healthy, mg, order, stopped

TWO = [planned(healthy(), 2), planned(hard(), 3)]
PHARMACY, HOME = "Pharmacy: by drug and strength", "Medicines from home that go on"
INJECTED, INFUSED = "Local anesthetic for blocks and infiltration", "Local anesthetic through catheters"
CART = "Block cart: by block"


def test_the_drugs_of_two_plans():
    """Name, what is counted, patients, scheduled, to confirm, as needed at most, to confirm, at STOP."""
    assert table(TWO, PHARMACY) == [
        "acetaminophen | dose of 1,000 mg by mouth | 1 | 5 | 0 | 0 | 0 | 0",
        "acetaminophen | dose of 650 mg by mouth | 1 | 5 | 4 | 0 | 0 | 0",
        "apixaban | dose of 2.5 mg by mouth | 1 | 2 | 2 | 0 | 0 | 0",
        "aspirin | dose of 81 mg by mouth | 1 | 2 | 0 | 0 | 0 | 0",
        "celecoxib | dose of 200 mg by mouth | 1 | 2 | 0 | 0 | 0 | 0",
        "celecoxib | dose of 400 mg by mouth | 1 | 1 | 0 | 0 | 0 | 0",
        "dexamethasone | dose of 8 mg IV | 2 | 2 | 1 | 0 | 0 | 0",
        "droperidol | dose of 0.625 mg IV | 1 | 0 | 0 | 2 | 0 | 0",
        "fentanyl | dose of 50 mcg IV | 1 | 0 | 0 | 4 | 0 | 0",
        "hydromorphone | dose of 0.1 mg IV | 1 | 0 | 0 | 10 | 10 | 0",
        "hydromorphone | dose of 0.2 mg IV | 1 | 0 | 0 | 10 | 0 | 0",
        "hydromorphone | dose of 1 mg by mouth | 1 | 0 | 0 | 4 | 4 | 0",
        "ondansetron | dose of 4 mg IV | 2 | 2 | 1 | 3 | 0 | 0",
        "oxycodone | dose of 5 mg by mouth | 1 | 0 | 0 | 6 | 0 | 0",
        "pantoprazole | dose of 40 mg by mouth | 1 | 1 | 0 | 0 | 0 | 0",
        "polyethylene glycol | dose of 17 g by mouth | 1 | 0 | 0 | 1 | 0 | 0",
        "senna | dose of 17.2 mg by mouth | 1 | 1 | 0 | 0 | 0 | 0",
        "senna | dose of 8.6 mg by mouth | 1 | 1 | 0 | 0 | 0 | 0",
        "tranexamic acid | dose of 1,000 mg IV | 1 | 1 | 0 | 0 | 0 | 0",
    ]


def test_medicines_from_home_stand_apart():
    assert table(TWO, HOME) == [
        "amlodipine | dose of 5 mg by mouth | 2 | 2 | 0 | 0 | 0 | 0",
        "atorvastatin | dose of 20 mg by mouth | 2 | 2 | 0 | 0 | 0 | 0",
        "bupropion | dose of 150 mg by mouth | 1 | 1 | 0 | 0 | 0 | 0",
        "levothyroxine | dose of 50 mcg by mouth | 1 | 1 | 0 | 0 | 0 | 0",
        "metoprolol | dose of 25 mg by mouth | 1 | 2 | 0 | 0 | 0 | 0",
    ]


def test_local_anesthetic_is_added_by_drug_and_concentration_only():
    assert table(TWO, INJECTED) == [
        "ropivacaine | 0.2 % | 1 | 0 | 50 mL | 0 | 0",
        "ropivacaine | 0.5 % | 2 | 1 | 40 mL | 20 mL | 0",
    ]


def test_the_block_cart_counts_sides_and_what_waits():
    assert table(TWO, CART) == [
        "Adductor canal block | single-shot | 2 | 1 | 1 left, 1 right | 0",
        "Knee infiltration by the surgeon | infiltration | 1 | 0 | 1 left | 0",
    ]


def test_a_catheter_counts_what_is_injected_and_what_runs():
    """At most 26 mg an hour, 624 mg in 24 hours of 2 mg in each mL: 312 mL."""
    assert table([planned(catheter())], INJECTED) == ["ropivacaine | 0.5 % | 1 | 0 | 10 mL | 0 | 0"]
    assert table([planned(catheter())], INFUSED) == ["ropivacaine | 0.2 % | 1 | 0 | 312 mL | 0 | 0"]
    assert table([planned(catheter())], CART) == ["Adductor canal catheter | catheter | 1 | 0 | 1 left | 0"]


def test_a_plan_at_stop_is_in_the_last_column_only():
    halted = planned(healthy(), 4, status="stop")
    alone = table([halted], PHARMACY)
    assert "acetaminophen | dose of 1,000 mg by mouth | 0 | 0 | 0 | 0 | 0 | 5 scheduled" in alone
    assert "ondansetron | dose of 4 mg IV | 0 | 0 | 0 | 0 | 0 | 1 scheduled, 3 as needed" in alone
    assert table([halted], INJECTED)[1] == "ropivacaine | 0.5 % | 0 | 0 | 0 | 0 | 1 block, 20 mL"
    assert table([halted], CART)[0] == "Adductor canal block | single-shot | 0 | 0 | 0 | 1 block"
    assert table([*TWO, halted], CART)[0] == "Adductor canal block | single-shot | 2 | 1 | 1 left, 1 right | 1 block"


def test_tablets_of_one_strength_are_added_whatever_their_doses():
    def tablets(count):
        pieces = Pieces(count=count, form="tablet", strength=mg(5))
        given = order("a-ward", "ward", "opioid", "oxycodone", "oral", 5 * count, interval_h=6, pieces=pieces)
        return healthy().model_copy(update={"orders": [given]})

    rows = table([planned(tablets(0.5), 2), planned(tablets(2), 3)], PHARMACY)
    assert rows == ["oxycodone | tablet of 5 mg by mouth | 2 | 10 | 0 | 0 | 0 | 0"]


def test_what_has_no_number_is_named_and_never_nothing():
    lost = order("a-ward", "ward", "opioid", "oxycodone", "oral", None, as_needed=True, interval_h=6)
    plan = healthy().model_copy(update={"orders": [lost], "blocks": [_block(hard().blocks[0])]})
    assert table([planned(plan)], PHARMACY) == [
        "oxycodone | dose, amount not stated, by mouth | 1 | 0 | 0 | 1 order without a number | 0 | 0"
    ]
    assert table([planned(plan)], INJECTED) == ["ropivacaine | 0.5 % | 1 | 1 | 1 volume NOT KNOWN | 0 | 0"]
    assert table([planned(plan)], CART) == ["Adductor canal block | single-shot | 1 | 1 | 1 side NOT KNOWN | 0"]


def _block(block):
    return block.model_copy(update={"sides": [], "volume_ml": None, "dose_mg": None})


def test_a_spinal_goes_by_mg():
    changes = {"technique": "spinal", "title": "spinal anesthesia", "drug": "bupivacaine", "sides": ["midline"]}
    changes |= {"concentration_percent": None, "volume_ml": None, "dose_mg": 10, "mixture": "(hyperbaric)"}
    spinal = healthy().blocks[0].model_copy(update=changes)
    plan = healthy().model_copy(update={"blocks": [spinal]})
    assert table([planned(plan)], INJECTED) == ["bupivacaine | 10 mg (hyperbaric) | 1 | 0 | dosed in mg | 0 | 0"]


@pytest.mark.parametrize(
    ("mixture", "said"),
    [
        (None, ""),
        ("(hyperbaric)", "(hyperbaric)"),
        ("with epinephrine 5 mcg per mL", "with epinephrine 5 mcg per mL"),
        ("with epinephrine 0.22\u00a0mg (0.5\u00a0mg in 150\u00a0mL)", "with epinephrine (0.5\u00a0mg in 150\u00a0mL)"),
    ],
)
def test_what_is_mixed_in_is_told_by_its_strength(mixture, said):
    block = DayBlock(title="a", technique="infiltration", drug="ropivacaine", verdict="give", mixture=mixture)
    assert mixed(block) == said


def test_the_page_says_what_was_counted():
    undated = [unplanned(20, "invalid", "no date", start=None), planned(healthy(), 21, start=None)]
    text = shown(html(mixed_day(), undated))
    assert "These numbers come from 3 plans." in text
    assert "1 plan at STOP is in the last column only." in text
    assert "In no number: 3 cases without a plan and 2 rows without a date." in text
    assert "on the ward the doses of the first 24 hours" in text
    assert "what is taken before admission and what goes home" in text


def test_rows_without_a_date_are_in_no_number():
    assert table(TWO, PHARMACY, [planned(stopped(), 9, start=None)]) == table(TWO, PHARMACY)


def test_a_day_without_a_plan_has_nothing_to_count():
    lost = [unplanned(2, "no_protocol", "No protocol covers this")]
    assert page(lost).tables == ()
    assert "No plan was made, so there is nothing to count." in shown(html(lost))
