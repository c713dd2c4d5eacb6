"""What a run leaves: names, permissions, the manifest, the day sheet, and every row of the list accounted for."""

import csv
import io
import json
import pickle
from datetime import datetime

from pypdf import PdfReader

from planner.batch.setup import DATA, FILES, HANDOUT, PLAN
from planner.case.fields import Case
from planner.clinical.compose import compose
from tests.batch.lists import modes, row, tree


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def table(folder):
    text = (folder / "manifest.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_files_are_named_by_date_room_start_and_case_never_by_patient(run):
    _, folder = run([row(1, Room="OR 7"), row(2, Start_Time="", Room=""), row(3, Case_ID="")])
    names = sorted(path.name for path in folder.glob("2026-12-03/*.json"))
    assert names == [
        "2026-12-03_OR-1_0730_row4_plan.json",
        "2026-12-03_OR-7_0730_00001_plan.json",
        "2026-12-03_no-room_no-time_00002_plan.json",
    ]


def test_the_patient_is_in_names_only_where_that_is_wished(run):
    _, folder = run([row(1)], names=True)
    assert (folder / "2026-12-03/2026-12-03_OR-2_0730_00001_Testcase-Alma-1_plan.json").is_file()


def test_only_the_user_may_read_what_is_written(run):
    _, folder = run([row(1), row(2)])
    assert modes(folder) == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir()) if path.is_dir()} == {0o700}


def test_every_status_is_told_and_counts_add_up_to_the_rows(run):
    rows = [
        row(1),
        row(2, Procedure="Revision TKA"),
        row(3, **{"Weight (kg)": "abc", "DOB": "2026-02-31"}),
        row(4, Medications=""),
        row(5, Surgery_Date="someday"),
    ]
    result, folder = run(rows)
    found = manifest(folder)
    assert found["counts"] == {"ready": 0, "confirm": 2, "stop": 0, "no_protocol": 1, "invalid": 2, "failed": 0}
    assert sum(found["counts"].values()) == found["rows_read"] == len(rows) == len(found["rows"])
    by_row = {entry["row"]: entry for entry in found["rows"]}
    assert by_row[3]["status"] == "no_protocol"
    assert "revision" in by_row[3]["messages"][0]
    assert {message.split(":")[0] for message in by_row[4]["messages"]} == {"DOB", "Weight (kg)"}
    assert by_row[6]["status"] == "invalid"
    assert "Surgery Date" in by_row[6]["messages"][0]
    assert [entry["row"] for entry in found["rows"]][-1] == 6, "a row without a date stands last"
    assert result.counts == found["counts"]


def test_rows_of_one_case_share_its_plan_and_say_so(run):
    result, folder = run([row(1), row(1), row(1, Procedure="Lumbar laminectomy", Side="")])
    entries = manifest(folder)["rows"]
    assert [entry["row"] for entry in entries] == [2, 3, 4]
    assert len({entry["files"][0]["path"] for entry in entries}) == 1
    assert entries[1]["messages"] == ["The same case as row 2"]
    assert len(result.outcomes) == 1
    plan = json.loads((folder / entries[0]["files"][0]["path"]).read_text("utf-8"))
    assert plan["case"]["other_procedures"] == ["Lumbar laminectomy"]
    assert any("Lumbar laminectomy" in alert["text"] for alert in plan["alerts"])


def test_manifests_are_ordered_by_date_room_and_time(run):
    rows = [
        row(1, Room="OR 10"),
        row(2, Room="OR 2", Start_Time="13:00"),
        row(3, Room="OR 2", Start_Time="08:00"),
        row(4, Room="OR 10", Surgery_Date="2026-12-02"),
    ]
    _, folder = run(rows)
    assert [entry["row"] for entry in manifest(folder)["rows"]] == [5, 4, 3, 2]
    assert [line["row"] for line in table(folder)] == ["5", "4", "3", "2"]


def test_no_cell_of_the_manifest_can_start_a_formula(run):
    rows = [row(1, Case_ID="=1+1", MRN="@SUM(A1)", Procedure="+TKA", Room="-7"), row(2, Procedure="=cmd|'/C calc'!A0")]
    _, folder = run(rows)
    for line in table(folder):
        for cell in line.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
    assert table(folder)[0]["case_number"] == "'=1+1"
    assert manifest(folder)["rows"][0]["case_number"] == "=1+1", "data for programs stays as it is"


def test_digests_are_those_of_the_files(run):
    _, folder = run([row(1), row(2)])
    digests = tree(folder)
    for entry in manifest(folder)["rows"]:
        for file in entry["files"]:
            assert digests[file["path"]] == file["sha256"]


def test_documents_and_a_merged_one_for_two_sided_printing(run):
    _, folder = run([row(1), row(2, Procedure="L4-5 TLIF", Side="")], files=FILES, merge="all")
    day = folder / "2026-12-03"
    merged = PdfReader(day / "all.pdf")
    starts = [merged.get_destination_page_number(item) for item in merged.outline]
    titles = [item.title for item in merged.outline]
    assert titles == [
        f"{case}: {kind}" for case in ("OR 2, 07:30, 00001", "OR 3, 07:30, 00002") for kind in ("plan", "handout")
    ]
    assert all(start % 2 == 0 for start in starts), "each document starts on a fresh sheet of paper"
    single = [
        len(PdfReader(day / f"2026-12-03_{case}_{kind}").pages)
        for case in ("OR-2_0730_00001", "OR-3_0730_00002")
        for kind in (PLAN, HANDOUT)
    ]
    assert len(merged.pages) == sum(pages + pages % 2 for pages in single)
    sheet = "".join(page.extract_text() for page in PdfReader(day / "day-sheet.pdf").pages)
    assert "Testcase, Alma 1" in sheet and "Adductor canal block" in sheet
    assert {path.name.split("_")[-1] for path in day.glob("2026*")} == {PLAN, HANDOUT, DATA}


def test_the_day_sheet_names_rows_without_a_date(run):
    _, folder = run([row(1, Procedure="UKA"), row(2, Surgery_Date="2026-02-31")], files=FILES)
    sheet = "".join(page.extract_text() for page in PdfReader(folder / "2026-12-03/day-sheet.pdf").pages)
    assert "Testcase, Alma 2" in sheet
    assert "There is no such day" in " ".join(sheet.split())


def test_data_alone_keeps_no_line_of_a_day_sheet(run):
    _, folder = run([row(1)])
    kept = [json.loads(path.read_text()) for path in (folder / ".planner").glob("2*.json")]
    assert [record["line"] for record in kept] == [None]


def test_a_library_goes_to_a_worker_without_what_was_worked_out_here(library):
    compose(Case(procedure="TKA"), library, datetime(2026, 12, 1))
    sent = pickle.loads(pickle.dumps(library))
    assert library.flat_rules and library.prepared_citations and library.prepared_parts
    assert not (sent.flat_rules or sent.prepared_citations or sent.prepared_parts)
