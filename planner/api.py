"""The program as a library: everything a command does is one call here."""

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.case.fields import Case
from planner.case.reading import case_from_options, read_case
from planner.clinical.compose import compose
from planner.clinical.opioids.equivalents import count_medicines
from planner.library.checks import load_library
from planner.library.library import Library
from planner.library.site import Site, own_protocols, read_site
from planner.library.site.describe import described
from planner.library.site.logo import read_logo
from planner.library.site.reading import all_problems, read_form
from planner.plan.files import plan_in
from planner.plan.models import Plan
from planner.plan.opioids import MorphineCount
from planner.plan.parts import Statement
from planner.reading.files import as_text, read_bytes, read_text, too_large
from planner.reading.problems import InputError, Place, Problem, nearest
from planner.reading.resources import protocols_folder

if TYPE_CHECKING:
    from planner.documents.sheet import Sheet

LARGEST_CASE_BYTES = 1_000_000
LARGEST_PLAN_BYTES = 20_000_000


def open_library(folder: Path | None = None, own: Path | None = None) -> Library:
    """The protocol library in `folder`, or the one that ships with the program; the files of `own` over it.

    Raises InputError.
    """
    return load_library(folder or protocols_folder(), own)


def own_protocols_of(site: Path | None) -> Path | None:
    """The folder of own protocols that the site file at `site` names, to open the library with. Raises InputError."""
    return own_protocols(site)


def open_site(path: Path | None, library: Library) -> Site | None:
    """The hospital's own file, or None without one. Raises InputError."""
    if path is None:
        return None
    site = read_site(path, library)
    if problems := _languages_without_words(path, site):
        raise InputError(problems)
    return site


def _languages_without_words(path: Path, site: Site) -> list[Problem]:
    """Languages of a site file that no handout is written in."""
    from planner.documents.languages import available

    known = available()
    named = [("languages", code) for code in site.languages]
    named += [("reviewed_languages", code) for code in site.reviewed_languages]
    message = "There are no words for the patient in this language."
    return [
        Problem(Place(str(path), path=key), message, code, nearest(code, known) or f"use one of {', '.join(known)}")
        for key, code in named
        if code not in known
    ]


def check_site(path: Path, folder: Path | None = None) -> tuple[list[Problem], list[Problem]]:
    """Every problem of a site file, and every problem of the library with its own protocols.

    Raises InputError where the site file cannot be read at all.
    """
    form = read_form(path)
    own = Path(form.site.protocols) if form.site.protocols and Path(form.site.protocols).is_dir() else None
    try:
        library = open_library(folder, own)
    except InputError as error:
        return form.problems, list(error.problems)
    return [*all_problems(path, library), *_languages_without_words(path, form.site)], []


def describe_site(path: Path, library: Library) -> list[str]:
    """What holds in a sound site file, line by line."""
    return list(described(read_site(path, library), library))


def clock(now: str | None = None) -> datetime:
    """The time of the plan: `now` as ISO text, else SOURCE_DATE_EPOCH (UTC), else the computer's time."""
    if now:
        try:
            return datetime.fromisoformat(now).replace(tzinfo=None)
        except ValueError:
            raise InputError(
                [Problem(Place("--now"), "This is not a date and time.", now, "write it as 2026-12-01T18:00")]
            ) from None
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        if not epoch.isdigit():
            raise InputError(
                [
                    Problem(
                        Place("SOURCE_DATE_EPOCH"),
                        "This is not a number of seconds.",
                        epoch,
                        "set whole seconds since 1970, or use --now",
                    )
                ]
            )
        return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
    return datetime.now().replace(second=0, microsecond=0)


def read_case_file(path: str, library: Library, now: datetime) -> Case:
    """The case in a YAML or JSON file; `-` is standard input. Raises InputError."""
    source = "standard input" if path == "-" else path
    return read_case(read_text(path, LARGEST_CASE_BYTES), source, library.case_words, now.date())


