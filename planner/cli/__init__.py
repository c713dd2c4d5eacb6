"""The command line. Each command is one library call; commands load only when they are used."""

import importlib
import sys

import click

from planner import __version__

_COMMANDS = {
    "plan": "Make pain plans for one case or several.",
    "handout": "Make the patient's handout for going home.",
    "batch": "Make plans and handouts for a whole operating list, with a day sheet.",
    "audit": "Look at finished plans anew, independently of what made them.",
    "explain": "Say why something is in, changed in or left out of a plan.",
    "mme": "Count home opioids in morphine equivalents a day.",
    "protocols": "List, show, check and compare the protocol library.",
    "site": "Check a hospital's own file.",
    "schema": "Print the JSON Schema of one kind of file: case, plan, protocol and more.",
}


class LazyGroup(click.Group):
    """Knows the names of its commands and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        return getattr(importlib.import_module(f"planner.cli.{name}"), name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="planner")
def cli() -> None:
    """Perioperative pain plans from analgesia protocols and what is known about one patient.

    A plan is a proposal: a clinician checks every line before it is ordered.

    \b
    Exit codes: 0 every plan is ready or waits for facts it names; 1 two editions of the
    library differ; 2 the input could not be used and nothing was written; 3 a hard stop
    stands in a plan; 4 the protocol library has problems; 5 morphine equivalents cannot be
    computed; 6 cases of a list could not be made; 70 a fault of this program; 130 a list was
    stopped with Ctrl-C.
    """


def main() -> None:
    """Run the command line. A user's mistake ends in a message, a program fault in exit code 70."""
    from planner.cli.exits import FAULT, run

    try:
        sys.exit(run(cli))
    except Exception as error:
        import traceback

        traceback.print_exception(error)
        click.echo("This is a fault of the program, not of your input. Please report the lines above.", err=True)
        sys.exit(FAULT)
