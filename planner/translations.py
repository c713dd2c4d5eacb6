"""Keeps the catalogs of the handout in step with the library: `python -m planner.translations`.

Sentences that are new get an empty text for a translator to fill; sentences that nobody says any
more go away. The sentences stand in alphabetical order.
"""

from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import write_po

from planner import api
from planner.documents.languages import ENGLISH, available, catalog_path, page_sentences, read_catalog
from planner.library.library import Library
from planner.library.sentences import library_sentences
from planner.reading.problems import Place


def needed(library: Library) -> dict[str, Place]:
    """Every sentence a handout may say, and where it stands."""
    return {**page_sentences(), **library_sentences(library)}


def in_step(path: Path, sentences: dict[str, Place]) -> bytes:
    """The catalog at `path` as it should be: the sentences needed now, with the texts it holds already."""
    old = read_catalog(path)
    new = Catalog(
        locale=old.locale,
        project=old.project,
        version=old.version,
        msgid_bugs_address=old.msgid_bugs_address,
        header_comment=old.header_comment,
        creation_date=old.creation_date,
        revision_date=old.revision_date,
        last_translator=old.last_translator,
        language_team=old.language_team,
        fuzzy=False,
    )
    for text, place in sentences.items():
        known = old.get(text)
        new.add(text, known.string if known else "", locations=[(place.source, None)])
    written = BytesIO()
    write_po(written, new, width=0, sort_output=True, ignore_obsolete=True)
    return written.getvalue()


def main() -> None:
    """Bring every catalog in step, and say how many sentences are open in each."""
    sentences = needed(api.open_library())
    for code in available():
        if code == ENGLISH:
            continue
        path = catalog_path(code)
        api.write_whole([(path, in_step(path, sentences))])
        open_ones = sum(not message.string for message in read_catalog(path) if message.id)
        print(f"{code}: {len(sentences)} sentences, {open_ones} open")


if __name__ == "__main__":
    main()
