"""Tasks shared out to workers. A job that kills its worker is tried alone once, and never stops the others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import chain, islice
from typing import TypeVar

from planner.batch.workers import Workers

_AHEAD = 2
"""Tasks handed out for each worker: one at work and one waiting."""

Job = TypeVar("Job")
Made = TypeVar("Made")


def share_out(
    jobs: Iterable[Job],
    packed: bytes,
    work: Callable[[bytes, Sequence[Job]], list[Made]],
    lost: Callable[[Job], Made],
    pool: Workers,
    together: int = 1,
) -> Iterator[Made]:
    """What came of every job, as it is finished; `together` jobs are one task of `work`.

    `lost` is what comes of a job whose worker died twice. Jobs are taken one by one as workers are free.
    Closing the iterator, as Ctrl-C does, hands out nothing more and waits for what is at work.
    """
    waiting = iter(jobs)
    while (first := next(waiting, None)) is not None:
        suspects: list[Job] = []
        yield from _round(chain([first], waiting), suspects, packed, work, pool, together)
        for job in suspects:
            yield _alone(job, packed, work, lost, pool)


def _round(
    waiting: Iterator[Job],
    suspects: list[Job],
    packed: bytes,
    work: Callable[[bytes, Sequence[Job]], list[Made]],
    pool: Workers,
    together: int,
) -> Iterator[Made]:
    """Tasks until none is left, the executor is due for a fresh one, or a worker died of one of the `suspects`."""
    executor = pool.start()
    running: dict[Future, list[Job]] = {}
    handed = 0
    try:
        while True:
            while len(running) < pool.count * _AHEAD and not suspects and (pool.tasks is None or handed < pool.tasks):
                task = list(islice(waiting, together))
                if not task:
                    break
                handed += 1
                try:
                    running[executor.submit(work, packed, task)] = task
                except pool.lost:
                    suspects += task
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                task = running.pop(future)
                try:
                    made = future.result()
                except pool.lost:
                    suspects += task
                else:
                    yield from made
    finally:
        for future in running:
            future.cancel()
        executor.shutdown(wait=True)


def _alone(
    job: Job,
    packed: bytes,
    work: Callable[[bytes, Sequence[Job]], list[Made]],
    lost: Callable[[Job], Made],
    pool: Workers,
) -> Made:
    executor = pool.start()
    try:
        return executor.submit(work, packed, [job]).result()[0]
    except pool.lost:
        return lost(job)
    finally:
        executor.shutdown(wait=True)
