"""Many documents as one PDF in print order, each on a fresh sheet of paper, with bookmarks."""

import io
from collections.abc import Iterable
from pathlib import Path

from planner.batch.setup import HANDOUT, PLAN

KINDS = {"plans": (PLAN,), "handouts": (HANDOUT,), "all": (PLAN, HANDOUT)}


def merged(documents: Iterable[tuple[str, Path]]) -> bytes:
    """The documents one after another. A document with an odd number of pages is followed by a blank one.

    `documents` are titles for the bookmarks with the files. Attachments stay with the single files.
    """
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for title, path in documents:
        reader = PdfReader(path)
        first = len(writer.pages)
        writer.append(reader, import_outline=False)
        if len(reader.pages) % 2:
            writer.add_blank_page()
        writer.add_outline_item(title=title, page_number=first)
    writer.compress_identical_objects()
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
