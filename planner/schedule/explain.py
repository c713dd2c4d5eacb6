"""How the columns of a list are understood, in words, and as a map that a user can change."""

import json

from planner.case.listed import MEASURES, TARGETS
from planner.library.schedule import ScheduleWords
from planner.schedule.column_map import IGNORE
from planner.schedule.columns import Column
from planner.schedule.understood import Looked

_ORDERS = {"mdy": "month first", "dmy": "day first"}


def columns_in_words(looked: Looked, words: ScheduleWords) -> str:
    """A line a column: what it holds, in which unit or order, why, and its first values; then what is to be mended."""
    table = looked.understood.table
    rows = len(table.cells)
    lines = [f"{table.source}: {rows} row{'' if rows == 1 else 's'} below the header in row {table.header_row}"]
    lines += table.notes
    used = [column for column in looked.understood.columns if column.target]
    unused = [column for column in looked.understood.columns if not column.target]
    for title, columns in (("Used", used), ("Not used", unused)):
        if columns:
            width = max(len(column.label) for column in columns)
            lines += ["", title, *(f"  {column.label:<{width}}  {_said(column, looked)}" for column in columns)]
    if looked.problems:
        lines += ["", "Before this list can be used"]
        lines += [f"  {problem.message} {problem.mend}" for problem in looked.problems]
    return "\n".join(lines)


def _said(column: Column, looked: Looked) -> str:
    understood = looked.understood
    parts = [column.target] if column.target else []
    if column.position in understood.units:
        parts.append(f"in {understood.units[column.position]}")
    if understood.orders.get(column.position):
        parts.append(_ORDERS[understood.orders[column.position]])
    samples = understood.table.samples(column.position)
    return f"{' '.join(parts)}{'; ' if parts else ''}{column.why}; {f'as {samples}' if samples else 'blank throughout'}"


def starter_map(looked: Looked, words: ScheduleWords) -> str:
    """A map that says what is understood now, column by column, to be changed where it is wrong."""
    understood = looked.understood
    lines = [
        "# What each column holds. Change what is wrong; a line that is right may stay or go.",
        f"# {IGNORE}, or one of: {', '.join(TARGETS)}",
        "columns:",
    ]
    for column in understood.columns:
        if not column.header:
            continue
        target = column.target or IGNORE
        unit = understood.units.get(column.position)
        told = len(words.units.get(target, {})) > 1
        value = (
            f"{{field: {target}, unit: {json.dumps(unit or 'say which')}}}" if target in MEASURES and told else target
        )
        lines.append(f"  {json.dumps(column.header, ensure_ascii=False)}: {value}")
    order = next((order for order in understood.orders.values() if order), None)
    lines += ["", f"{'' if order else '# '}dates: {order or 'mdy'}"]
    return "\n".join(lines) + "\n"
