"""Names in a site file that must stand in the library: protocols, editions, drugs and classes."""

from collections.abc import Collection, Iterator

from planner.library.library import Library
from planner.library.quantities import MASS_IN_MG
from planner.library.site.models import Site
from planner.reading.located import Located, Path
from planner.reading.problems import Problem, nearest

_ALL_DRUGS = "planner protocols show names the drugs of an operation"


def name_problems(site: Site, located: Located, library: Library) -> Iterator[Problem]:
    """Every name that is not known, and every pair of lines that contradict each other."""
    for name in site.approvals:
        mend = "planner protocols list shows every operation"
        yield from _unknown("protocol", name, library.protocols, ("approvals", name), located, mend)
    editions = library.regional.editions.editions
    if site.antithrombotic_edition is not None:
        path, mend = ("antithrombotic_edition",), f"use one of {', '.join(editions)}"
        yield from _unknown("edition", site.antithrombotic_edition, editions, path, located, mend)
    for code in site.reviewed_languages:
        if site.languages and code not in site.languages:
            place = located.place(("reviewed_languages", code))
            yield Problem(place, f"{code} is reviewed, and not among the languages.", code, "add it to languages")
    yield from _not_stocked(site, located, library)
    yield from _preferred(site, located, library)
    yield from _strengths(site, located, library)


def _unknown(
    what: str, name: str, known: Collection[str], path: Path, located: Located, mend: str
) -> Iterator[Problem]:
    if name not in known:
        yield Problem(located.place(path), f"There is no {what} {name}.", name, nearest(name, known) or mend)


def _not_stocked(site: Site, located: Located, library: Library) -> Iterator[Problem]:
    for position, name in enumerate(site.formulary.not_stocked):
        path = ("formulary", "not_stocked", position)
        yield from _unknown("drug", name, library.drugs, path, located, _ALL_DRUGS)


def _preferred(site: Site, located: Located, library: Library) -> Iterator[Problem]:
    for name, drug in site.formulary.preferred.items():
        path = ("formulary", "preferred", name)
        yield from _unknown("class", name, library.vocabulary.classes, path, located, "name a class of drugs")
        yield from _unknown("drug", drug, library.drugs, path, located, _ALL_DRUGS)
        if name in library.vocabulary.classes and drug in library.drugs and name not in library.drugs[drug].classes:
            mend = f"choose a drug of this class, or one of its classes: {', '.join(library.drugs[drug].classes)}"
            yield Problem(located.place(path), f"{drug} is no {name}.", drug, mend)
        yield from _contradicted(drug, path, site, located)


def _strengths(site: Site, located: Located, library: Library) -> Iterator[Problem]:
    for name, strengths in site.formulary.strengths.items():
        path = ("formulary", "strengths", name)
        yield from _unknown("drug", name, library.drugs, path, located, _ALL_DRUGS)
        yield from _contradicted(name, path, site, located)
        if name in library.drugs and not any(
            one.route == "oral" and one.strengths for one in library.drugs[name].products
        ):
            message, mend = f"{name} has no tablets or capsules in the library.", "leave it out"
            yield Problem(located.place(path), message, mend=mend)
        if not strengths:
            yield Problem(
                located.place(path), "No strength is given.", mend="list them, or put the drug in not_stocked"
            )
        for position, strength in enumerate(strengths):
            if strength.unit not in MASS_IN_MG or strength.per or strength.value <= 0:
                place = located.place((*path, position))
                yield Problem(place, "A strength is an amount of the drug in one tablet.", str(strength), "write 5 mg")


def _contradicted(drug: str, path: Path, site: Site, located: Located) -> Iterator[Problem]:
    if drug in site.formulary.not_stocked:
        message = f"{drug} is also among the drugs that are not stocked."
        yield Problem(located.place(path), message, drug, "take it out of one of the two")
