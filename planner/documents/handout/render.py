"""One call from a plan to the bytes of the patient's handout."""

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

from markupsafe import Markup

from planner.documents.fitting import Room
from planner.documents.handout.page import handout_page
from planner.documents.languages import Language, Spoken, spoken_for
from planner.documents.safe_writing import UnsafeText, check_lines, shown_lines
from planner.documents.sheet import Sheet, created, environment
from planner.documents.styles import without_style
from planner.documents.text import HtmlVoice, typed_strings
from planner.plan.handout import PatientText
from planner.plan.models import Plan

Format = Literal["pdf", "html"]
ORDINARY_POINTS, LARGE_POINTS = 14, 18
"""Sizes of clear print and of large print."""
MOST_PAGES = 4


@dataclass(frozen=True)
class Setting:
    """`leading`: line height in letter sizes. `second`: size of what is read later, in sizes of the body.
    `gap`: room above headings and the page, in that of the widest setting.

    `letters`: about how many fit on four pages. Only how soon the setting that fits is found depends on it.

    What is taken, what is not, and whom to call always stand in the full size.
    """

    leading: float
    letters: int
    second: float = 1
    gap: float = 1


SETTINGS = (
    Setting(1.25, 8250),
    Setting(1.18, 8800),
    Setting(1.12, 9450),
    Setting(1.12, 10600, second=0.87),
    Setting(1.1, 11200, second=0.87, gap=0.15),
    Setting(1.05, 12500, second=0.86, gap=0),
)
"""The widest that fits on four pages is used; 0.86 of 14 point is 12 point, the least of clear print."""


def render_handout(plan: Plan, format: Format, *, large_print: bool = False, sheet: Sheet | None = None) -> bytes:
    """The handout of a plan, in the language of its case. The PDF carries the plan as the clinician's PDF does.

    Raises UnsafeText, and gives nothing, where the text would break a rule of safe writing.
    """
    sheet = sheet or Sheet()
    patient = spoken_for(plan)
    if format == "html":
        return handout_html(plan, patient, sheet, points=LARGE_POINTS if large_print else ORDINARY_POINTS).encode()
    if large_print:
        return sheet.pdf(handout_html(plan, patient, sheet, points=LARGE_POINTS, fonts=True), plan)

    def page(setting: Setting) -> str:
        return handout_html(plan, patient, sheet, points=ORDINARY_POINTS, setting=setting, fonts=True)

    usual = page(SETTINGS[0])
    closer = [partial(page, setting) for setting in SETTINGS[1:]]
    return sheet.pdf(usual, plan, closer, Room(MOST_PAGES, guess=_likely(usual)))


def _likely(html_text: str) -> int:
    """The setting that likely fits."""
    letters = sum(map(len, _shown(without_style(html_text)[0])))
    return sum(letters > setting.letters for setting in SETTINGS[:-1])


def handout_html(
    plan: Plan, patient: Spoken, sheet: Sheet, *, points: int, setting: Setting = SETTINGS[0], fonts: bool = False
) -> str:
    """The handout as HTML, checked. With `fonts` it names the bundled font files, for the PDF."""
    language = Language(patient.code)

    def tell(text: PatientText) -> str:
        return language.say(text.text, text.values)

    page = (
        environment(sheet.templates, True)
        .get_template("handout/handout.html")
        .render(
            voice=HtmlVoice({}, typed_strings(plan)),
            page=handout_page(plan, patient),
            language=language.code,
            say=lambda text, **values: language.say(text, values),
            tell=tell,
            sentence=_sentence,
            number=language.number,
            date=language.date,
            css=Markup(sheet.styles("shared/base.css", "handout/handout.css", fonts=fonts)),
            page_size=sheet.page_size,
            point_size=points,
            setting=setting,
            large=points > ORDINARY_POINTS,
            created=created(plan),
            logo=sheet.picture,
        )
    )
    problems = check_lines(_shown(without_style(page)[0]), "handout.html")
    if problems:
        raise UnsafeText(problems)
    return page


@lru_cache(maxsize=2)
def _shown(body: str) -> list[str]:
    """The words of a page, kept for its other settings: they differ in style alone."""
    return shown_lines(body)


def _sentence(text: str) -> str:
    """A phrase with a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
