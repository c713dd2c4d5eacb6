"""A comparison of two editions as a report: words on a terminal, Markdown for minutes, JSON for programs."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from planner.api.editions import ChangedCase, Comparison, LineChange, OpenedEdition, RefusedCase
from planner.documents.outline import Node, markdown, plain_text
from planner.library.editions.changes import Change, EntryChange
from planner.library.editions.protocols import ProtocolChange
from planner.library.site.digest import SHOWN
from planner.plan.compare import SECTIONS, Detail
from planner.reading.problems import Place, Problem


def render_comparison(found: Comparison, form: str) -> str:
    """The comparison as text, md or json: the same text for the same editions, cases and time."""
    if form == "json":
        return json.dumps(_data(found), indent=2, ensure_ascii=False) + "\n"
    title = f"Protocol library: {_edition(found.old)} -> {_edition(found.new)}"
    return (markdown if form == "md" else plain_text)(title, list(_sections(found)))


def comparison_summary(found: Comparison) -> str:
    """One line that says how much differs."""
    if not found.differs:
        return f"No difference: every file says the same, and so do the plans of {_count(len(found.same), 'patient')}."
    total = len(found.changed) + len(found.refused) + len(found.same)
    return (
        f"Files of the library that differ: {len(found.entries)}. Of {_count(total, 'patient')}: "
        f"{len(found.changed)} with another plan, {len(found.refused)} refused by one edition, "
        f"{len(found.same)} with the same plan."
    )


def _edition(opened: OpenedEdition) -> str:
    named = f"edition {opened.edition.version} of {opened.edition.date}" if opened.edition else "edition not named"
    return f"{opened.name} ({named})"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _sections(found: Comparison) -> Iterator[Node]:
    yield Node(comparison_summary(found))
    if found.site:
        yield Node(f"Plans are made as in the hospital of {found.site}.")
    if found.differs and found.old.edition and found.old.edition == found.new.edition:
        yield Node(f"Both are edition {found.new.edition.version}: raise version: in edition.yaml of {found.new.name}.")
    if found.protocols:
        yield Node("Operations and pathways to approve again", [Node(_protocol(one, found)) for one in found.protocols])
    if found.entries:
        yield Node("Changes of the library", [_entry(one) for one in found.entries])
    if found.changed:
        yield Node("Patients with another plan", [_case(one) for one in found.changed])
    if found.refused:
        yield Node("Patients refused by one edition", [_refused(one) for one in found.refused])
    if found.same and found.differs:
        yield Node(f"Patients with the same plan: {len(found.same)}", [Node(name) for name in found.same])


def _protocol(one: ProtocolChange, found: Comparison) -> str:
    approvals = found.approvals.get(one.name)
    approved = f"; {' -> '.join(approvals)}" if approvals else ""
    return f"{one.kind} {one.title} ({one.name}): {_versions(one)}{_digests(one)}{approved}"


def _versions(one: ProtocolChange) -> str:
    if one.old_version is None:
        return f"added, version {one.new_version}"
    if one.new_version is None:
        return f"removed, version {one.old_version}"
    if one.old_version != one.new_version:
        return f"version {one.old_version} -> {one.new_version}"
    if one.own:
        return f"version {one.new_version} in both, though its file changed"
    return f"version {one.new_version} in both; a file it rests on changed"


def _digests(one: ProtocolChange) -> str:
    """As an approval in a site file names it."""
    digests = [digest[:SHOWN] for digest in (one.old_digest, one.new_digest) if digest]
    return f"; digest {' -> '.join(digests)}" if digests else ""


def _entry(one: EntryChange) -> Node:
    if one.what != "changed":
        return Node(f"{one.title}: {one.what}", [Node(one.file)])
    return Node(one.title, [Node(_change(change)) for change in one.changes])


def _change(one: Change) -> str:
    if one.what == "added":
        return f"{_line(one.new_place)}: {one.field}: added: {one.new}"
    if one.what == "removed":
        return f"{_line(one.old_place)} of the old edition: {one.field}: removed: {one.old}"
    order = "order: " if one.what == "moved" else ""
    return f"{_line(one.new_place)}: {one.field}: {order}{one.old} -> {one.new}"


def _line(place: Place) -> str:
    return f"{place.source}:{place.line}"


def _case(one: ChangedCase) -> Node:
    return Node(f"{one.name}: {one.operation}", [_plan_line(line) for line in one.lines])


def _plan_line(one: LineChange) -> Node:
    change = one.change
    name = " ".join(word for word in (SECTIONS[change.section], change.line) if word)
    beside = [Node(f"why: {reason}") for reason in change.reasons]
    beside += [Node(f"see: {file}") for file in one.files]
    if change.what != "changed":
        return Node(f"{name} {change.what}: {change.new or change.old}", beside)
    words = [] if change.old == change.new else [Node(f"old: {change.old}"), Node(f"new: {change.new}")]
    if change.old and change.old == change.new:
        name = f"{name} ({change.new})"
    return Node(f"{name} changed", [*words, *(Node(_detail(detail)) for detail in change.details), *beside])


def _detail(one: Detail) -> str:
    if one.what in ("added", "removed"):
        return f"{one.field}: {one.what}: {one.new or one.old}"
    return f"{one.field}: {'order: ' if one.what == 'moved' else ''}{one.old} -> {one.new}"


def _refused(one: RefusedCase) -> Node:
    return Node(f"{one.name}: no plan by the {one.by} edition", [Node(_why(problem)) for problem in one.problems])


def _why(problem: Problem) -> str:
    value = f" Found: {problem.value}." if problem.value else ""
    mend = f" Mend: {problem.mend}." if problem.mend else ""
    return f"{problem.place}: {problem.message}{value}{mend}"


def _data(found: Comparison) -> dict[str, Any]:
    return {
        "old": _edition_data(found.old),
        "new": _edition_data(found.new),
        "site": str(found.site) if found.site else None,
        "differs": found.differs,
        "protocols": [asdict(one) | {"approvals": found.approvals.get(one.name)} for one in found.protocols],
        "library": [asdict(one) for one in found.entries],
        "cases": {
            "changed": [
                {
                    "name": case.name,
                    "operation": case.operation,
                    "lines": [{**asdict(line.change), "files": line.files} for line in case.lines],
                }
                for case in found.changed
            ],
            "refused": [asdict(case) for case in found.refused],
            "same": found.same,
        },
    }


def _edition_data(opened: OpenedEdition) -> dict[str, Any]:
    edition = opened.edition
    return {
        "library": opened.name,
        "edition": edition.version if edition else None,
        "date": edition.date if edition else None,
        "digest": opened.library.digest,
    }
