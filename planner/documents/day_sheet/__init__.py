"""The day sheet: what the block team and the pharmacy need for one day of the operating list."""

from planner.documents.day_sheet.line import line_of
from planner.documents.day_sheet.render import day_sheet_html, render_day_sheet

__all__ = ["day_sheet_html", "line_of", "render_day_sheet"]
