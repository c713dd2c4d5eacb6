"""The bytes of a text file as text, and its first records."""

import codecs
import csv
import io

from planner.reading.problems import InputError, Place, Problem

SEPARATORS = (",", ";", "\t")
csv.field_size_limit(10_000_000)
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def decoded(content: bytes, source: str) -> str:
    """Text in UTF-8, UTF-16 or Windows-1252, tried in this order. Raises InputError."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            # A file of an old Mac ends its lines with a carriage return alone.
            return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    raise InputError(
        [
            Problem(
                Place(source),
                "This is no text in UTF-8, UTF-16 or Windows-1252, and no workbook.",
                mend="export the list again as CSV (UTF-8) or .xlsx",
            )
        ]
    )


def _encodings(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return (encoding,)
    # Text of western letters in UTF-16 is zero in every second byte.
    head = content[:2000]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(head) > 3 and head[start::2].count(0) > len(head) // 4:
            return (encoding,)
    return ("utf-8", "cp1252")


def records(text: str, separator: str, most: int) -> list[list[str]]:
    """The first records of a text table. A fault in it ends the list early; the whole reading will name it."""
    found: list[list[str]] = []
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        for record in reader:
            found.append(record)
            if len(found) == most:
                break
    except csv.Error:
        pass
    return found


def check_quotes(text: str, separator: str, source: str) -> None:
    """Raises InputError with the line of a quotation mark that would swallow the rows after it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begun = 1
    try:
        for _ in reader:
            begun = reader.line_num + 1
    except csv.Error as error:
        mend = "double each quotation mark inside a cell, or close the one that is open, or save the list as .xlsx"
        raise InputError(
            [Problem(Place(source, begun, 1), f"The quotation marks do not match: {error}.", mend=mend)]
        ) from None
