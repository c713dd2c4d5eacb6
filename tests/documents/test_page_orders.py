"""The order table: phases in order, one row an order, why in a few words."""

from planner.documents.citations import Citations
from planner.documents.orders import phase_tables
from planner.documents.questions import questions
from planner.plan.models import Adjustment, Confirmation
from tests.documents.samples import SOURCES, care, hard, healthy, mg, order, says


def tables(plan):
    citations = Citations(plan.sources)
    return phase_tables(plan, citations, questions(plan, citations).tags)


def only(*orders, **parts):
    empty = {"blocks": [], "care": [], "discharge_opioid": None, "naloxone": None, "alerts": []}
    return tables(healthy().model_copy(update={"orders": list(orders), **empty, **parts}))


def row(**more):
    ((row,),) = [table.rows for table in only(order("x", "ward", "opioid", "oxycodone", "oral", 5, **more))]
    return row


def test_phases_stand_in_the_order_of_time():
    assert [table.title for table in tables(healthy())] == [
        "Pre-op",
        "In the room",
        "Recovery",
        "Ward",
        "Discharge",
        "Home",
    ]


def test_every_order_and_block_is_printed_once():
    plan = hard()
    names = [row.name for table in tables(plan) for row in table.rows]
    home = [item for item in plan.orders if item.kind == "home_medication"]
    assert len(names) == len(plan.orders) - len(home) + len(plan.blocks)


def test_what_was_changed_says_from_what_to_what():
    change = Adjustment(part="dose", from_text="10 mg", to_text="5 mg", because="eGFR 41", sources=["kdigo"])
    (why,) = row(adjustments=[change]).why
    assert (why.text, why.changed) == ("eGFR 41: 5 mg, not 10 mg", True)


def test_changes_with_one_cause_stand_together():
    dose = Adjustment(part="dose", from_text="10 mg", to_text="5 mg", because="age 84")
    interval = Adjustment(part="interval", from_text="every 4 hours", to_text="every 6 hours", because="age 84.")
    (why,) = row(adjustments=[dose, interval]).why
    assert why.text == "age 84: 5 mg, not 10 mg; every 6 hours, not every 4 hours"


def test_the_sources_of_the_line_stand_where_its_reasons_name_none():
    (why,) = row(reasons=[says("basic")], sources=["beers"]).why
    assert [ref.number for ref in why.refs] == [1]
    (why,) = row(reasons=[says("basic", "kdigo")], sources=["beers"]).why
    assert [ref.number for ref in why.refs] == [1]
    (why,) = row(sources=["beers"]).why
    assert (why.text, [ref.number for ref in why.refs]) == ("", [1])


def test_the_purpose_stands_where_there_is_no_reason():
    assert [part.text for part in row(purpose="stomach").why] == ["stomach"]
    assert [part.text for part in row(purpose="stomach", reasons=[says("with celecoxib")]).why] == ["with celecoxib"]


def test_the_start_names_its_day_only_where_it_is_not_the_day_of_surgery():
    assert row(start="2026-12-15T14:30", interval_h=6).start == "from\u00a014:30"
    assert row(start="2026-12-16T08:00", interval_h=6).start == "from\u00a0Wed 16-Dec-2026\u00a008:00"
    assert row(start="2026-12-15T06:30").start == "at\u00a006:30"


def test_instructions_and_cautions_are_notes_of_the_row():
    assert [note.text for note in row(instructions=[says("With food.")], cautions=[says("Sedation.")]).notes] == [
        "With food.",
        "Sedation.",
    ]


def test_a_waiting_row_names_what_it_waits_for():
    assert row(verdict="confirm", confirmations=[Confirmation(factors=["qtc_ms"], ask="QTc?")]).waits == ("QTc",)


def home(drug, phase="ward", **more):
    return order(f"{drug}-{phase}", phase, "home_medication", drug, "oral", 5, interval_h=24, **more)


def test_home_medicines_are_one_line():
    (table,) = only(home("amlodipine"), home("atorvastatin", timing="at bedtime"))
    assert table.rows == ()
    assert [(line.label, line.text.text) for line in table.after] == [
        ("Continue at home doses", "amlodipine, atorvastatin (at bedtime)")
    ]


def test_the_same_home_medicines_in_two_phases_are_named_once():
    (table,) = only(home("amlodipine"), home("amlodipine", "home"))
    assert [line.label for line in table.after] == ["Continue at home doses (ward and home)"]


def test_a_home_medicine_with_instructions_keeps_them():
    (table,) = only(home("amlodipine"), home("carbidopa", instructions=[says("On time, every dose.")]))
    assert [line.text.text for line in table.after] == ["amlodipine", "carbidopa. On time, every dose"]


def test_a_changed_home_medicine_is_an_order():
    (table,) = only(
        home(
            "insulin", adjustments=[Adjustment(part="dose", from_text="10 units", to_text="8 units", because="fasting")]
        )
    )
    assert [item.name for item in table.rows] == ["insulin"]


def test_fasting_comes_first_and_thromboprophylaxis_last():
    plan = healthy().model_copy(
        update={
            "orders": [order("x", "preop", "non_opioid", "celecoxib", "oral", 400)],
            "blocks": [],
            "naloxone": None,
            "discharge_opioid": None,
            "care": [care("t", "preop", "thromboprophylaxis", "Pump"), care("f", "preop", "fasting", "Clear fluids")],
        }
    )
    (table,) = tables(plan)
    assert [line.label for line in table.before] == ["Fasting"]
    assert [line.label for line in table.after] == ["Thromboprophylaxis"]


def test_discharge_says_the_opioid_and_naloxone():
    discharge = next(table for table in tables(healthy()) if table.title == "Discharge")
    assert [line.label for line in discharge.after] == ["Opioid to take home", "Naloxone"]
    assert "10\u00a0tablets, 75\u00a0MME in all" in discharge.after[0].text.text


def test_a_limit_is_in_words():
    assert row(interval_h=6, max_24h=mg(4000)).limit == "4,000\u00a0mg"


def test_samples_cite_sources_they_hold():
    for plan in (healthy(), hard()):
        assert {key for item in (*plan.orders, *plan.care, *plan.blocks) for key in item.sources} <= set(SOURCES)
