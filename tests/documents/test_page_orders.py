"""The order table: phases in order, one row an order, why in a few words."""

import pytest

from planner.documents.citations import Citations
from planner.documents.phases import phase_tables
from planner.documents.questions import questions
from planner.plan.parts import Adjustment, Confirmation
from tests.documents.samples import SOURCES, care, catheter, hard, healthy, mg, order, says


def tables(plan, whole=False):
    citations = Citations(plan.sources)
    return phase_tables(plan, citations, questions(plan, citations).tags, whole)


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


def test_cautions_are_printed_and_standing_instructions_left_to_the_data():
    parts = {"instructions": [says("With food.")], "cautions": [says("sedation: watch")]}
    assert [note.text for note in row(**parts).notes] == ["Sedation: watch."]
    assert row(**parts).standing == ()
    plan = healthy().model_copy(update={"orders": [order("x", "ward", "opioid", "oxycodone", "oral", 5, **parts)]})
    rows = [line for table in tables(plan, whole=True) for line in table.rows if line.name == "oxycodone"]
    assert [note.text for note in rows[0].standing] == ["With food."]


def test_how_to_mix_an_antidote_is_printed():
    steps = [says("Call for help."), says("mix 0.4 mg in 10 mL"), says("Keep watching.")]
    (table,) = only(order("naloxone-ward", "ward", "antidote", "naloxone", "iv", 0.02, instructions=steps))
    assert [note.text for note in table.rows[0].notes] == ["Call for help.", "Mix 0.4 mg in 10 mL."]


def test_a_caution_is_told_once_and_then_named():
    caution = says("sleep apnea: own CPAP, oximetry", "beers")
    (table,) = only(
        *(order(drug, "ward", "opioid", drug, "iv", 1, cautions=[caution]) for drug in ("fentanyl", "hydromorphone"))
    )
    assert [[note.text for note in line.notes] for line in table.rows] == [
        ["Sleep apnea: own CPAP, oximetry."],
        ["See above: sleep apnea."],
    ]


def test_the_cause_of_a_change_is_told_once_for_each_drug():
    change = Adjustment(part="dose", from_text="10 mg", to_text="5 mg", because="eGFR 41")
    drugs = ("oxycodone", "oxycodone", "morphine")
    (table,) = only(
        *(order(f"x{at}", "ward", "opioid", drug, "oral", 5, adjustments=[change]) for at, drug in enumerate(drugs))
    )
    assert [line.why[0].text for line in table.rows] == [
        "eGFR 41: 5 mg, not 10 mg",
        "as above: 5 mg, not 10 mg",
        "eGFR 41: 5 mg, not 10 mg",
    ]


def test_a_fact_that_is_only_feared_is_not_printed_as_known():
    change = Adjustment(
        part="dose",
        from_text="1,000 mg",
        to_text="500 mg",
        because="Child-Pugh B or C",
        for_unknown=["conditions.cirrhosis", "child_pugh"],
    )
    assert [part.text for part in row(adjustments=[change]).why] == [
        "careful until cirrhosis, Child-Pugh class known: 500 mg, not 1,000 mg"
    ]


@pytest.mark.parametrize(
    ("part", "before", "after", "words"),
    [
        ("max_24h", "4,000 mg", "3,000 mg", "3,000 mg in 24 hours, not 4,000 mg"),
        ("max_24h", "limit for all products", "2,000 mg", "2,000 mg in 24 hours"),
        ("interval", "daily", "every 12 hours", "every 12 hours, not daily"),
        ("drug", "oxycodone", "hydromorphone", "hydromorphone, not oxycodone"),
    ],
)
def test_a_change_names_what_it_is_instead_of(part, before, after, words):
    change = Adjustment(part=part, from_text=before, to_text=after, because="why")
    assert row(adjustments=[change]).why[0].text == f"why: {words}"


def test_only_the_first_reason_is_printed():
    assert [part.text for part in row(reasons=[says("one"), says("two")]).why] == ["one"]


def test_what_it_is_needed_for_is_second_level_text():
    line = row(as_needed=True, interval_h=4, indication="pain 4 to 10", dose_form="1 tablet of 5 mg")
    assert (line.often, line.need) == ("every 4\u00a0hours as needed", "pain 4 to 10")
    assert line.below == "1 tablet of 5 mg. For pain 4 to 10."


def test_how_a_dose_is_made_up_stands_beside_it_where_there_is_room():
    assert row(dose_form="1 tablet of 5 mg").beside
    often = {"timing": "at bedtime, from the first opioid dose", "interval_h": 24}
    crowded = row(dose_form="1 tablet of 5 mg", cautions=[says("x")], **often)
    assert (crowded.beside, crowded.below) == (True, "")


def test_a_clock_time_stands_for_when_the_first_dose_is():
    parts = {"interval_h": 6, "timing": "first dose 6 hours after the one before surgery"}
    assert row(start="2026-12-15T12:30", **parts).often == "every 6\u00a0hours"
    assert row(**parts).often == "every 6\u00a0hours, first dose 6 hours after the one before surgery"


def block_notes(whole=False, **more):
    plan = healthy()
    plan.blocks = [plan.blocks[0].model_copy(update=more)]
    ((found,),) = [table.blocks for table in tables(plan, whole) if table.blocks]
    return found


