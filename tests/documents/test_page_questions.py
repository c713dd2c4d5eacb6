"""One tick box for each missing fact, however many lines wait for it."""

import pytest

from planner.documents.citations import Citations
from planner.documents.questions import collect, lower_first, questions
from planner.plan.models import Missing, Naloxone
from planner.plan.parts import Confirmation
from tests.documents.samples import SOURCES, hard, healthy, order


def asked(orders=(), **parts):
    plan = healthy().model_copy(update={"orders": list(orders), "blocks": [], "care": [], "alerts": [], **parts})
    return questions(plan, Citations(SOURCES))


def waiting(drug, *confirmations):
    return order(
        f"{drug}-ward", "ward", "non_opioid", drug, "oral", 100, verdict="confirm", confirmations=list(confirmations)
    )


def ask(factor, if_yes="leave out", **more):
    return Confirmation(factors=[factor] if factor else [], ask=f"{factor}?", if_yes=if_yes, **more)


def test_two_lines_that_wait_for_one_fact_are_one_box():
    found = asked([waiting("celecoxib", ask("egfr")), waiting("ibuprofen", ask("egfr"))])
    (box,) = found.boxes
    assert box.title == "eGFR not known."
    assert box.waits == "celecoxib, ibuprofen"
    assert box.outcomes == ("If yes, leave out.",)
    assert found.tags == {"celecoxib-ward": ("eGFR",), "ibuprofen-ward": ("eGFR",)}


def test_different_things_to_do_name_their_lines():
    (box,) = asked([waiting("celecoxib", ask("egfr")), waiting("gabapentin", ask("egfr", "half the dose"))]).boxes
    assert box.outcomes == ("If yes, celecoxib: leave out.", "If yes, gabapentin: half the dose.")


def test_the_question_of_the_missing_fact_is_printed():
    (box,) = asked(
        [waiting("celecoxib", ask("egfr"))], missing=[Missing(factor="egfr", text="Creatinine today?")]
    ).boxes
    assert box.ask == "Creatinine today?"


def test_a_line_that_needs_two_facts_waits_in_two_boxes():
    both = Confirmation(factors=["qtc_ms", "age"], ask="?", if_yes="leave out")
    found = asked([waiting("ondansetron", both)])
    assert [box.tag for box in found.boxes] == ["QTc", "age"]
    assert found.tags["ondansetron-ward"] == ("QTc", "age")


def test_an_agreement_has_a_box_of_its_own():
    (box,) = asked([waiting("apixaban", Confirmation(ask="Surgeon agrees?", if_no="ask again"))]).boxes
    assert (box.title, box.ask, box.tag) == ("To agree:", "Surgeon agrees?", "agreement")


def test_several_agreements_are_numbered():
    found = asked(
        [waiting("apixaban", Confirmation(ask="Surgeon?")), waiting("ketorolac", Confirmation(ask="Kidney team?"))]
    )
    assert [(box.title, box.tag) for box in found.boxes] == [
        ("To agree 1:", "agreement 1"),
        ("To agree 2:", "agreement 2"),
    ]
    assert found.tags["ketorolac-ward"] == ("agreement 2",)


def test_up_to_three_questions_of_history_stay_apart():
    terms = ("asthma", "glaucoma", "dementia")
    assert len(asked([waiting("ketorolac", *(ask(f"conditions.{term}") for term in terms))]).boxes) == 3


def test_four_questions_of_history_share_one_box():
    terms = ("asthma", "glaucoma", "dementia", "gi_bleed")
    found = asked([waiting("ketorolac", *(ask(f"conditions.{term}") for term in terms))])
    (box,) = found.boxes
    assert box.title == "History not recorded."
    assert box.ask.count(";") == 3
    assert box.in_table
    assert found.tags == {"ketorolac-ward": ("history",)}
    (answer,) = found.answers
    assert answer.lines == ("ketorolac",)
    (change,) = answer.changes
    assert change.startswith("Leave out if conditions.asthma; ")


def test_a_history_that_is_asked_for_takes_scores_with_it():
    terms = ("asthma", "glaucoma", "dementia", "gi_bleed")
    factors = (*(f"conditions.{term}" for term in terms), "child_pugh", "frailty")
    found = asked([waiting("ketorolac", *(ask(factor) for factor in factors))])
    assert [box.tag for box in found.boxes] == ["history"]
    assert [box.tag for box in asked([waiting("ketorolac", ask("child_pugh"))]).boxes] == ["Child-Pugh class"]


def test_laboratory_values_share_one_box():
    found = asked(
        [waiting("ketorolac", ask("creatinine_mg_dl"), ask("platelets_k")), waiting("ondansetron", ask("qtc_ms"))]
    )
    (box,) = found.boxes
    assert (box.title, box.tag, box.in_table) == ("Labs not known.", "labs", True)
    assert found.tags == {"ketorolac-ward": ("labs",), "ondansetron-ward": ("labs",)}


