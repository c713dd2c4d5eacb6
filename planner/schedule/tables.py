"""A schedule file to a table of text: encoding, separator, sheet and header row are found, nothing is retyped."""

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from textwrap import shorten

import pandas

from planner.reading.files import read_bytes
from planner.reading.problems import InputError, Place, Problem
from planner.schedule.text import SEPARATORS, check_quotes, decoded, records

LARGEST_SCHEDULE_BYTES = 100_000_000
MOST_COLUMNS = 500
_SEARCHED = 30
"""Rows looked through for the header; reports put a title and a date above it."""
_SAMPLES, _SAMPLE = 3, 40
_TITLE = 4
"""Cells that a title above the header may have."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Table:
    """`headers` as written, and `cells`: one line a row, all text, "" where blank.

    The index of `cells` is the number of the row as a spreadsheet shows it. `odd` holds rows whose
    number of cells is not that of the header, with what is wrong; `blank` counts rows with no text.
    """

    source: str
    headers: tuple[str, ...]
    cells: pandas.DataFrame
    header_row: int
    odd: dict[int, str] = field(default_factory=dict)
    blank: int = 0
    notes: tuple[str, ...] = ()

    def samples(self, position: int) -> str:
        """The first different values of a column, long ones shortened."""
        values = dict.fromkeys(" ".join(cell.split()) for cell in self.cells[position] if cell.strip())
        return ", ".join(shorten(value, _SAMPLE, placeholder=" ...") for value in list(values)[:_SAMPLES])


def read_table(path: str, known: Callable[[str], bool], sheet: str | None = None) -> Table:
    """The table in a CSV, .xlsx or .xls file. `known` says whether a cell is a header that is understood.

    `sheet` names one sheet of a workbook. Raises InputError.
    """
    content = read_bytes(path, LARGEST_SCHEDULE_BYTES, "split the list, for example by date")
    source = "standard input" if path == "-" else Path(path).name
    if content.startswith((_ZIP, _OLE)):
        return _from_workbook(content, source, known, sheet)
    if sheet is not None:
        raise _problem(source, "This file has no sheets.", "leave out --sheet", sheet)
    return _from_text(decoded(content, source), source, known)


def _problem(source: str, message: str, mend: str, value: str = "") -> InputError:
    return InputError([Problem(Place(source), message, value, mend)])


def _from_text(text: str, source: str, known: Callable[[str], bool]) -> Table:
    found = max(
        (_header_at(records(text, separator, _SEARCHED), known) + (separator,) for separator in SEPARATORS),
        key=lambda candidate: candidate[0],
    )
    (_, width), position, separator = found
    check_quotes(text, separator, source)
    # Row by row, so that one row with too many or too few cells stays one bad row.
    frame, odd = _parsed(text, separator, width, position, source)
    return _table(frame, position, source, odd)


def _header_at(rows: list[list[str]], known: Callable[[str], bool]) -> tuple[tuple[int, int], int]:
    """How many headers of the best row are understood, with its width, and its position."""
    scored = [((sum(known(cell) for cell in row), len(_trimmed(row))), -at) for at, row in enumerate(rows)]
    best = max(scored, default=((0, 0), 0))
    return best[0], -best[1]


def _trimmed(row: list[str]) -> list[str]:
    """A row without blank cells at its end."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _parsed(text: str, separator: str, width: int, header: int, source: str) -> tuple[pandas.DataFrame, dict[int, str]]:
    if not width:
        raise _problem(source, "There is nothing in this list.", "export it again with a header row")
    marker = "\0more"
    names = [*range(width), marker]

    def too_long(row: list[str]) -> list[str]:
        return [*row[:width], marker if any(cell.strip() for cell in row[width:]) else ""]

    try:
        with warnings.catch_warnings():
            # Of the first row, which is the header or stands above it, pandas warns instead of asking `too_long`.
            warnings.simplefilter("ignore", pandas.errors.ParserWarning)
            frame = pandas.read_csv(
                io.StringIO(text),
                sep=separator,
                header=None,
                names=names,
                index_col=False,
                dtype=str,
                keep_default_na=False,
                na_filter=False,
                skip_blank_lines=False,
                engine="python",
                on_bad_lines=too_long,
            )
    except pandas.errors.ParserError as error:
        raise _problem(
            source, f"This table cannot be read: {error}.", "look for a quotation mark that is not closed"
        ) from None
    odd = {}
    for at, cells in enumerate(frame.itertuples(index=False, name=None)):
        if at <= header:
            continue
        short = sum(1 for cell in cells[:width] if not isinstance(cell, str))
        if short and any(isinstance(cell, str) and cell.strip() for cell in cells):
            odd[at + 1] = f"This row has {width - short} cells, and the header has {width}."
        elif isinstance(cells[width], str) and cells[width].strip():
            odd[at + 1] = f"This row has more cells than the header, which has {width}."
    return frame[list(range(width))].fillna("").astype(str), odd


