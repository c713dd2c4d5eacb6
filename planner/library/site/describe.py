"""What holds in a site file, as lines to read after a check."""

from collections.abc import Iterator
from pathlib import Path

from planner.library.library import Library
from planner.library.site.approvals import standing
from planner.library.site.files import replaced_templates
from planner.library.site.models import OpioidLimit, Phone, Site

_NONE = "none"


def described(site: Site, library: Library) -> Iterator[str]:
    """One line for each thing the hospital says, and for each approval whether it holds."""
    yield f"hospital: {site.hospital or 'not named'}"
    yield f"logo: {site.logo or _NONE}"
    yield f"paper: {site.paper or 'letter, unless --paper says otherwise'}"
    yield from _listed("phones", map(_phone, site.phones))
    yield f"languages: {', '.join(site.languages) or _NONE}"
    yield from _listed(
        "reviewed languages", (f"{code}: by {who.by}, {who.on}" for code, who in site.reviewed_languages.items())
    )
    yield from _formulary(site)
    yield from _listed("opioid limits", map(_limit, site.opioid_limits))
    yield f"antithrombotic edition: {site.antithrombotic_edition or library.regional.editions.use}"
    yield from _listed("replaced templates", replaced_templates(site))
    yield from _listed("own protocols", own_files(site))
    yield from _listed("approvals", (_approval(name, library, site) for name in site.approvals))


def own_files(site: Site) -> list[str]:
    """Files of the hospital's own folder of protocols, by their path there."""
    folder = Path(site.protocols) if site.protocols else None
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")) if folder else []


def _listed(title: str, lines) -> Iterator[str]:
    found = list(lines)
    yield f"{title}: {'' if found else _NONE}".rstrip()
    yield from (f"  {line}" for line in found)


def _phone(phone: Phone) -> str:
    return f"{phone.service}: {phone.number}{f', {phone.hours}' if phone.hours else ''}"


def _formulary(site: Site) -> Iterator[str]:
    formulary = site.formulary
    yield f"not stocked: {', '.join(formulary.not_stocked) or _NONE}"
    yield from _listed("preferred", (f"{drug} among {name}" for name, drug in formulary.preferred.items()))
    yield from _listed(
        "strengths", (f"{drug}: {', '.join(map(str, stocked))}" for drug, stocked in formulary.strengths.items())
    )


def _limit(limit: OpioidLimit) -> str:
    parts = (
        (limit.days, "{:g} days"),
        (limit.mme_per_day, "{:,g} MME per day"),
        (limit.mme_total, "{:,g} MME in one prescription"),
    )
    return f"{limit.name}: {', '.join(words.format(value) for value, words in parts if value is not None) or _NONE}"


def _approval(name: str, library: Library, site: Site) -> str:
    found = standing(name, library, site)
    return f"{name}: {found.text}" + (f"\n    {found.mend}" if found.mend else "")