def test_allergies_medicines_and_side_have_boxes_of_their_own():
    found = asked([waiting("ketorolac", *(ask(factor) for factor in ("allergies", "medications", "side", "qtc_ms")))])
    assert [box.tag for box in found.boxes] == ["allergies", "medicines", "side", "QTc"]


def test_a_condition_is_not_said_twice():
    terms = ("asthma", "glaucoma", "dementia", "heart_block")
    asks = [
        Confirmation(factors=[f"conditions.{term}"], ask=f"{term}?", if_yes=f"{term}: {term}: agreed?")
        for term in terms
    ]
    (answer,) = asked([waiting("ketorolac", *asks)]).answers
    assert answer.changes[0] == "Asthma: agreed?"


@pytest.mark.parametrize(
    ("text", "lowered"),
    [
        ("Peptic ulcer", "peptic ulcer"),
        ("HbA1c", "HbA1c"),
        ("Child-Pugh class", "Child-Pugh class"),
        ("Parkinson disease", "Parkinson disease"),
        ("ECG: QTc", "ECG: QTc"),
        ("A stent", "a stent"),
        ("", ""),
    ],
)
def test_the_middle_of_a_sentence_has_small_letters_but_for_names(text, lowered):
    assert lower_first(text) == lowered


def test_an_outcome_that_names_its_condition_stands_alone():
    (box,) = asked(
        [waiting("celecoxib", ask("egfr", "kidney function under 30: leave out", if_no="give as written"))]
    ).boxes
    assert box.outcomes == ("Kidney function under 30: leave out.",)


def test_long_outcomes_go_to_the_table():
    found = asked(
        [waiting(drug, ask("allergies", f"{drug} allergy: leave out")) for drug in ("celecoxib", "senna", "oxycodone")]
    )
    assert (found.boxes[0].in_table, found.boxes[0].outcomes) == (True, ())
    assert [answer.changes for answer in found.answers][0] == ("Celecoxib allergy: leave out.",)


def test_lines_with_the_same_changes_share_a_row():
    terms = ("asthma", "glaucoma", "dementia", "gi_bleed")
    both = [waiting(drug, *(ask(f"conditions.{term}") for term in terms)) for drug in ("ketorolac", "celecoxib")]
    assert [answer.lines for answer in asked(both).answers] == [("ketorolac", "celecoxib")]


def test_what_to_do_otherwise_is_said_where_it_is_not_as_written():
    terms = ("asthma", "glaucoma", "dementia", "gi_bleed")
    (answer,) = asked([waiting("ketorolac", *(ask(f"conditions.{term}", if_no="ask again") for term in terms))]).answers
    assert "Leave out (if not: ask again)" in answer.changes[0]


def test_many_waiting_lines_are_counted():
    found = asked([waiting(f"drug{'abcdefg'[at]}", ask("egfr")) for at in range(7)])
    assert found.boxes[0].waits == "7 lines marked ? eGFR"


def test_a_line_that_waits_without_a_reason_is_asked_about():
    (box,) = asked([waiting("ketorolac")]).boxes
    assert "the plan does not say why" in box.ask


def test_naloxone_to_confirm_is_a_box():
    (box,) = asked(naloxone=Naloxone(verdict="confirm", because="sleep apnea?")).boxes
    assert (box.waits, box.outcomes, box.in_table) == ("naloxone", (), False)


def test_many_facts_that_hold_up_no_line_are_listed_without_lines():
    facts = [f"conditions.term_{letter}" for letter in "abcdefg"]
    found = asked(missing=[Missing(factor=fact, text="?", needed_for=["x"]) for fact in facts])
    assert found.also_unknown[0] == "term a"


def test_facts_that_hold_up_no_line_are_listed_without_a_box():
    found = asked(
        missing=[
            Missing(factor="frailty", text="Frailty?"),
            Missing(factor="hours_since.apixaban", text="?", needed_for=["wound-catheter"]),
        ]
    )
    assert found.boxes == ()
    assert found.also_unknown == ("frailty", "last dose of apixaban (wound catheter)")


def test_the_hard_patient_has_three_boxes_for_seventeen_questions():
    found = questions(hard(), Citations(SOURCES))
    assert [box.tag for box in found.boxes] == ["history", "QTc", "agreement"]
    assert len([question for question in collect(hard()) if question.factor and "." in question.factor]) == 17
    assert [answer.lines[0] for answer in found.answers] == [
        "adductor canal block",
        "dexamethasone",
        "ondansetron",
        "hydromorphone",
        "acetaminophen",
    ]
