"""A plan read back: from its JSON, or from the PDF that carries it."""

import io
import json
import logging
import math
from typing import Any

from pydantic import ValidationError

from planner.plan.models import Plan
from planner.reading.problems import InputError, Place, Problem

ATTACHMENT = "plan.json"
_PDF = b"%PDF"
_MOST_DIGITS, _MOST_SHOWN = 15, 40


def plan_in(content: bytes, source: str) -> Plan | None:
    """The plan in the bytes of a JSON or PDF file, or None where they are neither a plan nor a PDF.

    `source` names the file in messages. Raises InputError for a PDF that carries no plan, and for
    a plan that this program cannot read.
    """
    if is_pdf(content):
        return _plan(_attached(content, source), source)
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return _plan(content, source) if isinstance(data, dict) and "provenance" in data else None


def _attached(content: bytes, source: str) -> bytes:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    # Its own remarks on a damaged file would stand before the one message that helps.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    faults = (PyPdfError, DependencyError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError)
    try:
        found = PdfReader(io.BytesIO(content)).attachments.get(ATTACHMENT)
    except (*faults, NotImplementedError, RecursionError) as error:
        raise _unread(source, f"This PDF cannot be read ({error}); it may be encrypted or damaged.") from None
    if not found:
        raise _unread(source, "This PDF carries no plan.")
    return found[0]


def printed_text(content: bytes, source: str) -> str:
    """The text of every page of a PDF, in the order it was drawn. Raises InputError."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        try:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise _unread(source, f"The pages of this PDF cannot be read ({error}).") from None


def is_pdf(content: bytes) -> bool:
    return content.startswith(_PDF)


def _unread(source: str, message: str) -> InputError:
    return InputError([Problem(Place(source), message, mend="use the PDF that planner plan wrote, or the case file")])


def _plan(content: bytes, source: str) -> Plan:
    """Raises InputError, also where a name stands twice in one part: programs differ in which of the two they read."""
    try:
        text = content.decode("utf-8-sig")
        data = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite, parse_int=_sized
        )
    except (ValueError, RecursionError) as error:
        raise _no_plan(source, "the whole file", str(error)) from None
    try:
        return Plan.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise _no_plan(source, ".".join(map(str, first["loc"])) or "the whole file", first["msg"]) from None


def _no_plan(source: str, where: str, because: str) -> InputError:
    message = f"This is no plan that this version of the program can read: {because}."
    mend = "make the plan again from its case with planner plan"
    return InputError([Problem(Place(source, path=where), message, mend=mend)])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name in found if sum(name == other for other, _ in pairs) > 1)
        raise ValueError(f"{twice[:_MOST_SHOWN]} stands twice in one part")
    return found


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")


def _finite(text: str) -> float:
    if not math.isfinite(value := float(text)):
        raise ValueError(f"{text[:_MOST_SHOWN]} is no number that can be used")
    return value


def _sized(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise ValueError(f"{text[:_MOST_SHOWN]}... is no number that can be used")
    return int(text)
