"""planner mme: home opioids in morphine milligram equivalents a day."""

from pathlib import Path

import click

from planner.cli.exits import NOT_COMPUTED, READY
from planner.cli.shared import library_option, open_checked
from planner.plan.opioids import MorphineCount
from planner.plan.wording import NO_BREAK, amount

_WIDEST = 60


@click.command()
@click.argument("medicines", nargs=-1, metavar="[MEDICINE]...")
@click.option(
    "--file", "path", metavar="PATH", help="A list, one medicine a line; # starts a comment; - is standard input."
)
@click.option("--edition", metavar="NAME", help="Table of factors, as cdc-2016. Default: the one the library uses.")
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
@library_option
def mme(medicines: tuple[str, ...], path: str | None, edition: str | None, as_json: bool, library: Path | None) -> int:
    """Count each MEDICINE, as a chart writes it, in morphine milligram equivalents (MME) a day, with the working.

    planner mme "OxyContin 20 mg q12h" "Percocet 5/325 mg 1-2 tablets every 4-6 hours as needed"

    What cannot be computed is said with its reason, never taken as zero; then there is no sum, and
    the exit code is 5. MME measures risk and never chooses the dose of another opioid.
    """
    from planner import api

    if bool(medicines) == bool(path):
        raise click.UsageError("Name medicines, or a file of them with --file, and not both.")
    opened = open_checked(library)
    texts = api.read_lines(path) if path else medicines
    found = api.count_morphine(texts, opened, edition)
    click.echo(found.model_dump_json(indent=2) if as_json else _table(found).replace(NO_BREAK, " "))
    return READY if found.mme_per_day is not None else NOT_COMPUTED


def _table(found: MorphineCount) -> str:
    """One line a medicine, then the sum and what must be said with it."""
    width = max((len(one.text) for one in found.medicines if len(one.text) <= _WIDEST), default=0)
    lines = []
    for one in found.medicines:
        words = f"cannot be computed: {one.because}" if one.because else one.working
        if len(one.text) > _WIDEST:
            lines.append(one.text)
        lines.append(f"{one.text if len(one.text) <= _WIDEST else '':<{width}}  {words}")
    lines += ["", f"Sum, {found.edition_title}: {_sum(found)}"]
    return "\n".join([*lines, *(f"{note.text} [{', '.join(note.sources)}]" for note in found.notes)])


def _sum(found: MorphineCount) -> str:
    if found.mme_per_day is not None:
        return f"{amount(found.mme_per_day, 'MME')} a day"
    return f"cannot be computed; the part that can is {amount(found.known_mme, 'MME')} a day"
