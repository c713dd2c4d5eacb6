"""Yes, no or unknown: conditions over what is known about a patient and what is already planned."""

from dataclasses import dataclass, field

from planner.case.factors import Factors
from planner.case.interval import Interval
from planner.library.conditions import All, Any_, Ask, Condition, Not, Number, Word, leaves

_BELOW = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
          ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
          "==": lambda a, b: a == b, "!=": lambda a, b: a != b}


@dataclass
class Situation:
    """The facts of a case and the drugs, classes and blocks planned so far."""

    factors: Factors
    planned: set[str] = field(default_factory=set)
    _known: dict[int, tuple[Condition, bool | None]] = field(default_factory=dict, repr=False)

    def holds(self, condition: Condition) -> bool | None:
        """Kleene's three values: unknown or yes is yes, unknown and no is no."""
        remembered = self._known.get(id(condition))
        if remembered is not None:
            return remembered[1]
        value = self._evaluate(condition)
        if not any(isinstance(leaf, Ask) and leaf.question == "planned" for leaf in leaves(condition)):
            self._known[id(condition)] = (condition, value)
        return value

    def _evaluate(self, condition: Condition) -> bool | None:
        match condition:
            case Number(name, sign, limit):
                return compare(self.factors.numbers.get(name), sign, limit)
            case Word(name, words, negated):
                value = self.factors.words.get(name)
                return None if value is None else (value in words) != negated
            case Ask(question, name):
                return self._answer(question, name)
            case Not(part):
                value = self.holds(part)
                return None if value is None else not value
            case All(parts):
                return _all(self.holds(part) for part in parts)
            case Any_(parts):
                value = _all(_negated(self.holds(part)) for part in parts)
                return _negated(value)

    def _answer(self, question: str, name: str) -> bool | None:
        if question == "planned":
            return name in self.planned
        return getattr(self.factors, question)(name)

    def missing(self, condition: Condition) -> list[str]:
        """The case fields, or `conditions.term`, that would have to be known. Empty when it is decided."""
        if self.holds(condition) is not None:
            return []
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


_FIELD_OF = {"takes": "medications", "allergic": "allergies", "declines": "declines"}


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


def _all(values) -> bool | None:
    result: bool | None = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def _negated(value: bool | None) -> bool | None:
    return None if value is None else not value
