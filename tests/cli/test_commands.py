"""The commands as a user meets them: output, files, exit codes, and errors without tracebacks."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.cli.exits import BAD_INPUT, BAD_LIBRARY, NOT_COMPUTED, READY, STOP, run
from planner.reading.resources import protocols_folder

EXAMPLES = protocols_folder() / "examples"
NOW = ["--now", "2026-12-01T18:00"]


def call(*arguments, stdin=None):
    """(exit code, standard output, standard error) of one command, run as the program runs it."""
    runner = CliRunner()
    with runner.isolation(input=stdin) as (out, err, *_):
        sys.argv = ["planner", *map(str, arguments)]
        code = run(cli)
        return code, out.getvalue().decode(), err.getvalue().decode()


def test_plan_by_options_prints_json():
    code, out, err = call("plan", "--procedure", "tka", "--age", "72", "--weight-kg", "80", "-f", "json", *NOW)
    plan = json.loads(out)
    assert (code, err) == (READY, "")
    assert plan["protocol"]["id"] == "total-knee-arthroplasty"
    assert plan["status"] == "confirm"
    assert plan["case"]["age"] == 72


def test_plan_reads_standard_input():
    text = (EXAMPLES / "01-healthy-knee.yaml").read_text(encoding="utf-8")
    code, out, _ = call("plan", "-", "-f", "json", *NOW, stdin=text)
    assert code == READY
    assert json.loads(out)["case"]["mrn"] == "0048213"


def test_several_cases_go_into_a_folder_and_a_stop_changes_the_exit_code(tmp_path):
    names = ["01-healthy-knee.yaml", "10-naltrexone-microdiscectomy.yaml"]
    code, out, _ = call("plan", *(EXAMPLES / name for name in names), "-f", "json", "-o", tmp_path / "out", *NOW)
    assert code == STOP
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "01-healthy-knee.json",
        "10-naltrexone-microdiscectomy.json",
    ]
    assert "01-healthy-knee.json: ready" in out
    assert "10-naltrexone-microdiscectomy.json: stop" in out


@pytest.mark.parametrize("form", ["pdf", "html", "md", "json"])
def test_form_follows_the_name_of_the_file(tmp_path, form):
    target = tmp_path / f"plan.{form}"
    assert call("plan", EXAMPLES / "01-healthy-knee.yaml", "-o", target, *NOW)[0] == READY
    start = {"pdf": b"%PDF", "html": b"<!DOCTYPE html>", "md": b"#", "json": b"{"}[form]
    assert target.read_bytes().lstrip().lower().startswith(start.lower())


def test_all_problems_of_all_cases_are_named_and_nothing_is_written(tmp_path):
    (tmp_path / "one.yaml").write_text("procedure: tka\nage: 15\nwieght_kg: 80\n", encoding="utf-8")
    (tmp_path / "two.yaml").write_text("procedure: tka\nage: 70\nconditions: [sleep_apnoea]\n", encoding="utf-8")
    code, out, err = call(
        "plan",
        tmp_path / "one.yaml",
        tmp_path / "two.yaml",
        EXAMPLES / "01-healthy-knee.yaml",
        "-o",
        tmp_path / "out",
        *NOW,
    )
    assert code == BAD_INPUT
    assert "one.yaml:2:" in err and "18" in err
    assert "one.yaml:3:" in err and "weight_kg" in err
    assert "two.yaml:3:" in err and "sleep_apnea" in err
    assert "nothing was written" in err
    assert not (tmp_path / "out").exists()
    assert out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--procedure", "tka"], "adult"),
        (["--procedure", "knee thing", "--age", "70"], "protocols list"),
        (["--age", "70"], "operation is not named"),
        (["--procedure", "tka", "--age", "170"], "115"),
        (["no-such-file.yaml"], "cannot be read"),
        ([], "Name a case file"),
        ([str(EXAMPLES / "01-healthy-knee.yaml"), "--age", "70"], "not both"),
        (["--procedure", "tka", "--age", "70", "--now", "tomorrow"], "2026-12-01T18:00"),
    ],
)
def test_a_mistake_ends_in_one_clear_message(arguments, said, tmp_path):
    code, out, err = call("plan", *arguments, "-o", tmp_path / "plan.json")
    assert code == BAD_INPUT
    assert said in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_two_cases_of_one_name_are_not_written_over_each_other(tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(EXAMPLES / "01-healthy-knee.yaml", other)
    code, _, err = call(
        "plan",
        EXAMPLES / "01-healthy-knee.yaml",
        other / "01-healthy-knee.yaml",
        "-o",
        tmp_path / "out",
        "-f",
        "json",
        *NOW,
    )
    assert code == BAD_INPUT
    assert "01-healthy-knee" in err


def test_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    code, _, err = call("plan", EXAMPLES / "01-healthy-knee.yaml", "-o", tmp_path / "file" / "plan.json", *NOW)
    assert code == BAD_INPUT
    assert "cannot be written" in err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_protocols_list_show_and_check():
    code, out, _ = call("protocols", "list")
    assert code == READY
    assert "total-knee-arthroplasty" in out and "CPT 27447" in out and "draft" in out
    assert {row["id"] for row in json.loads(call("protocols", "list", "--json")[1])} >= {"lumbar-fusion"}
    assert "acetaminophen/oral-loading: 1,000 mg oral" in call("protocols", "show", "27447")[1]
    assert call("protocols", "check")[0] == READY


def test_a_changed_file_needs_a_later_version_before_its_edition_is_given_out(tmp_path):
    folder = shutil.copytree(protocols_folder(), tmp_path / "protocols")
    shutil.rmtree(folder / "releases")
    (folder / "edition.yaml").write_text('version: "1"\ndate: "2026-12-01"\n', encoding="utf-8")
    code, out, _ = call("protocols", "release", folder)
    assert code == READY and "edition 1, " in out and (folder / "releases" / "1.yaml").is_file()
    drug = folder / "drugs" / "senna.yaml"
    drug.write_text(
        drug.read_text(encoding="utf-8").replace("kind: bowel", "kind: bowel\nrxnorm: '1'"), encoding="utf-8"
    )
    code, out, err = call("protocols", "check", folder)
    assert (code, out) == (BAD_LIBRARY, "")
    assert "edition.yaml:1:10" in err and "drugs/senna.yaml changed" in err and 'version: "2"' in err
    assert call("protocols", "release", folder)[0] == BAD_LIBRARY
    (folder / "edition.yaml").write_text('version: "2"\ndate: "2026-12-02"\n', encoding="utf-8")
    assert "Edition 2; files since release 1: 1 changed." in call("protocols", "check", folder)[1]


@pytest.mark.parametrize("command", ["check", "release"])
def test_a_folder_that_is_not_there_is_named(command, tmp_path):
    code, out, err = call("protocols", command, tmp_path / "none")
    assert (code, out) == (BAD_INPUT, "")
    assert "There is no such folder." in err and "mend:" in err


def test_protocols_show_names_the_nearest():
    code, _, err = call("protocols", "show", "lumbar fussion")
    assert code == BAD_INPUT
    assert "lumbar fusion" in err


def test_a_faulty_library_is_reported_and_makes_no_plan(tmp_path):
    folder = shutil.copytree(protocols_folder(), tmp_path / "protocols")
    path = folder / "drugs" / "senna.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("17.2 mg", "17.2"), encoding="utf-8")
    for arguments in (
        ["protocols", "check", folder],
        ["protocols", "list", "--library", folder],
        ["plan", EXAMPLES / "01-healthy-knee.yaml", "--library", folder, "-f", "json"],
    ):
        code, out, err = call(*arguments)
        assert code == BAD_LIBRARY
        assert "drugs/senna.yaml:" in err
        assert out == ""


def test_a_library_whose_names_do_not_fit_makes_no_plan(tmp_path):
    folder = shutil.copytree(protocols_folder(), tmp_path / "protocols")
    (folder / "drugs" / "senna.yaml").unlink()
    code, _, err = call("plan", EXAMPLES / "01-healthy-knee.yaml", "--library", folder, "-f", "json", *NOW)
    assert code == BAD_LIBRARY
    assert "no drug file for senna" in err


@pytest.mark.parametrize("kind", ["case", "plan", "protocol", "drug", "block", "site"])
def test_schema_is_json_schema(kind):
    code, out, _ = call("schema", kind)
    assert code == READY
    assert json.loads(out)["$schema"].startswith("https://json-schema.org/")


def test_explain_says_why_something_is_left_out():
    code, out, _ = call("explain", EXAMPLES / "02-kidney-failure-knee.yaml", "celecoxib", *NOW)
    assert code == READY
    assert "left out" in out and "under 30" in out and "beers-2023" in out
    assert "Rules looked at:" in out and "  yes (" in out and "  no: " in out


def test_explain_says_why_something_is_changed():
    out = call("explain", EXAMPLES / "05-frail-hip.yaml", "oxycodone", *NOW)[1]
    assert "changed: dose from 5 mg to 2.5 mg" in out


def test_explain_names_the_nearest():
    code, _, err = call("explain", EXAMPLES / "01-healthy-knee.yaml", "celcoxib", *NOW)
    assert code == BAD_INPUT
    assert "celecoxib" in err


def test_time_comes_from_source_date_epoch_and_output_is_the_same_bytes(tmp_path):
    produced = []
    for seed in ("1", "2"):
        target = tmp_path / f"{seed}.pdf"
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1796148000", "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"}
        subprocess.run(
            [sys.executable, "-m", "planner", "plan", str(EXAMPLES / "01-healthy-knee.yaml"), "-o", str(target)],
            check=True,
            env=environment,
            timeout=120,
            capture_output=True,
        )
        produced.append(target.read_bytes())
    assert produced[0] == produced[1]


def test_help_names_every_command_and_option():
    code, out, _ = call("--help")
    assert code == READY
    for name in ("plan", "explain", "protocols", "schema"):
        assert name in out
    assert "--weight-kg" in call("plan", "--help")[1]


PERCOCET = "Percocet 5/325 mg 1-2 tablets every 4-6 hours as needed"


def test_mme_prints_each_medicine_with_its_working_and_the_sum():
    code, out, err = call("mme", PERCOCET, "OxyContin 20 mg q12h", "lisinopril 10 mg daily")
    assert (code, err) == (READY, "")
    lines = out.splitlines()
    assert lines[0] == f"{PERCOCET}  oxycodone 10 mg x 6 in 24 hours x 1.5 = 90 MME"
    assert lines[1] == f"{'OxyContin 20 mg q12h':<{len(PERCOCET)}}  20 mg x 2 in 24 hours x 1.5 = 60 MME"
    assert "no opioid: counts nothing" in lines[2]
    assert "Sum, CDC 2022: 150 MME a day" in lines
    assert any("offer naloxone" in line and "cdc-opioid-cds-r4" in line for line in lines)
    assert "never used to choose the dose of another opioid" in lines[-1]


@pytest.mark.parametrize(("text", "said"), [("hydromorphone 10 mg daily", True), ("hydromorphone 9.9 mg daily", False)])
def test_mme_says_a_threshold_from_where_it_is_reached(text, said):
    assert ("offer naloxone" in call("mme", text)[1]) is said


def test_mme_without_a_sum_says_why_and_has_its_own_exit_code():
    code, out, _ = call("mme", "OxyContin 20 mg q12h", "little white pill", "Suboxone 8-2 mg film daily")
    assert code == NOT_COMPUTED
    assert "cannot be computed: not recognized, may be an opioid" in out
    assert "cannot be computed: partial agonist" in out
    assert "Sum, CDC 2022: cannot be computed; the part that can is 60 MME a day" in out


def test_mme_as_json():
    code, out, _ = call("mme", "--json", "methadone 10 mg tid", "oxycodone prn")
    found = json.loads(out)
    assert code == NOT_COMPUTED
    assert (found["mme_per_day"], found["edition"], found["known_mme"]) == (None, "cdc-2022", 141)
    methadone, oxycodone = found["medicines"]
    assert (methadone["drug"], methadone["mme_per_day"]) == ("methadone", 141)
    assert "if it is not taken for opioid use disorder" in methadone["working"]
    assert (oxycodone["text"], oxycodone["mme_per_day"]) == ("oxycodone prn", None)
    assert oxycodone["because"]


def test_mme_reads_a_list(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("# at home\n\n  hydromorphone 2 mg q6h\n", encoding="utf-8")
    assert "Sum, CDC 2022: 40 MME a day" in call("mme", "--file", path)[1]
    assert (
        "CDC 2016 (superseded, not for care): 32 MME a day" in call("mme", "--file", path, "--edition", "cdc-2016")[1]
    )
    assert "40 MME a day" in call("mme", "--file", "-", stdin="hydromorphone 2 mg q6h\n")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name medicines, or a file"),
        (["oxycodone 5 mg q6h", "--file", "-"], "not both"),
        (["--file", "no-such-list.txt"], "cannot be read"),
        (["--file", "-"], "The list is empty"),
        (["oxycodone 5 mg q6h", "--edition", "cdc-2020"], "did you mean cdc-2022?"),
    ],
)
def test_a_mistake_with_mme_ends_in_one_clear_message(arguments, said):
    code, out, err = call("mme", *arguments, stdin="# nothing\n")
    assert (code, out) == (BAD_INPUT, "")
    assert said in err


def test_where_one_plan_has_no_place_none_is_written(tmp_path):
    names = ["01-healthy-knee.yaml", "08-diabetic-laparoscopic-colectomy.yaml"]
    (tmp_path / "08-diabetic-laparoscopic-colectomy.json").mkdir()
    code, _, err = call("plan", *(EXAMPLES / name for name in names), "-f", "json", "-o", tmp_path, *NOW)
    assert code == BAD_INPUT
    assert "08-diabetic-laparoscopic-colectomy.json" in err
    assert [path.name for path in tmp_path.iterdir()] == ["08-diabetic-laparoscopic-colectomy.json"]


@pytest.mark.parametrize("fact", ["medications", "allergies", "conditions"])
def test_a_list_that_names_nothing_is_not_known(fact):
    option = f"--{fact}"
    _, out, _ = call("plan", "--procedure", "tka", "--age", "72", option, " ; ", "-f", "json", *NOW)
    assert json.loads(out)["case"][fact] is None
    _, out, _ = call("plan", "--procedure", "tka", "--age", "72", option, "none", "-f", "json", *NOW)
    assert json.loads(out)["case"][fact] == []
