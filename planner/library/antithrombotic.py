"""Antithrombotic files: how long a needle near the spine waits after a dose, edition by edition."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from planner.library.block import Depth
from planner.library.entry import Citations, Cited, ConditionField, Entry, Texts
from planner.library.quantities import WaitField


class DoseClass(Entry):
    """Which home doses belong together, as `low` and `high`.

    `when` may use home_dose (in the file's unit), home_doses_per_day, home_daily and home_route.
    """

    says: str = Field(description="the doses in words: 5 mg or 10 mg twice daily")
    when: ConditionField | None = Field(None, description="None: no home dose is taken for this class by itself")
    any_dose: bool = Field(False, description="the drug has this one class, whatever the dose")
    ask: str | None = Field(None, description="what must be asked before a shorter interval is trusted")
    source: Citations


class StandsIn(Entry):
    """A laboratory value that may stand in for the interval."""

    when: ConditionField | None = Field(None, description="None: the case has no field for it; it is only printed")
    says: str


class Check(Entry):
    """A question that must be answered with yes besides the interval; always, or where `when` is true or unknown."""

    ask: str
    when: ConditionField | None = None


def _checks(value: Any) -> Any:
    listed = [value] if isinstance(value, str | dict) else value
    return [{"ask": one} if isinstance(one, str) else one for one in listed] if isinstance(listed, list) else listed


class WaitStep(Entry):
    """One band of kidney function, with its wait or the advice against."""

    from_: float | None = Field(None, alias="from")
    above: float | None = None
    under: float | None = None
    up_to: float | None = None
    wait: WaitField | None = None
    avoid: str | None = None


class WaitBands(Entry):
    """Waits by one number, mostly `crcl`, that leave no gap and do not overlap."""

    by: str
    steps: list[WaitStep] = Field(min_length=2)
    unknown: WaitField | None = Field(None, description="where the edition says what holds while the number is unknown")


class Timing(Entry):
    """What one edition asks for one dose class. Exactly one of wait, bands, avoid and not_stated.

    Where a source gives a range, the longer end is used.
    """

    wait: WaitField | None = Field(None, description="from the last dose to the needle")
    bands: WaitBands | None = None
    avoid: str | None = Field(None, description="the edition advises against a block, and says why")
    not_stated: str | None = Field(None, description="the edition gives no interval")
    checks: Annotated[list[Check], BeforeValidator(_checks)] = []
    doubt_when: ConditionField | None = Field(None, description="a laboratory value that speaks against a passed time")
    stands_in: StandsIn | None = None
    catheter: Literal["allowed", "avoid"] | None = Field(None, description="whether a catheter may lie under this dose")
    catheter_out: WaitField | None = Field(None, description="from a dose to removal; None: as long as to the needle")
    catheter_out_when: str | None = Field(None, description="where removal goes by something else than time")
    next_after_needle: WaitField | None = None
    next_after_catheter: WaitField | None = None
    notes: Texts = Field([], description="printed with the times")
    source: Citations

    @model_validator(mode="after")
    def _one_answer(self) -> Self:
        answers = [part for part in ("wait", "bands", "avoid", "not_stated") if getattr(self, part) is not None]
        if len(answers) != 1:
            raise ValueError("a timing has exactly one of wait, bands, avoid and not_stated")
        return self


class Antithrombotic(Entry):
    """One drug, or drugs that share all their intervals."""

    antithrombotic: str
    match: Texts = Field(description="drug names or classes of home medicines")
    unit: Literal["mg", "units"] = "mg"
    counts: bool = Field(True, description="counts where two antithrombotics are warned of")
    doses: dict[str, DoseClass] = Field(min_length=1)
    editions: dict[str, dict[str, Timing]] = Field(description="edition, dose class, timing")
    disagree: list[Cited] = Field([], description="where sources differ, in words")


class Edition(Entry):
    title: str
    source: Citations


class Judged(Entry):
    """What is asked, or only said, at depths for which no interval is set."""

    depths: list[Depth]
    ask: str | None = Field(None, description="None: the text is printed, nothing is asked")
    text: str
    source: Citations


class Editions(Entry):
    """The guideline editions at hand, the one that is used, and the depths its intervals hold for."""

    use: str
    editions: dict[str, Edition]
    depths: list[Depth]
    judged: list[Judged] = []
    together: Cited = Field(description="printed where two antithrombotics are taken")
    together_ask: str
    with_uncounted: Cited = Field(description="printed where an NSAID, SSRI or herbal is added to one")
    unlisted: Cited = Field(description="why no block is offered with an antithrombotic that has no file")
