"""Antithrombotic files: editions and dose classes that exist, bands without gaps, home drugs that are known."""

from collections.abc import Iterator

from planner.library.antithrombotic import Antithrombotic
from planner.library.checks.drugs import check_steps
from planner.library.checks.walk import files, problem
from planner.library.library import Library
from planner.reading.located import Located
from planner.reading.problems import Problem, nearest


def check_antithrombotics(library: Library) -> list[Problem]:
    """Problems of the interval files and of the choice of edition."""
    found: list[Problem] = []
    editions = library.regional.editions
    if editions.use not in editions.editions:
        located = library.files["editions", "editions"][0]
        found.append(
            problem(
                located,
                ("use",),
                f"There is no edition {editions.use}.",
                nearest(editions.use, editions.editions) or "name one of editions",
                editions.use,
            )
        )
    claimed: dict[str, str] = {}
    for name, located, entry in files(library, "antithrombotics"):
        found += _check_names(entry, located, library, claimed, name)
        found += _check_timings(entry, located, library)
    return found


def _check_names(
    entry: Antithrombotic, located: Located, library: Library, claimed: dict[str, str], file: str
) -> Iterator[Problem]:
    known = {*library.lexicon_entries, *library.vocabulary.classes}
    for position, name in enumerate(entry.match):
        if name not in known:
            yield problem(
                located,
                ("match", position),
                f"{name} is neither a known drug nor a known class.",
                nearest(name, known) or "add it to medicines.yaml",
                name,
            )
        if name in claimed:
            yield problem(
                located, ("match", position), f"{name} stands in {claimed[name]} too.", "keep it in one file", name
            )
        claimed[name] = file


def _check_timings(entry: Antithrombotic, located: Located, library: Library) -> Iterator[Problem]:
    for edition, timings in entry.editions.items():
        if edition not in library.regional.editions.editions:
            yield problem(
                located,
                ("editions", edition),
                f"There is no edition {edition}.",
                nearest(edition, library.regional.editions.editions) or "add it to antithrombotics/editions.yaml",
                edition,
            )
        for dose, timing in timings.items():
            path = ("editions", edition, dose)
            if dose not in entry.doses:
                yield problem(
                    located, path, f"There is no dose class {dose}.", nearest(dose, entry.doses) or "add it to doses"
                )
            if timing.bands:
                yield from check_steps(timing.bands.steps, (*path, "bands"), located)
                for position, step in enumerate(timing.bands.steps):
                    if (step.wait is None) == (step.avoid is None):
                        yield problem(
                            located,
                            (*path, "bands", "steps", position),
                            "A step has a wait or says what to avoid, and not both.",
                            "write one of them",
                        )
