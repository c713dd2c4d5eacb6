"""The files a site file points to: a logo, replaced templates, own protocols."""

from collections.abc import Iterator
from pathlib import Path

from planner.library.site.logo import logo_fault
from planner.library.site.models import Site
from planner.reading.located import Located
from planner.reading.problems import Problem, nearest
from planner.reading.resources import templates_folder

_PATHS = ("logo", "templates", "protocols")


def opened_paths(site: Site, folder: Path) -> Site:
    """The site with its paths as they can be opened from here; `folder` is where the site file is."""
    return site.model_copy(update={key: str(folder / getattr(site, key)) for key in _PATHS if getattr(site, key)})


def replaced_templates(site: Site) -> list[str]:
    """The template files that the hospital replaces, as paths below the folder of templates."""
    return _files_below(Path(site.templates)) if site.templates else []


def file_problems(site: Site, located: Located) -> Iterator[Problem]:
    """What is wrong with the files. `site` has paths that can be opened."""
    if site.logo and (fault := logo_fault(Path(site.logo))):
        message, mend = fault
        yield Problem(located.place(("logo",)), message, site.logo, mend)
    for key in ("templates", "protocols"):
        place = getattr(site, key)
        if place and not Path(place).is_dir():
            mend = "check the name; it starts from the folder of the site file"
            yield Problem(located.place((key,)), "There is no such folder.", place, mend)
    bundled = _files_below(templates_folder())
    for name in replaced_templates(site):
        if name not in bundled:
            mend = nearest(name, bundled) or f"use the name of a file it stands in for: {', '.join(bundled)}"
            yield Problem(located.place(("templates",)), f"No template is named {name}.", name, mend)


def _files_below(folder: Path) -> list[str]:
    """Every file below a folder by its path there; hidden files do not count."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    hidden = (".", "__")
    return sorted(path.as_posix() for path in found if not any(part.startswith(hidden) for part in path.parts))
