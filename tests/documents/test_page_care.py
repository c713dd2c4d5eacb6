"""Care and milestones: short paragraphs, with who does it said as rarely as it can be."""

import pytest

from planner.documents.care import care_columns, care_words, has_word, milestones, usual_who
from planner.documents.citations import Citations
from planner.documents.columns import merged
from tests.documents.samples import SOURCES, care, healthy, says

DAY = "Tue 15-Dec-2026"


def groups(*found, tags=None):
    return merged(care_columns([("Ward", list(found))], Citations(SOURCES), tags or {}, DAY))


def texts(*found):
    return [(line.topic, [(part.text.text, part.who) for part in line.parts]) for line in groups(*found)[0].lines]


def test_one_topic_is_one_paragraph():
    found = [
        care("a", "ward", "diet", "Drink early", "nurse"),
        care("b", "ward", "sleep", "Dark room", "patient"),
        care("c", "ward", "diet", "Eat the same day", "dietitian"),
    ]
    assert texts(*found) == [
        ("Diet", [("Drink early", "nurse"), ("Eat the same day", "dietitian")]),
        ("Sleep", [("Dark room", "patient")]),
    ]


def test_who_is_said_once_for_parts_that_follow_each_other():
    found = [care(str(at), "ward", "diet", f"Step {at}", who) for at, who in enumerate(("nurse", "nurse", ""))]
    assert [who for _, who in texts(*found)[0][1]] == ["", "nurse", ""]


def test_who_does_most_is_named_with_the_phase():
    people = ("nurse", "patient", "nurse")
    found = [care(str(at), "ward", f"topic-{at}", "Do it", who) for at, who in enumerate(people)]
    (group,) = groups(*found)
    assert group.title == "Ward (nurse, if not named)"
    assert [part.who for line in group.lines for part in line.parts] == ["", "patient", ""]


@pytest.mark.parametrize(
    ("named", "usual"),
    [(["a", "b", "a"], "a"), (["a", "b"], ""), (["a", "a", None], ""), (["a", "a", ""], ""), ([], "")],
)
def test_nobody_is_named_for_what_is_for_nobody(named, usual):
    assert usual_who(named) == usual


def test_care_that_begins_with_its_topic_does_not_say_it_twice():
    assert texts(care("a", "ward", "drains", "Drains out on day 1"))[0][0] == ""


def test_only_facts_of_the_patient_stand_with_care_of_the_second_page():
    reasons = [says("a guideline says so", "beers"), says("diabetes")]
    item = care("a", "ward", "glucose", "Watch glucose", reasons=reasons)
    ((_, parts),) = texts(item)
    assert parts == [("Watch glucose: diabetes", "")]
    assert [ref.number for ref in groups(item)[0].lines[0].parts[0].text.refs] == [1]


def test_care_among_the_orders_has_its_first_reason_and_time():
    reasons = [says("healthy"), says("x")]
    item = care("a", "preop", "fasting", "Clear fluids.", start="2026-12-15T05:30", reasons=reasons)
    assert care_words(item, Citations(SOURCES), DAY).text == "Clear fluids (05:30): healthy"
    assert care_words(item, Citations(SOURCES)).text == "Clear fluids (Tue 15-Dec-2026 05:30): healthy"


def test_care_that_waits_is_marked():
    ((line,),) = [group.lines for group in groups(care("a", "ward", "diet", "Eat"), tags={"a": ("history",)})]
    assert line.parts[0].waits == ("history",)


@pytest.mark.parametrize(
    ("topic", "found"), [("antibiotic-prophylaxis", True), ("antibiotics", True), ("anti-emetic", False)]
)
def test_topics_are_told_by_their_words(topic, found):
    assert has_word(topic, ("antibiotic",)) is found


def milestone_lines(plan):
    shown = milestones(plan, Citations(plan.sources))
    return shown.usual, [line for group in merged(shown.columns) for line in group.lines]


def test_every_milestone_has_its_dates_and_days():
    usual, lines = milestone_lines(healthy())
    assert usual == "physical therapist"
    assert len(lines) == len(healthy().milestones)
    assert (lines[2].dates, lines[2].days, lines[2].who) == ("Wed 16 to Fri 18-Dec", "days 1 to 3", "")
    assert (lines[-1].dates, lines[-1].days, lines[-1].who) == ("Tue 26-Jan-2027", "week 6", "surgeon")


def test_a_milestone_without_a_date_still_has_its_days():
    plan = healthy()
    plan.milestones = [plan.milestones[2].model_copy(update={"date": None, "to_date": None})]
    _, (line,) = milestone_lines(plan)
    assert (line.dates, line.days) == ("", "days 1 to 3")
