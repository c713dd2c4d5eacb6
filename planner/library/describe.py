"""A protocol as text: what it asks for with everything it inherits."""

from collections.abc import Iterator

from planner.library.library import Library
from planner.library.pathways import item_id
from planner.library.protocol import Item
from planner.library.site import Site, approval_of
from planner.library.site.digest import SHOWN, digest_of
from planner.library.site.formulary import at_site


def describe(protocol_id: str, library: Library, site: Site | None = None) -> str:
    """Every item of a protocol, phase by phase, with sources, as it stands in the hospital of `site`."""
    library = at_site(library, site)
    protocol = library.complete[protocol_id]
    lines = [
        f"{protocol.title} ({protocol_id})",
        f"version {protocol.version}, digest {digest_of(protocol_id, library)[:SHOWN]}, reviewed {protocol.reviewed}",
        approval_of(protocol_id, library, site),
        f"also: {', '.join([*protocol.also_known_as, *protocol.cpt])}",
    ]
    for phase, items in protocol.pathway.items():
        lines += ["", phase.replace("_", " ")]
        for item in items:
            lines += _item(item, item_id(item, phase), 1, library)
    lines += ["", "not recommended"]
    lines += [f"  {entry.title}: {entry.because} [{', '.join(entry.source)}]" for entry in protocol.not_recommended]
    lines += ["", "milestones"]
    lines += [
        f"  day {entry.from_day} to {entry.to_day}: {entry.text} ({entry.who}) [{', '.join(entry.source)}]"
        for entry in protocol.milestones
    ]
    return "\n".join(lines)


def _item(item: Item, name: str, depth: int, library: Library) -> Iterator[str]:
    indent = "  " * depth
    cited = f" [{', '.join(item.evidence)}]" if item.evidence else ""
    condition = " (only under its condition)" if item.when is not None else ""
    if item.give:
        yield f"{indent}{item.give}{_dose(item.give, library)}{condition}{cited}"
    elif item.block:
        yield f"{indent}block {item.block}{condition}{cited}"
    elif item.care:
        yield f"{indent}{item.care}{condition}{cited}"
    else:
        form = "first that suits of" if item.one_of else "as many as needed of"
        yield f"{indent}{name}: {form}{condition}{cited}"
        for child in item.one_of or item.some_of or []:
            yield from _item(child, "", depth + 1, library)


def _dose(give: str, library: Library) -> str:
    name, _, regimen_name = give.partition("/")
    regimen = library.drugs[name].regimens[regimen_name] if name in library.drugs else None
    return f": {regimen.dose or regimen.rate} {regimen.route}" if regimen else ""
