"""Two plans for one patient, line by line: what appeared, disappeared or changed, and why.

Every part of a plan is looked at but those of NOT_COMPARED. What a line says in words is told once:
the numbers behind the words only where the words are the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from planner.plan.dates import days_words
from planner.plan.folded import folded
from planner.plan.models import Plan
from planner.reading.differences import Difference, Known, What, differences, in_words, moved, pairs

NOT_COMPARED = frozenset({"case", "site", "sources", "provenance", "audit"})
"""The patient, what the plan was made from, the list of sources, since a line tells its own, and the audit, whose stops
are alerts."""
SECTIONS = {
    "protocol": "operation",
    "status": "status",
    "alerts": "alert",
    "missing": "question",
    "orders": "order",
    "blocks": "block",
    "local_anesthetic": "local anesthetic in all",
    "antithrombotics": "needle time",
    "block_advice": "advice after a block",
    "time_out": "list before the needle",
    "toxicity_card": "emergency card",
    "care": "care",
    "omitted": "left-out line",
    "home_medicines": "home medicine",
    "allergies": "allergy",
    "home_opioids": "opioids at home",
    "discharge_opioid": "opioid to take home",
    "naloxone": "naloxone",
    "course": "expected course",
    "warning_signs": "warning signs",
    "milestones": "milestone",
    "timeline": "drawing of cover",
    "wear_off": "end of a block",
    "handout": "handout",
    "factors": "fact",
}
"""Parts of a plan to what one of their lines is called, in the order they are told."""
_KNOWN = Known(
    keys={
        key: "{}"
        for key in ("id", "order", "block", "factor", "topic", "lane", "drug", "about", "label", "title", "day", "text")
    },
    fixed=frozenset({"id", "order", "block", "factor", "drug", "lane"}),
)
_ORDERED = ("orders", "blocks", "care")
"""Sections of lines that are given, or left out with a reason."""
_OTHER = {"appeared": "disappeared", "disappeared": "appeared"}
_SAID = {
    "orders": (
        *("drug", "route", "dose", "rate", "over", "interval_h", "as_needed", "indication", "max_24h", "pieces"),
        *("duration_days", "last_day", "timing", "verdict"),
    ),
    "blocks": (
        *("title", "drug", "concentration_percent", "with_epinephrine", "mixture", "volume_ml", "dose_mg", "sides"),
        *("test_dose", "verdict"),
    ),
    "care": ("verdict",),
    "milestones": ("from_day", "to_day", "date", "to_date"),
    "alerts": ("severity",),
    "omitted": ("title", "because"),
    "antithrombotics": ("because", "verdict"),
    "naloxone": ("because", "verdict"),
    "time_out": ("fact",),
}
"""Parts that the words of a line say already."""
_TOLD_BY = {"pieces": "dose_form", "interval_h": "interval"}
"""Parts that another part says in words."""
_FOLLOWS = {"missing": ("needed_for",)}
"""Parts that follow from other lines, which are told."""


@dataclass(frozen=True)
class Detail:
    """One part of a line that changed; "" where one of the plans does not have it."""

    field: str
    what: What
    old: str
    new: str


@dataclass(frozen=True)
class PlanChange:
    """One line. `old` and `new` are its words, "" where that plan does not have it.

    `about` are names of the drug and block it is about.
    """

    section: str
    what: Literal["appeared", "disappeared", "changed"]
    line: str
    old: str
    new: str
    details: tuple[Detail, ...] = ()
    reasons: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


def compare_plans(old: Plan, new: Plan) -> list[PlanChange]:
    """What `new` says otherwise than `old`, in the order of SECTIONS; nothing where they say the same."""
    found = []
    for section in SECTIONS:
        before, after = _part(section, old), _part(section, new)
        if before != after:
            found += _section(section, before, after)
    return _with_what_is_left_out(found)


def _part(section: str, plan: Plan) -> Any:
    """What is compared of one part: of the protocol its title, since each edition has a version of its own."""
    if section == "protocol":
        return plan.protocol.title
    part = folded(getattr(plan, section))
    if section not in _FOLLOWS:
        return part
    return [{key: value for key, value in line.items() if key not in _FOLLOWS[section]} for line in part]


def _section(section: str, old: Any, new: Any) -> Iterator[PlanChange]:
    if section == "timeline":
        yield PlanChange(section, "changed", "", *_bars(old, new))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _lines(section, old, new)
    elif isinstance(old, dict) and isinstance(new, dict):
        yield _changed(section, "", old, new)
    elif old is None or new is None:
        yield _alone(section, "", old, new)
    else:
        yield PlanChange(section, "changed", "", in_words(old), in_words(new))


def _lines(section: str, old: list, new: list) -> Iterator[PlanChange]:
    paired = pairs(old, new, _KNOWN)
    for place, line in enumerate(old):
        if place not in paired:
            yield _alone(section, _name(line), line, None)
        elif line != (now := new[paired[place]]):
            yield _changed(section, _name(line), line, now)
    for place, line in enumerate(new):
        if place not in paired.values():
            yield _alone(section, _name(line), None, line)
    if order := moved(old, new, paired, _KNOWN):
        yield PlanChange(section, "changed", "order of the lines", *map(in_words, order))


def _alone(section: str, name: str, old: Any, new: Any) -> PlanChange:
    """A line that only one of the plans has."""
    line = new if old is None else old
    reasons = line.get("reasons", ()) if isinstance(line, dict) and old is None else ()
    what = "appeared" if old is None else "disappeared"
    words = _words(section, old), _words(section, new)
    return PlanChange(section, what, name, *words, reasons=tuple(reasons), about=_about(line))


def _changed(section: str, name: str, old: Any, new: Any) -> PlanChange:
    words, now_words = _words(section, old), _words(section, new)
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return PlanChange(section, "changed", name, words, now_words)
    said = {"text", *_SAID.get(section, ())} if words != now_words else set()
    told = [one for one in differences(old, new, _KNOWN) if one.name[0] not in said]
    names = {one.name[0] for one in told}
    told = [one for one in told if _TOLD_BY.get(one.name[0]) not in names]
    # A line is cited by what its parts are cited by: that is told only where no part tells it.
    beside = [one for one in told if one.name[0] != "sources"]
    shown = beside if beside or words != now_words else told
    return PlanChange(section, "changed", name, words, now_words, tuple(map(_detail, shown)), about=_about(new))


def _detail(one: Difference) -> Detail:
    old = "" if one.what == "added" else in_words(one.old)
    new = "" if one.what == "removed" else in_words(one.new)
    return Detail(", ".join(one.name).replace("_", " "), one.what, old, new)


def _bars(old: list, new: list) -> tuple[str, str]:
    """The drawing follows from orders and blocks: how many of its bars differ is enough."""
    same = sum(old[place] == new[now_place] for place, now_place in pairs(old, new, _KNOWN).items())
    return f"{len(old)} bars", f"{len(new)} bars, {same} of them the same"


def _name(line: Any) -> str:
    return _KNOWN.name(line, 0) if isinstance(line, dict) else ""


def _about(line: Any) -> tuple[str, ...]:
    names = [line.get(key) for key in ("drug", "block", "id")] if isinstance(line, dict) else []
    return tuple(dict.fromkeys(name for name in names if name))


_WORDS: dict[str, Callable[[dict], str]] = {
    "alerts": lambda line: f"{line['severity']}: {line['text']}",
    "omitted": lambda line: f"{line['title']}: {line['because']}",
    "milestones": lambda line: f"{line['text']} ({days_words(line['from_day'], line['to_day'])})",
    "antithrombotics": lambda line: f"{line['text']}: {line['because']}",
    "block_advice": lambda line: f"{line['about']}: {in_words(line['advice'])}",
    "naloxone": lambda line: f"{line['verdict'].replace('_', ' ')}: {line['because']}",
    "time_out": lambda line: f"{line['text']}: {line['fact']}" if "fact" in line else line["text"],
}


def _words(section: str, line: Any) -> str:
    """A line as it stands on the page."""
    if not isinstance(line, dict):
        return "" if line is None else in_words(line)
    words = _WORDS[section](line) if section in _WORDS else line.get("text", "")
    return f"{words} (confirm first)" if line.get("verdict") == "confirm" and section in _ORDERED else words


def _with_what_is_left_out(found: list[PlanChange]) -> list[PlanChange]:
    """A line and the reason why it is left out are one change, where the one took the place of the other."""
    left_out = {(one.what, one.line): one for one in found if one.section == "omitted" and one.what in _OTHER}
    joined, told = [], set()
    for one in found:
        reason = left_out.get((_OTHER.get(one.what), one.line)) if one.section in _ORDERED else None
        if reason:
            told.add(id(reason))
            words = f"left out now: {reason.new}" if reason.new else f"was left out: {reason.old}"
            one = replace(one, reasons=(*one.reasons, words))
        joined.append(one)
    return [one for one in joined if id(one) not in told]
