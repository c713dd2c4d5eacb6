"""Whether a hospital's approval holds: for the version and the content it names, and no other."""

from dataclasses import dataclass

from planner.library.library import Library
from planner.library.site.digest import SHOWN, digest_of
from planner.library.site.models import Site


@dataclass(frozen=True)
class Standing:
    """`text` as a plan says it; `mend` what to do where the approval does not hold."""

    holds: bool
    text: str
    mend: str = ""


def approval_of(protocol_id: str, library: Library, site: Site | None) -> str:
    """`draft`, or who approved the protocol and when; an approval of other content is said and does not hold."""
    return standing(protocol_id, library, site).text


def standing(protocol_id: str, library: Library, site: Site | None) -> Standing:
    """How a protocol stands in this hospital."""
    approval = site.approvals.get(protocol_id) if site else None
    if approval is None:
        return Standing(False, "draft")
    version, digest = library.protocols[protocol_id].version, digest_of(protocol_id, library)
    if approval.version == version and digest.startswith(approval.digest):
        return Standing(True, f"approved {approval.on} by {approval.by}")
    mend = (
        f"approved version {approval.version}, digest {approval.digest[:SHOWN]}; this is version {version}, "
        f'digest {digest[:SHOWN]}: review it, then write version: "{version}" and digest: "{digest[:SHOWN]}"'
    )
    if approval.version != version:
        return Standing(False, f"draft; version {approval.version} was approved, this is {version}", mend)
    return Standing(False, f"draft; its content changed since the approval of {approval.on}", mend)
