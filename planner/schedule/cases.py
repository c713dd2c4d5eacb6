"""The rows of a list to the cases of it: rows of one case joined, every problem of a row at its column."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from planner.case.fields import Case
from planner.case.listed import DATES, LISTS, MEASURES
from planner.case.reading import case_from_options
from planner.library.library import Library
from planner.library.matching import fold
from planner.reading.problems import InputError, Place, Problem
from planner.schedule.cells import CellReader, Notes
from planner.schedule.columns import Column
from planner.schedule.joining import Joined, joined
from planner.schedule.leading import Leading, Line, lead
from planner.schedule.moments import birth_date, day_of, surgery_start
from planner.schedule.operations import Operation, OperationReader
from planner.schedule.understood import Understood

_FOR_THE_LIST = ("case_number", "line", "status", "add_on", "procedure", "cpt")


@dataclass(frozen=True)
class ListedCase:
    """One case of a list: `rows` as a spreadsheet numbers them, the first one leading.

    `case` is None where `refused` says why no plan can be made: `invalid` with every problem, or
    `no_protocol`. `day` is the date of surgery where it could be read, `start` with its hour where that could too.
    """

    rows: tuple[int, ...]
    case_number: str | None
    room: str | None
    day: date | None
    start: datetime | None
    name: str | None
    mrn: str | None
    surgeon: str | None
    procedure: str | None
    case: Case | None = None
    protocol: str | None = None
    refused: Literal["invalid", "no_protocol"] | None = None
    messages: tuple[str, ...] = ()


def read_cases(understood: Understood, library: Library, now: datetime) -> list[ListedCase]:
    """Every case of a list, in the order of its first row. Never raises for what a row holds."""
    reader = _RowReader(understood, library, now)
    return [reader.read(group) for group in joined(understood)]


@dataclass
class _RowReader:
    understood: Understood
    library: Library
    now: datetime
    cells: CellReader = field(init=False)
    operations: OperationReader = field(init=False)

    def __post_init__(self):
        words = self.library.schedule
        self.cells = CellReader(words, self.library.case_words, self.library.lexicon)
        self.operations = OperationReader(words.operation, self.library.protocols)

    def read(self, group: Joined) -> ListedCase:
        row = group.rows[0]
        notes = Notes(lambda header: Place(f"row {row}", path=header))
        notes.problems += group.problems
        facts, moment = self._facts(group, notes)
        operation = lead(self._lines(group, notes), self.operations)
        texts = self._worded(group) or [f"CPT {cell}" for _, cell in group.of("cpt")]
        listed = ListedCase(
            rows=group.rows,
            case_number=group.text("case_number"),
            room=group.text("room"),
            day=day_of(moment),
            start=moment if isinstance(moment, datetime) else None,
            name=facts.get("name"),
            mrn=facts.get("mrn"),
            surgeon=facts.get("surgeon"),
            procedure="; ".join(dict.fromkeys(texts)) or None,
        )
        if ended := self._ended(group, notes):
            return replace(listed, refused="invalid", messages=(ended,))
        if operation.operation is not None:
            self._add_operation(facts, operation, group, notes)
            return self._checked(listed, facts, notes)
        if not texts:
            notes.problem("procedure", "The operation is not named.", "", "name it, or remove the row")
            return self._checked(listed, facts, notes)
        message = f"No protocol: {operation.because}. planner protocols list shows every operation"
        if notes.problems:
            return replace(listed, refused="invalid", messages=(*map(_sentence, notes.problems), message))
        return replace(listed, refused="no_protocol", messages=(message,))

    def _checked(self, listed: ListedCase, facts: dict[str, Any], notes: Notes) -> ListedCase:
        """The case with all its facts validated, or every problem of the row."""
        facts = {name: value for name, value in facts.items() if value is not None}
        facts |= {"remarks": notes.remarks} if notes.remarks else {}
        facts |= {"doubts": notes.doubts} if notes.doubts else {}
        headers = self._headers()
        try:
            case = case_from_options(facts, self.library.case_words, "", self.now.date())
        except InputError as error:
            case = None
            for problem in error.problems:
                name = problem.place.path.split("[")[0].split(".")[0]
                reported = {one.place.path for one in notes.problems}
                header = headers.get(name, name)
                # A cell that could not be read is not also a missing one.
                if header not in reported and not (name == "age" and {headers.get("birth_date")} & reported):
                    notes.problems.append(replace(problem, place=notes.place(header)))
        if notes.problems:
            return replace(listed, refused="invalid", messages=tuple(map(_sentence, notes.problems)))
        return replace(listed, case=case, protocol=case.procedure)

    def _headers(self) -> dict[str, str]:
        """Case field to the header of the column it was read from."""
        names = {MEASURES.get(column.target, column.target): column.label for column in self.understood.columns}
        for name, column in (("surgery_at", "surgery_date"), ("age", "birth_date")):
            if column in names:
                names.setdefault(name, names[column])
        return names

    def _ended(self, group: Joined, notes: Notes) -> str | None:
        """Why a case that is canceled or over gets no plan; a status that is not known is a doubt."""
        status = group.text("status")
        if not status or self.cells.blank(status):
            return None
        if self.library.schedule.ended(status):
            return f"The list says {status}: no plan was made. If the case is to come, correct its status"
        if not self.library.schedule.stands(status):
            notes.doubts.append(f"The status on the list is {' '.join(status.split())}: does the case take place?")
        return None

    def _worded(self, group: Joined) -> list[str]:
        """The operations of a case as the list words them."""
        return [cell for _, cell in group.of("procedure") if not self.cells.blank(cell)]

    def _lines(self, group: Joined, notes: Notes) -> list[Line]:
        """The rows of a case with the operations and the side of each."""
        column, _ = group.one("side")
        return [
            Line(
                self.operations.operations(
                    cell for cell in group.cells_of("procedure", line) if not self.cells.blank(cell)
                ),
                *self.operations.from_codes(group.cells_of("cpt", line)),
                self._side(column, line[column.position], notes) if column else None,
            )
            for line in group.lines
        ]

    def _side(self, column: Column, cell: str, notes: Notes) -> str | None:
        return None if self.cells.blank(cell) else self.cells.choice("side", column.label, cell, notes)

    def _add_operation(self, facts: dict[str, Any], leading: Leading, group: Joined, notes: Notes) -> None:
        """The leading operation as facts: protocol, side where it has one, approach, the others, and any doubt."""
        operation = leading.operation
        protocol = self.library.protocols[operation.protocol]
        facts["procedure"] = operation.protocol
        facts["other_procedures"] = list(leading.others) or None
        notes.doubts += leading.doubts
        listed = dict.fromkeys(" ".join(cell.split()) for _, cell in (*group.of("procedure"), *group.of("cpt")))
        notes.remarks.insert(0, f"operation {'; '.join(listed)}")
        self._add_approach(facts, operation, notes)
        if len(leading.sides) > 1 and protocol.laterality:
            told = " and ".join(f"{side} ({place})" for side, place in leading.sides.items())
            mend = "correct one; for both sides write bilateral on one row"
            notes.problem("side", f"The side is told in two ways: {told}.", "", mend)
        facts["side"] = next(iter(leading.sides), None) if protocol.laterality else None

    def _add_approach(self, facts: dict[str, Any], operation: Operation, notes: Notes) -> None:
        """The approach by its column, or by the words of the operation; two different ones stop the row."""
        column = facts.get("approach")
        if column and operation.approach and fold(column) != fold(operation.approach):
            message = f"The approach is {column} here, and {operation.approach} in the operation ({operation.text})."
            notes.problem("approach", message, column, "correct one of them")
        facts["approach"] = column or operation.approach

    def _facts(self, group: Joined, notes: Notes) -> tuple[dict[str, Any], datetime | date | None]:
        """Every fact of the case apart from the operation, and the time of surgery."""
        facts: dict[str, Any] = {}
        for column in self.understood.columns:
            target = column.target
            if target is None or target in _FOR_THE_LIST or target in (*DATES, "start_time", "side"):
                continue
            cell = group.cell(column)
            if target in LISTS:
                facts[target] = self.cells.entries(target, column.label, cell, notes)
            elif self.cells.blank(cell):
                continue
            elif target in MEASURES:
                unit = self.understood.units[column.position]
                facts[MEASURES[target]] = self.cells.measure(target, column.label, cell, unit, notes)
            elif target in self.library.schedule.choices:
                facts[target] = self.cells.choice(target, column.label, cell, notes)
            else:
                facts[target] = cell
        moment = surgery_start(group, self.understood.orders, self.cells.blank, notes)
        facts["birth_date"] = birth_date(
            group, self.understood.orders, self.cells.blank, day_of(moment) or self.now.date(), notes
        )
        facts["surgery_at"] = moment
        _join_names(facts)
        return facts, moment


def _join_names(facts: dict[str, Any]) -> None:
    """Last and first name as one, where the list has no column for the whole."""
    last, first = facts.pop("last_name", None), facts.pop("first_name", None)
    facts["name"] = facts.get("name") or ", ".join(filter(None, (last, first))) or None
    room, location = facts.pop("room", None), facts.get("location")
    facts["location"] = ", ".join(filter(None, (location, room))) or None


def _sentence(problem: Problem) -> str:
    """A problem on one line: `Weight: This must be a number. Found abc; write ...`."""
    found = f" Found {problem.value};" if problem.value else ""
    mend = f" {problem.mend}" if problem.mend else ""
    return f"{problem.place.path}: {problem.message}{found}{mend}".rstrip(";")
