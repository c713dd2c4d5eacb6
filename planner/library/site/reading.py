"""A site file from disk: its keys, then the files and names they point to, every problem with its place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from planner.library.library import Library
from planner.library.loading import translate
from planner.library.site.digest import SHOWN, digest_of
from planner.library.site.files import file_problems, opened_paths
from planner.library.site.models import Site
from planner.library.site.names import name_problems
from planner.reading.located import Located, read_yaml
from planner.reading.problems import InputError, Place, Problem


@dataclass
class Form:
    """A site file as read: `site` holds the keys that are sound, `problems` what is wrong with the others."""

    located: Located
    site: Site
    problems: list[Problem] = field(default_factory=list)


def read_site(path: Path, library: Library) -> Site:
    """The site file at `path`. Raises InputError with every problem of its keys, files and names."""
    form = read_form(path, library)
    problems = [*form.problems, *name_problems(form.site, form.located, library)]
    if problems:
        raise InputError(problems)
    return form.site


def own_protocols(path: Path | None) -> Path | None:
    """The folder of own protocols that a site file names, to open the library with.

    Other keys are left to `read_site`, which has the library to say what is wrong with them. Raises InputError.
    """
    if path is None:
        return None
    form = read_form(path)
    if any(problem.place.path == "protocols" for problem in form.problems):
        raise InputError(form.problems)
    return Path(form.site.protocols) if form.site.protocols else None


def read_form(path: Path, library: Library | None = None) -> Form:
    """Keys and files of a site file. With a `library`, an approval without digest is told the one to write.

    Raises InputError where the file cannot be read at all.
    """
    located = read_yaml(_text(path), str(path))
    form = _sound_keys(located, library)
    form.site = opened_paths(form.site, path.parent)
    form.problems += file_problems(form.site, located)
    return form


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        fault, mend = f"This site file cannot be read: {error.strerror}.", "check the name and the permissions"
    except UnicodeDecodeError:
        fault, mend = "This site file is not UTF-8 text.", "save it as UTF-8"
    raise InputError([Problem(Place(str(path)), fault, mend=mend)])


def _sound_keys(located: Located, library: Library | None) -> Form:
    """Keys that are wrong are told and set aside, so that the others are looked at in the same run."""
    reader = TypeAdapter(Site)
    try:
        return Form(located, reader.validate_python(located.value))
    except ValidationError as error:
        problems = [_with_digest(problem, library) for problem in translate(error, located, Site)]
        wrong = {fault["loc"][0] for fault in error.errors() if fault["loc"]}
    keys = located.value if isinstance(located.value, dict) else {}
    sound = {key: value for key, value in keys.items() if key not in wrong}
    return Form(located, reader.validate_python(sound), problems)


def _with_digest(problem: Problem, library: Library | None) -> Problem:
    """Who approves without a digest is told the digest of what stands there now."""
    start, _, rest = problem.place.path.partition(".")
    name = rest.removesuffix(".digest")
    if library is None or start != "approvals" or name == rest or name not in library.protocols or problem.value:
        return problem
    mend = f'if you approve what is there now, write digest: "{digest_of(name, library)[:SHOWN]}"'
    return Problem(problem.place, problem.message, problem.value, mend)


def all_problems(path: Path, library: Library | None) -> Iterable[Problem]:
    """Every problem of a site file; names are looked up only where the library could be opened."""
    form = read_form(path, library)
    yield from form.problems
    if library is not None:
        yield from name_problems(form.site, form.located, library)
