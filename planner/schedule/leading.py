"""Several operations in one session: the most painful one that has a protocol leads, the others are listed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from planner.schedule.operations import Operation, OperationReader


@dataclass(frozen=True)
class Line:
    """One row of a session: its operations as worded, those of its CPT codes, and the codes that no protocol has.

    `side` is that of the row's own column.
    """

    written: Sequence[Operation] = ()
    coded: Sequence[Operation] = ()
    unknown_codes: Sequence[str] = ()
    side: str | None = None


@dataclass(frozen=True)
class Leading:
    """`operation` is the one a plan is made for; None where there is none, and `because` says why.

    `sides` are all sides that words, codes and columns tell of it, each with where that stands.
    """

    operation: Operation | None
    others: tuple[str, ...] = ()
    sides: dict[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    because: str = ""


def lead(lines: Sequence[Line], reader: OperationReader) -> Leading:
    """The leading operation of a session."""
    found = [_lead_of_line(line, reader) for line in lines]
    known = [one for one in found if one.operation]
    if not known:
        return Leading(None, because="; ".join(dict.fromkeys(one.because for one in found if one.because)))
    first = max(known, key=lambda one: _rank(one.operation, reader))
    protocol = first.operation.protocol
    same = [one for one in known if one.operation.protocol == protocol]
    others = list(first.others)
    for line, one in zip(lines, found, strict=True):
        if one not in same:
            others += [operation.text for operation in line.written or line.coded]
    return Leading(
        first.operation,
        tuple(dict.fromkeys(others)),
        {side: place for one in same for side, place in one.sides.items()},
        tuple(dict.fromkeys(doubt for one in same for doubt in one.doubts)),
    )


def _lead_of_line(line: Line, reader: OperationReader) -> Leading:
    """The leading operation of one row. Where words and codes disagree, or a word changes the operation, none leads."""
    changed = next((operation for operation in line.written if operation.changed), None)
    if changed:
        return Leading(None, because=f"{changed.text}: {changed.because}")
    worded = [operation for operation in line.written if operation.protocol]
    named, by_code = {one.protocol for one in worded}, {one.protocol for one in line.coded}
    if named and by_code and named.isdisjoint(by_code):
        return Leading(None, because=f"{_said(worded, reader)}, but {_said(line.coded, reader)}")
    if named and line.unknown_codes and not by_code:
        codes = ", ".join(line.unknown_codes)
        return Leading(None, because=f"{_said(worded, reader)}, but CPT {codes} is not a code of it")
    if by_code and line.written and not worded and not _akin(line, reader):
        texts = "; ".join(one.text for one in line.written)
        return Leading(None, because=f"{_said(line.coded, reader)}, but the words {texts} name something else")
    known = worded or list(line.coded)
    if not known:
        return Leading(None, because=_why_none(line))
    first = max(known, key=lambda operation: _rank(operation, reader))
    others = [one.text for one in line.written if one.protocol != first.protocol and (worded or one.protocol)]
    others += [one.text for one in line.coded if one.protocol != first.protocol and one.protocol not in named]
    sides = {one.side: one.text for one in (*worded, *line.coded) if one.side and one.protocol == first.protocol}
    if line.side:
        sides.setdefault(line.side, "the column of the side")
    return Leading(first, tuple(others), sides, tuple(_doubts(first, line, worded, reader)))


def _akin(line: Line, reader: OperationReader) -> bool:
    """Whether words that were not understood share one with the names of the operation that the code says."""
    return any(reader.akin(one.text, coded.protocol) for one in line.written for coded in line.coded)


def _doubts(first: Operation, line: Line, worded: Sequence[Operation], reader: OperationReader) -> Iterator[str]:
    title = reader.protocols[first.protocol].title
    if not worded and line.written:
        texts = "; ".join(one.text for one in line.written)
        yield f"{texts} was not understood, and {first.text} was followed: {title}"
    if line.unknown_codes:
        codes = ", ".join(line.unknown_codes)
        yield f"CPT {codes} stands beside it, and no protocol has that code: is it still {title}?"


def _rank(operation: Operation, reader: OperationReader) -> int:
    """How much an operation hurts; one that does not say counts as the least, and is never guessed."""
    pain = reader.protocols[operation.protocol].pain
    return pain.rank if pain else -1


def _said(operations: Sequence[Operation], reader: OperationReader) -> str:
    said = dict.fromkeys(f"{one.text} is {reader.protocols[one.protocol].title}" for one in operations)
    return " and ".join(said)


def _why_none(line: Line) -> str:
    reasons = [f"{one.text}: {one.because}" for one in line.written]
    reasons += [f"CPT {code}: no protocol has this code" for code in line.unknown_codes]
    return "; ".join(reasons) or "the codes are not understood"
