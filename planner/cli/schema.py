"""planner schema: JSON Schemas for editors and other programs."""

import json

import click

from planner.cli.exits import READY


@click.command()
@click.argument("kind", type=click.Choice(["case", "plan", "protocol", "drug", "block", "antithrombotic", "site"]))
def schema(kind: str) -> int:
    """Print the JSON Schema of case, plan, protocol, drug, block, antithrombotic or site files."""
    from planner.schemas import schema_of

    click.echo(json.dumps(schema_of(kind), indent=2))
    return READY
