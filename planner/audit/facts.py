"""What a finished plan says about its patient, and the answer to a condition of the library: yes, no or unknown."""

import operator
from functools import cached_property

from planner.library.conditions import All, Any_, Ask, Condition, Not, Number, Word
from planner.library.library import Library
from planner.plan.models import Order, Plan
from planner.plan.regional import WITH_CATHETER, Block

_SIGNS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_REST_IS_OPEN = "others?"


class Facts:
    """The facts as the plan publishes them. None is unknown everywhere."""

    def __init__(self, plan: Plan, library: Library):
        self._plan, self._library = plan, library
        self._asked: dict[tuple[str, str], bool | None] = {}
        self.decided: dict[int, bool | None] = {}
        """Answers to rules about the patient alone, by where the rule is in memory."""
        self.numbers = {name: value for name, value in plan.factors.items() if isinstance(value, int | float)}
        self.ranges = {
            name.removesuffix("_range"): value for name, value in plan.factors.items() if name.endswith("_range")
        }

    def answer(self, condition: Condition, before: frozenset[str] = frozenset()) -> bool | None:
        """Whether a condition holds. `before`: what earlier lines of the plan give, by every name of it."""
        match condition:
            case All(parts):
                return _all([self.answer(part, before) for part in parts])
            case Any_(parts):
                return _negated(_all([_negated(self.answer(part, before)) for part in parts]))
            case Not(part):
                return _negated(self.answer(part, before))
            case Number(name, sign, limit):
                return self._compared(name, sign, limit)
            case Word(name, words, negated):
                value = self._plan.factors.get(name)
                return None if value is None else (str(value) in words) != negated
            case Ask("planned", name):
                return name in before
            case Ask(question, name):
                if (question, name) not in self._asked:
                    self._asked[question, name] = getattr(self, question)(name)
                return self._asked[question, name]

    def _compared(self, name: str, sign: str, limit: float) -> bool | None:
        holds = _SIGNS[sign]
        if (value := self.numbers.get(name)) is not None:
            return holds(value, limit)
        if name not in self.ranges:
            return None
        low, high = self.ranges[name]
        seen = {holds(low, limit), holds(high, limit), *([holds(limit, limit)] if low < limit < high else [])}
        return seen.pop() if len(seen) == 1 else None

    def known(self, name: str) -> bool:
        """Whether a factor is known, be it only as a range."""
        return self._plan.factors.get(name) is not None or name in self.ranges

    def has(self, term: str) -> bool | None:
        """Whether the patient has a condition, by the list of the case and what that implies."""
        if term in self._certain:
            return True
        if self._plan.case.get("sex") == "male" and term in ("pregnancy", "breastfeeding"):
            return False
        listed = self._plan.case.get("conditions")
        return None if listed is None or _REST_IS_OPEN in listed or term in self._doubtful else False

    @cached_property
    def _certain(self) -> set[str]:
        case = self._plan.case
        certain = {one for one in case.get("conditions") or () if not one.endswith("?")}
        certain |= {"pregnancy"} if case.get("gestation_weeks") is not None else set()
        certain |= {"cirrhosis"} if case.get("child_pugh") is not None else set()
        return self._implied(certain)

    @cached_property
    def _doubtful(self) -> set[str]:
        listed = self._plan.case.get("conditions") or ()
        return self._implied({one.removesuffix("?") for one in listed if one.endswith("?") and one != _REST_IS_OPEN})

    def _implied(self, terms: set[str]) -> set[str]:
        implies = self._library.vocabulary.implies
        while more := {made for term in terms for made in implies.get(term, ())} - terms:
            terms = terms | more
        return terms

    def takes(self, name: str) -> bool | None:
        """Whether a medicine from home holds an ingredient or is of a class."""
        medicines = self._plan.home_medicines
        if medicines is None:
            return None
        if any(name in one.classes or name in (part.drug for part in one.ingredients) for one in medicines):
            return True
        return None if any(one.drug is None for one in medicines) else False

    def allergic(self, name: str) -> bool | None:
        """Whether an allergy, or a reaction that may be one, covers an ingredient or class."""
        allergies = self._plan.allergies
        if allergies is None:
            return None
        names = {name, *self.classes_of(name)}
        if any(one.sort != "intolerance" and not names.isdisjoint(one.covers) for one in allergies):
            return True
        return None if any(not one.recognized for one in allergies) else False

    def declines(self, word: str) -> bool:
        """Whether the patient declines something; a wish that is not stated is none."""
        wishes = self._plan.case.get("declines") or ()
        return _plain(word) in map(_plain, wishes)

    def classes_of(self, name: str) -> frozenset[str]:
        """The classes of an ingredient, from its drug file or the list of medicines."""
        entry = self._library.lexicon_entries.get(name)
        return frozenset(entry.classes) if entry else frozenset()

    @cached_property
    def before(self) -> dict[str, frozenset[str]]:
        """For each line, by its id, every name and class that earlier lines of the plan give."""
        found, so_far = {}, set()
        for line in (*self._plan.blocks, *self._plan.orders):
            found[line.id] = frozenset(so_far)
            so_far |= self._names(line)
        return found

    def _names(self, line: Order | Block) -> set[str]:
        own = {line.drug, *self.classes_of(line.drug)}
        if isinstance(line, Order):
            return own | {f"{line.drug} {line.route}"}
        catheter = {"catheter"} if line.technique in WITH_CATHETER else set()
        return own | {line.id, "block"} | catheter


def _all(answers: list[bool | None]) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def _negated(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _plain(text: str) -> str:
    return text.lower().replace("-", "_").replace(" ", "_")
