"""One call from a plan to the bytes of the patient's handout."""

from typing import Literal

from markupsafe import Markup

from planner.documents.handout.page import handout_page
from planner.documents.languages import Language, Spoken, spoken
from planner.documents.safe_writing import UnsafeText, check
from planner.documents.sheet import Sheet, created, environment
from planner.documents.text import HtmlVoice, typed_strings
from planner.plan.handout import PatientText
from planner.plan.models import Plan

Format = Literal["pdf", "html"]
ORDINARY_POINTS, LARGE_POINTS = 14, 18
"""Sizes of clear print and of large print."""


def render_handout(plan: Plan, format: Format, *, large_print: bool = False, sheet: Sheet | None = None) -> bytes:
    """The handout of a plan, in the language of its case. The PDF carries the plan as the clinician's PDF does.

    Raises UnsafeText, and gives nothing, where the text would break a rule of safe writing.
    """
    sheet = sheet or Sheet()
    points = LARGE_POINTS if large_print else ORDINARY_POINTS
    text = handout_html(plan, spoken(plan.case.get("language")), sheet, points=points, fonts=format == "pdf")
    return sheet.pdf(text, plan) if format == "pdf" else text.encode()


def handout_html(plan: Plan, patient: Spoken, sheet: Sheet, *, points: int, fonts: bool = False) -> str:
    """The handout as HTML, checked. With `fonts` it names the bundled font files, for the PDF."""
    language = Language(patient.code)

    def tell(text: PatientText) -> str:
        return language.say(text.text, text.values)

    page = (
        environment(sheet.templates, True)
        .get_template("handout/handout.html")
        .render(
            voice=HtmlVoice({}, typed_strings(plan.case)),
            page=handout_page(plan, patient),
            language=language.code,
            say=lambda text, **values: language.say(text, values),
            tell=tell,
            number=language.number,
            date=language.date,
            css=Markup(sheet.styles("shared/base.css", "handout/handout.css", fonts=fonts)),
            page_size=sheet.page_size,
            point_size=points,
            created=created(plan),
            logo=sheet.picture,
        )
    )
    problems = check(page, "handout.html")
    if problems:
        raise UnsafeText(problems)
    return page
