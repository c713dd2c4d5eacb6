"""One call from the cases of a day to the bytes of the day sheet."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from planner.documents.day_sheet.page import day_page
from planner.documents.day_sheet.voice import DayVoice
from planner.documents.safe_writing import UnsafeText, check
from planner.documents.sheet import Sheet, environment
from planner.plan.dates import utc
from planner.plan.day import DayCase


def render_day_sheet(
    day: str,
    cases: Sequence[DayCase],
    undated: Sequence[DayCase],
    *,
    tall_man: Mapping[str, str],
    made_at: str,
    sheet: Sheet,
) -> bytes:
    """The sheet of `day`, an ISO date, as a tagged PDF without a plan inside: the same bytes for the same input.

    `undated`: rows that name no date. `made_at`: ISO date-time. Raises UnsafeText, and gives nothing,
    where the text would break a rule of safe writing.
    """
    html_text = day_sheet_html(day, cases, undated, tall_man=tall_man, made_at=made_at, sheet=sheet, fonts=True)
    return sheet.pdf_of_many(html_text, made_at)


def day_sheet_html(
    day: str,
    cases: Sequence[DayCase],
    undated: Sequence[DayCase],
    *,
    tall_man: Mapping[str, str],
    made_at: str,
    sheet: Sheet,
    fonts: bool = False,
) -> str:
    """The same page as HTML, checked. With `fonts` it names the bundled font files, for the PDF."""
    typed = {words for case in (*cases, *undated) if case.line for words in case.line.typed}
    text = (
        environment(sheet.templates, True)
        .get_template("day-sheet/day-sheet.html")
        .render(
            voice=DayVoice(tall_man, sorted(typed, key=lambda words: (-len(words), words))),
            page=day_page(day, cases, undated, made_at),
            css=Markup(sheet.styles("shared/base.css", "day-sheet/day-sheet.css", fonts=fonts)),
            page_size=sheet.page_size,
            created=utc(made_at).strftime("%Y-%m-%dT%H:%M:%SZ"),
            logo=sheet.picture,
        )
    )
    problems = check(text, "day-sheet.html")
    if problems:
        raise UnsafeText(problems)
    return text
