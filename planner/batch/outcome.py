"""What came of one case of a list, and of all."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from planner.schedule.cases import ListedCase

STATUSES = ("ready", "confirm", "stop", "no_protocol", "invalid", "failed")
"""`ready` and `confirm` as in a plan; `stop`: a hard stop stands in it. The others have no plan."""


@dataclass(frozen=True)
class Outcome:
    """`files` maps the path of each file, below the output folder, to its SHA-256."""

    listed: ListedCase
    name: str
    status: str
    messages: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)


def counts(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """Rows of the list by status; all statuses, and together every row."""
    found = Counter()
    for outcome in outcomes:
        found[outcome.status] += len(outcome.listed.rows)
    return {status: found[status] for status in STATUSES}
