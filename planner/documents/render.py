"""One call from a plan to the bytes of a document."""

import json
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from planner.documents.clinician_plan import plan_page
from planner.documents.columns import merged
from planner.documents.record import plan_digest
from planner.documents.safe_writing import UnsafeText, check, check_lines
from planner.documents.templates import Templates
from planner.documents.text import HtmlVoice, MarkdownVoice, printable, strip_marks, typed_strings, without_written
from planner.plan.dates import utc
from planner.plan.models import Plan

Format = Literal["pdf", "html", "md", "json"]
Paper = Literal["letter", "a4"]
PAGE_SIZE: dict[str, str] = {"letter": "letter", "a4": "A4"}


def render(
    plan: Plan,
    format: Format,
    *,
    paper: Paper = "letter",
    tall_man: Mapping[str, str],
    templates: Path | None = None,
    replaced: Path | None = None,
    logo: tuple[str, bytes] | None = None,
) -> bytes:
    """The clinician's plan as PDF, HTML, Markdown or JSON.

    `templates` is the whole folder of templates, `replaced` a folder of files that stand in for some of
    them; `logo` is the hospital's picture as media type and bytes.
    Raises UnsafeText, and gives nothing, where the text would break a rule of safe writing.
    """
    if format not in get_args(Format):
        raise ValueError(f"no such format: {format}")
    if format == "json":
        return plan_json(plan)
    folder = Templates(templates or bundled_templates(), replaced)
    picture = _data_address(logo)
    if format == "md":
        return markdown_text(plan, tall_man, folder).encode()
    html_text = plan_html(plan, tall_man, folder, paper=paper, fonts=format == "pdf", logo=picture)
    if format == "html":
        return html_text.encode()
    from planner.documents.pdf import html_to_pdf

    return html_to_pdf(
        html_text,
        folder.folder,
        identifier=plan_digest(plan)[:32].encode(),
        attachment=plan_json(plan),
        made_at=plan.provenance.generated_at,
        replaced=replaced,
        picture=picture,
    )


def _data_address(logo: tuple[str, bytes] | None) -> str:
    """A picture as an address that holds it, so that a page refers to nothing outside itself."""
    return f"data:{logo[0]};base64,{b64encode(logo[1]).decode()}" if logo else ""


def plan_json(plan: Plan) -> bytes:
    """The plan as data, indented, the same bytes each time."""
    return (json.dumps(plan.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode()


def plan_html(
    plan: Plan,
    tall_man: Mapping[str, str],
    folder: Templates,
    *,
    paper: Paper = "letter",
    fonts: bool = False,
    logo: str = "",
) -> str:
    """The page as HTML, checked. With `fonts` it names the bundled font files, for the PDF."""
    styles = ["shared/base.css", "plan/plan.css"]
    css = "\n".join((folder / name).read_text(encoding="utf-8") for name in ["shared/fonts.css"] * fonts + styles)
    text = (
        environment(folder, True)
        .get_template("plan/plan.html")
        .render(
            voice=HtmlVoice(tall_man, typed_strings(plan.case)),
            page=plan_page(plan, attached=fonts),
            css=Markup(css),
            page_size=PAGE_SIZE[paper],
            created=created(plan),
            logo=logo,
        )
    )
    problems = check(text, "plan.html")
    if problems:
        raise UnsafeText(problems)
    return text


def markdown_text(plan: Plan, tall_man: Mapping[str, str], folder: Templates) -> str:
    """The page as Markdown, checked."""
    text = (
        environment(folder, False)
        .get_template("plan/plan.md")
        .render(voice=MarkdownVoice(tall_man, typed_strings(plan.case)), page=plan_page(plan, whole=True))
    )
    problems = check_lines(without_written(text).split("\n"), "plan.md")
    if problems:
        raise UnsafeText(problems)
    return strip_marks(text)


@lru_cache(maxsize=4)
def environment(folder: Templates, html: bool) -> Environment:
    """Templates are compiled once; each document brings its own `voice`."""
    environment = Environment(
        loader=FileSystemLoader(folder.folders),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(say=_say, written=_written, merged=merged, printable=printable)
    return environment


@pass_context
def _say(context: Context, text: object) -> str:
    return context["voice"].say(text)


@pass_context
def _written(context: Context, text: object) -> str:
    return context["voice"].written(text)


def created(plan: Plan) -> str:
    return utc(plan.provenance.generated_at).strftime("%Y-%m-%dT%H:%M:%SZ")


def bundled_templates() -> Path:
    from planner.reading.resources import templates_folder

    return Path(templates_folder())
