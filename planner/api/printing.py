"""Plans and handouts as the bytes of documents."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.api.planning import make_plan
from planner.audit import with_pages
from planner.case.fields import Case
from planner.library.library import Library
from planner.library.site import Site
from planner.library.site.logo import read_logo
from planner.plan.files import printed_text
from planner.plan.models import Plan
from planner.reading.problems import InputError, Place, Problem

if TYPE_CHECKING:
    from planner.documents.sheet import Sheet


def make_plans(
    cases: Sequence[tuple[str, Case]], library: Library, now: datetime, site: Site | None = None
) -> list[Plan]:
    """A plan for each (source, case). Raises InputError with the problems of all cases."""
    plans, problems = [], []
    for source, case in cases:
        try:
            plans.append(make_plan(case, library, now, source, site))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return plans


NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True)
class Printer:
    """Prints plans and handouts on one sheet.

    `tall_man` are drug names as clinicians' pages write them; `replaced` is the folder of a hospital's
    own templates, for messages.
    """

    sheet: "Sheet"
    tall_man: Mapping[str, str]
    replaced: str | None = None

    @classmethod
    def of(cls, site: Site | None, paper: str | None = None, tall_man: Mapping[str, str] = NO_NAMES) -> "Printer":
        """With the logo, templates and paper of `site` where it has them; `paper` goes before the paper of the site.

        Raises InputError where the logo can no longer be read.
        """
        templates = Path(site.templates) if site and site.templates else None
        return cls.on(templates, logo_of(site), site, paper, tall_man)

    @classmethod
    def on(
        cls,
        templates: Path | None,
        logo: tuple[str, bytes] | None,
        site: Site | None,
        paper: str | None = None,
        tall_man: Mapping[str, str] = NO_NAMES,
    ) -> "Printer":
        """With the templates below a folder and a logo that were read before."""
        from planner.documents.sheet import Sheet

        sheet = Sheet.of(templates, paper or (site.paper if site else None) or "letter", logo)
        return cls(sheet, tall_man, site.templates if site else None)

    def plan(self, plan: Plan, form: str) -> bytes:
        """A plan as pdf, html, md or json.

        A PDF is read back; where its pages do not say what the plan says, the plan is stopped and printed again.
        """
        from planner.documents.render import render

        with _printing(self.replaced):
            content = render(plan, form, tall_man=self.tall_man, sheet=self.sheet)
            if form == "pdf" and with_pages(plan, printed_text(content, "plan.pdf")):
                content = render(plan, form, tall_man=self.tall_man, sheet=self.sheet)
            return content

    def handout(self, plan: Plan, form: str, large_print: bool = False) -> bytes:
        """The handout of a plan as pdf or html, in the language of its case."""
        from planner.documents.handout.render import render_handout as rendered

        with _printing(self.replaced):
            return rendered(plan, form, large_print=large_print, sheet=self.sheet)


def render_plan(plan: Plan, form: str, library: Library, paper: str | None = None, site: Site | None = None) -> bytes:
    """A plan as pdf, html, md or json, on the paper and with the pages of `site`. Raises InputError as a Printer."""
    return Printer.of(site, paper, library.vocabulary.tall_man.names).plan(plan, form)


@contextmanager
def _printing(replaced: str | None) -> Iterator[None]:
    """Faults of replaced templates, and sentences without a translation, as InputError; others are our own."""
    from jinja2 import TemplateError

    from planner.documents.files import RefusedFile
    from planner.documents.languages import MissingTranslation
    from planner.documents.safe_writing import UnsafeText

    try:
        yield
    except MissingTranslation as missing:
        mend = "add it to the catalog in templates/handout/locale, or print in English: --language en"
        raise InputError([Problem(Place("language"), f"{missing}.", mend=mend)]) from None
    except (TemplateError, UnicodeDecodeError, RefusedFile, UnsafeText) as fault:
        if replaced is None:
            raise
        message = f"A replaced template cannot be printed: {fault or type(fault).__name__}."
        mend = "mend the file, or leave templates: out of the site file"
        raise InputError([Problem(Place(replaced), message, mend=mend)]) from None


def logo_of(site: Site | None) -> tuple[str, bytes] | None:
    """Media type and bytes of the hospital's logo. Raises InputError."""
    if site is None or site.logo is None:
        return None
    try:
        logo = read_logo(Path(site.logo))
    except (OSError, ValueError) as error:
        mend = "planner site check names what is wrong with it"
        raise InputError([Problem(Place(site.logo), f"This logo cannot be read: {error}.", mend=mend)]) from None
    return logo.media_type, logo.content


def render_handout(
    plan: Plan, form: str, paper: str | None = None, large_print: bool = False, site: Site | None = None
) -> bytes:
    """The handout of a plan as pdf or html, in the language of its case; paper, templates and logo as for a plan."""
    return Printer.of(site, paper).handout(plan, form, large_print)


def handout_notice(plan: Plan) -> str:
    """What to do where the handout cannot be in the patient's own language; "" where it is."""
    from planner.documents.languages import spoken_for

    return spoken_for(plan).notice
