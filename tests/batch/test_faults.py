"""A run that is killed, stopped, starved of disk or loses a worker: nothing half-written, nothing lost."""

import json
import os
import resource
import shutil
import signal
import time
from collections import namedtuple
from pathlib import Path

import pytest

from planner.batch.making import LOST
from planner.batch.workers import workers
from planner.reading.problems import InputError
from tests.batch.killer import make_or_die
from tests.batch.lists import command, row, started, tree, write_list

NOW = ("--now", "2026-12-01T18:00")


def until(reached, seconds: float = 60):
    """Wait until something is true; fails after some seconds."""
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.02)


def test_a_row_that_kills_its_worker_fails_alone_and_the_others_finish(run, monkeypatch):
    monkeypatch.setattr("planner.batch.run._TOGETHER", {True: 2, False: 2})
    with workers(2) as pool:
        result, folder = run([row(number) for number in range(1, 8)], pool=pool, work=make_or_die)
    statuses = {outcome.listed.rows[0]: outcome.status for outcome in result.outcomes}
    assert statuses == {2: "confirm", 3: "confirm", 4: "failed", 5: "confirm", 6: "confirm", 7: "confirm", 8: "confirm"}
    assert next(one.messages for one in result.outcomes if one.status == "failed") == (LOST,)
    found = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert found["counts"]["failed"] == 1
    assert found["rows_read"] == 7


def test_a_fault_of_the_program_fails_one_row_and_tells_nothing_of_the_patient(run, monkeypatch):
    def fault(case, *rest):
        if case.mrn == "0070002":
            raise KeyError(f"patient {case.name}")
        return whole(case, *rest)

    from planner.batch import making

    whole = making.make_plan
    monkeypatch.setattr(making, "make_plan", fault)
    result, _ = run([row(1), row(2), row(3)])
    by_row = {outcome.listed.rows[0]: outcome for outcome in result.outcomes}
    assert [by_row[at].status for at in (2, 3, 4)] == ["confirm", "failed", "confirm"]
    assert "KeyError" in by_row[3].messages[0]
    assert "Testcase" not in by_row[3].messages[0]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """(a list, the folder of a run of it that nothing disturbed)"""
    folder = tmp_path_factory.mktemp("undisturbed")
    path = write_list(
        folder / "list.csv", [row(number, **{"Weight (kg)": str(60 + number)}) for number in range(1, 41)]
    )
    assert command(path, "-o", folder / "whole", "--json-only", "--workers", "1", *NOW).returncode == 0
    return path, folder / "whole"


@pytest.mark.parametrize("finished", [0, 7])
def test_killed_and_resumed_is_byte_for_byte_an_undisturbed_run(finished, undisturbed, tmp_path):
    path, whole = undisturbed
    killed = tmp_path / "killed"
    process = started(path, "-o", killed, "--json-only", "--workers", "2", *NOW)
    until(lambda: len(list(killed.glob(".planner/*_*.json"))) >= finished and (killed / ".planner/run.json").is_file())
    os.killpg(process.pid, signal.SIGKILL) if finished == 7 else process.kill()
    process.communicate(timeout=60)
    resumed = command(path, "-o", killed, "--json-only", "--workers", "2", "--resume")
    assert resumed.returncode == 0, resumed.stderr
    assert tree(killed) == tree(whole)


def test_workers_end_with_a_killed_run(tmp_path):
    path = write_list(tmp_path / "list.csv", [row(number) for number in range(1, 120)])
    process = started(path, "-o", tmp_path / "out", "--json-only", "--workers", "2", *NOW)
    until(lambda: len(list((tmp_path / "out").glob(".planner/*.json"))) > 2)
    process.kill()
    process.communicate(timeout=60)
    until(lambda: not _members_of(process.pid))


def _members_of(group: int) -> list[int]:
    """Processes of a process group that are alive."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, members = entry.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(members) == group and state != "Z":
            found.append(int(entry.parent.name))
    return found


def test_ctrl_c_ends_cleanly_with_a_manifest_and_goes_on(tmp_path):
    path = write_list(tmp_path / "list.csv", [row(number) for number in range(1, 121)])
    out, whole = tmp_path / "out", tmp_path / "whole"
    process = started(path, "-o", out, "--json-only", "--workers", "2", *NOW)
    until(lambda: len(list(out.glob(".planner/*.json"))) > 2)
    os.killpg(process.pid, signal.SIGINT)
    shown, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert b"Traceback" not in said and b"--resume" in shown
    found = json.loads((out / "manifest.json").read_text("utf-8"))
    assert found["rows_read"] == 120 == sum(found["counts"].values())
    assert found["counts"]["failed"] > 0
    assert not list(out.rglob("day-sheet.pdf")), "a sheet of half a day would mislead"
    assert command(path, "-o", out, "--json-only", "--resume").returncode == 0
    assert command(path, "-o", whole, "--json-only", *NOW).returncode == 0
    assert tree(out) == tree(whole)


def test_a_disk_that_is_too_small_is_told_before_work(run, monkeypatch, tmp_path):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 10, 1_000))
    with pytest.raises(InputError, match="MB are needed here"):
        run([row(1)])
    assert not list((tmp_path / "out").rglob("*plan.json"))


def test_a_folder_that_cannot_be_written_is_told_before_work(run, tmp_path):
    (tmp_path / "out").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        run([row(1)])


def test_a_disk_that_fills_up_leaves_no_partial_file(tmp_path):
    path = write_list(tmp_path / "list.csv", [row(1), row(2)])
    out = tmp_path / "out"

    def small_files():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    found = command(path, "-o", out, "--json-only", "--workers", "1", *NOW, preexec_fn=small_files)
    assert found.returncode == 2
    assert "cannot be written" in found.stderr and "Traceback" not in found.stderr
    assert not list(out.rglob("*plan.json")), "no partial file under its final name"
    assert command(path, "-o", out, "--json-only", "--resume").returncode == 0
