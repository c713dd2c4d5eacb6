"""Opioid files: conversion to morphine milligram equivalents (MME), edition by edition, and opioid tolerance.

One file of `opioids/mme/` is one edition, complete and unmixed; `opioids/equivalents.yaml` names the one in use.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from planner.case.morphine import Conversion, MorphineScale, NotConverted
from planner.case.opioid_use import OpioidRules
from planner.case.tolerance import ToleranceRules
from planner.library.entry import Citations, Cited, Entry
from planner.library.quantities import HoursField

Route = Literal["oral", "transdermal"]
Unit = Literal["mg", "mcg/h"]


class FactorStep(Entry):
    """The factor for daily doses in one range."""

    above: float | None = None
    up_to: float | None = None
    factor: float = Field(gt=0)

    @property
    def from_(self) -> None:
        """A step begins above the one before it."""

    @property
    def under(self) -> None:
        """A step ends with its largest dose."""


class FactorRow(Entry):
    """One opioid by one route: one factor for every daily dose, or one by steps."""

    drug: str
    route: Route
    unit: Unit = Field(description="of the daily dose; a patch has its rate")
    factor: float | None = Field(None, gt=0)
    steps: list[FactorStep] = []
    source: Citations

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.factor is None) == (not self.steps):
            raise ValueError("a row has a factor or steps, and not both")
        return self


class FactorTable(Entry):
    """One edition of conversion factors. Every row has the source of the table."""

    edition: str
    title: str
    purpose: Literal["clinical", "superseded", "research"]
    source: Citations
    factors: list[FactorRow] = Field(min_length=1)


class NoFactor(Entry):
    match: str = Field(description="a drug or a class")
    because: str
    source: Citations


class AsTreatment(NoFactor):
    condition: str = Field(description="the condition that the opioid treats")


class PatchWear(Entry):
    drug: str
    worn: HoursField = Field(description="how long the label lets one patch be worn")
    source: Citations


class Threshold(Cited):
    at_least: float = Field(description="MME a day")


class Equivalents(Entry):
    """The edition in use, and what holds for every edition."""

    use: str
    caution: Cited = Field(description="printed with every number")
    as_needed: Cited = Field(description="printed where an as-needed medicine counts")
    no_factor: list[NoFactor] = []
    as_treatment: list[AsTreatment] = []
    patches: list[PatchWear] = []
    thresholds: list[Threshold] = []


class LeastDose(Entry):
    drug: str
    route: Route
    at_least: float = Field(gt=0)
    unit: Unit


class LeastMme(Entry):
    at_least_mme: float = Field(gt=0)
    source: Citations


class ToleranceFile(Entry):
    """Who is opioid tolerant: the least daily dose of each opioid, every day for so many days."""

    days: float = Field(gt=0)
    drugs: list[LeastDose] = Field(min_length=1)
    source: Citations
    others: LeastMme = Field(description="any other opioid, or several together")
    undecided: list[NoFactor] = []


@dataclass(frozen=True, eq=False)
class Morphine:
    """Everything of `opioids/` that puts home opioids on one scale."""

    tables: dict[str, FactorTable]
    equivalents: Equivalents
    tolerance: ToleranceFile

    @property
    def whole(self) -> bool:
        """Whether every file could be read."""
        return None not in (self.equivalents, self.tolerance)

    @property
    def table(self) -> FactorTable:
        """The edition in use."""
        return self.tables[self.equivalents.use]

    @cached_property
    def rules(self) -> OpioidRules:
        """What a case is held against, by the edition in use."""
        return OpioidRules(self.scale(self.equivalents.use), self._tolerance_rules())

    def scale(self, edition: str) -> MorphineScale:
        """One edition as the arithmetic needs it. Raises KeyError for an edition that is not there."""
        table, shared = self.tables[edition], self.equivalents
        worn = {patch.drug: patch for patch in shared.patches}
        return MorphineScale(
            title=table.title,
            conversions={
                (row.drug, row.route): _conversion(row, worn.get(row.drug) if row.unit == "mcg/h" else None)
                for row in table.factors
            },
            not_converted=tuple(_not_converted(rule) for rule in (*shared.no_factor, *shared.as_treatment)),
        )

    def _tolerance_rules(self) -> ToleranceRules:
        return ToleranceRules(
            days=self.tolerance.days,
            least={(row.drug, row.route): row.at_least for row in self.tolerance.drugs},
            least_mme=self.tolerance.others.at_least_mme,
            undecided=tuple(map(_not_converted, self.tolerance.undecided)),
        )


def _conversion(row: FactorRow, patch: PatchWear | None) -> Conversion:
    steps = tuple((step.up_to, step.factor) for step in row.steps) or ((None, row.factor),)
    sources = (*row.source, *(patch.source if patch else ()))
    return Conversion(row.unit, steps, sources, patch.worn if patch else None)


def _not_converted(rule: NoFactor) -> NotConverted:
    condition = rule.condition if isinstance(rule, AsTreatment) else None
    return NotConverted(rule.match, rule.because, tuple(rule.source), condition)
