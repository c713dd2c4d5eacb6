"""The work on some cases: from their facts to the bytes of their documents. This is what runs in a worker."""

import hashlib
import tempfile
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from planner.api.planning import make_plan
from planner.api.printing import Printer
from planner.batch.setup import DATA, HANDOUT, PLAN, Setup
from planner.case.fields import Case
from planner.documents.collector import held_off
from planner.plan.models import Plan
from planner.reading.problems import InputError


@dataclass(frozen=True)
class Job:
    """One case to make: `name` of its files, and its case."""

    name: str
    case: Case

    def digest(self, setup: Setup) -> str:
        """What its documents rest on: the case, and all that the run shares."""
        return hashlib.sha256(f"{setup.digest}\0{self.case.model_dump_json()}".encode()).hexdigest()


@dataclass(frozen=True)
class Made:
    """What came of a job. `files` by their kind; none where the case is `invalid` or `failed`.

    `line` is for the day sheet; None also where none will be made.
    """

    name: str
    status: str
    messages: tuple[str, ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)
    line: dict[str, Any] | None = None


LOST = "The worker of this case ended twice while it was made; report it, and make its plan alone with planner plan"


def lost(job: Job) -> Made:
    """What is said of a case that ended its worker twice."""
    return Made(job.name, "failed", (LOST,))


def make(packed: bytes, jobs: Sequence[Job]) -> list[Made]:
    """Every job with what came of it, in the same order. A fault in one never stops another."""
    ready = opened(packed)
    return [ready.make(job) for job in jobs]


@lru_cache(maxsize=1)
def opened(packed: bytes) -> "Opened":
    """The setup, opened once in each worker and kept while the same run goes on."""
    return Opened(Setup.unpacked(packed))


class Opened:
    """A setup with the printer that prints by it."""

    def __init__(self, setup: Setup):
        self.setup = setup
        self.folder = tempfile.TemporaryDirectory(prefix="planner-") if setup.templates else None
        for name, content in setup.templates.items():
            path = Path(self.folder.name) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        templates = Path(self.folder.name) if self.folder else None
        self.printer = Printer.on(
            templates, setup.logo, setup.site, setup.paper, setup.library.vocabulary.tall_man.names
        )

    def make(self, job: Job) -> Made:
        with held_off():
            return self._make(job)

    def _make(self, job: Job) -> Made:
        setup = self.setup
        try:
            plan = make_plan(job.case, setup.library, setup.now, "case", setup.site)
            files = {
                PLAN: lambda: self.printer.plan(plan, "pdf"),
                HANDOUT: lambda: self.printer.handout(plan, "pdf", setup.large_print),
                DATA: lambda: self.printer.plan(plan, "json"),
            }
            made = {name: files[name]() for name in setup.files}
            return Made(job.name, plan.status, files=made, line=None if setup.data_alone else _line(plan))
        except InputError as error:
            return Made(job.name, "invalid", tuple(f"{one.message} {one.mend}".strip() for one in error.problems))
        except Exception as error:
            return Made(job.name, "failed", (_fault(error),))


def _line(plan: Plan) -> dict[str, Any]:
    """What the day sheet shows of a plan."""
    from planner.documents.day_sheet import line_of

    return line_of(plan).model_dump(mode="json")


def _fault(error: Exception) -> str:
    """Where the program failed, and nothing of the patient: the text of an error may hold what the case says."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    return f"The program failed ({type(error).__name__} at {place}); please report it"
