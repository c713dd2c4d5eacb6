"""Operating lists to test with, and what a day sheet of them shows."""

import re
from html import unescape
from typing import Any

from planner.documents.day_sheet import day_sheet_html, line_of
from planner.documents.day_sheet.page import DayPage, day_page
from planner.documents.sheet import Sheet
from planner.plan.day import DayCase
from planner.plan.models import Plan
from tests.documents.samples import TALL_MAN, catheter, hard, healthy, stopped

DAY, MADE = "2026-12-15", "2026-12-14T18:05"
HOW = {"tall_man": TALL_MAN, "made_at": MADE, "sheet": Sheet()}


def planned(plan: Plan, row: int = 2, room: str | None = "OR 3", clock: str = "07:30", **more: Any) -> DayCase:
    """A row of the list with its plan."""
    facts = {name: plan.case.get(name) for name in ("name", "mrn", "sex", "weight_kg", "surgeon", "procedure", "side")}
    facts |= {"age": plan.factors.get("age"), "protocol": plan.protocol.title, "status": plan.status}
    return DayCase(**(facts | {"row": row, "room": room, "start": f"{DAY}T{clock}", "line": line_of(plan)} | more))


def unplanned(row: int, status: str, message: str, **more: Any) -> DayCase:
    """A row of the list that no plan was made for."""
    return DayCase(**({"row": row, "status": status, "messages": [message], "start": f"{DAY}T12:00"} | more))


def mixed_day() -> list[DayCase]:
    """Seven cases in three rooms, with every status."""
    return [
        planned(hard(), 2, "OR 10", "09:00"),
        planned(healthy(), 3, "OR 2", "11:00"),
        planned(stopped(), 4, "OR 2", "07:30"),
        planned(catheter(), 5, "OR 10", "07:15", name="CATHETER, Cora", mrn="0000005"),
        unplanned(6, "no_protocol", "No protocol covers thymectomy", room="OR 2", name="NOPLAN, Nora", mrn="0000006"),
        unplanned(7, "invalid", "row 7, column weight: 7O kg is not a number", name="INVALID, Ines", mrn="0000007"),
        unplanned(8, "failed", "A fault of the program", room="OR 2", name="FAILED, Fay", mrn="0000008"),
    ]


def html(cases: list[DayCase], undated: list[DayCase] | None = None) -> str:
    return day_sheet_html(DAY, cases, undated or [], **HOW)


def page(cases: list[DayCase], undated: list[DayCase] | None = None) -> DayPage:
    return day_page(DAY, cases, undated or [], MADE)


def shown(text: str) -> str:
    """The words of a page, with one space between them."""
    body = re.sub(r"(?s)<style>.*?</style>", "", text)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", body)).replace("\u00a0", " "))


def case_text(case: DayCase) -> str:
    """What the sheet says of one case: its line alone."""
    found = re.search(r'(?s)<tbody class="(?:first|later)".*?</tbody>', html([case]))
    return re.sub(r" ([,;:.)])", r"\1", shown(found[0]))


def table(cases: list[DayCase], title: str, undated: list[DayCase] | None = None) -> list[str]:
    """The rows of one table of totals, cells between bars."""
    found = [one for one in page(cases, undated).tables if one.title == title]
    return [
        " | ".join((row.name, row.what, *row.cells)).replace("\u00a0", " ") for table in found for row in table.rows
    ]
