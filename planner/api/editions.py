"""Two editions of the library compared: their files, and the plans they make for the same patients."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from planner.api.cases import read_case_file
from planner.api.opening import open_library, open_site
from planner.api.printing import make_plans
from planner.library.editions.about import files_about
from planner.library.editions.changes import EntryChange, compare_entries
from planner.library.editions.edition import Edition, read_edition
from planner.library.editions.protocols import ProtocolChange, compare_protocols
from planner.library.library import Library
from planner.library.site import Site, approval_of
from planner.plan.compare import PlanChange, compare_plans
from planner.plan.models import Plan
from planner.reading.problems import InputError, Place, Problem
from planner.reading.resources import protocols_folder

_KINDS = {
    "antithrombotics": ("editions",),
    "block_advice": ("aftercare",),
    "discharge_opioid": ("discharge",),
    "handout": ("handout",),
    "home_medicines": ("home", "medicines"),
    "home_opioids": ("opioids/mme", "equivalents", "tolerance", "baseline"),
    "naloxone": ("naloxone",),
    "time_out": ("cards",),
    "toxicity_card": ("cards",),
    "wear_off": ("coverage",),
}
"""Parts of a plan to the kinds of files they are made from, besides those of their drugs and blocks."""
_AND_OR = re.compile(r", | and | or ")
_CASES = (".yaml", ".yml", ".json")


@dataclass(frozen=True)
class OpenedEdition:
    """One of the two editions. `name` is how its folder was named."""

    name: str
    folder: Path
    library: Library
    edition: Edition | None


@dataclass(frozen=True)
class LineChange:
    """A line of a plan, with the changed files that may be why."""

    change: PlanChange
    files: list[str]


@dataclass(frozen=True)
class ChangedCase:
    """A patient whose plan differs."""

    name: str
    operation: str
    lines: list[LineChange]


@dataclass(frozen=True)
class RefusedCase:
    """A patient for whom one edition makes no plan, and why."""

    name: str
    by: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Comparison:
    """Two editions, what differs, and what it does to patients. With `site` the plans are those of its hospital."""

    old: OpenedEdition
    new: OpenedEdition
    entries: list[EntryChange]
    protocols: list[ProtocolChange]
    changed: list[ChangedCase]
    refused: list[RefusedCase]
    same: list[str]
    site: Path | None = None
    approvals: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Of each operation that differs how it stands at the site, by the old and by the new edition."""

    @property
    def differs(self) -> bool:
        found = self.entries or self.protocols or self.changed or self.refused
        return bool(found) or self.old.edition != self.new.edition


def open_editions(named: Sequence[tuple[str, Path]], own: Path | None = None) -> list[OpenedEdition]:
    """Each (name, folder) opened, the files of `own` laid over it. Raises InputError with the problems of all."""
    opened, problems = [], []
    for name, folder in named:
        try:
            opened.append(OpenedEdition(name, folder, open_library(folder, own), _edition(folder)))
        except InputError as error:
            problems += [_below(folder, name, problem) for problem in error.problems]
    if problems:
        raise InputError(problems)
    return opened


def _edition(folder: Path) -> Edition | None:
    named = read_edition(folder)
    return named.edition if named else None


def _below(folder: Path, name: str, problem: Problem) -> Problem:
    """The problem with a place that tells which of the two libraries it is in."""
    source = problem.place.source
    if source == str(folder):
        return problem
    return replace(problem, place=replace(problem.place, source=str(Path(name) / source)))


def case_files(named: Sequence[str], new: Path) -> list[str]:
    """The case files named, and those in folders named; without names the examples of `new`, else the shipped ones.

    Each once, those of a folder by name. Raises InputError for a name that is none, or a folder without a case.
    """
    if not named:
        return _in_folder(new / "examples") or _in_folder(protocols_folder() / "examples")
    found, problems = [], []
    for name in named:
        path = Path(name)
        inside = _in_folder(path) if path.is_dir() else [name]
        if not inside:
            mend = "name a folder that holds case files, as NAME.yaml or NAME.json"
            problems.append(Problem(Place(f"--cases {name}"), "No case is in this folder.", mend=mend))
        elif not path.exists():
            message = "There is no such file or folder."
            problems.append(Problem(Place(f"--cases {name}"), message, mend="check the name"))
        found += inside
    if problems:
        raise InputError(problems)
    return list(dict.fromkeys(found))


def _in_folder(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.glob("*") if path.suffix in _CASES and not path.name.startswith("."))


def compare_editions(
    old: OpenedEdition, new: OpenedEdition, cases: Sequence[str], now: datetime, site: Path | None = None
) -> Comparison:
    """What `new` says otherwise than `old`, and which of the patients in `cases` get another plan.

    With `site` the plans are those of this hospital. Raises InputError for a case that both editions refuse.
    """
    entries = compare_entries(old.library, new.library)
    sites = [_site_in(edition, site) for edition in (old, new)]
    changed, refused, same, problems = [], [], [], []
    for name, path in zip(_names(cases), cases, strict=True):
        before, after = (_made(path, one.library, now, at) for one, at in zip((old, new), sites, strict=True))
        if isinstance(before, InputError) and isinstance(after, InputError):
            problems += after.problems
        elif isinstance(before, InputError):
            refused.append(RefusedCase(name, "old", before.problems))
        elif isinstance(after, InputError):
            refused.append(RefusedCase(name, "new", after.problems))
        elif lines := compare_plans(before, after):
            changed.append(ChangedCase(name, after.protocol.title, _with_files(lines, after, entries, new.library)))
        else:
            same.append(name)
    if problems:
        raise InputError(problems)
    protocols = compare_protocols(old.library, new.library)
    approvals = {
        one.name: (_approval(one.name, old, sites[0]), _approval(one.name, new, sites[1]))
        for one in protocols
        if site and one.kind == "operation"
    }
    return Comparison(old, new, entries, protocols, changed, refused, same, site, approvals)


def _site_in(edition: OpenedEdition, site: Path | None) -> Site | None:
    """The hospital's own file as it stands in one edition. Raises InputError with messages that name the edition."""
    try:
        return open_site(site, edition.library)
    except InputError as error:
        with_library = f"With the library {edition.name}: "
        raise InputError(replace(one, message=with_library + one.message) for one in error.problems) from None


def _approval(name: str, edition: OpenedEdition, site: Site | None) -> str:
    return approval_of(name, edition.library, site) if name in edition.library.protocols else "not there"


def _with_files(lines: list[PlanChange], plan: Plan, entries: list[EntryChange], library: Library) -> list[LineChange]:
    """Each line with the changed files that may be why."""
    told = []
    for one in lines:
        names = {*one.about, one.line, *_AND_OR.split(one.line)}
        kinds = _KINDS.get(one.section, ())
        told.append(LineChange(one, files_about(names, kinds, plan.protocol.id, entries, library)))
    return told


def _names(cases: Sequence[str]) -> list[str]:
    """Names of files without their folder, where no two are the same."""
    names = [Path(path).name for path in cases]
    return [name if names.count(name) == 1 else path for name, path in zip(names, cases, strict=True)]


def _made(path: str, library: Library, now: datetime, site: Site | None) -> Plan | InputError:
    """The plan for a case, or why there is none."""
    try:
        return make_plans([(path, read_case_file(path, library, now))], library, now, site)[0]
    except InputError as error:
        return error