def read_lines(path: str) -> list[str]:
    """The lines of a text file, blank ones and those that begin with # left out; `-` is standard input.

    Raises InputError, also where no line is left.
    """
    lines = [line.strip() for line in read_text(path, LARGEST_CASE_BYTES).splitlines()]
    kept = [line for line in lines if line and not line.startswith("#")]
    if not kept:
        raise InputError([Problem(Place(path), "The list is empty.", mend="write one medicine a line")])
    return kept


def count_morphine(texts: Iterable[str], library: Library, edition: str | None = None) -> MorphineCount:
    """Medicines as charts write them in MME a day, by `edition` or the one in use. Raises InputError."""
    tables = library.opioids.morphine.tables
    if edition is not None and edition not in tables:
        mend = nearest(edition, tables) or f"write one of {', '.join(tables)}"
        raise InputError([Problem(Place("--edition"), "There is no such edition.", edition, mend)])
    return count_medicines(texts, library, edition or library.opioids.morphine.equivalents.use)


def read_case_options(options: Mapping[str, Any], library: Library, now: datetime) -> Case:
    """The case given by command-line options. Raises InputError."""
    return case_from_options(options, library.case_words, "options", now.date())


def make_plans(
    cases: Sequence[tuple[str, Case]], library: Library, now: datetime, site: Site | None = None
) -> list[Plan]:
    """A plan for each (source, case). Raises InputError with the problems of all cases."""
    plans, problems = [], []
    for source, case in cases:
        try:
            plans.append(compose(case, library, now, source, site))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return plans


def render_plan(plan: Plan, form: str, library: Library, paper: str | None = None, site: Site | None = None) -> bytes:
    """A plan as pdf, html, md or json, with the logo, templates and paper of `site` where it has them.

    `paper` goes before the paper of the site. Raises InputError where the logo can no longer be read.
    """
    from planner.documents.render import render

    with _printing(site):
        return render(plan, form, tall_man=library.vocabulary.tall_man.names, sheet=_sheet(paper, site))


@contextmanager
def _printing(site: Site | None) -> Iterator[None]:
    """Faults of replaced templates, and sentences without a translation, as InputError; others are our own."""
    from jinja2 import TemplateError

    from planner.documents.languages import MissingTranslation
    from planner.documents.pdf import RefusedFile
    from planner.documents.safe_writing import UnsafeText

    try:
        yield
    except MissingTranslation as missing:
        mend = "add it to the catalog in templates/handout/locale, or print in English: --language en"
        raise InputError([Problem(Place("language"), f"{missing}.", mend=mend)]) from None
    except (TemplateError, UnicodeDecodeError, RefusedFile, UnsafeText) as fault:
        if site is None or site.templates is None:
            raise
        message = f"A replaced template cannot be printed: {fault or type(fault).__name__}."
        mend = "mend the file, or leave templates: out of the site file"
        raise InputError([Problem(Place(site.templates), message, mend=mend)]) from None


def _sheet(paper: str | None, site: Site | None) -> "Sheet":
    from planner.documents.sheet import Sheet

    if site is None:
        return Sheet.of(None, paper or "letter")
    replaced = Path(site.templates) if site.templates else None
    return Sheet.of(replaced, paper or site.paper or "letter", _logo(site))


def _logo(site: Site | None) -> tuple[str, bytes] | None:
    """Media type and bytes of the hospital's logo."""
    if site is None or site.logo is None:
        return None
    try:
        logo = read_logo(Path(site.logo))
    except (OSError, ValueError) as error:
        mend = "planner site check names what is wrong with it"
        raise InputError([Problem(Place(site.logo), f"This logo cannot be read: {error}.", mend=mend)]) from None
    return logo.media_type, logo.content


@dataclass(frozen=True)
class GoingHome:
    """A plan with the facts of the day of going home. `changes`: what it says otherwise than the plan it came from."""

    plan: Plan
    changes: tuple[str, ...] = ()


