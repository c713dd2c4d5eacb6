"""`planner batch` as a user meets it: what is printed, exit codes, and errors that name the place and the mend."""

import json
from pathlib import Path

import pytest

from planner.cli.exits import BAD_INPUT, FAILED, INTERRUPTED, NEEDS_PERSON, READY
from tests.cli.test_commands import call

HEAD = "Case ID,DOB,Surgery Date,Procedure,Side"
SOUND = "1,1957-03-09,2026-12-03,TKA,LT"
NOW = ("--now", "2026-12-01T18:00", "--workers", "1")


@pytest.fixture
def lists(tmp_path, monkeypatch):
    """Writes a list of lines below the header, in the current folder; its name."""
    monkeypatch.chdir(tmp_path)

    def write(*lines, head=HEAD):
        Path("list.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        return "list.csv"

    return write


def test_all_good_is_zero_and_the_table_adds_up(lists):
    code, out, err = call("batch", lists(SOUND, "", SOUND.replace("1,", "2,", 1)), "-o", "out", "--json-only", *NOW)
    assert (code, err) == (READY, "")
    assert "     2  confirm " in out
    assert "     2  rows, all that were read (1 blank passed over); 2 cases" in out


def test_rows_that_need_a_person_are_three_and_are_named(lists):
    code, out, _ = call(
        "batch", lists(SOUND, "2,1957-03-09,2026-12-03,Revision TKA,LT"), "-o", "out", "--json-only", *NOW
    )
    assert code == NEEDS_PERSON
    assert "row 3: no_protocol: No protocol: Revision TKA: the word revision makes it another operation" in out


def test_a_case_that_fails_is_six(lists, monkeypatch):
    monkeypatch.setattr("planner.batch.making.make_plan", None)
    code, out, _ = call("batch", lists(SOUND), "-o", "out", "--json-only", *NOW)
    assert code == FAILED
    assert "TypeError" in out


def test_ctrl_c_is_130(lists, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("planner.batch.run.share_out", stop)
    code, out, _ = call("batch", lists(SOUND), "-o", "out", "--json-only", *NOW)
    assert code == INTERRUPTED
    assert "--resume" in out
    assert json.loads(Path("out/manifest.json").read_text("utf-8"))["counts"]["failed"] == 1


def test_json_for_programs(lists):
    code, out, err = call("batch", lists(SOUND), "-o", "out", "--json-only", "--json", *NOW)
    found = json.loads(out)
    assert (code, err) == (READY, "")
    assert found["counts"]["confirm"] == found["rows_read"] == found["cases"] == 1
    assert all((Path("out") / name).is_file() for name in found["files"])


@pytest.mark.parametrize(
    ("head", "line", "words"),
    [
        ("Case ID,DOB,Surgery Date,Duration", "1,1957-03-09,2026-12-03,60", "No column holds the operation"),
        (
            "DOB,Date of Birth,Surgery Date,Procedure",
            "1957-03-09,1957-03-09,2026-12-03,TKA",
            "Two columns stand for birth_date",
        ),
        ("DOB,Surgery Date,Procedure", "1957-03-09,11/12/2026,TKA", "--dates mdy"),
        ("DOB,Surgery Date,Procedure,Weight", "1957-03-09,2026-12-03,TKA,180", "The unit of Weight is not said"),
        ("DOB,Surgery Date,Procedure", "", "no rows below the header"),
    ],
)
def test_a_list_that_cannot_be_understood_is_two_and_writes_nothing(lists, head, line, words):
    code, out, err = call("batch", lists(line, head=head), "-o", "out", *NOW)
    assert (code, out) == (BAD_INPUT, "")
    assert words in err and "nothing was written" in err
    assert not Path("out").exists()


def test_a_missing_list_or_folder_is_told(lists):
    assert "cannot be read" in call("batch", "nowhere.csv", "-o", "out")[2]
    assert "Name a folder with -o" in call("batch", lists(SOUND))[2]
    assert call("batch", lists(SOUND), "-o", "out", "--merge", "all", "--json-only")[0] == BAD_INPUT


def test_explain_tells_every_column_and_writes_a_map_that_can_be_used(lists):
    source = lists("1,1957-03-09,11/13/2026,TKA,LT,80,Q", head=f"{HEAD},Weight,Shoe")
    code, out, _ = call("batch", source, "--explain")
    assert code == READY
    lines = " ".join(out.split())
    assert "Surgery Date surgery_date month first" in lines and "as 11/13/2026" in lines
    assert "Not used Shoe not known; as Q" in lines
    assert "The unit of Weight is not said" in lines
    written = Path("list.columns.yaml")
    text = written.read_text("utf-8")
    assert 'unit: "say which"' in text and '"Shoe": ignore' in text and "dates: mdy" in text
    written.write_text(text.replace('"say which"', "kg"), encoding="utf-8")
    code, out, _ = call("batch", source, "-o", "out", "--columns", "list.columns.yaml", "--json-only", *NOW)
    assert code == READY
    plan = json.loads(next(Path("out/2026-11-13").glob("*.json")).read_text("utf-8"))
    assert plan["case"]["weight_kg"] == 80


def test_explain_keeps_a_map_that_is_there(lists):
    Path("list.columns.yaml").write_text("mine", encoding="utf-8")
    code, _, err = call("batch", lists(SOUND), "--explain")
    assert code == BAD_INPUT and "already" in err
    assert Path("list.columns.yaml").read_text("utf-8") == "mine"


def test_resume_keeps_the_time_of_the_first_run(lists):
    source = lists(SOUND)
    call("batch", source, "-o", "out", "--json-only", *NOW)
    code, out, _ = call("batch", source, "-o", "out", "--json-only", "--workers", "1", "--resume")
    assert code == READY
    assert "1  cases kept from the run before" in out
