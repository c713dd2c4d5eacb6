"""One call from a plan to the handout as PDF or HTML."""

from pathlib import Path
from typing import Literal

from markupsafe import Markup

from planner.documents.handout.page import handout_page
from planner.documents.languages import Language, Spoken, spoken
from planner.documents.record import plan_digest
from planner.documents.render import PAGE_SIZE, Paper, bundled_templates, created, environment, plan_json
from planner.documents.safe_writing import UnsafeText, check
from planner.documents.text import HtmlVoice, typed_strings
from planner.plan.handout import PatientText
from planner.plan.models import Plan

Format = Literal["pdf", "html"]
ORDINARY_POINTS, LARGE_POINTS = 14, 18
"""Sizes of clear print and of large print."""


def render_handout(
    plan: Plan,
    format: Format,
    *,
    paper: Paper = "letter",
    large_print: bool = False,
    templates: Path | None = None,
) -> bytes:
    """The handout of a plan, in the language of its case. The PDF carries the plan as the clinician's PDF does.

    Raises UnsafeText, and gives nothing, where the text would break a rule of safe writing.
    """
    folder = templates or bundled_templates()
    points = LARGE_POINTS if large_print else ORDINARY_POINTS
    text = handout_html(
        plan, spoken(plan.case.get("language")), folder, paper=paper, points=points, fonts=format == "pdf"
    )
    if format == "html":
        return text.encode()
    from planner.documents.pdf import html_to_pdf

    return html_to_pdf(
        text,
        folder,
        identifier=plan_digest(plan)[:32].encode(),
        attachment=plan_json(plan),
        made_at=plan.provenance.generated_at,
    )


def handout_html(plan: Plan, patient: Spoken, folder: Path, *, paper: Paper, points: int, fonts: bool = False) -> str:
    """The handout as HTML, checked. With `fonts` it names the bundled font files, for the PDF."""
    language = Language(patient.code)
    names = ["shared/fonts.css"] * fonts + ["shared/base.css", "handout/handout.css"]

    def tell(text: PatientText) -> str:
        return language.say(text.text, text.values)

    page = (
        environment(folder, True)
        .get_template("handout/handout.html")
        .render(
            voice=HtmlVoice({}, typed_strings(plan.case)),
            page=handout_page(plan, patient),
            language=language.code,
            say=lambda text, **values: language.say(text, values),
            tell=tell,
            number=language.number,
            date=language.date,
            css=Markup("\n".join((folder / name).read_text(encoding="utf-8") for name in names)),
            page_size=PAGE_SIZE[paper],
            point_size=points,
            created=created(plan),
        )
    )
    problems = check(page, "handout.html")
    if problems:
        raise UnsafeText(problems)
    return page