def going_home(
    source: str, facts: Mapping[str, Any], library: Library, now: datetime, site: Site | None = None
) -> GoingHome:
    """The plan for a handout: of the case in a case file, or in a plan as JSON or PDF, with more `facts`.

    The plan is made again, so that what was used and when the patient leaves decide what goes home.
    Where the library has changed since a plan was printed, the medicines that now differ are named.
    Raises InputError.
    """
    content = read_bytes(source, LARGEST_PLAN_BYTES, "use the PDF or JSON that planner plan wrote")
    earlier = plan_in(content, source)
    if earlier is None:
        if len(content) > LARGEST_CASE_BYTES:
            raise too_large(source, LARGEST_CASE_BYTES, "keep one case a file")
        case = read_case(as_text(content, source), source, library.case_words, now.date())
        told = {name: value for name, value in case.model_dump(mode="json").items() if value is not None}
    else:
        _with_its_site(earlier, site, source)
        told = _still_true(earlier, facts)
    case = case_from_options({**told, **facts}, library.case_words, source, now.date())
    plan = compose(case, library, now, source, site)
    if earlier is None or (earlier.provenance.library, earlier.provenance.site) == (
        plan.provenance.library,
        plan.provenance.site,
    ):
        return GoingHome(plan)
    unchanged = case_from_options(_known(earlier), library.case_words, source, now.date())
    changes = tuple(_changed_at_home(earlier, compose(unchanged, library, now, source, site)))
    plan.handout.settle = [
        *(Statement(text=f"Changed since the plan was printed: {change}") for change in changes),
        *plan.handout.settle,
    ]
    return GoingHome(plan, changes)


def _known(plan: Plan) -> dict[str, Any]:
    return {name: value for name, value in plan.case.items() if value is not None}


def _still_true(earlier: Plan, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a plan; what was used before one day of going home is not what was used before another."""
    told = _known(earlier)
    leaving = str(facts.get("discharge_at", told.get("discharge_at", "")))
    if str(told.get("discharge_at", ""))[:10] != leaving[:10] and "discharge_at" in told:
        told.pop("used_last_24h", None)
    return told


def _with_its_site(earlier: Plan, site: Site | None, source: str) -> None:
    """A plan that a hospital's own file decided about is not continued without one. Raises InputError."""
    if earlier.provenance.site and site is None:
        message = "This plan was made with the hospital's own file, and none is named now."
        mend = "name it with --site FILE, or once for all commands in PLANNER_SITE"
        raise InputError([Problem(Place(source), message, mend=mend)])


def _changed_at_home(earlier: Plan, later: Plan) -> list[str]:
    """The medicines to take home that the same case gets otherwise now."""
    was, now = (
        {order.id: order.text for order in plan.orders if order.phase in ("discharge", "home")}
        for plan in (earlier, later)
    )
    return [
        f"{name}: was {was.get(name, 'not given')}; is {now.get(name, 'not given')}"
        for name in dict.fromkeys([*was, *now])
        if was.get(name) != now.get(name)
    ]


def render_handout(
    plan: Plan, form: str, paper: str | None = None, large_print: bool = False, site: Site | None = None
) -> bytes:
    """The handout of a plan as pdf or html, in the language of its case; paper, templates and logo as for a plan."""
    from planner.documents.handout.render import render_handout as rendered

    with _printing(site):
        return rendered(plan, form, large_print=large_print, sheet=_sheet(paper, site))


def handout_notice(plan: Plan) -> str:
    """What to do where the handout cannot be in the patient's own language; "" where it is."""
    from planner.documents.languages import spoken_for

    return spoken_for(plan).notice


def write_whole(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write files so that each appears whole or not at all, and none where one has no place to go.

    Raises InputError when a place is not writable.
    """
    waiting: list[tuple[str, Path]] = []
    try:
        for path, content in files:
            waiting.append((_written_beside(path, content), path))
        for temporary, path in waiting:
            os.replace(temporary, path)
    except OSError as error:
        place = Place(str(error.filename2 or path))
        mend = "choose another place with -o"
        raise InputError([Problem(place, f"This cannot be written: {error.strerror}.", mend=mend)]) from None
    finally:
        for temporary, _ in waiting:
            Path(temporary).unlink(missing_ok=True)


def _written_beside(path: Path, content: bytes) -> str:
    """The content in a file of another name beside `path`. Raises OSError, also where a folder has that name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".planner-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    return temporary
