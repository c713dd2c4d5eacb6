"""The bytes and text of an input file, or a message that says what to do."""

import sys

from planner.reading.problems import InputError, Place, Problem


def read_bytes(path: str, most: int, mend: str = "keep one case a file") -> bytes:
    """The bytes of a file of at most `most` bytes; `-` is standard input. Raises InputError."""
    if path == "-":
        content = sys.stdin.buffer.read(most + 1)
    else:
        try:
            with open(path, "rb") as file:
                content = file.read(most + 1)
        except OSError as error:
            raise _unreadable(
                path, f"This file cannot be read: {error.strerror}.", "check the name and the permissions"
            ) from None
    if len(content) > most:
        raise too_large(path, most, mend)
    return content


def too_large(path: str, most: int, mend: str) -> InputError:
    """The error for a file of more than `most` bytes."""
    return _unreadable(path, f"This file has more than {most:,} bytes.", mend)


def as_text(content: bytes, source: str) -> str:
    """UTF-8 text, with or without a byte order mark. Raises InputError."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(source, "This file is not UTF-8 text.", "save it as UTF-8") from None


def read_text(path: str, most: int) -> str:
    """The text of a file of at most `most` bytes; `-` is standard input. Raises InputError."""
    return as_text(read_bytes(path, most), path)


def _unreadable(path: str, message: str, mend: str) -> InputError:
    return InputError([Problem(Place("standard input" if path == "-" else path), message, mend=mend)])
