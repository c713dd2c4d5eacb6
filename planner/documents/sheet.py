"""What every document is printed on: templates, paper, the hospital's logo, and the plan it carries."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from planner.documents.columns import merged
from planner.documents.record import plan_digest
from planner.documents.templates import Templates
from planner.documents.text import printable
from planner.plan.dates import utc
from planner.plan.models import Plan
from planner.reading.resources import templates_folder

if TYPE_CHECKING:
    from planner.documents.fitting import Room

Paper = Literal["letter", "a4"]
PAGE_SIZE: dict[str, str] = {"letter": "letter", "a4": "A4"}


@dataclass(frozen=True)
class Sheet:
    """`logo` is the hospital's picture as media type and bytes."""

    templates: Templates = field(default_factory=lambda: Templates(Path(templates_folder())))
    paper: Paper = "letter"
    logo: tuple[str, bytes] | None = None

    @classmethod
    def of(cls, replaced: Path | None, paper: Paper = "letter", logo: tuple[str, bytes] | None = None) -> "Sheet":
        """A sheet with a hospital's own files, of the folder `replaced`, in the place of those of the program."""
        return cls(Templates(Path(templates_folder()), replaced), paper, logo)

    @property
    def page_size(self) -> str:
        return PAGE_SIZE[self.paper]

    @property
    def picture(self) -> str:
        """The logo as an address that holds it, so that a page refers to nothing outside itself; "" without one."""
        return f"data:{self.logo[0]};base64,{b64encode(self.logo[1]).decode()}" if self.logo else ""

    def styles(self, *names: str, fonts: bool) -> str:
        """The style sheets, with the bundled font files where the page is to be a PDF."""
        return "\n".join(
            (self.templates / name).read_text(encoding="utf-8") for name in [*["shared/fonts.css"] * fonts, *names]
        )

    def pdf(
        self, html_text: str, plan: Plan, closer: Sequence[Callable[[], str]] = (), room: "Room | None" = None
    ) -> bytes:
        """The page as a PDF that carries its plan; made `closer` and closer where it has no `room`."""
        from planner.documents.pdf import html_to_pdf

        return html_to_pdf(
            html_text,
            self.templates.folder,
            identifier=plan_digest(plan)[:32].encode(),
            attachment=plan_json(plan),
            made_at=plan.provenance.generated_at,
            replaced=self.templates.replaced,
            picture=self.picture,
            closer=closer,
            room=room,
        )

    def pdf_of_many(self, html_text: str, made_at: str) -> bytes:
        """A page about more than one plan as a PDF that carries none."""
        from planner.documents.pdf import html_to_pdf

        return html_to_pdf(
            html_text,
            self.templates.folder,
            identifier=sha256(html_text.encode()).hexdigest()[:32].encode(),
            attachment=None,
            made_at=made_at,
            replaced=self.templates.replaced,
            picture=self.picture,
        )


def plan_json(plan: Plan) -> bytes:
    """The plan as data, indented, the same bytes each time."""
    return (plan.model_dump_json(indent=2) + "\n").encode()


def created(plan: Plan) -> str:
    """When the plan was made, as a PDF's metadata has it."""
    return utc(plan.provenance.generated_at).strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache(maxsize=4)
def environment(templates: Templates, html: bool) -> Environment:
    """Templates are compiled once; each document brings its own `voice`."""
    made = Environment(
        loader=FileSystemLoader(templates.folders),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(say=_say, written=_written, merged=merged, printable=printable)
    return made


@pass_context
def _say(context: Context, text: object) -> str:
    return context["voice"].say(text)


@pass_context
def _written(context: Context, text: object) -> str:
    return context["voice"].written(text)
