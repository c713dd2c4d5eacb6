"""One call from a plan to the bytes of the clinician's plan."""

from collections.abc import Mapping
from typing import Literal, get_args

from markupsafe import Markup

from planner.documents.clinician_plan import plan_page
from planner.documents.safe_writing import UnsafeText, check, check_lines
from planner.documents.sheet import Sheet, created, environment, plan_json
from planner.documents.text import HtmlVoice, MarkdownVoice, strip_marks, typed_strings, without_written
from planner.plan.models import Plan

Format = Literal["pdf", "html", "md", "json"]


def render(plan: Plan, format: Format, *, tall_man: Mapping[str, str], sheet: Sheet | None = None) -> bytes:
    """The clinician's plan as PDF, HTML, Markdown or JSON.

    Raises UnsafeText, and gives nothing, where the text would break a rule of safe writing.
    """
    if format not in get_args(Format):
        raise ValueError(f"no such format: {format}")
    if format == "json":
        return plan_json(plan)
    sheet = sheet or Sheet()
    if format == "md":
        return markdown_text(plan, tall_man, sheet).encode()
    html_text = plan_html(plan, tall_man, sheet, fonts=format == "pdf")
    return sheet.pdf(html_text, plan) if format == "pdf" else html_text.encode()


def plan_html(plan: Plan, tall_man: Mapping[str, str], sheet: Sheet, *, fonts: bool = False) -> str:
    """The page as HTML, checked. With `fonts` it names the bundled font files, for the PDF."""
    text = (
        environment(sheet.templates, True)
        .get_template("plan/plan.html")
        .render(
            voice=HtmlVoice(tall_man, typed_strings(plan)),
            page=plan_page(plan, attached=fonts),
            css=Markup(sheet.styles("shared/base.css", "plan/plan.css", fonts=fonts)),
            page_size=sheet.page_size,
            created=created(plan),
            logo=sheet.picture,
        )
    )
    problems = check(text, "plan.html")
    if problems:
        raise UnsafeText(problems)
    return text


def markdown_text(plan: Plan, tall_man: Mapping[str, str], sheet: Sheet) -> str:
    """The page as Markdown, checked."""
    text = (
        environment(sheet.templates, False)
        .get_template("plan/plan.md")
        .render(voice=MarkdownVoice(tall_man, typed_strings(plan)), page=plan_page(plan, whole=True))
    )
    problems = check_lines(without_written(text).split("\n"), "plan.md")
    if problems:
        raise UnsafeText(problems)
    return strip_marks(text)
