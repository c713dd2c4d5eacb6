"""A run that is taken up again keeps what still holds, makes the rest, and ends as if it had never stopped."""

import hashlib
import json

import pytest

from planner.reading.problems import InputError
from tests.batch.lists import row, tree


def test_a_run_is_not_written_over_another(run):
    _, folder = run([row(1)])
    before = tree(folder)
    with pytest.raises(InputError, match="--resume"):
        run([row(2)])
    assert tree(folder) == before


def test_what_still_holds_is_kept_and_nothing_changes(run):
    rows = [row(number) for number in range(1, 5)]
    _, folder = run(rows)
    before = tree(folder)
    result, _ = run(rows, resume=True)
    assert result.kept == 4
    assert tree(folder) == before


@pytest.mark.parametrize("damage", ["changed", "removed", "record"])
def test_a_file_that_is_not_as_it_was_is_made_again(damage, run):
    rows = [row(1), row(2)]
    _, folder = run(rows)
    before = tree(folder)
    plan = next(folder.glob("2026-12-03/*00001_plan.json"))
    if damage == "changed":
        plan.write_bytes(plan.read_bytes().replace(b"celecoxib", b"ibuprofen"))
    elif damage == "removed":
        plan.unlink()
    else:
        next(folder.glob(".planner/*00001.json")).write_text("{half", encoding="utf-8")
    result, _ = run(rows, resume=True)
    assert result.kept == 1
    assert tree(folder) == before


def test_a_changed_row_is_made_again_and_a_case_off_the_list_goes(run):
    run([row(1), row(2), row(3)])
    result, folder = run([row(1), row(2, **{"Weight (kg)": "55"})], resume=True)
    assert (result.kept, result.removed) == (1, 1)
    assert not list(folder.rglob("*00003*"))
    _, fresh = run([row(1), row(2, **{"Weight (kg)": "55"})], folder="fresh")
    assert tree(folder) == tree(fresh)


def test_what_the_user_put_into_the_folder_stays(run):
    _, folder = run([row(1), row(2)])
    own = folder / "2026-12-03" / "note.txt"
    own.write_text("mine", encoding="utf-8")
    edited = next(folder.glob("2026-12-03/*00002_plan.json"))
    edited.write_text("edited by hand", encoding="utf-8")
    run([row(1)], resume=True)
    assert own.read_text("utf-8") == "mine"
    assert edited.is_file(), "a file that a person changed is not removed"


def test_a_folder_without_a_run_is_not_taken_over(run, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="no run in it"):
        run([row(1)], resume=True)
    assert (tmp_path / "out" / "manifest.csv").read_text("utf-8") == "mine"


def test_a_record_never_reaches_outside_the_folder(run, tmp_path):
    run([row(1), row(2)])
    victim = tmp_path / "victim.txt"
    victim.write_text("keep me", encoding="utf-8")
    record = next((tmp_path / "out" / ".planner").glob("*00002.json"))
    said = json.loads(record.read_text("utf-8"))
    said["files"] = {"../victim.txt": hashlib.sha256(victim.read_bytes()).hexdigest()}
    record.write_text(json.dumps(said), encoding="utf-8")
    run([row(1)], resume=True)
    assert victim.is_file()


def test_a_room_with_a_sign_that_is_no_number_is_ordered(run):
    result, _ = run([row(1, Room="\u00b2"), row(2, Room="OR \u2460")])
    assert len(result.outcomes) == 2


@pytest.mark.parametrize("place", ["2026-12-03", ".planner", "x_plan.json"])
def test_a_link_in_the_folder_is_not_followed(place, run, tmp_path):
    _, folder = run([row(1)])
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = folder / place
    if link.is_dir():
        link.rename(elsewhere / "moved")
        link.symlink_to(elsewhere / "moved")
    else:
        link.symlink_to(elsewhere)
    before = sorted(elsewhere.rglob("*"))
    with pytest.raises(InputError, match="link to another place"):
        run([row(1), row(2)], resume=True)
    assert sorted(elsewhere.rglob("*")) == before
