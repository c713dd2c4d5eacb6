"""Opioids taken at home beside those of the plan: protocols/opioids/baseline.yaml."""

from planner.library.entry import Citations, Cited, Entry, OtherView


class RescueShare(Entry):
    """A rescue dose as a share of what is taken on schedule at home of the same drug."""

    share_percent: float
    because: str
    source: Citations
    other_view: OtherView | None = None


class Unsuited(Entry):
    """What to ask, and what to do instead, where a home opioid is ruled out by its own file."""

    ask: str
    instead: str
    source: Citations


class TwoAsNeeded(Entry):
    """What to settle where both the home and the plan have an opioid as needed."""

    ask: str
    if_yes: str
    if_no: str
    source: Citations


class Baseline(Entry):
    rescue: RescueShare
    another_drug: Cited
    unsuited: Unsuited
    two_as_needed: TwoAsNeeded
    held_combination: Cited
