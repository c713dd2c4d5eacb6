"""Rows run as the command runs them."""

from datetime import datetime

import pytest

from planner.api.schedules import read_list
from planner.batch.output import Output
from planner.batch.run import Run, run_list
from planner.batch.setup import DATA, set_up
from planner.batch.workers import workers
from tests.batch.lists import write_list

NOW = datetime(2026, 12, 1, 18, 0)


@pytest.fixture
def run(library, tmp_path):
    """Runs rows, by default as data alone in this process; gives the result and the folder."""

    def make(rows, folder="out", files=(DATA,), pool=None, merge=None, names=False, resume=False, **more):
        path = write_list(tmp_path / "list.csv", rows)
        listed = read_list(str(path), library, NOW)
        target = tmp_path / folder
        run = Run(listed.cases, set_up(library, NOW, files=files), listed.source, merge, names, resume)
        if pool is not None:
            return run_list(run, Output(target), pool, **more), target
        with workers(1) as one:
            return run_list(run, Output(target), one, **more), target

    return make
