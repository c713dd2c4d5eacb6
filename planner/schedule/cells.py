"""One cell of a list to the fact it states, or to unknown; what was converted or not understood is said."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from planner.case.lexicon import Lexicon
from planner.case.medicines import read_medicine
from planner.case.words import OPEN_REST, CaseWords
from planner.library.matching import fold
from planner.library.schedule import ScheduleWords, own_unit
from planner.reading.problems import Place, Problem
from planner.schedule.measures import NotANumber, read_measure

_ENTRIES = re.compile(r"[;\n\r|]+")
_COMMAS = re.compile(r",(?![^(\[]*[)\]])")
_UNSURE = re.compile(r"[?¿~!¬≠→]|\(\s*[-+]\s*\)|^\s*-|[-:]\s*-?\s*$")
"""Signs by which a word may not be meant as it stands."""
_POSSESSIVE = re.compile(r"['’]s?\b")
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
            notes.doubts.append(f"{header} says {cell}, which is no number: taken as not known")
            return None
        try:
            read = read_measure(cell, target, units, unit)
        except NotANumber as fault:
            notes.problem(header, str(fault), cell, f"write a number in {' or '.join(units)}, or leave the cell blank")
            return None
        if read.converted:
            written = cell if not cell.replace(".", "").replace(",", "").isdigit() else f"{cell} {read.unit}"
            notes.remarks.append(f"{header} {written}, here {read.value:g} {own_unit(units)}")
        return read.value

    def choice(self, target: str, header: str, cell: str, notes: Notes) -> str | None:
        """One of the values of a fact, by the words of the library; anything else leaves it unknown, and is said."""
        choices = self.words.choices[target]
        found = None if _UNSURE.search(cell) else choices.by_phrase.get(fold(cell))
        if found is None:
            notes.doubts.append(f"{header} says {cell}, which leaves {target.replace('_', ' ')} open")
        return found

    def entries(self, target: str, header: str, cell: str, notes: Notes) -> list[str] | None:
        """The entries of a list: [] where the cell says that there is none, None where it says nothing."""
        if self.words.says_none(target, cell):
            if not _UNSURE.search(cell):
                return []
            notes.doubts.append(f"{header} says {cell}, which is not sure: taken as not known")
            return None
        if self.words.says_nothing(cell):
            notes.doubts.append(f"{header} says {cell}, which is not that there is none: taken as not known")
            return None
        if self.blank(cell):
            return None
        parts = [part.strip() for part in _ENTRIES.split(cell) if part.strip(" ,")]
        if not parts:
            return None
        if target == "medications":
            return [entry for part in parts for entry in self._medicines(part)]
        if target == "conditions":
            return self._conditions(header, parts, notes)
        return [entry.strip() for part in parts for entry in _COMMAS.split(part) if entry.strip()]

    def _medicines(self, part: str) -> list[str]:
        """Medicines between commas, where each is one by itself; else a comma belongs to the dose."""
        pieces = [piece.strip() for piece in _COMMAS.split(part) if piece.strip()]
        alone = len(pieces) > 1 and all(read_medicine(piece, self.lexicon).recognized for piece in pieces)
        return pieces if alone else [part]

    def _conditions(self, header: str, parts: Iterable[str], notes: Notes) -> list[str]:
        """The terms of a list of conditions; whatever the list does not name stays open.

        A problem list tells what somebody entered. Only a column with the name of the case's own field is a whole list.
        """
        found: dict[str, None] = {}
        strange, beside = [], []
        heading = False
        for part in parts:
            entries = [entry.strip() for entry in _COMMAS.split(part) if entry.strip()]
            # A word such as no, resolved or mother may speak of every entry beside it, before a colon of all after it.
            if heading or self.words.hedges_in(part):
                heading |= ":" in part
                strange += entries
                continue
            for entry in entries:
                if term := self._term(entry):
                    found[term] = None
                elif self.words.has_no_term(entry):
                    beside.append(entry)
                else:
                    strange.append(entry)
        if beside:
            notes.remarks.append(f"{header} also names what no rule asks for: {'; '.join(beside)}")
        if strange:
            notes.doubts.append(f"{header} not understood: {'; '.join(strange)}. Go through the history")
        if strange or fold(header) != "conditions":
            found[OPEN_REST] = None
        return list(found)

    def _term(self, entry: str) -> str | None:
        """The term of an entry; with a question mark after it, it stays open."""
        asked = "?" in entry
        bare = entry.replace("?", " ").replace("()", " ").strip() if asked else entry
        if _UNSURE.search(bare):
            return None
        plain = fold(_POSSESSIVE.sub("", bare))
        choices = self.words.choices.get("conditions")
        term = self.case_words.folded_conditions.get(plain.replace(" ", "_")) or (
            choices.by_phrase.get(plain) if choices else None
        )
        return f"{term}?" if term and asked else term
