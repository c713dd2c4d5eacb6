"""Conditions and facts in words a clinician reads."""

from planner.case.interval import Interval
from planner.clinical.situation import Situation
from planner.library.conditions import All, Any_, Ask, Condition, Not, Number, Word
from planner.library.words import Vocabulary
from planner.plan.wording import number, unit_words

_SIGNS = {"<": "under {}", "<=": "{} or less", ">": "over {}", ">=": "{} or more", "==": "{}", "!=": "not {}"}


def say(condition: Condition, vocabulary: Vocabulary) -> str:
    """`kidney < 30` as `kidney function under 30`."""
    match condition:
        case Number(name, sign, limit):
            return f"{factor_label(name, vocabulary)} {_SIGNS[sign].format(number(limit))}"
        case Word(name, words, negated):
            listed = " or ".join(words)
            return f"{factor_label(name, vocabulary)} {'not ' if negated else ''}{listed}"
        case Ask():
            return _say_question(condition, vocabulary)
        case Not(part):
            return f"not {say(part, vocabulary)}"
        case All(parts):
            return _say_band(parts, vocabulary) or " and ".join(say(part, vocabulary) for part in parts)
        case Any_(parts):
            return " or ".join(say(part, vocabulary) for part in parts)


def _say_band(parts: tuple[Condition, ...], vocabulary: Vocabulary) -> str:
    """`30 <= kidney and kidney < 45` as `kidney function 30 or more and under 45`."""
    numbers = [part for part in parts if isinstance(part, Number)]
    if len(numbers) != len(parts) or len({part.name for part in numbers}) != 1:
        return ""
    limits = " and ".join(_SIGNS[part.sign].format(number(part.limit)) for part in numbers)
    return f"{factor_label(numbers[0].name, vocabulary)} {limits}"


def _say_question(ask: Ask, vocabulary: Vocabulary) -> str:
    name = name_label(ask.name, vocabulary)
    match ask.question:
        case "has":
            return vocabulary.conditions[ask.name].label if ask.name in vocabulary.conditions else ask.name
        case "takes":
            return f"{name} at home"
        case "allergic":
            return f"{name} allergy"
        case "known":
            return f"{factor_label(ask.name, vocabulary)} recorded"
        case "declines":
            return f"declines {vocabulary.declines.get(ask.name, ask.name)}"
        case _:
            return f"{name} in this plan"


def factor_label(name: str, vocabulary: Vocabulary) -> str:
    word = vocabulary.factors.get(name)
    return word.label.split(" (")[0] if word else name


def name_label(name: str, vocabulary: Vocabulary) -> str:
    """A class by its label, a drug or block by its own name."""
    return vocabulary.classes.get(name, name.replace("-", " "))


def facts_behind(condition: Condition, situation: Situation, vocabulary: Vocabulary) -> list[str]:
    """The patient's facts that make a condition true: `eGFR 24`, `apixaban at home`."""
    facts = [_fact(leaf, situation, vocabulary) for leaf in situation.deciding(condition) if not _is_of_the_plan(leaf)]
    return list(dict.fromkeys(fact for fact in facts if fact))


def _is_of_the_plan(leaf: Condition) -> bool:
    """Whether a leaf asks about the plan, and not about the patient; also where it is denied."""
    asked = leaf.part if isinstance(leaf, Not) else leaf
    return isinstance(asked, Ask) and asked.question in ("planned", "known")


def _fact(leaf: Condition, situation: Situation, vocabulary: Vocabulary) -> str:
    factors = situation.factors
    match leaf:
        case Number(name=name):
            shown = _lower_estimate(factors.numbers) if name == "kidney" else name
            by_weight = f" by {factors.crcl_weight.split(',')[0]}" if shown == "crcl" else ""
            return number_fact(shown, factors.numbers.get(shown), vocabulary) + by_weight
        case Word(name=name):
            return f"{factor_label(name, vocabulary)} {factors.words.get(name)}"
        case Ask("takes", name):
            taken = [
                medicine.drug or medicine.text
                for medicine in factors.home_medicines
                if medicine.holds(name) or medicine.drug == name
            ]
            return f"{' and '.join(taken)} at home" if taken else say(leaf, vocabulary)
        case Ask("allergic", name):
            found = [allergy.text for allergy in factors.reactions_to(name, "allergy", "unclear")]
            return f"allergy: {', '.join(found)}" if found else say(leaf, vocabulary)
        case _:
            return say(leaf, vocabulary)


def _lower_estimate(numbers: dict) -> str:
    """Which of eGFR and creatinine clearance the kidney factor took."""
    egfr, clearance = numbers.get("egfr"), numbers.get("crcl")
    known = isinstance(egfr, int | float) and isinstance(clearance, int | float)
    return ("egfr" if egfr <= clearance else "crcl") if known else "kidney"


def number_fact(name: str, value: float | Interval | None, vocabulary: Vocabulary) -> str:
    """`number_fact('egfr', 24.3)` is `eGFR 24`."""
    if value is None:
        return ""
    unit = vocabulary.factors[name].unit if name in vocabulary.factors else ""
    if isinstance(value, Interval):
        shown = f"{number(value.low)} to {number(value.high)}"
    else:
        shown = number(
            round(value, 1) if abs(value) < 100 and name not in ("egfr", "crcl", "kidney", "age") else int(value)
        )
    return f"{factor_label(name, vocabulary)} {shown}" + (f" {unit_words(unit)}" if unit and unit != "years" else "")
