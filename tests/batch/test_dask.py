"""The same list on a real Dask cluster of two worker processes on loopback: the same bytes."""

import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest

from planner.batch.setup import FILES
from planner.batch.workers import workers
from planner.reading.problems import InputError
from tests.batch.lists import row, tree

pytest.importorskip("distributed")


@contextmanager
def cluster(folder):
    """The address of a scheduler with two workers, all ended with the context."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    python = [sys.executable, "-m"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    lines = [[*python, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]]
    worker = ["--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", "--death-timeout", "60"]
    lines += [
        [*python, "distributed.cli.dask_worker", address, *worker, "--local-directory", str(folder / name)]
        for name in "ab"
    ]
    begun = [subprocess.Popen(line, **quiet) for line in lines]
    try:
        from distributed import Client

        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield address
    finally:
        for process in reversed(begun):
            process.terminate()
        for process in begun:
            process.wait(30)


def test_a_cluster_makes_the_same_bytes_as_this_process(run, tmp_path):
    rows = [
        row(1),
        row(2, Procedure="L4-5 TLIF", Side="", Medications="apixaban 5 mg twice daily"),
        row(3, Procedure="UKA"),
    ]
    _, here = run(rows, folder="here", files=FILES)
    with cluster(tmp_path) as address, workers(dask=address) as pool:
        assert pool.count == 2
        result, there = run(rows, folder="there", files=FILES, pool=pool)
    assert result.counts["confirm"] == 2 and result.counts["no_protocol"] == 1
    assert tree(there) == tree(here)


def test_no_scheduler_is_told_with_its_mend(monkeypatch):
    monkeypatch.setattr("planner.batch.workers._PATIENCE", "1s")
    with pytest.raises(InputError, match="No Dask scheduler answers here"), workers(dask="tcp://127.0.0.1:9"):
        pass
