"""The antithrombotic intervals of the library, against a second transcription of the same tables.

antithrombotic-intervals.csv was written from the guidelines and reviews it cites by somebody who had not seen the
files of protocols/antithrombotics, so that a slip in one of the two shows here. One line is one cell of their tables,
or one band of kidney function in it. In the column crcl, `30-50` holds both ends, `30-<50` leaves the upper one out,
and an empty field holds for every value. `0-6` in the columns of the next dose is a range. `checked` is the least
checked figure of the line; it is empty where the cell is empty, a dash or an unmarked remark without a figure.
"""

import csv
import re
from pathlib import Path

import pytest

from planner.library.entry import split_citation

TABLE = Path(__file__).with_name("antithrombotic-intervals.csv")
MARKS = ["read", "second-hand", "unverified"]
BAND = re.compile(r"(?:(<)|(>=?)|(\d+)-(<?))(\d+)")
# Every whole clearance, and just below and above it: every end of every band lies among them.
CLEARANCES = [0.0, *(whole + aside for whole in range(1, 151) for aside in (-0.01, 0, 0.01)), 500.0]


def read_table():
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def place(row):
    return row["drug"], row["dose_class"], row["edition"]


def name(row):
    return " ".join(filter(None, (*place(row), row["crcl"])))


def holds(band, clearance):
    if not band:
        return True
    under, over, low, without_end, limit = BAND.fullmatch(band).groups()
    if under:
        return clearance < float(limit)
    if over:
        return clearance > float(limit) or (over == ">=" and clearance == float(limit))
    return float(low) <= clearance and (clearance < float(limit) if without_end else clearance <= float(limit))


def span(wait):
    return wait and (wait.low, wait.high)


def written_span(text):
    low, _, high = text.partition("-")
    return (float(low), float(high or low)) if text else None


def step_holds(step, clearance):
    return (
        (step.from_ is None or clearance >= step.from_)
        and (step.above is None or clearance > step.above)
        and (step.under is None or clearance < step.under)
        and (step.up_to is None or clearance <= step.up_to)
    )


def answer_at(timing, clearance):
    """What the library asks for at this clearance: the word of the column answer, and the hours."""
    part = timing
    if timing.bands:
        assert timing.bands.by == "crcl"
        (part,) = [step for step in timing.bands.steps if step_holds(step, clearance)]
    return ("wait", span(part.wait)) if part.wait else ("avoid" if part.avoid else "not stated", None)


def find(library, drug, dose_class, edition):
    entry = library.regional.antithrombotics.get(drug)
    return entry and entry.editions.get(edition, {}).get(dose_class)


ROWS = read_table()


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_interval_is_the_one_of_the_second_transcription(library, row):
    timing = find(library, *place(row))
    if timing is None and row["answer"] == "not stated" and not row["checked"]:
        return  # an empty cell may be left out of the library
    assert timing, "the library has no timing for this line"
    hours = (float(row["wait_low_h"]), float(row["wait_high_h"])) if row["answer"] == "wait" else None
    found = {value: answer_at(timing, value) for value in CLEARANCES if holds(row["crcl"], value)}
    assert {value: answer for value, answer in found.items() if answer != (row["answer"], hours)} == {}
    assert span(timing.next_after_needle) == written_span(row["next_after_needle_h"])
    assert span(timing.next_after_catheter) == written_span(row["next_after_catheter_h"])
    assert (timing.catheter or "") == row["catheter"]


@pytest.mark.parametrize("row", [row for row in ROWS if row["checked"]], ids=name)
def test_mark_is_not_better_than_the_reference_allows(library, row):
    timing = find(library, *place(row))
    assert timing, "the library has no timing for this line"
    marks = [mark or library.sources[key].checked for key, mark in map(split_citation, timing.source)]
    assert max(map(MARKS.index, marks)) >= MARKS.index(row["checked"]), f"{marks} for {row['checked']}"


def test_every_timing_is_in_the_second_transcription(library):
    timings = {
        (drug, dose_class, edition)
        for drug, entry in library.regional.antithrombotics.items()
        for edition, classes in entry.editions.items()
        for dose_class in classes
    }
    assert sorted(timings - {place(row) for row in ROWS}) == []


@pytest.mark.parametrize("which", dict.fromkeys(map(place, ROWS)), ids=" ".join)
def test_table_answers_once_for_every_clearance(which):
    bands = [row["crcl"] for row in ROWS if place(row) == which]
    assert [value for value in CLEARANCES if sum(holds(band, value) for band in bands) != 1] == []
