"""The library as one hospital can use it: what is not stocked, preferred, or stocked in other strengths.

So nothing that decides needs to know of the site file: it reads a library that already says
what the hospital has, with the site file as the source.
"""

from planner.library.drug import Drug
from planner.library.entry import Cited
from planner.library.library import Library
from planner.library.protocol import Item, Protocol
from planner.library.quantities import MASS_IN_MG, Amount
from planner.library.site.models import Formulary, Site
from planner.library.words import SourceEntry

SITE_FILE = "site-file"
"""The key that facts from the site file are cited by."""
PREFERRED = "preferred in this hospital"


def at_site(library: Library, site: Site | None) -> Library:
    """The library with the hospital's formulary in it, and the site file among its sources; made once for each site."""
    if site is None:
        return library
    key = "at site", id(site)
    if key not in library.prepared_parts:
        # The site is kept beside what was made from it, so that its id is not given to another.
        library.prepared_parts[key] = site, _at_site(library, site.formulary)
    return library.prepared_parts[key][1]


def _at_site(library: Library, formulary: Formulary) -> Library:
    strengths = formulary.strengths
    return library.changed(
        drugs={
            name: with_strengths(drug, strengths[name]) if name in strengths else drug
            for name, drug in library.drugs.items()
        },
        sources={**library.sources, SITE_FILE: SourceEntry(title="Site file of this hospital", checked="read")},
        complete={name: _with_preferred(one, formulary, library) for name, one in library.complete.items()},
        not_stocked={
            name: Cited(text=f"{name} is not stocked here", source=[SITE_FILE]) for name in formulary.not_stocked
        },
    )


def with_strengths(drug: Drug, stocked: list[Amount]) -> Drug:
    """The drug with these strengths of its tablets or capsules alone; liquids and other routes stay.

    A strength the library does not know is not halved, since nothing says that it may be.
    """
    solid = [product for product in drug.products if product.route == "oral" and product.strengths]
    others = [product for product in drug.products if product not in solid]
    because = f"stocked here: {solid[0].form}s of {', '.join(map(str, stocked))}"
    update = {"because": because, "source": [SITE_FILE]}
    known = {_mg(strength): product for product in solid for strength in product.strengths}
    own = [
        known.get(_mg(strength), solid[0].model_copy(update={"halves": False})).model_copy(
            update={**update, "strengths": [strength]}
        )
        for strength in stocked
    ]
    return drug.model_copy(update={"products": [*own, *others]})


def _mg(strength: Amount) -> float:
    return round(strength.value * MASS_IN_MG[strength.unit], 6)


def _with_preferred(protocol: Protocol, formulary: Formulary, library: Library) -> Protocol:
    if not formulary.preferred:
        return protocol
    pathway = {
        phase: [_preferred_first(item, formulary, library) for item in items]
        for phase, items in protocol.pathway.items()
    }
    return protocol.model_copy(update={"pathway": pathway})


def _preferred_first(item: Item, formulary: Formulary, library: Library) -> Item:
    """The item with each preferred drug before the first other drug of its class, and the reason beside it."""
    if not item.one_of:
        return item
    candidates = list(item.one_of)
    for name, drug in formulary.preferred.items():
        members = [one for one in candidates if name in _classes(one, library)]
        wanted = [one for one in members if _drug(one) == drug]
        if not wanted or members[: len(wanted)] == wanted:
            continue
        at = candidates.index(members[0])
        first = [_said(one, item) for one in wanted]
        rest = [one for one in candidates if one not in wanted]
        candidates = [*rest[:at], *first, *rest[at:]]
    return item if candidates == item.one_of else item.model_copy(update={"one_of": candidates})


def _said(candidate: Item, parent: Item) -> Item:
    because = candidate.because or parent.because or candidate.purpose or parent.purpose
    return candidate.model_copy(
        update={
            "because": f"{because}; {PREFERRED}" if because else PREFERRED,
            "evidence": [*(candidate.evidence or parent.evidence or []), SITE_FILE],
        }
    )


def _drug(candidate: Item) -> str:
    return (candidate.give or "").partition("/")[0]


def _classes(candidate: Item, library: Library) -> list[str]:
    drug = library.drugs.get(_drug(candidate))
    return drug.classes if drug else []
