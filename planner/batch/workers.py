"""Where the work is done: in this process, in processes of this machine, or on a Dask cluster.

All three are an Executor of concurrent.futures, so that one way of sharing out serves them.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait

from planner.reading.problems import InputError, Place, Problem

RECYCLED_AFTER = 100
"""Tasks of each local worker after which the workers are replaced, so that nothing they keep can pile up."""


@dataclass(frozen=True)
class Workers:
    """`count` workers behind the executor that `start` makes.

    `lost` are the errors that tell that a worker died. After so many `tasks` a fresh executor is started (None: never).
    """

    count: int
    start: Callable[[], Executor]
    lost: tuple[type[BaseException], ...] = ()
    tasks: int | None = None


class InThisProcess(Executor):
    """Does each task when it is handed in."""

    def submit(self, function, /, *arguments, **named) -> Future:
        future: Future = Future()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def workers(count: int | None = None, dask: str | None = None) -> Iterator[Workers]:
    """Workers on the Dask cluster at `dask`, else `count` of this machine (default: one for each core).

    Raises InputError where the cluster cannot be reached.
    """
    if dask is not None:
        with _cluster(dask) as found:
            yield found
        return
    number = count or _cores()
    if number == 1:
        yield Workers(1, InThisProcess)
        return
    context = multiprocessing.get_context("spawn")

    def start() -> Executor:
        return ProcessPoolExecutor(number, mp_context=context, initializer=_begin)

    yield Workers(number, start, (BrokenProcessPool,), tasks=RECYCLED_AFTER * number)


def _cores() -> int:
    """The cores this process may use; all of them where the system does not say."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin() -> None:
    """A worker leaves Ctrl-C to the main process, and ends when that is gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


@contextmanager
def _cluster(address: str) -> Iterator[Workers]:
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise InputError(
            [
                Problem(
                    Place("--dask"),
                    "Dask is not installed.",
                    mend="pip install 'planner[cluster]', on every worker too",
                )
            ]
        ) from None
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        mend = "start dask scheduler and dask worker, and give the address of the scheduler, as tcp://host:8786"
        raise InputError([Problem(Place("--dask"), "No Dask scheduler answers here.", address, mend)]) from None
    with client:
        count = sum(client.nthreads().values())
        if not count:
            raise InputError([Problem(Place("--dask"), "This cluster has no worker.", address, "start dask worker")])
        yield Workers(count, lambda: client.get_executor(pure=False), (KilledWorker,))


_PATIENCE = "10s"
"""How long a scheduler may take to answer."""
