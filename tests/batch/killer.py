"""Work that ends its own process for one case: importable by name in a worker."""

import os
import signal

from planner.batch.making import make


def make_or_die(packed, jobs):
    """As `make`, but a case with the number that ends in 3 takes its worker along."""
    if any(job.name.endswith("00003") for job in jobs):
        os.kill(os.getpid(), signal.SIGKILL)
    return make(packed, jobs)
