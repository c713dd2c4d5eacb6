"""The generated pages of docs/: command line, coverage of the library, schemas. `make docs` writes them."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from planner import api
from planner.cli import cli
from planner.library.antithrombotic import Timing, WaitStep
from planner.library.block import Choice, Infusion
from planner.library.library import Library
from planner.library.protocol import Item, Protocol
from planner.plan.wording import number
from planner.schemas import KINDS, schema_of


def pages(library: Library) -> dict[str, str]:
    """Every generated page by its path below docs/."""
    return {
        "cli.md": command_line(),
        "coverage.md": coverage(library),
        "blocks.md": blocks(library),
        "antithrombotics.md": antithrombotics(library),
        "operating-lists.md": operating_lists(library),
        **{f"schema/{kind}.json": json.dumps(schema_of(kind), indent=2) + "\n" for kind in KINDS},
    }


def command_line() -> str:
    """The help of every command, as printed 100 columns wide."""
    parts = ["# Command line", "", "Written by `make docs`; do not edit.", ""]
    for context in _contexts(cli, "planner", None):
        parts += [f"## {context.command_path}", "", "```text", context.get_help().strip(), "```", ""]
    return "\n".join(parts)


def _contexts(command: click.Command, name: str, parent: click.Context | None) -> Iterator[click.Context]:
    """A context for a command and for every command below it, as a call from the shell would make."""
    settings = {**command.context_settings, "terminal_width": 100, "max_content_width": 100}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    yield context
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            yield from _contexts(command.get_command(context, child), child, context)


def coverage(library: Library) -> str:
    """Which operation asks for which drugs and blocks, and how the facts of the library were checked."""
    lines = [
        "# What the library covers",
        "",
        "Written by `make docs`; do not edit.",
        "",
        "| operation | drugs | blocks | milestones | approval |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, protocol in sorted(library.complete.items()):
        drugs, blocks = _asked_for(protocol)
        lines.append(
            f"| {protocol.title} (`{name}`) | {', '.join(drugs)} | {', '.join(blocks)} | "
            f"{len(protocol.milestones)} | {protocol.approval} |"
        )
    marks = [source.checked for source in library.sources.values()]
    lines += [
        "",
        "| how a source was checked | sources |",
        "| --- | --- |",
        *(f"| {mark} | {marks.count(mark)} |" for mark in ("read", "second-hand", "unverified")),
        "",
    ]
    return "\n".join(lines)


def blocks(library: Library) -> str:
    """The catalog of regional techniques: what each is for, what is injected, what runs through a catheter."""
    lines = [
        "# Blocks",
        "",
        "Written by `make docs`; do not edit. Volumes are for one side. What holds for every block of a depth, and",
        "the contraindications of each block, stand in `protocols/regional/by-depth.yaml` and `protocols/blocks/`.",
        "",
        "| block | depth | risk of falling | used for | injected | through a catheter |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, block in sorted(library.blocks.items()):
        injected = "; ".join(_choice(choice) for choice in block.choices)
        running = "; ".join(_infusion(infusion) for infusion in block.infusions)
        lines.append(
            f"| {block.title} (`{name}`) | {block.depth} | {block.fall_risk} | {block.used_for.text} | "
            f"{injected or 'none'} | {running or 'none'} |"
        )
    return "\n".join([*lines, ""])


def _choice(choice: Choice) -> str:
    if choice.volume is None:
        return f"{choice.drug} {choice.dose}"
    lasts = f", {_span(choice.lasts.low, choice.lasts.high, 'h')}" if choice.lasts else ""
    return f"{choice.drug} {choice.concentration} {_span(choice.volume.low, choice.volume.high, 'mL')}{lasts}"


def _infusion(infusion: Infusion) -> str:
    return f"{infusion.drug} {infusion.concentration} {_span(infusion.rate.low, infusion.rate.high, 'mL an hour')}"


def _span(low: float, high: float, unit: str) -> str:
    return f"{number(low)} {unit}" if low == high else f"{number(low)} to {number(high)} {unit}"


def antithrombotics(library: Library) -> str:
    """Every interval before a spinal, epidural or deep block, edition by edition."""
    editions = library.regional.editions
    lines = [
        "# Antithrombotics before spinal, epidural and deep blocks",
        "",
        f"Written by `make docs`; do not edit. The edition in use is {editions.editions[editions.use].title}; a site",
        "file may choose another. Of a range the longer end is used. Each interval has its source and how it was",
        "checked in `protocols/antithrombotics/`.",
        "",
        "| drug | dose | edition | before the needle | next dose after the needle | after a catheter is out |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, entry in sorted(library.regional.antithrombotics.items()):
        for edition in editions.editions:
            for dose, timing in entry.editions.get(edition, {}).items():
                lines.append(
                    f"| {name} | {entry.doses[dose].says} | {editions.editions[edition].title} | {_before(timing)} | "
                    f"{timing.next_after_needle or 'not stated'} | {timing.next_after_catheter or 'not stated'} |"
                )
    return "\n".join([*lines, ""])


def operating_lists(library: Library) -> str:
    """The headers, units and words by which an operating list is understood."""
    words = library.schedule
    lines = [
        "# What is understood in an operating list",
        "",
        "Written by `make docs` from `protocols/schedule.yaml`; do not edit. Case and punctuation do not count, and a",
        "unit or a number may follow a header. Names of case fields are understood too. `planner batch LIST --explain`",
        "shows how the columns of one list are read, and writes a map for `--columns` to start from.",
        "",
        "| fact | headers |",
        "| --- | --- |",
        *(f"| `{fact}` | {', '.join(headers)} |" for fact, headers in words.columns.items()),
        "",
        "A number takes the unit of its cell, else that of its header or map, else the only possible one.",
        "",
        "| fact | units, the first is that of the case |",
        "| --- | --- |",
        *(
            f"| `{fact}` | {', '.join(sorted(units, key=lambda name: units[name].times != 1))} |"
            for fact, units in words.units.items()
        ),
        "",
        "Cells that say something else than these leave the fact unknown, and the plan says so.",
        "",
        "| fact | value | written as |",
        "| --- | --- | --- |",
        *(
            f"| `{fact}` | {value} | {', '.join(phrases)} |"
            for fact, choices in words.choices.items()
            for value, phrases in choices.means.items()
            if phrases
        ),
        "",
        "| list | cells that say there is none |",
        "| --- | --- |",
        *(f"| `{fact}` | {', '.join(phrases)} |" for fact, phrases in words.known_none.items()),
        "",
        f"Not none, and so unknown: {', '.join(words.not_none)}.",
        "",
        f"A status that makes no plan: {', '.join((*words.canceled, *words.done))}. One that raises no question: "
        f"{', '.join(words.active)}.",
        "",
        "A problem list tells what is there, and leaves open what it does not name. A word by which an entry, and what",
        f"stands beside it, may not be true now leaves them open too: {', '.join(words.hedges)}.",
        "",
        f"In brackets after a header these change nothing: {', '.join(words.header_remarks)}. Other words",
        "in brackets that are no unit make it a header that is not understood.",
        "",
        "A word that makes an operation another one, so that no protocol is taken for it: "
        f"{', '.join(words.operation.changes)}.",
        "",
    ]
    return "\n".join(lines)


def _before(timing: Timing) -> str:
    if timing.bands:
        return "; ".join(f"{_band(timing.bands.by, step)}: {_answer(step)}" for step in timing.bands.steps)
    return timing.not_stated or _answer(timing)


def _answer(asked: Timing | WaitStep) -> str:
    return f"advised against: {asked.avoid}" if asked.avoid else str(asked.wait)


def _band(by: str, step: WaitStep) -> str:
    limits = (("from", step.from_), ("above", step.above), ("under", step.under), ("up to", step.up_to))
    return f"{by} " + " ".join(f"{word} {number(limit)}" for word, limit in limits if limit is not None)


def _asked_for(protocol: Protocol) -> tuple[list[str], list[str]]:
    items = [leaf for phase in protocol.pathway.values() for item in phase for leaf in _leaves(item)]
    return (
        sorted({leaf.give.split("/")[0] for leaf in items if leaf.give}),
        sorted({leaf.block for leaf in items if leaf.block}),
    )


def _leaves(item: Item) -> Iterator[Item]:
    children = item.one_of or item.some_of
    if children:
        for child in children:
            yield from _leaves(child)
    else:
        yield item


def main(folder: Path = Path("docs")) -> None:
    """Write every page below `folder`."""
    api.write_whole((folder / name, text.encode()) for name, text in pages(api.open_library()).items())


if __name__ == "__main__":
    main()
