"""The opioid to take home on the page: the days as a table, the limit that decides first, naloxone with few reasons."""

from planner.documents.citations import Citations
from planner.documents.discharge import discharge_lines, half_words
from planner.documents.orders import Rows
from planner.plan.opioids import DischargeOpioid, Naloxone, TaperDay
from planner.plan.parts import Statement
from tests.documents.samples import SOURCES, healthy


def lines(**parts):
    plan = healthy().model_copy(update={"discharge_opioid": None, "naloxone": None, **parts})
    return discharge_lines(plan, "discharge", Rows(Citations(SOURCES), {"oxycodone-ward": ("agreement",)}))


def supply(**more):
    days = [
        TaperDay(day=1, date="2026-12-17", tablets=1.5, mme=11.25, text="at most 1 and a half tablets"),
        TaperDay(day=2, date="2026-12-18", tablets=0.5, mme=3.75, text="at most half a tablet"),
        TaperDay(day=3, date="2026-12-19", tablets=0, mme=0, text="no tablet: stop"),
    ]
    bounds = [Statement(text="state law: 3 days"), Statement(text="published: 40 tablets", sources=["bree-opioids"])]
    facts = {"drug": "oxycodone", "strength_mg": 5, "tablets": 2, "mme_total": 15, "days": days, "bounds": bounds}
    return DischargeOpioid(**{**facts, "text": "oxycodone 5 mg tablets", "follows": "oxycodone-ward", **more})


def test_the_days_are_cells_with_day_tablets_and_mme():
    (found,) = lines(discharge_opioid=supply())
    assert [(day.day, day.tablets, day.mme) for day in found.days] == [
        ("Thu 17-Dec", "1 and a half", "11.25"),
        ("Fri 18-Dec", "half", "3.75"),
        ("Sat 19-Dec", "0", "0"),
    ]


def test_the_limit_that_decides_stands_first_and_the_line_waits_as_its_order_does():
    (found,) = lines(discharge_opioid=supply())
    assert [limit.text for limit in found.limits] == ["state law: 3 days", "published: 40 tablets"]
    assert found.waits == ("agreement",)


def test_without_a_day_of_going_home_days_are_counted():
    days = [TaperDay(day=1, tablets=1, mme=7.5, text="at most 1 tablet")]
    (found,) = lines(discharge_opioid=supply(days=days))
    assert found.days[0].day == "day 1"


def test_half_tablets_are_in_words():
    assert [half_words(count) for count in (0, 0.5, 1, 1.5, 2)] == ["0", "half", "1", "1 and a half", "2"]


def test_naloxone_names_three_reasons_and_how_many_more():
    because = "age 65 or over; sleep apnea; gabapentinoid; kidney disease; liver disease"
    (found,) = lines(naloxone=Naloxone(verdict="give", because=because, product="naloxone 4 mg nasal spray"))
    assert found.parts[0].text == (
        "yes, naloxone 4 mg nasal spray: age 65 or over; sleep apnea; gabapentinoid; 2 more reasons"
    )


def test_naloxone_that_is_not_needed_is_said_beside_an_opioid_only():
    unneeded = Naloxone(verdict="not_needed", because="no reason found")
    assert lines(naloxone=unneeded) == []
    assert len(lines(naloxone=unneeded, discharge_opioid=supply())) == 2


def test_nothing_stands_in_another_phase():
    plan = healthy()
    assert discharge_lines(plan, "ward", Rows(Citations(SOURCES), {})) == []
