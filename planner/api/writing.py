"""Finished documents into files."""

import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from planner.reading.problems import InputError, Place, Problem


def write_whole(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write files so that each appears whole or not at all, and none where one has no place to go.

    Raises InputError when a place is not writable.
    """
    waiting: list[tuple[str, Path]] = []
    try:
        for path, content in files:
            waiting.append((_written_beside(path, content), path))
        for temporary, path in waiting:
            os.replace(temporary, path)
    except OSError as error:
        place = Place(str(error.filename2 or path))
        mend = "choose another place with -o"
        raise InputError([Problem(place, f"This cannot be written: {error.strerror}.", mend=mend)]) from None
    finally:
        for temporary, _ in waiting:
            Path(temporary).unlink(missing_ok=True)


def _written_beside(path: Path, content: bytes) -> str:
    """The content in a file of another name beside `path`. Raises OSError, also where a folder has that name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".planner-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    return temporary
