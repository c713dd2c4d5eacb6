"""Several operations in one session: the most painful one that has a protocol leads, the others are listed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from planner.schedule.operations import Operation, OperationReader


@dataclass(frozen=True)
class Leading:
    """`operation` is the one a plan is made for; None where there is none, and `because` says why."""

    operation: Operation | None
    others: tuple[str, ...] = ()
    doubts: tuple[str, ...] = field(default=())
    because: str = ""


def lead(
    written: Sequence[Operation], coded: Sequence[Operation], codes: Sequence[str], reader: OperationReader
) -> Leading:
    """The leading operation of a session.

    `written` are the operations as worded, `coded` those of CPT codes, `codes` the codes that no protocol
    has. Where words and codes name different operations, or a word makes it another one, none leads.
    """
    worded = [operation for operation in written if operation.protocol]
    named, by_code = {one.protocol for one in worded}, {one.protocol for one in coded}
    if named and by_code and named.isdisjoint(by_code):
        return Leading(None, because=f"{_said(worded, reader)}, and {_said(coded, reader)}: which one is it?")
    changed = [operation for operation in written if operation.changed]
    if by_code and not named and changed:
        return Leading(None, because=f"{_said(coded, reader)}, and in {changed[0].text!r} {changed[0].because}")
    known = worded or list(coded)
    if not known:
        return Leading(None, because=_why_none(written, codes))
    first = max(known, key=lambda operation: _rank(operation, reader))
    others = [one.text for one in written if one is not first and (worded or one.protocol)]
    others += [one.text for one in coded if one.protocol != first.protocol and one.protocol not in named]
    return Leading(first, tuple(dict.fromkeys(others)), tuple(_doubts(first, written, worded, codes, by_code, reader)))


def _doubts(first: Operation, written, worded, codes, by_code, reader: OperationReader):
    title = reader.protocols[first.protocol].title
    if not worded and written:
        texts = "; ".join(one.text for one in written)
        yield f"The operation on the list is {texts}, and {first.text} was followed: {title}"
    if codes and not by_code:
        known = ", ".join(reader.protocols[first.protocol].cpt)
        yield f"CPT {', '.join(codes)} is not a code of {title} ({known}) as this program knows it"


def _rank(operation: Operation, reader: OperationReader) -> int:
    """How much an operation hurts; one that does not say counts as the least, and is never guessed."""
    pain = reader.protocols[operation.protocol].pain
    return pain.rank if pain else -1


def _said(operations: Sequence[Operation], reader: OperationReader) -> str:
    return " and ".join(f"{one.text} is {reader.protocols[one.protocol].title}" for one in operations)


def _why_none(written: Sequence[Operation], codes: Sequence[str]) -> str:
    reasons = [f"{one.text}: {one.because}" for one in written]
    reasons += [f"CPT {code}: no protocol has this code" for code in codes]
    return "; ".join(reasons)
