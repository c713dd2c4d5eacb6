"""The sheet of the block team: blocks, the list before the needle, care after it, and the emergency card."""

import re

import pytest

from planner.documents.block_cards import block_lines, block_sheet
from planner.documents.citations import Citations
from planner.documents.clinician_plan import plan_page
from planner.documents.columns import merged
from planner.documents.render import render
from planner.plan.models import Source
from tests.documents.printed import overflowing, pieces, read, words
from tests.documents.samples import SOURCES, TALL_MAN, catheter, hard, healthy, says, stopped


def sheet(plan):
    citations = Citations(SOURCES)
    return block_sheet(plan, citations, block_lines(plan, citations))


def plain(text):
    return str(text).replace("\u00a0", " ")


def markup(plan, form="html"):
    text = plain(render(plan, form, tall_man=TALL_MAN).decode())
    return re.sub(r"<style>.*?</style>|<title>.*?</title>", "", text, flags=re.DOTALL)


def shown(plan, form="html"):
    return " ".join(re.sub(r"<[^>]*>|\*|\\", "", markup(plan, form)).split())


def doses(plan):
    return [(dose.name, plain(dose.words.text)) for dose in sheet(plan).toxicity.doses]


def without(plan, **more):
    return plan.model_copy(update=more)


def test_each_block_has_its_dose_and_what_to_mind():
    first, second = sheet(healthy()).blocks
    assert (first.name, plain(first.given)) == ("Adductor canal block, left", "ropivacaine 0.5 % 20 mL = 100 mg")
    assert first.note == "superficial; works after 20 to 40 minutes; if not possible: femoral"
    assert (second.name, second.note) == ("Knee infiltration by the surgeon, left", "")


def test_a_block_that_waits_says_so():
    (block,) = sheet(hard()).blocks
    assert block.note == (
        "superficial; not before Tue 15-Dec 20:00; confirm first; works after 20 to 40 minutes; "
        "if not possible: femoral"
    )


@pytest.mark.parametrize(
    ("depth", "watched"), [("neuraxial", 2), ("deep", 2), ("intermediate", 1), ("superficial", 1), ("infiltration", 1)]
)
def test_what_to_do_before_and_after_a_block_is_on_the_sheet(depth, watched):
    """The first sentence of each; after a deep block everything that is to be watched."""
    plan = healthy()
    before = [says("Record the strength", "beers"), says("Look at the skin")]
    after = [says("Watch the leg", "beers"), says("Call when it is weak")]
    plan.blocks = [plan.blocks[0].model_copy(update={"depth": depth, "before": before, "after": after})]
    (block,) = sheet(plan).blocks
    expected = ["Record the strength.", *["Watch the leg.", "Call when it is weak."][:watched]]
    assert [part.text for part in block.watch] == expected
    text = shown(plan)[shown(plan).index("Blocks and cover") :]
    assert all(part in text for part in expected)
    assert ("Call when it is weak." in text) is (watched == 2)


def test_what_is_to_be_watched_with_a_catheter_is_on_the_sheet():
    plan = catheter()
    plan.blocks[0].after = [says("Check strength and feeling every 4 hours"), says("Look at the site daily")]
    (block,) = sheet(plan).blocks
    assert [part.text for part in block.watch][-2:] == [
        "Check strength and feeling every 4 hours.",
        "Look at the site daily.",
    ]


def test_a_block_to_fall_back_on_is_named_as_the_plan_names_it():
    plan = healthy()
    plan.blocks[0].alternatives = ["periarticular-knee", "ipack"]
    assert "if not possible: knee infiltration by the surgeon, then iPACK" in sheet(plan).blocks[0].note


def test_what_runs_through_a_catheter_is_on_the_sheet():
    plan = catheter()
    plan.blocks[0].test_dose = "lidocaine 1.5 % 3 mL = 45 mg"
    (block,) = sheet(plan).blocks
    given = plain(block.given)
    assert given.startswith("test dose lidocaine 1.5 % 3 mL = 45 mg; ropivacaine 0.5 % 10 mL = 50 mg; then ropivacaine")
    assert plan.blocks[0].infusion.text in given


def test_lines_with_a_fact_of_this_patient_stand_apart():
    found = sheet(healthy())
    assert [(line.text.split()[0], plain(line.fact), line.known) for line in found.facts] == [
        ("Check", "left", True),
        ("Ask", "penicillin (rash)", True),
        ("Check", "none at home", True),
        ("Confirm", "72 kg", True),
        ("Add", "ropivacaine 200 mg", True),
    ]
    assert [line.text.split()[0] for line in found.checks] == ["Confirm", "Have", "Aspirate,", "Observe"]
    assert len(found.facts) + len(found.checks) == len(healthy().time_out)


def test_a_fact_that_is_not_known_is_said_and_boxed():
    found = sheet(hard()).facts
    assert [(line.fact, line.known) for line in found if not line.known] == [("not known", False)]
    text = markup(hard())
    assert 'Ask about allergies: <span class="unknown">not known</span>' in text
    assert "Check that side and site are marked: <b>right</b>" in text
    assert "Ask about allergies: not known" in shown(hard(), "md")