def test_a_block_says_what_it_is_and_what_to_fall_back_on():
    """What to do before and after it stands on the sheet of the block team; documents with more room hold all."""
    parts = {
        "before": [says("one"), says("two")],
        "after": [says("three"), says("four")],
        "instructions": [says("five")],
        "alternatives": ["ipack", "peng"],
    }
    found = block_notes(**parts)
    assert [note.text for note in found.notes] == [
        "Superficial block; moderate risk of falling; works after 20 to 40 minutes; movement: quadriceps mostly "
        "spared; if not possible: iPACK, then PENG.",
    ]
    assert found.standing == ()
    whole = ["One.", "Two.", "Three.", "Four.", "Five."]
    assert [note.text for note in block_notes(whole=True, **parts).standing] == whole


def test_an_infiltration_has_no_depth_and_no_risk_of_falling():
    silent = {"onset": None, "motor_effect": None, "before": [], "after": [], "alternatives": []}
    found = block_notes(depth="infiltration", **silent)
    assert found.notes == ()


def test_a_block_says_where_the_numb_limb_goes():
    found = block_notes(limb_position=says("heel off the bed.", "beers"), alternatives=[])
    assert found.notes[0].text.endswith("movement: quadriceps mostly spared; heel off the bed.")


def test_a_catheter_says_what_runs_through_it():
    runs = catheter().blocks[0].infusion.model_copy(update={"text": "ropivacaine 0.2 % 6 mL per hour"})
    assert block_notes(volume_ml=None, dose_mg=None, infusion=runs).small == "ropivacaine 0.2 % 6 mL per hour"
    found = block_notes(test_dose="lidocaine 1.5 % 3 mL", infusion=runs).small.replace("\u00a0", " ")
    assert found == (
        "test dose lidocaine 1.5 % 3 mL; ropivacaine 0.5 % 20 mL = 100 mg; then ropivacaine 0.2 % 6 mL per hour"
    )


@pytest.mark.parametrize(
    ("expected", "words"),
    [((14, 20), "single-shot, 14 to 20 hours"), ((6, 6), "single-shot, 6 hours"), (None, "single-shot")],
)
def test_a_block_says_how_long_it_may_help(expected, words):
    assert block_notes(expected_h=expected).often.replace("\u00a0", " ") == words


def test_a_block_says_when_the_needle_may_come_at_the_earliest():
    assert block_notes().earliest == ""
    assert block_notes(earliest_at="2026-12-15T20:00").earliest == "not before 15-Dec-2026 20:00"


def test_a_waiting_row_names_what_it_waits_for():
    assert row(verdict="confirm", confirmations=[Confirmation(factors=["qtc_ms"], ask="QTc?")]).waits == ("QTc",)


def home(drug, phase="ward", **more):
    return order(f"{drug}-{phase}", phase, "home_medication", drug, "oral", 5, interval_h=24, **more)


def test_home_medicines_are_one_line():
    (table,) = only(home("amlodipine"), home("atorvastatin", timing="at bedtime"))
    assert table.rows == ()
    assert [(line.label, line.parts[0].text.replace("\u00a0", " ")) for line in table.after] == [
        ("Continue as at home", "amlodipine 5 mg by mouth daily; atorvastatin 5 mg by mouth daily (at bedtime)")
    ]


def test_a_home_medicine_is_named_as_its_order_says():
    (table,) = only(home("duloxetine").model_copy(update={"text": "Continue as at home: duloxetine 60 mg daily"}))
    assert table.after[0].parts[0].text == "duloxetine 60 mg daily"


def test_a_home_medicine_written_in_an_unsafe_way_is_said_anew():
    (table,) = only(home("duloxetine").model_copy(update={"text": "Continue as at home: duloxetine 5mg qd"}))
    assert table.after[0].parts[0].text.replace("\u00a0", " ") == "duloxetine 5 mg by mouth daily"


def test_the_same_home_medicines_in_two_phases_are_named_once():
    (table,) = only(home("amlodipine"), home("amlodipine", "home"))
    assert [line.label for line in table.after] == ["Continue as at home (ward and home)"]


def test_a_home_medicine_with_instructions_keeps_them():
    (table,) = only(home("amlodipine"), home("carbidopa", instructions=[says("On time, every dose.")]))
    texts = [line.parts[0].text.replace("\u00a0", " ") for line in table.after]
    assert texts == ["amlodipine 5 mg by mouth daily", "carbidopa 5 mg by mouth daily. On time, every dose"]


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


def test_care_of_one_topic_is_one_line_with_its_times():
    fasts = [
        care("a", "preop", "fasting", "Light meal", start="2026-12-15T01:30"),
        care("b", "preop", "fasting", "Clear fluids", start="2026-12-14T23:30"),
    ]
    (table,) = only(order("x", "preop", "non_opioid", "celecoxib", "oral", 400), care=fasts)
    assert [part.text for part in table.before[0].parts] == [
        "Light meal (01:30)",
        "Clear fluids (Mon 14-Dec-2026 23:30)",
    ]


def test_discharge_says_the_opioid_and_naloxone():
    discharge = next(table for table in tables(healthy()) if table.title == "Discharge")
    assert [line.label for line in discharge.after] == ["Opioid to take home", "Naloxone"]
    assert "10\u00a0tablets, 75\u00a0MME in all" in discharge.after[0].parts[0].text


def test_a_limit_is_in_words():
    assert row(interval_h=6, max_24h=mg(4000)).limit == "4,000\u00a0mg"


def test_samples_cite_sources_they_hold():
    for plan in (healthy(), hard()):
        assert {key for item in (*plan.orders, *plan.care, *plan.blocks) for key in item.sources} <= set(SOURCES)
