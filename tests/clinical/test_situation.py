"""Kleene's three values, and numbers known only as a range."""

from datetime import datetime
from itertools import product
from types import SimpleNamespace

import pytest

from planner.case.factors import compute_factors
from planner.case.fields import Case
from planner.case.interval import Interval
from planner.clinical.rule_group import RuleGroup
from planner.clinical.situation import Situation, compare
from planner.library.conditions import parse_condition


class Facts:
    """Stands for the factors of a case."""

    numbers = {"age": 70, "kidney": None, "apfel": Interval(1, 3)}
    words = {"sex": "female", "cyp2c9": None}
    known = {"asthma": True, "diabetes": False}

    def has(self, term):
        return self.known.get(term)

    def takes(self, name):
        return None

    def missing_fields(self, name):
        return {"kidney": ["creatinine_mg_dl"], "apfel": ["smoker"]}.get(name, [name])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("age >= 70", True),
        ("age > 70", False),
        ("age < 70", False),
        ("age <= 70", True),
        ("kidney < 30", None),
        ("apfel >= 1", True),
        ("apfel >= 2", None),
        ("apfel > 3", False),
        ("apfel == 0", False),
        ("apfel == 2", None),
        ("sex == female", True),
        ("sex != female", False),
        ("cyp2c9 == poor", None),
        ("has(asthma) or kidney < 30", True),
        ("has(diabetes) or kidney < 30", None),
        ("has(diabetes) and kidney < 30", False),
        ("has(asthma) and kidney < 30", None),
        ("not has(diabetes)", True),
        ("not kidney < 30", None),
        ("takes(warfarin)", None),
        ("planned(opioid)", False),
    ],
)
def test_yes_no_and_unknown(text, value):
    assert Situation(Facts()).holds(parse_condition(text)) is value


def test_what_rules_say_is_shared_only_between_patients_of_the_same_facts():
    texts = ["age >= 70", "apfel > 2", "sex == female and not has(asthma)", "kidney < 30 or planned(opioid)"]
    rules = RuleGroup(SimpleNamespace(when=parse_condition(text)) for text in texts)
    for age, apfel, sex, asthma in product(
        (69, 70, 71, None), (2, 3, Interval(2, 3), Interval(0, 2)), ("female", None), (True, False)
    ):
        facts = Facts()
        facts.numbers = {"age": age, "kidney": 50, "apfel": apfel}
        facts.words, facts.known = {"sex": sex}, {"asthma": asthma}
        alone = Situation(facts)
        expected = {id(rule): value for rule in rules if (value := alone.holds(rule.when)) is not False}
        for _ in range(2):
            said = Situation(facts).relevant(rules)
            assert {id(rule): value for rule, _, value in said if value is not False} == expected
            assert [rule for rule, changes, _ in said if changes] == [rules[3]]


def test_planned_changes_as_the_plan_grows():
    situation, condition = Situation(Facts()), parse_condition("planned(opioid)")
    assert situation.holds(condition) is False
    situation.planned.add("opioid")
    assert situation.holds(condition) is True


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("kidney < 30", ["creatinine_mg_dl"]),
        ("has(asthma) or kidney < 30", []),
        ("has(diabetes) or kidney < 30", ["creatinine_mg_dl"]),
        ("has(epilepsy)", ["conditions.epilepsy"]),
        ("takes(warfarin) and has(asthma)", ["medications"]),
        ("apfel >= 2", ["smoker"]),
    ],
)
def test_names_only_the_facts_that_would_decide(text, facts):
    assert Situation(Facts()).missing(parse_condition(text)) == facts


@pytest.mark.parametrize(
    ("interval", "sign", "limit", "value"),
    [
        (Interval(0, 29), "<", 30, True),
        (Interval(0, 30), "<", 30, None),
        (Interval(30, 90), "<", 30, False),
        (Interval(0, 30), "<=", 30, True),
        (Interval(31, 90), "<=", 30, False),
    ],
)
def test_ranges_decide_when_all_of_them_lies_on_one_side(interval, sign, limit, value):
    assert compare(interval, sign, limit) is value


@pytest.mark.parametrize(
    ("facts", "text", "value", "missing"),
    [
        ({"medications": ("hydromorphone 10 mg daily",)}, "home_mme >= 50", True, []),
        ({"medications": ("hydromorphone 9.9 mg daily",)}, "home_mme >= 50", False, []),
        ({"medications": ("hydromorphone as needed",)}, "home_mme >= 50", None, ["medications"]),
        ({"medications": ()}, "home_mme >= 50", False, []),
        ({}, "home_mme >= 50", None, ["medications"]),
        ({"medications": ("morphine 60 mg daily",), "opioid_days": 7}, "opioid_tolerant == yes", True, []),
        ({"medications": ("morphine 60 mg daily",), "opioid_days": 6}, "opioid_tolerant == yes", False, []),
        ({"medications": ("morphine 59 mg daily",)}, "opioid_tolerant == no", True, []),
        ({"medications": ("morphine 60 mg daily",)}, "opioid_tolerant == yes", None, ["opioid_days"]),
        ({"medications": ("Suboxone 8-2 mg film daily",)}, "opioid_tolerant == yes", None, ["medications"]),
        ({"opioid_days": 7}, "opioid_days >= 7", True, []),
        ({}, "opioid_days >= 7", None, ["opioid_days"]),
    ],
)
def test_opioids_at_home_can_be_asked_in_conditions(facts, text, value, missing, library):
    now = datetime(2026, 12, 15)
    factors = compute_factors(Case(**facts), library.lexicon, library.case_words, now, library.opioids.morphine.rules)
    situation, condition = Situation(factors), parse_condition(text)
    assert (situation.holds(condition), situation.missing(condition)) == (value, missing)
