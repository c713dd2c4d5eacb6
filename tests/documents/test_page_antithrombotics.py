"""The card of needle times: every time of the plan reaches the page, and what is not offered is marked."""

import re

import pytest

from planner.documents.antithrombotics import needle_card
from planner.documents.citations import Citations
from planner.documents.render import render
from tests.documents.printed import overflowing, read, words
from tests.documents.samples import SOURCES, TALL_MAN, catheter, hard, healthy, needle, says, stopped


def card(*rows, whole=False):
    plan = healthy().model_copy(update={"antithrombotics": list(rows)})
    return needle_card(plan, Citations(SOURCES), whole)


def line(whole=False, **more):
    (found,) = card(needle(**more), whole=whole).lines
    return found


def plain(parts):
    return [str(part).replace("\u00a0", " ") for part in ([parts] if isinstance(parts, str) else parts)]


def shown(plan, form="html"):
    text = render(plan, form, tall_man=TALL_MAN).decode()
    text = re.sub(r"<title>.*?</title>|<style>.*?</style>", "", text, flags=re.DOTALL)
    text = re.sub(r"</?(?:span|b)\b[^>]*>|\*|\\", "", text.replace("<br>", " "))
    return " ".join(re.sub(r"<[^>]*>", " ", text).replace("\u00a0", " ").split())


def without_blocks(*rows):
    """An antithrombotic at home, and no block, no local anesthetic and no clock time."""
    empty = {"blocks": [], "time_out": [], "block_advice": [], "wear_off": [], "timeline": []}
    nothing = {"toxicity_card": None, "local_anesthetic": None}
    return healthy().model_copy(update={**empty, **nothing, "antithrombotics": list(rows)})


def test_an_interval_that_has_passed():
    found = line()
    assert (found.drug, found.dose, found.stop) == ("apixaban", "high dose", False)
    assert plain([found.last, found.interval, found.earliest, found.verdict]) == [
        "Fri 11-Dec 20:00",
        "72 hours",
        "Mon 14-Dec 20:00",
        "83.5 hours at the start of surgery: passed",
    ]


def test_an_interval_that_has_not_passed():
    found = line(verdict="too_early", hours_elapsed=35.5, earliest_at="2026-12-17T20:00")
    assert plain([found.earliest, found.verdict]) == [
        "Thu 17-Dec 20:00",
        "35.5 hours at the start of surgery: too early",
    ]
    assert found.stop


def test_a_last_dose_that_is_not_known():
    found = line(verdict="unknown", last_dose_at=None, hours_elapsed=None, earliest_at=None)
    assert (found.last, found.earliest, found.verdict, found.stop) == ("not known", "not known", "", True)
    assert plain(found.interval) == ["72 hours"]


def test_a_time_of_surgery_that_is_not_known():
    found = line(verdict="unknown", hours_elapsed=None)
    assert plain([found.earliest, found.verdict]) == ["Mon 14-Dec 20:00", "not known"]
    assert found.stop


def test_a_drug_under_which_no_needle_is_advised():
    found = line(verdict="avoid", interval=None, interval_h=None, hours_elapsed=None, earliest_at=None)
    assert (found.interval, found.earliest, found.verdict, found.stop) == ("", "advised against", "", True)


def test_a_level_that_stands_in_for_the_interval():
    found = line(earliest_at=None, hours_elapsed=None)
    assert (found.earliest, found.verdict, found.stop) == ("now, by the level", "", False)


def test_a_drug_that_needs_no_interval():
    found = line(interval="none", interval_h=0, earliest_at=None, dose_class="low")
    assert (found.interval, found.earliest, found.verdict, found.stop) == ("none needed", "any time", "", False)


def test_a_last_dose_whose_hour_is_not_known():
    found = line(last_dose_at="2026-12-11", counted_from="2026-12-12T00:00")
    assert found.last == "Fri 11-Dec, hour not known: counted to the end of the day"


def test_a_last_dose_that_is_still_to_come():
    assert line(planned=True).last == "Fri 11-Dec 20:00, planned"


def test_of_a_range_the_longer_end_is_used_and_said():
    assert line(interval="5 to 7 days", interval_h=168).interval == "5 to 7 days, the longer is used"


