"""Protocols and pathways: drugs, blocks and ids that exist, and choices that can be reached."""

from collections.abc import Iterator

from planner.library.checks.walk import files, problem
from planner.library.library import Library
from planner.library.matching import names_of
from planner.library.pathways import ancestors, item_id
from planner.library.protocol import Item, Protocol
from planner.reading.located import Located, Path
from planner.reading.problems import Problem, nearest


def check_protocols(library: Library) -> list[Problem]:
    """Problems of every protocol and pathway, and names two protocols share."""
    found: list[Problem] = []
    for _, located, protocol in files(library, "pathway", "protocol"):
        found += _check_line(protocol, located, library)
        for phase, items in protocol.pathway.items():
            for position, item in enumerate(items):
                found += _check_item(item, ("pathway", phase, position), located, library, item.evidence is not None)
        found += _check_inherited(protocol, located, library)
        found += _check_milestones(protocol, located)
    return found + list(_shared_names(library))


def _check_line(protocol: Protocol, located: Located, library: Library) -> Iterator[Problem]:
    seen, name = {id(protocol)}, protocol.extends
    while name is not None:
        parent = library.pathways.get(name)
        if parent is None:
            yield problem(
                located,
                ("extends",),
                f"There is no pathway {name}.",
                nearest(name, library.pathways) or "add it to pathways/",
                name,
            )
            return
        if id(parent) in seen:
            yield problem(
                located, ("extends",), f"The pathway {name} extends itself in a circle.", "break the circle", name
            )
            return
        seen.add(id(parent))
        name = parent.extends


def _check_item(item: Item, path: Path, located: Located, library: Library, cited: bool) -> Iterator[Problem]:
    if item.give:
        yield from _check_give(item.give, (*path, "give"), located, library)
    if item.block:
        yield from _check_block(item.block, (*path, "block"), located, library)
    if not cited and not (item.one_of or item.some_of):
        yield problem(located, path, "This item names no source.", "add evidence:")
    if item.care and not item.id:
        yield problem(located, path, "A care item has no id.", "add id:")
    if item.some_of and not item.count:
        yield problem(located, path, "some_of does not say how many to take.", "add count:")
    for form in ("one_of", "some_of"):
        children = getattr(item, form) or []
        for position, child in enumerate(children):
            if not (child.give or child.block):
                yield problem(
                    located, (*path, form, position), "A choice is a drug or a block.", "write give: or block:"
                )
            yield from _check_item(
                child, (*path, form, position), located, library, cited or child.evidence is not None
            )
        if form == "one_of":
            yield from _unreachable(children, (*path, form), located, library)
    most = max((row.take for row in item.count or []), default=0)
    if item.some_of and most > len(item.some_of):
        yield problem(
            located,
            (*path, "count"),
            f"{most} are to be taken and {len(item.some_of)} are listed.",
            "list more or take fewer",
        )


def _check_give(give: str, path: Path, located: Located, library: Library) -> Iterator[Problem]:
    name, _, regimen = give.partition("/")
    drug = library.drugs.get(name)
    if drug is None:
        yield problem(
            located,
            path,
            f"There is no drug file for {name}.",
            nearest(name, library.drugs) or "add it to drugs/",
            give,
        )
    elif regimen not in drug.regimens:
        yield problem(
            located,
            path,
            f"{name} has no regimen {regimen or 'named here'}.",
            nearest(regimen, drug.regimens) or f"use one of {', '.join(drug.regimens)}",
            give,
        )


def _check_block(asked: str, path: Path, located: Located, library: Library) -> Iterator[Problem]:
    name, slash, way = asked.partition("/")
    block = library.blocks.get(name)
    if block is None:
        yield problem(
            located,
            path,
            f"There is no block {name}.",
            nearest(name, library.blocks) or "add it to blocks/",
            asked,
        )
    elif slash and (way != "catheter" or not block.infusions):
        yield problem(
            located, path, f"{name} cannot be asked for as {way or 'nothing'}.", "write block: name/catheter", asked
        )


def _unreachable(children: list[Item], path: Path, located: Located, library: Library) -> Iterator[Problem]:
    """A choice after one that suits everybody, or one that stands twice, is never reached."""
    seen: set[str] = set()
    certain = ""
    for position, child in enumerate(children):
        name = child.give or child.block or child.care or ""
        if certain:
            yield problem(
                located,
                (*path, position),
                f"This choice is never reached: {certain} suits everybody.",
                "put it first, or give the other a condition",
                name,
            )
        elif name in seen and child.when is None:
            yield problem(located, (*path, position), "This choice stands twice.", "remove one", name)
        if child.when is None:
            seen.add(name)
        if child.when is None and _suits_everybody(child, library):
            certain = name


def _suits_everybody(item: Item, library: Library) -> bool:
    if item.care:
        return True
    if item.give:
        drug = library.drugs.get(item.give.split("/")[0])
        holders = [drug, *library.classes_of(drug)] if drug else []
    else:
        block = library.blocks.get((item.block or "").split("/")[0])
        by_depth = library.regional.rules_for(block.depth) if block else []
        holders = [block, *by_depth] if block else []
    if not holders:
        return False
    limited = any(
        holder.never or any(step.never for bands in holder.bands for step in bands.steps) for holder in holders
    )
    exclusive = item.give and any(getattr(holder, "one_at_a_time", None) for holder in holders)
    return not limited and not exclusive


def _check_inherited(protocol: Protocol, located: Located, library: Library) -> Iterator[Problem]:
    """Ids that are replaced or left out must be inherited; ids must not repeat."""
    inherited = {
        item_id(item, phase)
        for parent in ancestors(protocol, library.pathways)
        for phase, items in parent.pathway.items()
        for item in items
    }
    for position, left in enumerate(protocol.leave_out):
        if left.id not in inherited:
            yield problem(
                located,
                ("leave_out", position, "id"),
                f"Nothing inherited has the id {left.id}.",
                nearest(left.id, inherited) or "remove this entry",
                left.id,
            )
    own: set[str] = set()
    for phase, items in protocol.pathway.items():
        for position, item in enumerate(items):
            path, name = ("pathway", phase, position), item_id(item, phase)
            for replaced in item.replaces or []:
                if replaced not in inherited:
                    yield problem(
                        located,
                        (*path, "replaces"),
                        f"Nothing inherited has the id {replaced}.",
                        nearest(replaced, inherited) or "remove it",
                        replaced,
                    )
            taken = name in own or (
                name in inherited
                and name not in (item.replaces or [])
                and name not in [left.id for left in protocol.leave_out]
            )
            if name and taken:
                yield problem(
                    located,
                    path,
                    f"The id {name} is taken.",
                    f"set id:, or replaces: [{name}] to stand for the inherited one",
                    name,
                )
            own.add(name)


def _check_milestones(protocol: Protocol, located: Located) -> Iterator[Problem]:
    for position, milestone in enumerate(protocol.milestones):
        if milestone.from_day > milestone.to_day:
            yield problem(
                located,
                ("milestones", position, "to_day"),
                "A milestone ends before it begins.",
                "let from_day be the smaller",
                milestone.id,
            )


def _shared_names(library: Library) -> Iterator[Problem]:
    for name, owners in names_of(library.protocols).items():
        if len(owners) > 1:
            located = library.files["protocol", owners[-1]][0]
            yield problem(
                located,
                ("also_known_as",),
                f"The name {name} stands for {' and '.join(owners)}.",
                "let one protocol keep it",
                name,
            )
