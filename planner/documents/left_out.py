"""What was considered and not used."""

from dataclasses import dataclass

from planner.documents.citations import Citations, Cited
from planner.documents.columns import RUN_IN, Columns, Group, columns
from planner.plan.models import Omitted, Plan

# Why no quantity is printed stands in the data; the page says what to do among the care at discharge.
TO_TAKE_HOME = "discharge-opioid"
_ORIGINS = (
    ("patient", "Because of this patient"),
    ("site", "Not stocked here"),
    ("choice", "Another was chosen"),
    ("protocol", "Not advised in this operation"),
)


@dataclass(frozen=True)
class OmittedLine:
    """What was left out for one reason, with the facts it rests on."""

    titles: tuple[str, ...]
    because: Cited
    facts: tuple[str, ...]


def left_out(plan: Plan, citations: Citations) -> Columns[OmittedLine]:
    """First what this patient's facts forbid, with the facts; then what was chosen instead or is never advised."""
    groups = [Group(title, omitted_lines(plan, origin, citations)) for origin, title in _ORIGINS]
    return columns(groups, omitted_words, RUN_IN)


def omitted_words(line: OmittedLine) -> str:
    return "; ".join((*line.titles, *line.facts, str(line.because)))


def omitted_lines(plan: Plan, origin: str, citations: Citations) -> tuple[OmittedLine, ...]:
    """One line a reason, however many things were left out for it."""
    reasons: dict[tuple[str, tuple[str, ...]], list[Omitted]] = {}
    for item in plan.omitted:
        if item.origin != origin or item.id == TO_TAKE_HOME:
            continue
        because = item.because.rstrip(".")
        facts = tuple(fact for fact in item.facts if fact not in because)
        reasons.setdefault((because, facts), []).append(item)
    return tuple(
        OmittedLine(
            tuple(dict.fromkeys(item.title for item in together)),
            citations.cite(because, [key for item in together for key in item.sources], most=1),
            facts,
        )
        for (because, facts), together in reasons.items()
    )