@pytest.mark.parametrize(
    ("dose_class", "words"), [("low", "low dose"), ("high", "high dose"), ("once-daily", "once daily"), (None, "")]
)
def test_the_dose_class(dose_class, words):
    assert line(dose_class=dose_class).dose == words


def after(plan=None, **more):
    plan = plan or healthy()
    plan.antithrombotics = [needle(**more)]
    (found,) = needle_card(plan, Citations(SOURCES)).lines
    return plain(found.after)


def with_block(depth, **more):
    plan = healthy()
    plan.blocks = [plan.blocks[0].model_copy(update={"depth": depth, **more})]
    return plan


def test_the_next_dose_after_needle_and_catheter():
    assert after() == [
        "Next dose 24 hours after the needle",
        "No catheter under this dose",
        "One that lies: out 72 hours after the last dose",
        "Next dose 6 hours after it is out",
    ]
    assert after(next_after_needle="at once", next_after_catheter="at once", catheter=None, catheter_out="at once") == [
        "Next dose: the needle does not delay it, the surgeon decides",
        "Next dose at once after it is out",
    ]


def test_a_clock_time_is_given_for_a_needle_that_is_planned():
    """For a deep one alone: no interval holds for a superficial block, and a catheter comes out at its own time."""
    timed = "Next dose 24 hours after the needle, Wed 16-Dec 07:30 at the earliest"
    assert after(with_block("neuraxial"))[0] == timed
    assert after(with_block("deep"))[0] == timed
    assert after(with_block("superficial"))[0] == "Next dose 24 hours after the needle"
    assert after(with_block("neuraxial", technique="epidural"))[0] == "Next dose 24 hours after the needle"
    assert after(with_block("deep", infusion=catheter().blocks[0].infusion))[0] == "Next dose 24 hours after the needle"


def test_a_next_dose_that_no_source_states_is_said():
    nothing = {"next_after_needle": None, "next_after_catheter": None, "catheter": None, "catheter_out": None}
    assert after(**nothing) == ["Nothing stated"]


def test_whether_a_catheter_may_lie_and_when_it_comes_out():
    found = after(catheter="a catheter may lie", catheter_out="at the end of an interval")
    assert [text.lower() for text in found[1:3]] == ["a catheter may lie", "catheter out at the end of an interval"]


def test_other_editions_stand_with_their_own_sources():
    table, others, more = line(
        other_editions=[says("ESAIC 2022: 48 hours", "esaic-esra"), says("ASRA 2018: 72 hours", "kdigo")]
    ).more
    assert table.text == "High dose: 5 or 10 mg twice daily."
    assert others.text == "Other editions: ESAIC 2022: 48 hours; ASRA 2018: 72 hours."
    assert [str(ref) for ref in others.refs] == ["1", "2\u2020"]
    assert [str(ref) for ref in more.refs] == ["3\u2020"]


def test_what_must_hold_besides_what_stands_in_and_notes():
    found = line(dose_class=None, other_editions=[], checks=["platelets over 100 on that day"]).more
    assert [part.text for part in found] == [
        "Platelets over 100 on that day. A drug level under 30 nanogram per mL may replace the time. "
        "No heparin bridging. A normal PT does not rule out drug effect."
    ]


def test_every_note_is_for_documents_that_are_not_short_of_space():
    assert not line().more[-1].text.endswith("Ask hematology.")
    assert line(whole=True).more[-1].text.endswith("A normal PT does not rule out drug effect. Ask hematology.")


@pytest.mark.parametrize(("interval_h", "whole", "printed"), [(72, False, 1), (0, False, 0), (0, True, 1)])
def test_where_sources_differ_is_printed_where_an_interval_holds(interval_h, whole, printed):
    """Of a drug that needs no interval it is for documents that are not short of space."""
    differ = [says("The label says 48 hours", "kdigo")]
    found = [
        part
        for part in line(whole=whole, interval_h=interval_h, disagreements=differ).more
        if part.text == "The label says 48 hours."
    ]
    assert [len(part.refs) for part in found] == [1] * printed


def test_a_last_dose_of_another_year_keeps_its_year():
    """14-Dec alone would be read as the evening before surgery."""
    assert line(last_dose_at="2025-12-14T20:00").last == "Sun 14-Dec-2025 20:00"
    assert line(last_dose_at="2026-12-11T20:00").last == "Fri 11-Dec 20:00"


