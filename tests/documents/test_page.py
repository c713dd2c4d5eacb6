"""The page as a whole: band, checks, milestones, record, source numbers."""

import pytest

from planner.documents.citations import Citations
from planner.documents.clinician_plan import plan_page
from planner.documents.columns import merged
from planner.documents.record import short_id
from planner.documents.settle import is_hold
from planner.plan.models import Alert, Care, Omitted, Source
from tests.documents.samples import hard, healthy, says, stopped


@pytest.mark.parametrize(("plan", "word"), [(healthy, "READY"), (hard, "CONFIRM 7 ITEMS"), (stopped, "STOP")])
def test_the_band_says_whether_to_go(plan, word):
    assert plan_page(plan()).band.word == word


def test_the_band_counts_every_box_under_it():
    page = plan_page(hard())
    boxes = [tick for group in merged(page.settle) for tick in group.lines]
    assert page.band.word == f"CONFIRM {len(boxes)} ITEMS"


def test_the_band_is_never_more_hopeful_than_the_page():
    assert plan_page(hard().model_copy(update={"status": "ready"})).band.word == "CONFIRM 7 ITEMS"
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
    page = plan_page(plan)
    groups = merged(page.care_before + page.care_after)
    care = [line.topic for group in groups for line in group.lines]
    assert "Hold medicine" not in care
    assert care


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


def test_what_is_worth_knowing_stands_on_top():
    plan = healthy()
    (note,) = plan_page(plan).notes
    assert (note.about, note.text.text) == ("Opioids", "the discharge supply is half of the usual box")


def left_out(plan):
    return {group.title: group.lines for group in merged(plan_page(plan).left_out)}


def test_left_out_because_of_this_patient_comes_first():
    assert list(left_out(healthy())) == [
        "Because of this patient",
        "Another was chosen",
        "Not advised in this operation",
    ]


def test_left_out_names_the_facts_it_rests_on():
    lines = left_out(hard())["Because of this patient"]
    assert (lines[0].titles, lines[0].facts) == (("celecoxib and every NSAID",), ("eGFR 19.2", "apixaban"))


def test_what_was_left_out_for_the_same_reason_is_said_once():
    plan = healthy()
    plan.omitted = [
        Omitted(id=name, title=name, because="limited evidence.", origin="protocol", sources=[source])
        for name, source in (("magnesium", "beers"), ("ketamine", "senna-practice"))
    ]
    ((line,),) = left_out(plan).values()
    assert (line.titles, line.because.text) == (("magnesium", "ketamine"), "limited evidence")
    assert sorted(ref.mark for ref in line.because.refs) == ["", "\u2021"]


def test_with_few_sources_what_was_left_out_stands_on_the_page_of_record():
    """The list of sources is one run-in paragraph in each column: some 180 of them fill the page."""
    assert plan_page(healthy()).left_out_on_record
    plan = hard()
    for at in range(200):
        plan.sources[f"s{at}"] = Source(title=f"A source of usual length, a journal and pages {at}", checked="read")
        plan.course.append(says("a statement", f"s{at}"))
    assert not plan_page(plan).left_out_on_record
    assert plan_page(plan).course == ()


def test_warning_signs_and_course_are_runs_of_statements():
    plan = healthy()
    plan.course = [says("pain falls.", "beers"), says("bruises", "beers"), says("swelling", "kdigo")]
    plan.warning_signs.call = [says("Fever")]
    page = plan_page(plan)
    groups = merged(page.outlook + page.course)
    assert [group.title for group in groups] == ["Call the team", "Expected course"]
    course = groups[1].lines
    assert [part.text for part in course] == ["pain falls", "bruises", "swelling"]
    assert [len(part.refs) for part in course] == [0, 1, 1]


def test_sources_are_numbered_as_they_appear():
    page = plan_page(healthy())
    lines = [line for group in merged(page.sources) for line in group.lines]
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
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
    assert "attached" not in plan_page(healthy()).record.data
    assert "attached data, plan.json" in plan_page(healthy(), attached=True).record.data


def test_the_record_says_where_the_standing_instructions_are():
    for attached in (False, True):
        assert "standing instructions of each order and block" in plan_page(healthy(), attached=attached).record.data


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


def test_one_work_checked_in_two_ways_has_one_number_and_its_marks():
    title = "PROSPECT, total hip arthroplasty"
    citations = Citations(
        {key: Source(title=title, year=2021, checked=how) for key, how in (("a", "read"), ("a/x", "unverified"))}
    )
    assert [str(citations.refs([key])[0]) for key in ("a", "a/x")] == ["1", "1\u2021"]
    assert [str(ref) for ref in citations.refs(["a", "a/x"])] == ["1\u2021"]
    (line,) = citations.lines()
    assert (line.number, line.checked) == (1, "\u2021 not verified where marked")


@pytest.mark.parametrize(
    ("checked", "words"), [("read", ""), ("second-hand", "\u2020 second-hand"), ("unverified", "\u2021 not verified")]
)
def test_the_list_says_how_a_source_was_checked(checked, words):
    citations = Citations({"a": Source(title="A", url="https://a.org/x/; b.org", checked=checked)})
    citations.refs(["a"])
    (line,) = citations.lines()
    assert (line.checked, line.link) == (words, "a.org/x")
