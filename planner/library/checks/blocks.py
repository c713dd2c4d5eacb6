"""Block files: drugs that are local anesthetics with a maximum, amounts that can be added up."""

from collections.abc import Iterator

from planner.library.block import Block, Choice, Infusion
from planner.library.checks.walk import files, problem
from planner.library.library import Library
from planner.reading.located import Located, Path
from planner.reading.problems import Problem


def check_blocks(library: Library) -> list[Problem]:
    """Problems of the drugs and amounts in block files."""
    found: list[Problem] = []
    for _, located, block in files(library, "blocks"):
        for path, given in _given(block):
            found += _check_drug(path, given, block.technique, located, library)
    return found


def _given(block: Block) -> Iterator[tuple[Path, Choice | Infusion]]:
    if block.test_dose:
        yield ("test_dose",), block.test_dose
    for key in ("choices", "infusions"):
        for position, given in enumerate(getattr(block, key)):
            yield (key, position), given


def _check_drug(
    path: Path, given: Choice | Infusion, technique: str, located: Located, library: Library
) -> Iterator[Problem]:
    drug = library.drugs.get(given.drug)
    if drug is None:
        yield problem(
            located,
            (*path, "drug"),
            f"The drug {given.drug} is not known.",
            "add a file for it in drugs/",
            given.drug,
        )
        return
    by_volume = isinstance(given, Infusion) or given.volume is not None
    if by_volume and drug.maximum is None:
        yield problem(
            located,
            (*path, "drug"),
            f"{given.drug} has no maximum as a local anesthetic.",
            "add maximum to its drug file",
            given.drug,
        )
    if by_volume and (given.concentration is None or not given.concentration.percent):
        yield problem(
            located, (*path, "concentration"), "A volume needs a concentration in percent.", "add concentration: 0.2 %"
        )
    if isinstance(given, Choice) and (given.volume is None) == (given.dose is None):
        yield problem(located, path, "A choice has a volume or a dose, and not both.", "write one of them")
    if isinstance(given, Infusion):
        route = "epidural" if technique == "epidural" else "perineural"
        a_day = any(ceiling.per_24h for ceiling in drug.ceilings)
        an_hour = any(ceiling.rate for ceiling in drug.ceilings if ceiling.route == route)
        if not (a_day and an_hour):
            yield problem(
                located,
                (*path, "drug"),
                f"{given.drug} has no limit in {'an hour' if a_day else '24 hours'}, and an infusion needs one.",
                f"add ceilings with per_24h, and rate for {route}, to its drug file",
                given.drug,
            )
