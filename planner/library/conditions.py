"""Conditions over a case: `30 <= kidney < 60 and not has(dialysis)`.

The language is a small part of Python's expression syntax, parsed by the standard library:
comparisons of a number with limits, `==`, `!=` and `in` for words, `and`, `or`, `not`, and
the questions `has(term)`, `takes(name)`, `allergic(name)`, `declines(word)`, `planned(name)` and
`known(factor)`, which is never unknown itself: a rule that begins with it acts on a recorded
fact and does not ask for it.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

# A name inside a question is taken as it is written, whatever Python would make of its words.
_BARE_NAME = re.compile(r"\b(has|takes|allergic|declines|planned|known)\(\s*([A-Za-z0-9][\w .-]*?)\s*\)")
QUESTIONS = ("has", "takes", "allergic", "declines", "planned", "known")
_ORDER = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
_FLIP = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


@dataclass(frozen=True)
class Number:
    """A number factor against a limit."""

    name: str
    sign: str
    limit: float


@dataclass(frozen=True)
class Word:
    """A word factor that is, or is not, one of some words."""

    name: str
    words: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True)
class Ask:
    """One of QUESTIONS about a name."""

    question: str
    name: str


@dataclass(frozen=True)
class Not:
    part: "Condition"


@dataclass(frozen=True)
class All:
    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Any_:
    parts: tuple["Condition", ...]


Condition = Number | Word | Ask | Not | All | Any_


def parse_condition(text: str) -> Condition:
    """The condition in `text`. Raises ValueError with a plain sentence when it is not one."""
    try:
        tree = ast.parse(_BARE_NAME.sub(r"\1('\2')", str(text).strip()), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError("a condition reads like: kidney < 30 and not has(dialysis)") from None
    return _build(tree)


def leaves(condition: Condition) -> Iterator[Number | Word | Ask]:
    """Every comparison and question in a condition, left to right."""
    match condition:
        case Not(part):
            yield from leaves(part)
        case All(parts) | Any_(parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield condition


def _build(node: ast.expr) -> Condition:
    match node:
        case ast.BoolOp(op=op, values=values):
            parts = tuple(_build(value) for value in values)
            return All(parts) if isinstance(op, ast.And) else Any_(parts)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_build(operand))
        case ast.Call(func=ast.Name(id=question), args=[argument], keywords=[]) if question in QUESTIONS:
            return Ask(question, _word(argument))
        case ast.Compare():
            return _comparison(node)
    raise ValueError(f"not understood here: {ast.unparse(node)}")


def _comparison(node: ast.Compare) -> Condition:
    sides = [node.left, *node.comparators]
    parts: list[Condition] = []
    for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
        parts.append(_one_comparison(left, operator, right))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _one_comparison(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Condition:
    if isinstance(operator, ast.In | ast.NotIn) and isinstance(right, ast.Tuple | ast.List | ast.Set):
        words = tuple(_word(element) for element in right.elts)
        return Word(_word(left), words, isinstance(operator, ast.NotIn))
    sign = _ORDER.get(type(operator))
    if sign is None:
        raise ValueError("compare with <, <=, >, >=, ==, != or in (a, b)")
    if (limit := _limit(right)) is not None:
        return Number(_word(left), sign, limit)
    if (limit := _limit(left)) is not None:
        return Number(_word(right), _FLIP[sign], limit)
    if sign in ("==", "!="):
        return Word(_word(left), (_word(right),), sign == "!=")
    raise ValueError("compare a factor with a number")


def _limit(node: ast.expr) -> float | None:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return float(node.value)
    return None


def _word(node: ast.expr) -> str:
    """A bare or quoted name; hyphens in bare names arrive as subtraction and are put back."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Constant(value=str(text)):
            return text
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return f"{_word(left)}-{_word(right)}"
        case ast.Constant(value=int(number)):
            return str(number)
    raise ValueError(f"a name was expected, found {ast.unparse(node)}")
