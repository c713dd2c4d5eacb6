"""Cards: what the block team reads in an emergency and before the needle."""

from typing import Literal

from pydantic import Field

from planner.library.entry import Citations, Cited, Entry
from planner.library.quantities import AmountField

Shown = Literal["side", "allergies", "antithrombotics", "coagulation", "weight", "local_anesthetic", "none"]


class LipidDose(Entry):
    """Lipid emulsion 20 percent for one range of weight; amounts per kg go by the lower of actual and ideal weight."""

    bolus: AmountField
    bolus_over: str
    infusion: AmountField = Field(description="mL in all, or mL/kg/min")
    infusion_over: str | None = None
    source: Citations


class Lipid(Entry):
    over_kg: float = Field(description="actual weight above which the fixed amounts hold")
    heavy: LipidDose
    light: LipidDose
    repeat: Cited
    at_most: AmountField
    at_most_source: Citations
    goes_on: Cited


class ToxicityCard(Entry):
    """Local anesthetic systemic toxicity: signs, steps in order, lipid, afterwards."""

    title: str
    signs: list[Cited]
    steps: list[Cited] = Field(min_length=1)
    epinephrine_from: AmountField
    epinephrine_at_most: AmountField
    epinephrine_per_kg: AmountField
    epinephrine_source: Citations
    avoid: list[Cited]
    lipid: Lipid
    after: list[Cited]


class TimeOutItem(Entry):
    """One line of the list before the needle; `shows` names the fact of this patient that stands beside it."""

    text: str
    shows: Shown = "none"
    source: Citations


class Cards(Entry):
    toxicity: ToxicityCard
    time_out: list[TimeOutItem] = Field(min_length=1)