def _table(
    frame: pandas.DataFrame, header: int, source: str, odd: dict[int, str], notes: tuple[str, ...] = ()
) -> Table:
    """The table below its header row, without blank rows and without columns that are blank throughout."""
    if frame.shape[1] > MOST_COLUMNS:
        message = f"This list has more than {MOST_COLUMNS} columns."
        raise _problem(source, message, "export the columns of the operating list alone")
    _check_above(frame.iloc[:header], source)
    headers = [str(cell).strip() for cell in frame.iloc[header]]
    body = frame.iloc[header + 1 :]
    body.index = range(header + 2, len(frame) + 1)
    blank_row = body.apply(lambda column: column.str.strip() == "").all(axis=1)
    body = body[~blank_row]
    kept = [at for at, name in enumerate(headers) if name or (body.iloc[:, at].str.strip() != "").any()]
    body = body.iloc[:, kept]
    body.columns = range(len(kept))
    names = tuple(headers[at] for at in kept)
    return Table(source, names, body, header + 1, odd, int(blank_row.sum()), notes)


def _check_above(above: pandas.DataFrame, source: str) -> None:
    """Raises InputError where rows above the header are more than a title: they may be cases."""
    for at, cells in enumerate(above.itertuples(index=False, name=None), 1):
        if sum(1 for cell in cells if str(cell).strip()) > _TITLE:
            message = "This row stands above the header and is no title; rows there are not read."
            shown = ", ".join(str(cell).strip() for cell in cells if str(cell).strip())
            raise InputError(
                [
                    Problem(
                        Place(source, at, 1),
                        message,
                        shorten(shown, 80, placeholder=" ..."),
                        "put one header above all rows",
                    )
                ]
            )


def _from_workbook(content: bytes, source: str, known: Callable[[str], bool], sheet: str | None) -> Table:
    """The one sheet that looks like a schedule. Raises InputError where several do and none is named."""
    try:
        sheets = pandas.read_excel(
            io.BytesIO(content), sheet_name=None, header=None, dtype=object, na_filter=False, engine="calamine"
        )
    except Exception as error:  # whatever a damaged workbook raises, the mend is the same
        raise _problem(
            source,
            f"This workbook cannot be read ({type(error).__name__}).",
            "open it and save it again as .xlsx or CSV",
        ) from None
    if sheet is not None and sheet not in sheets:
        raise _problem(source, "There is no such sheet.", f"use one of {', '.join(sheets)}", sheet)
    texts = {
        name: frame.map(cell_text)
        for name, frame in sheets.items()
        if (sheet is None or name == sheet) and not frame.empty
    }
    places = {name: _header_at(frame.head(_SEARCHED).values.tolist(), known) for name, frame in texts.items()}
    likely = [name for name, ((understood, _), _) in places.items() if understood > 1] or list(texts)
    if not likely:
        raise _problem(source, "There is nothing in this workbook.", "export it again with a header row")
    if len(likely) > 1:
        raise _problem(source, f"Several sheets look like a schedule: {', '.join(likely)}.", "name one with --sheet")
    name = likely[0]
    others = [other for other in sheets if other != name and not sheets[other].empty]
    notes = (f"Read from sheet {name}; not read: {', '.join(others)}",) if others and sheet is None else ()
    frame = texts[name]
    frame.columns = range(frame.shape[1])
    return _table(frame, places[name][1], source, {}, notes)


def cell_text(value: object) -> str:
    """A cell of a workbook as a person would type it: dates as ISO, whole numbers without a point."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, float):
        return "" if value != value else f"{value:.0f}" if value.is_integer() else repr(value)
    return "" if value is None or value is pandas.NaT else str(value)
