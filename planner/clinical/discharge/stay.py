"""How long the patient stayed, as far as the case says; unknown is not long."""

from dataclasses import dataclass
from datetime import date, datetime

from planner.case.fields import Case
from planner.library.discharge import DischargeRules


@dataclass(frozen=True)
class Stay:
    """`short`: too short for its last day to count. `early`: home in the first days. None: not known."""

    short: bool | None
    early: bool | None
    going_home: date | None


def stay_of(case: Case, rules: DischargeRules) -> Stay:
    """From surgery to going home; without that day, a patient who does not stay the night stays short."""
    home, surgery = case.discharge_at, case.surgery_at
    if home is None or surgery is None:
        short = True if case.setting == "outpatient" and home is None else None
        return Stay(short, short, _day(home))
    days = (_day(home) - _day(surgery)).days
    return Stay(_short(home, surgery, days, rules.short_stay.hours), days <= rules.early.up_to_day, _day(home))


def _short(home: date, surgery: date, days: int, hours: float) -> bool | None:
    if isinstance(home, datetime) and isinstance(surgery, datetime):
        return (home - surgery).total_seconds() / 3600 <= hours
    if days * 24 - 24 >= hours:
        return False
    return True if days * 24 + 24 <= hours else None


def _day(moment: datetime | date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment
