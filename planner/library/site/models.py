"""The keys of a site file."""

import hashlib
from typing import Literal, Self

from pydantic import Field, model_validator

from planner.library.entry import Entry
from planner.library.quantities import AmountField
from planner.library.site.fields import Beside, Day, Digest, Language, SafeWords, Words


class Approval(Entry):
    """It holds for exactly this version of this content; `planner site check` says whether it does."""

    version: Words
    digest: Digest = Field(description="the start of the protocol's digest, 12 characters or more")
    by: Words
    on: Day


class Reviewed(Entry):
    by: Words
    on: Day


class OpioidLimit(Entry):
    """One limit of law or house on the opioid to take home; parts that are not given do not limit."""

    name: SafeWords = Field(description="as it is printed: 'state law', 'hospital rule'")
    days: int | None = Field(None, ge=1, description="days one prescription may last")
    mme_per_day: float | None = Field(None, gt=0, description="MME in a day, with the opioid from home")
    mme_total: float | None = Field(None, gt=0, description="MME of one prescription")

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if self.days is None and self.mme_per_day is None and self.mme_total is None:
            raise ValueError("this limits nothing: write days, mme_per_day or mme_total")
        return self


class Phone(Entry):
    service: Words = Field(description="'surgery office', 'acute pain team'")
    number: Words
    hours: Words | None = None


class Formulary(Entry):
    """What the hospital's pharmacy has."""

    not_stocked: list[str] = Field([], description="drugs that are not started here")
    preferred: dict[str, str] = Field({}, description="class to the drug that is tried first where there is a choice")
    strengths: dict[str, list[AmountField]] = Field(
        {}, description="drug to the strengths of its tablets or capsules that are stocked, instead of the library's"
    )


class Site(Entry):
    """Everything a hospital may say. Paths are as written until the file is read, and then as they can be opened."""

    hospital: Words | None = None
    logo: Beside | None = Field(None, description="PNG or JPEG file")
    phones: list[Phone] = Field([], max_length=12)
    paper: Literal["letter", "a4"] | None = Field(None, description="unless --paper says otherwise")
    languages: list[Language] = Field([], description="languages that handouts are offered in")
    reviewed_languages: dict[Language, Reviewed] = Field({}, description="who reviewed the texts of a language")
    formulary: Formulary = Formulary()
    opioid_limits: list[OpioidLimit] = []
    approvals: dict[str, Approval] = Field({}, description="protocol to what was approved of it")
    antithrombotic_edition: str | None = Field(None, description="instead of the library's own choice")
    templates: Beside | None = Field(None, description="folder of files that stand in for page templates")
    protocols: Beside | None = Field(None, description="folder of files added to the library, or replacing its files")

    @property
    def digest(self) -> str:
        """SHA-256 of what the file decides about a plan; not of how its pages look."""
        return hashlib.sha256(self.model_dump_json(exclude={"logo", "paper", "templates"}).encode()).hexdigest()