def test_every_line_before_the_needle_has_a_box():
    text = markup(healthy())
    listed = text[text.index("Before the needle") : text.index("After the block")]
    assert listed.count('<span class="box"></span>') == len(healthy().time_out)
    assert shown(healthy(), "md").count("- [ ] Check that side and site are marked: left") == 1


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        (
            healthy,
            [
                "100 mL over 2 to 3 minutes",
                "about 250 mL over 15 to 20 minutes",
                "864 mL in all (12 mL per kg, lower of actual and ideal weight)",
            ],
        ),
        (
            hard,
            [
                "72 mL (1.5 mL per kg) over 2 to 3 minutes",
                "12 mL per minute (0.25 mL per kg per minute)",
                "576 mL in all (12 mL per kg, lower of actual and ideal weight)",
            ],
        ),
        (
            stopped,
            [
                "over 70 kg: 100 mL; else 1.5 mL per kg, over 2 to 3 minutes",
                "over 70 kg: about 250 mL over 15 to 20 minutes; else 0.25 mL per kg per minute",
                "12 mL per kg; weight not known",
            ],
        ),
    ],
)
def test_lipid_doses_of_this_patient(plan, found):
    names = ["Lipid 20 % bolus", "then infusion", "at most", "In cardiac arrest"]
    epinephrine = "epinephrine 10 to 70 mcg IV for each dose (at most 1 mcg per kg each)"
    assert doses(plan()) == list(zip(names, [*found, epinephrine], strict=True))
    for form in ("html", "md"):
        text = shown(plan(), form)
        assert [words for words in found if words not in text] == []
        assert "EPINEPHrine 10 to 70 mcg IV for each dose" in text


@pytest.mark.parametrize(
    ("plan", "basis"),
    [
        (healthy, "Fixed amounts: the actual weight, 72 kg, is over 70 kg"),
        (hard, "By 48 kg: lower of actual and ideal weight"),
        (stopped, "Weight not known: weigh or estimate now, and work out the mL"),
    ],
)
def test_the_card_says_what_its_doses_rest_on(plan, basis):
    assert plain(sheet(plan()).toxicity.basis).startswith(basis)
    for form in ("html", "md"):
        assert basis in shown(plan(), form)


@pytest.mark.parametrize("form", ["html", "md"])
def test_every_sign_and_step_of_the_card_is_shown(form):
    card, text = healthy().toxicity_card, shown(healthy(), form)
    parts = [*card.signs, *card.steps, *card.avoid, card.lipid.repeat, card.lipid.goes_on]
    assert [part.text for part in parts if part.text not in text] == []
    assert card.title in text


def test_steps_are_numbered_in_their_order():
    text = shown(healthy())
    places = [text.index(f"{at}. {step.text}") for at, step in enumerate(healthy().toxicity_card.steps, 1)]
    assert places == sorted(places)
    assert "1: Stop the injection or infusion of local anesthetic." in shown(healthy(), "md")


def test_the_source_of_most_steps_is_named_once_and_others_at_their_step():
    """Two sources hold the sample's five steps: three of one, two of the other."""
    card = sheet(healthy()).toxicity
    assert [len(step.refs) for step in card.steps] == [1, 1, 0, 0, 0]
    assert len(card.most_steps.refs) == 1
    assert card.most_steps.refs != card.steps[0].refs == card.steps[1].refs
    number = f"[{card.most_steps.refs[0]}]"
    assert not any(number in str(step) for step in card.steps)
    for form in ("html", "md"):
        assert "Steps, unless marked otherwise" in shown(healthy(), form)


def test_a_step_that_is_checked_worse_keeps_its_mark():
    plan = healthy()
    steps = plan.toxicity_card.steps
    steps[-1] = steps[-1].model_copy(update={"sources": ["asra-last", "needle-practice"]})
    *_, last = sheet(plan).toxicity.steps
    assert [str(ref)[-1] for ref in last.refs if ref.mark] == ["\u2021"]


def test_what_follows_an_emergency_is_cut_to_three_sentences():
    after = healthy().toxicity_card.after
    assert len(after) == 4
    assert [part.text for part in sheet(healthy()).toxicity.after] == [f"{part.text}." for part in after[:3]]


def test_staff_learn_the_risk_of_falling():
    found = sheet(healthy())
    assert found.staff_about == "moderate risk of falling"
    assert [part.text for part in found.staff] == [
        "First time out of bed with staff.",
        "Test straight-leg raise before the patient stands.",
    ]
    for form in ("html", "md"):
        text = shown(healthy(), form)
        assert "After the block, moderate risk of falling: First time out of bed with staff." in text
        assert "Do not walk alone" not in text


def test_at_most_three_sentences_are_for_the_staff():
    plan = healthy()
    plan.block_advice[0].advice = [says(f"Sentence {at}") for at in range(5)]
    assert [part.text for part in sheet(plan).staff] == ["Sentence 0.", "Sentence 1.", "Sentence 2."]


