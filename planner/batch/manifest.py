"""The manifest: what came of every row of the list, for people and for programs."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from planner import __version__
from planner.batch.outcome import Outcome
from planner.batch.setup import FILES, Setup

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "row",
    "date",
    "room",
    "start",
    "case_number",
    "mrn",
    "procedure",
    "protocol",
    "side",
    "status",
    "messages",
    *(column for kind in FILES for column in (kind, f"{kind} sha256")),
)


def entries(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """One entry a row of the list, in print order; unknown is None."""
    return [_entry(outcome, row) for outcome in outcomes for row in outcome.listed.rows]


def _entry(outcome: Outcome, row: int) -> dict[str, Any]:
    listed = outcome.listed
    messages = list(outcome.messages)
    if row != listed.rows[0]:
        messages.insert(0, f"The same case as row {listed.rows[0]}")
    files = {path.removeprefix(f"{path.split('/')[0]}/{outcome.name}_"): path for path in outcome.files}
    return {
        "row": row,
        "date": listed.day.isoformat() if listed.day else None,
        "room": listed.room,
        "start": f"{listed.start:%H:%M}" if listed.start else None,
        "case_number": listed.case_number,
        "mrn": listed.mrn,
        "procedure": listed.procedure,
        "protocol": listed.protocol,
        "side": listed.case.side if listed.case else None,
        "status": outcome.status,
        "messages": messages,
        "files": [
            {"kind": kind, "path": files[kind], "sha256": outcome.files[files[kind]]} for kind in FILES if kind in files
        ],
    }


def as_json(
    rows: Sequence[dict[str, Any]], counted: dict[str, int], source: str, setup: Setup, notes: Sequence[str]
) -> bytes:
    """The manifest for programs, with what it was made from; `counted` are the rows by status."""
    found = {
        "schedule": source,
        "planner": __version__,
        "library": setup.library.digest,
        "site": setup.site.digest if setup.site else None,
        "generated_at": setup.now.isoformat(timespec="minutes"),
        "notes": list(notes),
        "rows_read": len(rows),
        "counts": counted,
        "rows": rows,
    }
    return (json.dumps(found, indent=2, ensure_ascii=False) + "\n").encode()


def as_csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """The manifest as a table; with a byte order mark, by which spreadsheets know that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in rows:
        files = {file["kind"]: file for file in entry["files"]}
        cells = {name: entry.get(name) for name in COLUMNS if name in entry} | {
            "messages": " | ".join(entry["messages"])
        }
        for kind in FILES:
            cells[kind] = files[kind]["path"] if kind in files else None
            cells[f"{kind} sha256"] = files[kind]["sha256"] if kind in files else None
        writer.writerow([harmless(cells[name]) for name in COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def harmless(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what could start one."""
    text = "" if value is None else " ".join(str(value).splitlines())
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else text
