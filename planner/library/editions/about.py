"""Which changed files may be why a line of a plan changed."""

from collections.abc import Collection, Iterable

from planner.library.editions.changes import EntryChange
from planner.library.library import Library
from planner.library.pathways import ancestors


def files_about(
    names: Collection[str], kinds: Collection[str], protocol_id: str, entries: Iterable[EntryChange], library: Library
) -> list[str]:
    """The changed files of a drug, its classes or a block among `names`, those of `kinds`, and the operation's own.

    A file of the operation counts where one of its changes names one of `names`.
    """
    classes = {one for name in names if name in library.drugs for one in library.drugs[name].classes}
    line = ancestors(library.protocols[protocol_id], library.pathways)
    asking = {("protocol", protocol_id), *(("pathway", name) for name, one in library.pathways.items() if one in line)}
    files = {name.replace(" ", "-") for name in names}
    found = []
    for entry in entries:
        if entry.kind in kinds:
            is_about = True
        elif entry.kind in ("drugs", "blocks", "antithrombotics"):
            is_about = entry.name in files
        elif entry.kind == "classes":
            is_about = entry.name in classes
        else:
            is_about = (entry.kind, entry.name) in asking and _names(entry, names)
        if is_about:
            found.append(entry.file)
    return found


def _names(entry: EntryChange, names: Collection[str]) -> bool:
    """Whether some change of an operation's file names one of these, as a line or as what is given."""
    steps = {step for change in entry.changes for step in change.field.split(", ")}
    return not {*steps, *(step.split("/")[0] for step in steps)}.isdisjoint(names)
