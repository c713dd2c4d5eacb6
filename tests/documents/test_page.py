"""The page as a whole: band, checks, budget, milestones, record, source numbers."""

import pytest

from planner.documents.citations import Citations
from planner.documents.clinician_plan import is_hold, percent_words, plan_page, short_id
from planner.documents.columns import merged
from planner.plan.models import Alert, Care, Source
from tests.documents.samples import hard, healthy, stopped


@pytest.mark.parametrize(("plan", "word"), [(healthy, "READY"), (hard, "CONFIRM 3 ITEMS"), (stopped, "STOP")])
def test_the_band_says_whether_to_go(plan, word):
    assert plan_page(plan()).band.word == word


def test_the_band_counts_the_boxes_to_confirm():
    page = plan_page(hard())
    boxes = [tick for group in merged(page.settle) if group.title == "Confirm first" for tick in group.lines]
    assert page.band.word == f"CONFIRM {len(boxes)} ITEMS"


def test_the_band_is_never_more_hopeful_than_the_page():
    assert plan_page(hard().model_copy(update={"status": "ready"})).band.word == "CONFIRM 3 ITEMS"
    stop = Alert(severity="stop", about="Stent", text="5 weeks old")
    assert plan_page(healthy().model_copy(update={"alerts": [stop]})).band.word == "STOP"


@pytest.mark.parametrize(("cautions", "word"), [(0, "CONFIRM"), (1, "CONFIRM 1 ITEM"), (2, "CONFIRM 2 ITEMS")])
def test_without_boxes_the_checks_are_counted(cautions, word):
    found = [Alert(severity="caution", about=f"drug {at}", text="check") for at in range(cautions)]
    assert plan_page(healthy().model_copy(update={"status": "confirm", "alerts": found})).band.word == word


def test_a_stop_gives_its_reasons():
    assert [reason.text.split(":")[0] for reason in plan_page(stopped()).band.reasons] == [
        "Local anesthetic",
        "Clopidogrel",
    ]


def test_checks_are_cautions_things_to_hold_and_times_of_blocks():
    plan = hard()
    plan.care.append(
        Care(id="metformin", phase="before_admission", topic="hold-medicine", text="Metformin: none on the day")
    )
    checks = [
        tick.check.about
        for group in merged(plan_page(plan).settle)
        if group.title == "Stop and check"
        for tick in group.lines
    ]
    assert checks == ["Apixaban", "No NSAID", "Medicine not recognized", "Hold medicine", "Adductor canal block, right"]
    assert "Hold medicine" not in [line.topic for group in merged(plan_page(plan).care) for line in group.lines]


def test_an_alert_does_not_say_its_subject_twice():
    alert = Alert(severity="caution", about="apixaban", text="apixaban: stop 72 hours before")
    page = plan_page(healthy().model_copy(update={"alerts": [alert]}))
    (tick,) = page.settle[0][0].lines
    assert (tick.check.about, tick.check.text.text) == ("Apixaban", "stop 72 hours before")


@pytest.mark.parametrize(
    ("topic", "hold"), [("hold", True), ("antithrombotic", True), ("household", False), ("smoking", False)]
)
def test_topics_to_hold(topic, hold):
    assert is_hold(topic) is hold


@pytest.mark.parametrize(
    ("fraction", "text"), [(0.9259, "93\u00a0%"), (1.0, "100\u00a0%"), (1.0004, "101\u00a0%"), (0.3, "30\u00a0%")]
)
def test_what_is_used_is_never_shown_as_less(fraction, text):
    assert percent_words(fraction) == text


def test_the_budget_never_fills_more_than_the_bar():
    plan = healthy()
    for part in plan.local_anesthetic.components:
        part.fraction = 0.8
    plan.local_anesthetic.fraction_of_maximum = 1.6
    budget = plan_page(plan).budget
    assert budget.over
    assert sum(part.percent for part in budget.parts) == pytest.approx(100)


def test_left_out_because_of_this_patient_comes_first():
    titles = [group.title for group in plan_page(healthy()).omitted]
    assert titles == ["Because of this patient", "Another was chosen", "Not advised in this operation", "Notes"]


def test_sources_are_numbered_as_they_appear():
    page = plan_page(healthy())
    lines = [line for group in merged(page.sources) for line in group.lines]
    assert [line.ref.number for line in lines] == list(range(1, len(lines) + 1))
    assert page.settle[0][0].lines[0].check.text.refs[0].number == 1


@pytest.mark.parametrize(("checked", "mark"), [("read", "1"), ("second-hand", "1\u2020"), ("unverified", "1\u2021")])
def test_a_number_shows_how_its_source_was_checked(checked, mark):
    assert [str(ref) for ref in Citations({"a": Source(title="A", checked=checked)}).refs(["a"])] == [mark]


def test_a_key_without_a_source_is_shown_as_unverified():
    citations = Citations({})
    assert str(citations.refs(["lost-key"])[0]) == "1\u2021"
    assert citations.lines()[0].title == "lost-key"


def test_the_plan_id_follows_the_plan():
    first, second = plan_page(healthy()).record, plan_page(hard()).record
    assert first.plan_id != second.plan_id
    assert first == plan_page(healthy()).record
    assert short_id("f" * 64) == "ZZZZ-ZZZZ"


def test_only_a_document_that_carries_the_data_says_so():
    assert plan_page(healthy()).record.data == ""
    assert "plan.json" in plan_page(healthy(), attached=True).record.data


def test_a_draft_is_called_a_draft():
    assert plan_page(healthy()).record.approval.startswith("DRAFT")


@pytest.mark.parametrize(
    ("keys", "most", "shown"),
    [
        ("bd", 2, ["b", "d"]),
        ("bde", 2, ["b", "d"]),
        ("abd", 2, ["b", "a"]),
        ("abd", 1, ["b", "a"]),
        ("bd", 1, ["b"]),
        ("ac", 2, ["c", "a"]),
        ("abcd", 3, ["b", "d", "a"]),
    ],
)
def test_few_sources_stand_for_many_and_never_hide_the_worst_checked(keys, most, shown):
    checked = {"a": "unverified", "b": "read", "c": "second-hand", "d": "read", "e": "read"}
    citations = Citations({key: Source(title=key, checked=how) for key, how in checked.items()})
    citations.refs(keys, most)
    assert [line.title for line in citations.lines()] == shown


def test_among_equals_a_source_already_on_the_page_is_shown():
    citations = Citations({key: Source(title=key, checked="read") for key in "ab"})
    citations.refs(["b"])
    assert [ref.number for ref in citations.refs(["a", "b"], most=1)] == [1]
