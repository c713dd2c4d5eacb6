"""A coverage-guided fuzzer for what reads files: `python -m tests.hostile.fuzz TARGET FOLDER SECONDS`, by `make soak`.

A reader may give an answer or an InputError; anything else is a fault, and atheris writes the input that caused it into
FOLDER. Such an input belongs into tests/hostile/past/TARGET, which the usual tests try again.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from planner import api
from planner.case.reading import read_case
from planner.library.loading import read_library
from planner.plan.files import plan_in
from planner.reading.files import as_text
from planner.reading.problems import InputError

NOW = datetime(2026, 12, 1, 18, 0)


@cache
def library():
    return api.open_library()


def case(content: bytes) -> None:
    read_case(as_text(content, "case"), "case", library().case_words, NOW.date())


def plan(content: bytes) -> None:
    plan_in(content, "plan")


def schedule(content: bytes) -> None:
    from planner.api.schedules import read_list

    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(content)
        file.flush()
        read_list(file.name, library(), NOW)


def protocols(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "drugs").mkdir()
        (Path(folder) / "drugs" / "x.yaml").write_bytes(content)
        read_library(Path(folder))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "case": case,
    "plan": plan,
    "schedule": schedule,
    "protocols": protocols,
}


def harmless(target: str, content: bytes) -> None:
    """Read the content; whatever is no InputError is a fault and passes through."""
    try:
        TARGETS[target](content)
    except InputError:
        return


def main(target: str, folder: str, seconds: str) -> None:
    import atheris

    Path(folder).mkdir(parents=True, exist_ok=True)
    library()
    atheris.instrument_all()
    options = [f"-max_total_time={seconds}", "-seed=1", "-max_len=4096", "-timeout=20", f"-artifact_prefix={folder}/"]
    # The first folder takes what is found on the way; the second is only read.
    found, past = Path(folder) / "found", Path(__file__).parent / "past" / target
    found.mkdir(exist_ok=True)
    atheris.Setup([sys.argv[0], *options, str(found), str(past)], lambda data: harmless(target, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
