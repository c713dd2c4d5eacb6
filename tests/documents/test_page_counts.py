"""Four pages for a usual patient: two of orders and care, the sheet of the block team, the record.

A hard patient takes little more: more questions, and the times of antithrombotics on the sheet.
"""

from datetime import datetime

import pytest

from planner import api
from planner.reading.resources import protocols_folder
from tests.documents.printed import page_texts

NOW = datetime(2026, 12, 1, 18, 0)
USUAL = ("01", "06", "08", "10")
HARD = {"02": 5, "03": 5, "04": 5, "05": 5, "07": 6, "09": 4}
SHEET = ("Blocks and cover", "Cover for 72", "Before the needle", "EMERGENCY")


def pages(number: str, library, paper: str) -> list[str]:
    (path,) = (protocols_folder() / "examples").glob(f"{number}-*.yaml")
    case = api.read_case_file(str(path), library, NOW)
    (plan,) = api.make_plans([(str(path), case)], library, NOW)
    return page_texts(api.render_plan(plan, "pdf", library, paper=paper))


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("number", USUAL)
def test_a_usual_patient_takes_two_pages_a_sheet_and_one_of_record(number, paper, library):
    """The sheet of blocks and cover and its emergency card are new: a page of their own, to be taken along."""
    found = pages(number, library, paper)
    assert len(found) == 4
    assert not any(part in text for text in found[:2] for part in ("Reviewed by", *SHEET))
    assert all(part in found[2] for part in SHEET)
    assert all(part in found[3] for part in ("Sources", "Record", "Reviewed by", "DRAFT"))


@pytest.mark.parametrize(("number", "most"), HARD.items())
def test_a_hard_patient_takes_little_more(number, most, library):
    found = pages(number, library, "letter")
    assert len(found) <= most
    assert all(part in found[-1] for part in ("Sources", "Record", "Reviewed by"))
