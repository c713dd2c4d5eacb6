"""The tick boxes of what must be confirmed: one box for each missing fact, however many lines wait."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from planner.documents.citations import Citations, Ref
from planner.documents.header import field_words
from planner.plan.models import Care, Order, Plan
from planner.plan.parts import Confirmation
from planner.plan.regional import Block

MANY = 3
"""From more than this many questions on one subject, they share one box."""
LABS = (
    "creatinine_mg_dl",
    "egfr",
    "platelets_k",
    "inr",
    "bilirubin_mg_dl",
    "albumin_g_dl",
    "hba1c_percent",
    "hemoglobin_g_dl",
    "qtc_ms",
)
HISTORY = ("child_pugh", "asa_class", "stop_bang", "frailty", "smoker", "gestation_weeks", "pain_baseline")
"""Fields asked for together with the history where that is asked for."""
SUBJECTS = {"conditions": "history", "labs": "labs"}
TAGS = {"medicines at home": "medicines", "opioids at home": "home opioids"}
"""Short words for the lines that wait."""
SHORT = 60
"""Names of waiting lines are printed where they are together no longer than this."""
LONG = 200
"""Longer outcomes than this are printed in the table of answers, not in the box."""
AS_WRITTEN = ("give as written", "give")
"""What happens where nothing changes; said once for all boxes."""
NAMES = ("Parkinson", "Crohn", "Barrett")

Line = Order | Block | Care


@dataclass(frozen=True)
class TickBox:
    """One thing to find out or agree. `tag` is the word that the waiting lines carry.

    `in_table`: what each answer changes stands in a table of its own.
    """

    tag: str
    title: str
    ask: str
    waits: str
    outcomes: tuple[str, ...]
    refs: tuple[Ref, ...] = ()
    in_table: bool = False


@dataclass(frozen=True)
class Answer:
    """What the answers change for some lines: `leave out if dialysis; heart failure`."""

    lines: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass
class Question:
    """A missing fact, or an agreement, with every confirmation that asks for it."""

    key: str
    ask: str
    factor: str | None
    asked: list[tuple[str, str, Confirmation]] = field(default_factory=list)
    """Id and name of each line that waits, with what it asks."""

    @property
    def waits(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for _, name, _ in self.asked))


@dataclass(frozen=True)
class Questions:
    boxes: tuple[TickBox, ...]
    answers: tuple[Answer, ...]
    also_unknown: tuple[str, ...]
    tags: dict[str, tuple[str, ...]]
    """Id of a line to the tags of the boxes it waits for."""


def line_name(line: Line) -> str:
    if isinstance(line, Order):
        return line.drug
    return lower_first(line.title) if isinstance(line, Block) else line.topic.replace("_", " ").replace("-", " ")


def questions(plan: Plan, citations: Citations) -> Questions:
    """Every confirmation of the plan sorted into boxes, with the tags for the lines that wait."""
    found = collect(plan)
    boxes: list[TickBox] = []
    tags: dict[str, list[str]] = {}
    in_table: list[Question] = []
    agreements = [question for question in found if not question.factor]
    for group in shared(found):
        at = agreements.index(group[0]) + 1 if len(agreements) > 1 and group[0] in agreements else 0
        box = _shared_box(group, citations) if len(group) > 1 else _single_box(group[0], citations, at)
        boxes.append(box)
        in_table += [question for question in group if box.in_table]
        for line_id in dict.fromkeys(line_id for question in group for line_id, _, _ in question.asked):
            tags.setdefault(line_id, []).append(box.tag)
    unique = {line_id: tuple(dict.fromkeys(words)) for line_id, words in tags.items()}
    return Questions(tuple(boxes), answers(in_table), _also_unknown(plan, found), unique)


def collect(plan: Plan) -> list[Question]:
    """One question for each missing fact and for each agreement, in the order of the plan."""
    texts = {missing.factor: missing.text for missing in plan.missing}
    found: dict[str, Question] = {}
    for line in (*plan.blocks, *plan.orders, *plan.care):
        for confirmation in line.confirmations or _unexplained(line):
            for factor in confirmation.factors or [None]:
                key = factor or f"agree: {confirmation.ask}"
                ask = texts.get(factor, confirmation.ask) if factor else confirmation.ask
                question = found.setdefault(key, Question(key, ask, factor))
                question.asked.append((line.id, line_name(line), confirmation))
    if plan.naloxone and plan.naloxone.verdict == "confirm":
        ask = Confirmation(ask=plan.naloxone.because, sources=plan.naloxone.sources)
        found["naloxone"] = Question("naloxone", ask.ask, None, [("naloxone", "naloxone", ask)])
    return list(found.values())


def _unexplained(line: Line) -> list[Confirmation]:
    """A line that waits without saying for what is asked about, not printed as if it were settled."""
    if line.verdict != "confirm":
        return []
    return [Confirmation(ask=f"{line_name(line)}: confirm before it is given; the plan does not say why")]


def shared(found: Iterable[Question]) -> list[list[Question]]:
    """Questions in groups, one for each box: the history where much of it is asked, laboratory values together."""
    listed = list(found)
    history = [question for question in listed if subject(question) == "conditions"]
    groups: dict[str, list[Question]] = {}
    for question in listed:
        about = subject(question)
        if about == "conditions" and len(history) <= MANY:
            about = question.key
        elif question.factor in HISTORY and len(history) > MANY:
            about = "conditions"
        groups.setdefault(about, []).append(question)
    return list(groups.values())


def subject(question: Question) -> str:
    """`conditions.asthma` belongs to `conditions`, a laboratory value to `labs`; any other question stands alone."""
    factor = question.factor or ""
    if factor in LABS:
        return "labs"
    return "conditions" if factor.startswith("conditions.") else question.key


def _single_box(question: Question, citations: Citations, agreement: int) -> TickBox:
    """`agreement`: its number where several are asked for, so that each line names its own."""
    words = field_words(question.factor) if question.factor else f"agreement {agreement or ''}".strip()
    title = f"{upper_first(words)} not known." if question.factor else f"To agree {agreement or ''}".strip() + ":"
    outcomes = outcome_words(question)
    in_table = len(outcomes) > MANY - 1 or sum(map(len, outcomes)) > LONG
    tag = TAGS.get(words, words)
    waits, refs = waits_words(question.waits, tag), citations.refs(_sources(question))
    return TickBox(tag, title, full_stop(question.ask), waits, () if in_table else outcomes, refs, in_table)


def _shared_box(group: list[Question], citations: Citations) -> TickBox:
    name = SUBJECTS[subject(group[0]) if subject(group[0]) in SUBJECTS else "conditions"]
    ask = f"Ask: {'; '.join(short_ask(question.ask) for question in group)}."
    waits = tuple(dict.fromkeys(wait for question in group for wait in question.waits))
    refs = citations.refs(source for question in group for source in _sources(question))
    title = f"{upper_first(name)} not {'known' if name == 'labs' else 'recorded'}."
    return TickBox(name, title, ask, waits_words(waits, name), (), refs, in_table=True)


def waits_words(names: tuple[str, ...], tag: str) -> str:
    """The lines that wait, or how many they are and how they are marked."""
    return ", ".join(names) if len(names) <= 2 * MANY else f"{len(names)} lines marked ? {tag}"


def outcome_words(question: Question) -> tuple[str, ...]:
    """What each answer means, one sentence each. Lines are named where they do not all do the same."""
    sentences = []
    for answer, lead in (("if_yes", "If yes"), ("if_no", "If not")):
        todo: dict[str, dict[str, None]] = {}
        for _, name, confirmation in question.asked:
            text = getattr(confirmation, answer).strip().rstrip(".")
            if text and text not in AS_WRITTEN:
                todo.setdefault(text, {})[name] = None
        for text, names in todo.items():
            said = question.factor and answer == "if_yes" and ": " in text
            which = "" if set(names) == set(question.waits) else f"{', '.join(names)}: "
            sentences.append(full_stop(which + text if said else f"{lead}, {which}{text}"))
    return tuple(upper_first(sentence) for sentence in sentences)


def answers(found: Iterable[Question]) -> tuple[Answer, ...]:
    """For each line, what every answer would change; lines with the same changes stand together."""
    by_line: dict[str, dict[str, dict[str, None]]] = {}
    for question in found:
        for _, name, confirmation in question.asked:
            condition, todo = _parts(confirmation, question)
            if todo:
                by_line.setdefault(name, {}).setdefault(todo, {})[condition] = None
    rows: dict[tuple[str, ...], list[str]] = {}
    for name, changes in by_line.items():
        rows.setdefault(tuple(_change(todo, list(when)) for todo, when in changes.items()), []).append(name)
    return tuple(Answer(tuple(names), changes) for changes, names in rows.items())


def _parts(confirmation: Confirmation, question: Question) -> tuple[str, str]:
    """`dialysis: leave out` in its two halves; without a condition the question stands for it."""
    condition, colon, todo = confirmation.if_yes.rstrip(".").partition(": ")
    if not colon:
        condition, todo = short_ask(question.ask), condition
    otherwise = confirmation.if_no.rstrip(".")
    return condition, todo + (f" (if not: {otherwise})" if otherwise and otherwise not in AS_WRITTEN else "")


def _change(todo: str, conditions: list[str]) -> str:
    """`Leave out if dialysis; sepsis.`, or `Heart block: is a pacemaker in place?`"""
    when = "; ".join(conditions)
    if todo.lower().startswith(f"{when.lower()}:"):
        return upper_first(full_stop(todo))
    if todo.endswith("?") or len(conditions) == 1:
        return upper_first(full_stop(f"{when}: {todo}"))
    return upper_first(full_stop(f"{todo} if {when}"))


def _sources(question: Question) -> list[str]:
    return [source for _, _, confirmation in question.asked for source in confirmation.sources]


def _also_unknown(plan: Plan, found: list[Question]) -> tuple[str, ...]:
    """Missing facts that hold up no line: the cautious choice is already printed."""
    asked = {question.factor for question in found}
    names = {line.id: line_name(line) for line in (*plan.blocks, *plan.orders, *plan.care)}
    names |= {item.id: item.title for item in plan.omitted}
    lines = []
    for missing in plan.missing:
        if missing.factor not in asked:
            needed = dict.fromkeys(names.get(line_id, line_id.replace("-", " ")) for line_id in missing.needed_for)
            listed = ", ".join(needed)
            few = f" ({listed})" if 0 < len(needed) <= MANY and len(listed) <= SHORT else ""
            lines.append((field_words(missing.factor), few))
    crowded = len(lines) > 2 * MANY
    return tuple(dict.fromkeys(words if crowded else words + few for words, few in lines))


def short_ask(ask: str) -> str:
    """`Peptic ulcer, now or in the past?` as `peptic ulcer, now or in the past`."""
    return lower_first(ask.split("?")[0].strip().rstrip("."))


def lower_first(text: str) -> str:
    """For the middle of a sentence; `HbA1c`, `Child-Pugh class` and names of people stay as they are."""
    first = text.split(" ")[0]
    if first[1:] != first[1:].lower() or first in NAMES:
        return text
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:] if not text[:1].isupper() and text[1:2].islower() else text


def full_stop(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
