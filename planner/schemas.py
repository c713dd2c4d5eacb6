"""JSON Schemas of everything people and programs write or read."""

from typing import Any

from planner.case.fields import Case
from planner.library.antithrombotic import Antithrombotic
from planner.library.block import Block
from planner.library.drug import Drug
from planner.library.protocol import Protocol
from planner.library.site import Site
from planner.plan.models import Plan

KINDS = {
    "case": Case,
    "plan": Plan,
    "protocol": Protocol,
    "drug": Drug,
    "block": Block,
    "antithrombotic": Antithrombotic,
    "site": Site,
}


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file, generated from the model that reads or writes it."""
    mode = "serialization" if kind == "plan" else "validation"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **KINDS[kind].model_json_schema(mode=mode)}
