"""How cover by blocks and scheduled medicine is judged: the night, and what is due before a block ends."""

from pydantic import Field

from planner.library.entry import Citations, Entry
from planner.library.patient import Told
from planner.library.quantities import HoursField


class Coverage(Entry):
    """Hours are on the clock, 0 to 24."""

    shown: HoursField = Field(description="how far the drawing reaches after surgery")
    night_from: int = Field(ge=0, le=23)
    night_to: int = Field(ge=0, le=23)
    night_source: Citations
    oral_before_end: HoursField = Field(description="how long before a block ends the first oral dose is due")
    oral_source: Citations
    advice: list[Told] = Field(description="what else is said where a block ends at night or before the next dose")
