"""The rows of a list to the cases of it: rows of one case joined, every problem of a row at its column."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any, Literal

from planner.case.fields import Case
from planner.case.messages import limits
from planner.case.reading import case_from_options
from planner.library.library import Library
from planner.reading.problems import InputError, Place, Problem
from planner.schedule.cells import CellReader, Notes
from planner.schedule.columns import Column
from planner.schedule.dates import NotADate, at, born, read_moment, read_time
from planner.schedule.joining import Joined, joined
from planner.schedule.leading import lead
from planner.schedule.operations import OperationReader
from planner.schedule.targets import DATES, LISTS, MEASURES
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
        operation = lead(*self._operations(group), self.operations)
        texts = self._worded(group) or [f"CPT {cell}" for _, cell in group.of("cpt")]
        listed = ListedCase(
            rows=group.rows,
            case_number=group.text("case_number"),
            room=group.text("room"),
            day=moment.date() if isinstance(moment, datetime) else moment,
            start=moment if isinstance(moment, datetime) else None,
            name=facts.get("name"),
            mrn=facts.get("mrn"),
            surgeon=facts.get("surgeon"),
            procedure="; ".join(dict.fromkeys(texts)) or None,
        )
        if ended := self._ended(group):
            return replace(listed, refused="invalid", messages=(ended,))
        if operation.operation is None:
            if texts and not notes.problems:
                message = f"No protocol: {operation.because}. planner protocols list shows every operation"
                return replace(listed, refused="no_protocol", messages=(message,))
            if not texts:
                notes.problem("procedure", "The operation is not named.", "", "name it, or remove the row")
        else:
            self._add_operation(facts, operation, group, notes)
        return self._checked(listed, facts, notes)

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
        if "surgery_at" not in names:
            names["surgery_at"] = names.get("surgery_date", "surgery_at")
        return names

    def _ended(self, group: Joined) -> str | None:
        status = group.text("status")
        ended = self.library.schedule.ended(status) if status else None
        if ended is None:
            return None
        return f"The list says {status}: no plan was made. If the case is to come, correct its status"

    def _worded(self, group: Joined) -> list[str]:
        """The operations of a case as the list words them."""
        return [cell for _, cell in group.of("procedure") if not self.cells.blank(cell)]

    def _operations(self, group: Joined) -> tuple[list, list, list[str]]:
        written = self.operations.operations(self._worded(group))
        coded, unknown = self.operations.from_codes(cell for _, cell in group.of("cpt"))
        return written, coded, unknown

    def _add_operation(self, facts: dict[str, Any], leading, group: Joined, notes: Notes) -> None:
        """The leading operation as facts: protocol, side where it has one, approach, the others, and any doubt."""
        operation = leading.operation
        protocol = self.library.protocols[operation.protocol]
        facts["procedure"] = operation.protocol
        facts["approach"] = facts.get("approach") or operation.approach
        facts["other_procedures"] = list(leading.others) or None
        notes.doubts += leading.doubts
        listed = "; ".join(dict.fromkeys(cell for _, cell in (*group.of("procedure"), *group.of("cpt"))))
        notes.remarks.insert(0, f"Operation on the list: {listed}")
        side = self._side(group, operation, notes)
        facts["side"] = side if protocol.laterality else None

    def _side(self, group: Joined, operation, notes: Notes) -> str | None:
        """The side by its column and by the words of the operation; where they differ the row cannot be used."""
        column, cell = group.beside("side", operation.text)
        said = None
        if column and not self.cells.blank(cell):
            said = self.cells.choice("side", column.label, cell, notes)
        if said and operation.side and said != operation.side:
            message = f"The side is {said} here, and {operation.side} in the operation ({operation.text})."
            notes.problem(column.label, message, cell, "correct one of them")
        return said or operation.side

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
        moment = self._surgery(group, notes)
        facts["birth_date"] = self._birth(group, moment, notes)
        facts["surgery_at"] = moment
        _join_names(facts)
        return facts, moment

    def _surgery(self, group: Joined, notes: Notes) -> datetime | date | None:
        """The date of surgery, with its time where one is given."""
        days, clocks = {}, {}
        for target in ("surgery_at", "surgery_date"):
            column, cell = group.one(target)
            if column is None or self.cells.blank(cell):
                continue
            try:
                _, _, days[column.label], clock = read_moment(cell, self.understood.orders[column.position])
                # A date exported as a moment stands at midnight, when nothing is scheduled.
                if clock not in (None, time()):
                    clocks[column.label] = clock
            except NotADate as fault:
                notes.problem(column.label, str(fault), cell, "write it as 2026-12-01")
        column, cell = group.one("start_time")
        if column is not None and not self.cells.blank(cell):
            clock = self._clock(column, cell, notes)
            if clock is not None:
                clocks[column.label] = clock
        for found in (days, clocks):
            if len(set(found.values())) > 1:
                named = " and ".join(f"{label} {value}" for label, value in found.items())
                notes.problem(
                    " and ".join(found), f"The start of surgery is told in two ways: {named}.", "", "correct one"
                )
        if not days:
            columns = [column.label for column, _ in (group.one("surgery_at"), group.one("surgery_date")) if column]
            if not any(problem.place.path in columns for problem in notes.problems):
                notes.problem(columns[0], "The date of surgery is not given.", "", "add it")
            return None
        return at(next(iter(days.values())), next(iter(clocks.values()), None))

    def _clock(self, column: Column, cell: str, notes: Notes) -> time | None:
        """A time of day, also where the cell repeats the date before it."""
        try:
            return read_time(cell)
        except NotADate as fault:
            try:
                return read_moment(cell, None)[3]
            except NotADate:
                notes.problem(column.label, str(fault), cell, "write it as 07:30, or leave the cell blank")
                return None

    def _birth(self, group: Joined, moment: datetime | date | None, notes: Notes) -> date | None:
        column, cell = group.one("birth_date")
        if column is None or self.cells.blank(cell):
            return None
        surgery = moment.date() if isinstance(moment, datetime) else moment or self.now.date()
        try:
            _, year, day, _ = read_moment(cell, self.understood.orders[column.position])
            return born(year, day, surgery, int(limits(Case.model_fields["age"])[1]))
        except NotADate as fault:
            notes.problem(column.label, str(fault), cell, "write it as 1957-03-09")
            return None


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
