"""Yes, no or unknown: conditions over what is known about a patient and what is already planned."""

import operator
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace

from planner.case.factors import Factors
from planner.case.interval import Interval
from planner.clinical.rule_group import RuleGroup
from planner.library.conditions import All, Any_, Ask, Condition, Not, Number, Word, leaves

_BELOW = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_FIELD_OF = {"takes": "medications", "allergic": "allergies", "declines": "declines"}
Test = Callable[["Situation"], bool | None]
# A condition is turned into a function once; the condition is kept so that its id stays its own.
_TESTS: dict[int, tuple[Condition, Test, bool]] = {}


class _Answers(dict):
    """The answer to each (question, name), as `has(asthma)`; asked of the factors once."""

    def __init__(self, factors: Factors):
        super().__init__()
        self._factors = factors

    def __missing__(self, asked: tuple[str, str]) -> bool | None:
        question, name = asked
        if question == "known":
            factors = self._factors
            self[asked] = factors.numbers.get(name) is not None or factors.words.get(name) is not None
        else:
            self[asked] = getattr(self._factors, question)(name)
        return self[asked]


@dataclass
class Situation:
    """The facts of a case and the drugs, classes and blocks planned so far.

    `answers` are those to every question but `planned`, whose answer changes as the plan grows.
    """

    factors: Factors
    planned: set[str] = field(default_factory=set)
    answers: dict[tuple[str, str], bool | None] = field(init=False, repr=False)
    _decided: dict[int, bool | None] = field(default_factory=dict, repr=False)
    _missing: dict[int, list[str]] = field(default_factory=dict, repr=False)
    _relevant: dict[int, list] = field(default_factory=dict, repr=False)

    def __post_init__(self):
        self.answers = _Answers(self.factors)

    def with_planned(self, planned: set[str]) -> "Situation":
        """The same patient with another plan. What does not hang on the plan is shared."""
        other = copy(self)
        other.planned = planned
        return other

    def with_words(self, **words: str) -> "Situation":
        """The same patient and plan with some words changed, as a block asked for on both sides."""
        changed = replace(self.factors, words={**self.factors.words, **words})
        return Situation(changed, self.planned)

    def with_numbers(self, **numbers: float | Interval | None) -> "Situation":
        """The same patient and plan with some numbers changed."""
        return Situation(replace(self.factors, numbers={**self.factors.numbers, **numbers}), self.planned)

    def holds(self, condition: Condition) -> bool | None:
        """Kleene's three values: unknown or yes is yes, unknown and no is no."""
        key = id(condition)
        if key in self._decided:
            return self._decided[key]
        _, test, changes = _TESTS.get(key) or _prepared(condition)
        value = test(self)
        if not changes:
            self._decided[key] = value
        return value

    def relevant(self, rules: RuleGroup) -> list[tuple]:
        """(rule, whether its value changes as the plan grows, its value) of each rule that is true, unknown or may be.

        Worked out once.
        """
        found = self._relevant.get(id(rules))
        if found is None:
            facts = rules.facts(self)
            found = rules.seen.get(facts)
            if found is None:
                judged = [(rule, _changes(rule.when), self.holds(rule.when)) for rule in rules]
                found = [one for one in judged if one[1] or one[2] is not False]
                rules.keep(facts, found)
            self._relevant[id(rules)] = found
        return found

    def missing(self, condition: Condition) -> list[str]:
        """The case fields, or `conditions.term`, that would have to be known. Empty when it is decided."""
        key = id(condition)
        if key in self._missing:
            return self._missing[key]
        if self.holds(condition) is not None:
            return []
        found = self._missing_for(condition)
        if key in self._decided:
            self._missing[key] = found
        return found

    def _missing_for(self, condition: Condition) -> list[str]:
        match condition:
            case Number(name=name) | Word(name=name):
                return self.factors.missing_fields(name)
            case Ask(question, name):
                return [f"conditions.{name}"] if question == "has" else [_FIELD_OF[question]]
            case Not(part):
                return self.missing(part)
            case All(parts) | Any_(parts):
                return list(dict.fromkeys(name for part in parts for name in self.missing(part)))

    def deciding(self, condition: Condition) -> list[Condition]:
        """The leaves whose facts make a condition true."""
        match condition:
            case Any_(parts):
                return [leaf for part in parts if self.holds(part) for leaf in self.deciding(part)]
            case All(parts):
                return [leaf for part in parts for leaf in self.deciding(part)]
            case Not():
                return [condition]
            case _:
                return [condition]


def _changes(condition: Condition) -> bool:
    """Whether the value of a condition changes as the plan grows."""
    return (_TESTS.get(id(condition)) or _prepared(condition))[2]


def _prepared(condition: Condition) -> tuple[Condition, Test, bool]:
    """(condition, its function, whether its value changes as the plan grows)."""
    changes = any(isinstance(leaf, Ask) and leaf.question == "planned" for leaf in leaves(condition))
    _TESTS[id(condition)] = condition, _test(condition), changes
    return _TESTS[id(condition)]


def _test(condition: Condition) -> Test:
    match condition:
        case Number(name, sign, limit):
            return lambda situation: compare(situation.factors.numbers.get(name), sign, limit)
        case Word(name, words, negated):
            return lambda situation: _is_word(situation.factors.words.get(name), words, negated)
        case Ask("planned", name):
            return lambda situation: name in situation.planned
        case Ask(question, name):
            asked = question, name
            return lambda situation: situation.answers[asked]
        case Not(part):
            test = _test(part)
            return lambda situation: _negated(test(situation))
        case All(parts):
            tests = [_test(part) for part in parts]
            return lambda situation: _first(tests, situation, stop=False)
        case Any_(parts):
            tests = [_test(part) for part in parts]
            return lambda situation: _first(tests, situation, stop=True)


def _is_word(value: str | None, words: tuple[str, ...], negated: bool) -> bool | None:
    return None if value is None else (value in words) != negated


def _first(tests: list[Test], situation: Situation, stop: bool) -> bool | None:
    """`stop` as soon as one test answers it; else unknown if one is; else the other value."""
    result: bool | None = not stop
    for test in tests:
        value = test(situation)
        if value is stop:
            return stop
        if value is None:
            result = None
    return result


def compare(value: float | Interval | None, sign: str, limit: float) -> bool | None:
    """Compare a number, or a number known only to lie in an interval, with a limit."""
    if value is None:
        return None
    holds = _BELOW[sign]
    if not isinstance(value, Interval):
        return holds(value, limit)
    at_ends = {holds(value.low, limit), holds(value.high, limit)}
    inside = value.low < limit < value.high and sign in ("==", "!=")
    return None if inside or len(at_ends) == 2 else at_ends.pop()


def _negated(value: bool | None) -> bool | None:
    return None if value is None else not value
