"""The generated pages of docs/: command line, coverage of the library, schemas. `make docs` writes them."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from planner import api
from planner.cli import cli
from planner.library.library import Library
from planner.library.protocol import Item, Protocol
from planner.schemas import KINDS, schema_of


def pages(library: Library) -> dict[str, str]:
    """Every generated page by its path below docs/."""
    return {
        "cli.md": command_line(),
        "coverage.md": coverage(library),
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
