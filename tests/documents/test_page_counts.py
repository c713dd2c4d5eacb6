"""Two pages for a usual patient, plus a last page of record; a hard patient takes little more."""

import io
from datetime import datetime

import pypdf
import pytest

from planner import api
from planner.reading.resources import protocols_folder

NOW = datetime(2026, 12, 1, 18, 0)
USUAL = ("01", "06", "08", "10")
HARD = {"02": 4, "03": 4, "04": 4, "05": 4, "09": 4, "07": 5}


def pages(number: str, library, paper: str) -> list[str]:
    (path,) = (protocols_folder() / "examples").glob(f"{number}-*.yaml")
    case = api.read_case_file(str(path), library, NOW)
    (plan,) = api.make_plans([(str(path), case)], library, NOW)
    reader = pypdf.PdfReader(io.BytesIO(api.render_plan(plan, "pdf", library, paper=paper)))
    return [page.extract_text() for page in reader.pages]


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("number", USUAL)
def test_a_usual_patient_takes_two_pages_and_one_of_record(number, paper, library):
    found = pages(number, library, paper)
    assert len(found) == 3
    assert not any("Reviewed by" in text for text in found[:2])
    assert all(part in found[2] for part in ("Sources", "Record", "Reviewed by", "DRAFT"))


@pytest.mark.parametrize(("number", "most"), HARD.items())
def test_a_hard_patient_takes_little_more(number, most, library):
    found = pages(number, library, "letter")
    assert len(found) <= most
    assert all(part in found[-1] for part in ("Sources", "Record", "Reviewed by"))