def test_no_clock_time_stands_beside_what_is_not_known():
    """Of a dose that is not known the longest interval may not be read as the time to go."""
    assert line(verdict="unknown", hours_elapsed=107.5).earliest == "not known"


def test_a_line_without_anything_more_keeps_its_sources():
    (more,) = line(dose_class=None, other_editions=[], notes=[], stands_in=None).more
    assert (more.text, len(more.refs)) == ("", 1)


def test_each_drug_has_its_line_in_the_order_of_the_plan():
    found = card(needle(), needle(drug="clopidogrel"), needle(drug="enoxaparin"))
    assert [line.drug for line in found.lines] == ["apixaban", "clopidogrel", "enoxaparin"]
    assert found.edition == "ASRA 2025, fifth edition"


def test_a_drug_with_nothing_to_wait_for_or_ask_has_no_line():
    nsaid = needle(drug="ibuprofen", interval="none", interval_h=0, dose_class=None)
    assert [line.drug for line in card(nsaid, needle()).lines] == ["apixaban"]
    assert card(nsaid) is None
    assert card() is None


FACTS = {
    hard: [
        "apixaban low dose",
        "not known",
        "36 hours",
        "Next dose 24 hours after the needle",
        "6 hours after it is out",
    ],
    stopped: [
        "Sun 13-Dec, hour not known: counted to the end of the day",
        "5 to 7 days, the longer is used",
        "Mon 21-Dec 00:00",
        "31.5 hours at the start of surgery: too early",
        "Next dose: the needle does not delay it, the surgeon decides",
        "catheter may lie",
    ],
    lambda: without_blocks(needle()): [
        "Fri 11-Dec 20:00",
        "Mon 14-Dec 20:00",
        "83.5 hours at the start of surgery: passed",
        "Next dose 24 hours after the needle",
        "No catheter under this dose",
        "One that lies: out 72 hours after the last dose",
        "High dose: 5 or 10 mg twice daily.",
        "Other editions: ESAIC and ESRA 2022: up to 72 hours.",
        "A drug level under 30 nanogram per mL may replace the time.",
    ],
}


@pytest.mark.parametrize("form", ["html", "md"])
@pytest.mark.parametrize(("plan", "facts"), FACTS.items())
def test_every_time_is_shown(plan, facts, form):
    text = shown(plan(), form).replace("apixaban (low dose)", "apixaban low dose")
    assert [fact for fact in (*facts, "ASRA 2025, fifth edition") if fact not in text] == []


@pytest.mark.parametrize("form", ["html", "md"])
def test_only_what_is_not_offered_is_marked(form):
    assert shown(hard(), form).count("not offered") == 1
    assert shown(stopped(), form).count("not offered") == 1
    assert shown(without_blocks(needle()), form).count("not offered") == 0
    both = without_blocks(needle(verdict="avoid", earliest_at=None), needle(verdict="unknown"), needle())
    assert shown(both, form).count("not offered") == 2


def test_an_interval_that_no_source_states_is_said_in_words():
    plan = without_blocks(needle(verdict="avoid", interval=None, interval_h=None, earliest_at=None))
    assert "interval none stated; earliest needle advised against" in shown(plan, "md")


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_plan_without_antithrombotics_has_no_card(form):
    assert "Antithrombotics at home" not in shown(healthy(), form)


def test_times_are_printed_without_a_block_too():
    plan = without_blocks(needle())
    for form in ("html", "md"):
        text = shown(plan, form)
        assert text.count("Antithrombotics at home") == 1
        assert not any(part in text for part in ("Blocks and cover", "Before the needle", "EMERGENCY", "Emergency:"))
    reader = read(plan)
    text = " ".join(words(page) for page in reader.pages)
    assert "Antithrombotics at home" in text
    assert "Mon 14-Dec 20:00" in text
    assert overflowing(reader) == []


def test_the_card_stands_on_the_sheet_of_the_block_team(files):
    (sheet,) = [text for text in map(words, files["hard"].pages) if "Antithrombotics at home" in text]
    places = [sheet.index(part) for part in ("Blocks and cover", "Antithrombotics at home", "Before the needle")]
    assert places == sorted(places)
    for fact in ("not known", "not offered", "36 hours", "Next dose 6 hours after it is out"):
        assert fact in sheet
