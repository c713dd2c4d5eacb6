"""Care without drugs, milestones, warning signs and expected course: short paragraphs by phase."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from planner.documents.citations import MOST, Citations, Cited, alike_last
from planner.documents.columns import HALVES, Columns, Group, columns
from planner.documents.questions import upper_first
from planner.plan.dates import days_words, moment, span_words, time_words
from planner.plan.models import Care, Milestone, Plan
from planner.plan.parts import Statement


@dataclass(frozen=True)
class CarePart:
    """One thing to do. `who` is "" where the next part of the paragraph is for the same."""

    topic: str
    text: Cited
    who: str
    waits: tuple[str, ...]


@dataclass(frozen=True)
class CareParagraph:
    """Everything on one topic in one phase; `topic` is "" where the first part begins with it."""

    topic: str
    parts: tuple[CarePart, ...]


@dataclass(frozen=True)
class MilestoneLine:
    dates: str
    days: str
    text: Cited
    who: str


def care_columns(
    found: Sequence[tuple[str, list[Care]]], citations: Citations, tags: dict[str, tuple[str, ...]], day: str
) -> Columns[CareParagraph]:
    """Care of some phases, one paragraph a topic, in the order in which topics first come up."""
    groups = [_phase(title, care, citations, tags, day) for title, care in found]
    return tuple(
        tuple(Group(group.title, care_paragraphs(group.lines)) for group in column)
        for column in columns(groups, _words, HALVES)
    )


def _phase(
    title: str, found: list[Care], citations: Citations, tags: dict[str, tuple[str, ...]], day: str
) -> Group[CarePart]:
    """The care of one phase; who does most of it is named with the phase."""
    usual = usual_who([care.who for care in found])
    parts = tuple(_by_topic(found, citations, tags, day))
    if usual:
        parts = tuple(replace(part, who="" if part.who == usual else part.who) for part in parts)
    return Group(f"{title} ({usual}, if not named)" if usual else title, parts)


def usual_who(named: Sequence[str | None]) -> str:
    """Who most is for, where everything is for somebody: said once. "" where that saves nothing."""
    known = [who for who in named if who]
    usual = max(known, key=known.count, default="")
    return usual if len(known) == len(named) and known.count(usual) > 1 else ""


def _by_topic(
    found: list[Care], citations: Citations, tags: dict[str, tuple[str, ...]], day: str
) -> Iterable[CarePart]:
    topics: dict[str, list[Care]] = {}
    for care in found:
        topics.setdefault(topic_words(care), []).append(care)
    for topic, together in topics.items():
        for care in together:
            text = _care_words(care, facts(care), citations, day, most=1)
            yield CarePart(topic, text, care.who or "", tags.get(care.id, ()))


def facts(care: Care) -> list[Statement]:
    """The facts of this patient that call for it. The protocol's own reasons stand in the data, with their sources."""
    return [reason for reason in care.reasons if not reason.sources]


def care_paragraphs(parts: Sequence[CarePart]) -> tuple[CareParagraph, ...]:
    """The parts of one topic in one paragraph, with who does it where that changes."""
    paragraphs = []
    for topic, together in groupby(parts, key=lambda part: part.topic):
        listed = list(together)
        after = [part.who for part in listed[1:]] + [""]
        said = [replace(part, who="" if part.who == who else part.who) for part, who in zip(listed, after, strict=True)]
        named = listed[0].text.text.lower().startswith(topic.lower())
        paragraphs.append(CareParagraph("" if named else topic, tuple(said)))
    return tuple(paragraphs)


def _words(part: CarePart) -> str:
    return f"{part.topic}: {part.text} {f'({part.who})' if part.who else ''}"


def has_word(topic: str, beginnings: tuple[str, ...]) -> bool:
    """`antibiotic-prophylaxis` and `antibiotics` have the word `antibiotic`."""
    return any(word.startswith(beginnings) for word in re.split(r"[-_ ]", topic.lower()))


def topic_words(care: Care) -> str:
    return upper_first(care.topic.replace("_", " ").replace("-", " "))


def care_label(care: Care) -> str:
    """The topic, or "" where the text begins with it."""
    return "" if care.text.lower().startswith(topic_words(care).lower()) else topic_words(care)


def care_words(care: Care, citations: Citations, day: str = "") -> Cited:
    """Text, time, first reason and sources of one piece of care. `day`: a date that needs not be named."""
    return _care_words(care, care.reasons[:1], citations, day, MOST)


def _care_words(care: Care, reasons: Sequence[Statement], citations: Citations, day: str, most: int) -> Cited:
    begin = time_words(care.start, day)
    text = care.text.rstrip(".") + (f" ({begin})" if begin and begin not in care.text else "")
    because = "".join(f": {reason.text.rstrip('.')}" for reason in reasons)
    keys = [*(key for reason in care.reasons for key in reason.sources), *care.sources]
    return citations.cite(text + because, keys, most=most)


@dataclass(frozen=True)
class Milestones:
    """`usual`: who a milestone is for where it names nobody else."""

    usual: str
    columns: Columns[MilestoneLine]


def milestones(plan: Plan, citations: Citations) -> Milestones:
    surgery = moment(plan.case.get("surgery_at"))
    usual = usual_who([item.who for item in plan.milestones])
    lines = tuple(_milestone(item, citations, surgery.year if surgery else None, usual) for item in plan.milestones)
    return Milestones(usual, columns([Group("", lines)], _milestone_words, HALVES))


def _milestone(item: Milestone, citations: Citations, year: int | None, usual: str) -> MilestoneLine:
    return MilestoneLine(
        span_words(item.date, item.to_date, year),
        days_words(item.from_day, item.to_day),
        citations.cite(item.text.rstrip("."), item.sources, most=1),
        "" if item.who in (None, usual) else item.who,
    )


def _milestone_words(line: MilestoneLine) -> str:
    return f"{line.dates} ({line.days}) {line.text} {f'({line.who})' if line.who else ''}"


def warning_signs(plan: Plan, citations: Citations) -> tuple[Group[Cited], ...]:
    signs = plan.warning_signs
    return (
        Group("Emergency, 911", _run_in(signs.emergency, citations)),
        Group("Call the team", _run_in(signs.call, citations)),
    )


def expected_course(plan: Plan, citations: Citations) -> Group[Cited]:
    return Group("Expected course", _run_in(plan.course, citations))


def _run_in(statements: Iterable[Statement], citations: Citations) -> tuple[Cited, ...]:
    """Statements for one paragraph, with numbers where they change."""
    return alike_last(citations.cite(part.text.rstrip("."), part.sources, most=1) for part in statements)
