"""Files of a library, and the way to one of their values, in the words of the people who read them."""

from typing import Any

from planner.library.block import Block
from planner.library.protocol import Protocol
from planner.reading.differences import Known

KINDS = {
    "protocol": "operation",
    "pathway": "pathway",
    "drugs": "drug",
    "classes": "drug class",
    "blocks": "block",
    "depth": "rules for all blocks of a depth",
    "aftercare": "care after a block",
    "cards": "cards of the block team",
    "coverage": "cover by blocks",
    "antithrombotics": "antithrombotic",
    "editions": "guideline editions for antithrombotics",
    "opioids/mme": "table of morphine equivalents",
    "equivalents": "morphine equivalents",
    "tolerance": "opioid tolerance",
    "baseline": "opioids at home",
    "discharge": "opioid to take home",
    "naloxone": "naloxone",
    "home": "home medicines",
    "medicines": "names of medicines",
    "handout": "words of the handout",
    "vocabulary": "vocabulary",
    "sources": "sources",
    "schedule": "words of operating lists",
}
"""Kind of a file to what it is called, in the order a reader looks at them."""
_NAMED = ("drugs", "classes", "antithrombotics", "opioids/mme", "sources")

KNOWN = Known(
    keys={
        "id": "{}",
        "drug": "{}",
        "match": "{}",
        "give": "{}",
        "block": "{}",
        "care": "{}",
        "form": "{}",
        "concentration": "{}",
        "when": "when {}",
        "by": "by {}",
        "from": "from {}",
        "above": "above {}",
        "up_to": "up to {}",
        "under": "under {}",
        "at_least": "at least {}",
        "depths": "{}",
        "route": "{}",
        "title": "{}",
        "topic": "{}",
        "text": "{}",
        "ask": "{}",
        "because": "{}",
        "source": "{}",
    },
    fixed=frozenset({"id", "drug", "match", "form", "by"}),
    beside=("concentration", "route"),
)
"""By what the rules, items and doses of a library are recognized."""
_SAID_BELOW = ("regimens", "pathway", "steps")
"""Keys whose parts have names that say enough."""
_LONGEST = 70


def entry_title(kind: str, name: str, entry: Any) -> str:
    """`drug celecoxib`, `operation Total knee arthroplasty`, `home medicines`."""
    if isinstance(entry, Protocol | Block):
        return f"{KINDS[kind]} {entry.title}"
    return f"{KINDS[kind]} {name}" if kind in _NAMED else KINDS[kind]


def field_words(name: tuple[str, ...]) -> str:
    """The way to a value as `oral-scheduled, at_most`; a long rule is cut short."""
    steps = [step for step in name if step not in _SAID_BELOW] or list(name)
    return ", ".join(step if len(step) <= _LONGEST else step[: _LONGEST - 3].rstrip() + "..." for step in steps)
