"""`edition.yaml`: the version and date of the whole library in a folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from planner.library.editions.versions import Version
from planner.library.entry import Entry
from planner.library.loading import translate
from planner.library.site.fields import Day
from planner.reading.files import read_text
from planner.reading.located import Located, read_yaml
from planner.reading.problems import InputError, Place, Problem

FILE = "edition.yaml"
LARGEST_BYTES = 1_000_000


class Edition(Entry):
    """Every change of a clinical file makes another edition."""

    version: Version
    date: Day


@dataclass(frozen=True)
class NamedEdition:
    """An edition with its file, for messages with a place."""

    edition: Edition
    located: Located


def read_edition(folder: Path) -> NamedEdition | None:
    """The edition that the library in `folder` names, or None without the file. Raises InputError."""
    if not (folder / FILE).is_file():
        return None
    return NamedEdition(*read_entry(folder / FILE, FILE, Edition))


def read_entry(path: Path, source: str, model: type[Entry]) -> tuple[Any, Located]:
    """One file as `model`, and as it stands in the file; `source` names it in messages. Raises InputError."""
    try:
        text = read_text(str(path), LARGEST_BYTES)
    except InputError as error:
        raise InputError(
            [Problem(Place(source), fault.message, fault.value, fault.mend) for fault in error.problems]
        ) from None
    located = read_yaml(text, source)
    try:
        return TypeAdapter(model).validate_python(located.value), located
    except ValidationError as error:
        raise InputError(translate(error, located, model)) from None