def test_without_block_and_local_anesthetic_there_is_no_sheet():
    plan = without(healthy(), blocks=[], time_out=[], toxicity_card=None)
    assert sheet(plan) is None
    for form in ("html", "md"):
        text = shown(plan, form)
        assert not any(part in text for part in ("Blocks and cover", "Before the needle", "After the block", "LAST"))


def test_local_anesthetic_without_a_block_has_the_card_alone():
    plan = without(healthy(), blocks=[], time_out=[], block_advice=[], wear_off=[])
    assert sheet(plan).toxicity is not None
    text = shown(plan)
    assert "EMERGENCY Local anesthetic systemic toxicity (LAST)" in text
    assert "Blocks and cover" not in text
    assert "Before the needle" not in text


def test_a_block_without_local_anesthetic_has_no_card():
    plan = without(healthy(), toxicity_card=None, local_anesthetic=None)
    assert sheet(plan).toxicity is None
    assert "EMERGENCY" not in shown(plan)
    assert "Before the needle" in shown(plan)


@pytest.mark.parametrize("part", ["lipid", "epinephrine"])
def test_doses_of_the_card_name_their_sources(part):
    """What is given in an emergency stands on a source like every other dose."""
    plan = healthy()
    plan.sources["only-here"] = Source(title="Named only by this dose", checked="read")
    told = getattr(plan.toxicity_card, part)
    setattr(plan.toxicity_card, part, told.model_copy(update={"sources": ["only-here"]}))
    titles = [line.title for group in merged(plan_page(plan).sources) for line in group.lines]
    assert "Named only by this dose" in titles


def numbers(text):
    """Source numbers in the order in which a reader first meets them."""
    cited = re.findall(r'class="refs">(?:&nbsp;| )\[([^\]]*)\]', text)
    return list(dict.fromkeys(int(number) for list_ in cited for number in re.findall(r"\d+", list_)))


@pytest.mark.parametrize("plan", [healthy, hard, stopped, catheter])
def test_source_numbers_rise_down_the_page(plan):
    text = markup(plan())
    found = numbers(text[: text.index("<h2>Sources")])
    assert found == sorted(found)


def test_source_numbers_rise_through_the_card():
    """The steps are printed after the doses, what staff do after the block before the card."""
    plan = healthy()
    card = plan.toxicity_card
    advice = plan.block_advice[0].advice
    advice[0] = advice[0].model_copy(update={"sources": ["staff"]})
    card.lipid.repeat = card.lipid.repeat.model_copy(update={"sources": ["repeat"]})
    card.steps[0] = card.steps[0].model_copy(update={"sources": ["step"]})
    for name in ("staff", "repeat", "step"):
        plan.sources[name] = Source(title=name, checked="read")
    text = markup(plan)
    found = numbers(text[: text.index("<h2>Sources")])
    assert found == sorted(found)


def test_the_expected_course_has_lower_numbers_than_the_sheet_after_it():
    plan = hard()
    for at in range(200):
        plan.sources[f"s{at}"] = Source(title=f"A source of usual length, a journal and pages {at}", checked="read")
        plan.course.append(says("a statement", f"s{at}"))
    text = markup(plan)
    assert text.index("Expected course") < text.index("Blocks and cover")
    found = numbers(text[: text.index("<h2>Sources")])
    assert found == sorted(found)


@pytest.mark.parametrize("name", ["healthy", "hard", "catheter"])
def test_the_sheet_is_on_one_page(files, name):
    (text,) = [text for text in map(words, files[name].pages) if "Blocks and cover" in text]
    places = [
        text.index(part)
        for part in (
            "Blocks and cover",
            "Cover for 72",
            "Before the needle",
            "After the block",
            "EMERGENCY",
            "Avoid:",
        )
    ]
    assert places == sorted(places)


def test_the_doses_are_the_largest_text_of_the_sheet(files):
    for name in ("healthy", "hard", "stopped"):
        found = [piece for page in files[name].pages for piece in pieces(page)]
        dose = next(piece for piece in found if piece.text.startswith("EPINEPHrine 10"))
        signs = next(piece for piece in found if piece.text.strip().startswith("Brain: metal"))
        assert dose.size > signs.size
        assert dose.size >= 10


def test_a_long_sheet_is_all_printed():
    """An emergency card that does not fit below the list goes whole to the next page."""
    plan = hard()
    plan.time_out = [*plan.time_out, *(says_line(at) for at in range(25))]
    reader = read(plan)
    pages = [words(page) for page in reader.pages]
    assert overflowing(reader) == []
    assert all(any(f"Check number {at} of a long list" in text for text in pages) for at in range(25))
    (card,) = [text for text in pages if "EMERGENCY" in text]
    assert "Give no more local anesthetic for 24 hours" in card


def says_line(at):
    return healthy().time_out[0].model_copy(update={"text": f"Check number {at} of a long list", "fact": ""})
