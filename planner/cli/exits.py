"""Exit codes, and how problems are shown."""

from collections.abc import Iterable

import click

from planner.reading.problems import InputError, Problem

# DIFFERENT is no failure: it says that two editions of the library differ, as the command diff does of two files.
READY, DIFFERENT, BAD_INPUT, STOP, BAD_LIBRARY, NOT_COMPUTED, FAILED, FAULT, INTERRUPTED = 0, 1, 2, 3, 4, 5, 6, 70, 130
NEEDS_PERSON = STOP
"""Of a list: a row stands at stop, has no protocol or cannot be used."""


class LibraryError(InputError):
    """The protocol library has problems; no plan can be made from it."""


def run(command: click.Command) -> int:
    """Run a click command and turn its outcome into an exit code."""
    try:
        outcome = command.main(standalone_mode=False)
        return outcome if isinstance(outcome, int) else READY
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.Abort:
        click.echo("Stopped.", err=True)
        return BAD_INPUT
    except click.ClickException as error:
        error.show()
        return BAD_INPUT
    except LibraryError as error:
        show(error.problems)
        return BAD_LIBRARY
    except InputError as error:
        show(error.problems)
        return BAD_INPUT
    except BrokenPipeError:
        return READY


def show(problems: Iterable[Problem]) -> None:
    """Problems on standard error, with their number."""
    listed = list(problems)
    for problem in listed:
        click.echo(str(problem), err=True)
    click.echo(f"{len(listed)} problem{'' if len(listed) == 1 else 's'}; nothing was written.", err=True)
