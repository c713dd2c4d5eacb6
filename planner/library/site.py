"""A hospital's own file: which protocols it approved, in which version, and the edition of needle times it follows.

    approvals:
      total-knee-arthroplasty: {version: "2026.1", by: pain committee, on: 2026-12-01}
    antithrombotic_edition: esaic-esra-2022

Every shipped protocol is a draft. An approval holds for the version it names and no other.
"""

from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError

from planner.library.entry import Entry
from planner.library.library import Library
from planner.library.loading import translate
from planner.reading.located import read_yaml
from planner.reading.problems import InputError, Place, Problem, nearest


class Approval(Entry):
    version: str
    by: str
    on: str


class OpioidLimit(Entry):
    """One limit of law or house on the opioid to take home; parts that are not given do not limit."""

    name: str = Field(description="as it is printed: 'state law', 'hospital rule'")
    days: int | None = Field(None, ge=1, description="days one prescription may last")
    mme_per_day: float | None = Field(None, gt=0, description="MME in a day, with the opioid from home")
    mme_total: float | None = Field(None, gt=0, description="MME of one prescription")


class Phone(Entry):
    service: str = Field(description="'surgery office', 'acute pain team'")
    number: str
    hours: str | None = None


class Site(Entry):
    hospital: str | None = None
    phones: list[Phone] = []
    opioid_limits: list[OpioidLimit] = []
    approvals: dict[str, Approval] = {}
    antithrombotic_edition: str | None = Field(None, description="instead of the library's own choice")


def read_site(path: Path, library: Library) -> Site:
    """The site file at `path`. Raises InputError for unknown keys and protocols."""
    try:
        located = read_yaml(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            [
                Problem(
                    Place(str(path)), f"This file cannot be read: {error}.", mend="check the name and save it as UTF-8"
                )
            ]
        ) from None
    try:
        site = TypeAdapter(Site).validate_python(located.value)
    except ValidationError as error:
        raise InputError(translate(error, located, Site)) from None
    unknown = [
        Problem(
            located.place(("approvals", name)),
            f"There is no protocol {name}.",
            name,
            nearest(name, library.protocols) or "planner protocols list shows every operation",
        )
        for name in site.approvals
        if name not in library.protocols
    ]
    editions, edition = library.regional.editions.editions, site.antithrombotic_edition
    if edition is not None and edition not in editions:
        unknown.append(
            Problem(
                located.place(("antithrombotic_edition",)),
                f"There is no edition {edition}.",
                edition,
                nearest(edition, editions) or f"use one of {', '.join(editions)}",
            )
        )
    if unknown:
        raise InputError(unknown)
    return site


def approval_of(protocol_id: str, version: str, site: Site | None) -> str:
    """`draft`, or who approved this version and when; an approval of another version is said and does not hold."""
    approval = site.approvals.get(protocol_id) if site else None
    if approval is None:
        return "draft"
    if approval.version != version:
        return f"draft; version {approval.version} was approved, this is {version}"
    return f"approved {approval.on} by {approval.by}"
