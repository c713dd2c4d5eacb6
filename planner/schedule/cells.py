"""One cell of a list to the fact it states, or to unknown; what was converted or not understood is said."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from planner.case.lexicon import Lexicon
from planner.case.medicines import read_medicine
from planner.case.words import OPEN_REST, CaseWords
from planner.library.matching import fold
from planner.library.schedule import ScheduleWords
from planner.reading.problems import Place, Problem
from planner.schedule.measures import NotANumber, read_measure
from planner.schedule.targets import own_unit

_ENTRIES = re.compile(r"[;\n\r|]+")
_COMMAS = re.compile(r",(?![^(\[]*[)\]])")
_BOUND = re.compile(r"[<>≤≥]")


@dataclass
class Notes:
    """What is said of the cells of one row, while they are read.

    `problems` stop the row; `doubts` are for a person to check; `remarks` tell how facts were written.
    """

    place: Callable[[str], Place]
    problems: list[Problem] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def problem(self, header: str, message: str, value: str, mend: str) -> None:
        self.problems.append(Problem(self.place(header), message, value, mend))


@dataclass(frozen=True)
class CellReader:
    """Reads cells by the words of a library."""

    words: ScheduleWords
    case_words: CaseWords
    lexicon: Lexicon

    def blank(self, cell: str) -> bool:
        """Whether a cell says nothing."""
        return self.words.says_unknown(cell.strip())

    def measure(self, target: str, header: str, cell: str, unit: str, notes: Notes) -> float | None:
        """A number in the unit of the case."""
        units = self.words.units[target]
        if _BOUND.search(cell):
            notes.doubts.append(f"{header} on the list is {cell}, which is no number, and is taken as not known")
            return None
        try:
            read = read_measure(cell, target, units, unit)
        except NotANumber as fault:
            notes.problem(header, str(fault), cell, f"write a number in {' or '.join(units)}, or leave the cell blank")
            return None
        if read.converted:
            written = cell if not cell.replace(".", "").replace(",", "").isdigit() else f"{cell} {read.unit}"
            notes.remarks.append(f"{header} on the list: {written}, here {read.value:g} {own_unit(target, self.words)}")
        return read.value

    def choice(self, target: str, header: str, cell: str, notes: Notes) -> str | None:
        """One of the values of a fact, by the words of the library; anything else leaves it unknown, and is said."""
        choices = self.words.choices[target]
        found = choices.by_phrase.get(fold(cell))
        if found is None and fold(cell):
            notes.doubts.append(f"{header} on the list is {cell}, which leaves {target.replace('_', ' ')} open")
        return found

    def entries(self, target: str, header: str, cell: str, notes: Notes) -> list[str] | None:
        """The entries of a list: [] where the cell says that there is none, None where it says nothing."""
        if self.words.says_none(target, cell):
            return []
        if self.words.says_nothing(cell):
            notes.doubts.append(f"{header} on the list says {cell}, which is not that there is none: not known")
            return None
        if self.blank(cell):
            return None
        parts = [part.strip() for part in _ENTRIES.split(cell) if part.strip()]
        if target == "medications":
            return [entry for part in parts for entry in self._medicines(part)]
        parts = [entry.strip() for part in parts for entry in _COMMAS.split(part) if entry.strip()]
        return self._conditions(header, parts, notes) if target == "conditions" else parts

    def _medicines(self, part: str) -> list[str]:
        """Medicines between commas, where each is one by itself; else a comma belongs to the dose."""
        pieces = [piece.strip() for piece in _COMMAS.split(part) if piece.strip()]
        alone = len(pieces) > 1 and all(read_medicine(piece, self.lexicon).recognized for piece in pieces)
        return pieces if alone else [part]

    def _conditions(self, header: str, parts: Iterable[str], notes: Notes) -> list[str]:
        """The terms of a list of conditions; whatever the list does not name stays open.

        A problem list tells what somebody entered. Only a column with the name of the case's own field is a whole list.
        """
        by_phrase = self.words.choices["conditions"].by_phrase if "conditions" in self.words.choices else {}
        found: dict[str, None] = {}
        strange = []
        for part in parts:
            asked = part.endswith("?")
            term = self.case_words.folded_conditions.get(fold(part).replace(" ", "_")) or by_phrase.get(fold(part))
            if term:
                found[f"{term}?" if asked else term] = None
            else:
                strange.append(part)
        if strange:
            notes.doubts.append(f"{header} on the list, not understood: {'; '.join(strange)}. Go through the history")
        if strange or fold(header) != "conditions":
            found[OPEN_REST] = None
        return list(found)
