"""What a protocol inherits: its pathway's items, then its own."""

from collections.abc import Mapping

from planner.library.patient import Told
from planner.library.protocol import Item, Protocol, Signs


def ancestors(protocol: Protocol, pathways: Mapping[str, Protocol]) -> list[Protocol]:
    """The pathways a protocol extends, the most general first. Unknown names and circles end the chain."""
    chain: list[Protocol] = []
    name = protocol.extends
    while name in pathways and pathways[name] not in chain:
        chain.insert(0, pathways[name])
        name = pathways[name].extends
    return chain


def item_id(item: Item, phase: str) -> str:
    """The item's own id, or drug or block name and phase: `acetaminophen-ward`."""
    if item.id:
        return item.id
    if item.give:
        return f"{item.give.split('/')[0].replace(' ', '-')}-{phase.replace('_', '-')}"
    return item.block or ""


def resolve(protocol: Protocol, pathways: Mapping[str, Protocol]) -> Protocol:
    """The protocol with everything it extends: inherited items stand first, in their order.

    An item with `replaces` stands in the place of the first item it names. `leave_out`
    removes inherited items; the reasons remain in `leave_out` for the plan to show.
    """
    line = [*ancestors(protocol, pathways), protocol]
    pathway: dict[str, list[Item]] = {}
    for layer in line:
        dropped = {left.id for left in layer.leave_out}
        for phase in pathway:
            pathway[phase] = [item for item in pathway[phase] if item_id(item, phase) not in dropped]
        for phase, items in layer.pathway.items():
            for item in items:
                _place(pathway, phase, item)
    return protocol.model_copy(
        update={
            "pathway": {
                phase: pathway[phase]
                for phase in ("before_admission", "preop", "intraop", "pacu", "ward", "discharge")
                if phase in pathway
            },
            "leave_out": [left for layer in line for left in layer.leave_out],
            "not_recommended": _last_by_id([entry for layer in line for entry in layer.not_recommended]),
            "course": [entry for layer in line for entry in layer.course],
            "milestones": sorted(
                _last_by_id([entry for layer in line for entry in layer.milestones]),
                key=lambda milestone: (milestone.from_day, milestone.to_day),
            ),
            "at_home": _last_by_id([entry for layer in line for entry in layer.at_home]),
            "warning_signs": _signs([layer.warning_signs for layer in line]),
        }
    )


def _place(pathway: dict[str, list[Item]], phase: str, item: Item) -> None:
    """Append an item, or put it in the place of what it replaces."""
    items = pathway.setdefault(phase, [])
    replaced = [place for place, old in enumerate(items) if item_id(old, phase) in (item.replaces or [])]
    if not replaced:
        items.append(item)
        return
    items[replaced[0]] = item
    for place in reversed(replaced[1:]):
        del items[place]


def _signs(layers: list[Signs]) -> Signs:
    """The signs of every layer. One that a more special layer states again, as call or emergency, gives way to it."""
    last = {sign.id: at for at, signs in enumerate(layers) for sign in (*signs.call, *signs.emergency) if sign.id}

    def kept(urgency: str) -> list[Told]:
        own = [(at, sign) for at, signs in enumerate(layers) for sign in getattr(signs, urgency)]
        return [sign for at, sign in own if last.get(sign.id, at) == at]

    return Signs(call=kept("call"), emergency=kept("emergency"))


def _last_by_id(entries: list) -> list:
    """Entries with a repeated id keep the last, most specific one, in its first place."""
    return list({entry.id: entry for entry in entries}.values())
