"""How fast a list is made, how much memory that takes, and the same pages made in other ways. Run by `make bench`."""

import io
import os
import re
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from planner.api.printing import Printer
from planner.api.schedules import read_list
from planner.batch.making import Job, make
from planner.batch.output import Output
from planner.batch.run import Run, run_list
from planner.batch.setup import DATA, FILES, set_up
from planner.batch.workers import workers
from planner.clinical.compose import compose
from planner.reading.resources import templates_folder
from tests.benchmarks.lists import usual_list

NOW = datetime(2026, 12, 13, 18, 0)
SETS, DATA_ROWS, COMPARED = 200, 2_000, 8
MEMORY_ROWS = (1_000, 10_000)
pytestmark = pytest.mark.benchmark


def listed(library, tmp_path, rows):
    path = tmp_path / "list.csv"
    path.write_text(usual_list(rows), encoding="utf-8")
    return read_list(str(path), library, NOW)


def pages(content: bytes) -> int:
    return len(PdfReader(io.BytesIO(content)).pages)


class Watch:
    """The memory of this process and its children, looked at twice a second, by how many cases were finished."""

    def __init__(self):
        self.finished, self.seen, self._ended = 0, [], threading.Event()

    def tell(self, outcome):
        self.finished += 1

    def __enter__(self):
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()

    def _look(self):
        while not self._ended.wait(0.5):
            self.seen.append((time.monotonic(), self.finished, _resident_megabytes()))

    def most(self, first: int, last: int) -> float:
        """The most megabytes while so many cases were finished."""
        return max((size for _, done, size in self.seen if first <= done <= last), default=0)

    def rate(self, first: int) -> float:
        """Cases a second from the `first` one on."""
        later = [(at, done) for at, done, _ in self.seen if done >= first]
        (begun, before), (ended, after) = later[0], next(one for one in later if one[1] == later[-1][1])
        return (after - before) / (ended - begun)


def _resident_megabytes() -> float:
    """Resident memory of this process and its children; memory they share counts for each."""
    parents, sizes = {}, {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(entry.name)], sizes[int(entry.name)] = int(fields[1]), int(fields[21]) * 4096
    family = {os.getpid()}
    while more := {one for one, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(sizes.get(one, 0) for one in family) / 1e6


def made(library, tmp_path, rows, files):
    """A run over all cores, watched, and its seconds."""
    found = listed(library, tmp_path, rows)
    run = Run(found.cases, set_up(library, NOW, files=files), found.source)
    begun = time.monotonic()
    with workers() as pool, Watch() as watch:
        result = run_list(run, Output(tmp_path / f"out-{rows}"), pool, watch.tell)
    assert sum(result.counts.values()) == rows
    return watch, time.monotonic() - begun, pool.count


def test_sets_a_second(library, tmp_path):
    watch, seconds, cores = made(library, tmp_path, SETS, FILES)
    warm = watch.rate(SETS // 4)
    print(f"\n{SETS} sets (plan and handout) on {cores} cores: {warm:.2f} a second once warm,")
    print(f"{SETS / seconds:.2f} with start and day sheets; at most {watch.most(0, SETS):.0f} MB")


def test_rows_of_data_a_second(library, tmp_path):
    watch, seconds, cores = made(library, tmp_path, DATA_ROWS, (DATA,))
    rate, memory = DATA_ROWS / seconds, watch.most(0, DATA_ROWS)
    print(f"\n{DATA_ROWS} rows --json-only on {cores} cores: {rate:.0f} a second; at most {memory:.0f} MB")


def test_memory_stays_flat(library, tmp_path):
    first, last = MEMORY_ROWS
    watch, _, _ = made(library, tmp_path, last, (DATA,))
    before, after = watch.most(first // 2, first), watch.most(last - first // 2, last)
    print(
        f"\nmemory at row {first}: {before:.0f} MB, at row {last}: {after:.0f} MB, at most {watch.most(0, last):.0f} MB"
    )


def test_against_a_weasyprint_command_and_typst(library, tmp_path):
    """The same plans and handouts: by our worker, by one `weasyprint` command a document, and set by Typst."""
    setup = set_up(library, NOW)
    cases = [one.case for one in listed(library, tmp_path, 4 * COMPARED).cases]
    packed = setup.packed()
    make(packed, [Job(f"warm-{at}", case) for at, case in enumerate(cases[COMPARED:])])
    ours, sets = _seconds(lambda: make(packed, [Job(f"case-{at}", case) for at, case in enumerate(cases[:COMPARED])]))
    printer = Printer.of(None, None, library.vocabulary.tall_man.names)
    plans = [compose(case, library, NOW) for case in cases[:COMPARED]]
    sources = []
    for plan, made_set in zip(plans, sets, strict=True):
        sources.append(
            (printer.plan(plan, "html"), printer.plan(plan, "md").decode(), pages(made_set.files["plan.pdf"]))
        )
        handout = printer.handout(plan, "html")
        sources.append((handout, _words(handout), pages(made_set.files["handout.pdf"])))
    command, _ = _seconds(lambda: [_by_command(html, tmp_path) for html, _, _ in sources])
    set_in = [_source(text, wanted) for _, text, wanted in sources]
    rust, _ = _seconds(lambda: [typst.compile(text.encode(), font_paths=[_FONTS]) for text in set_in])
    count = sum(wanted for _, _, wanted in sources)
    print(f"\n{COMPARED} sets, {count} pages, one core: {ours / COMPARED:.2f} s a set;")
    print(f"a weasyprint command a document {command / COMPARED:.2f} s, {command / ours:.1f} times as long;")
    print(
        f"Typst, the same words on as many pages, {rust / COMPARED:.2f} s: ours takes {ours / rust:.1f} times as long"
    )


_FONTS = str(templates_folder() / "shared" / "fonts")


def _seconds(work):
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def _by_command(html: bytes, folder: Path) -> None:
    page = folder / "page.html"
    page.write_bytes(html)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "weasyprint",
            "-u",
            str(templates_folder()),
            "--pdf-variant",
            "pdf/ua-1",
            page,
            folder / "p.pdf",
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )


def _words(html: bytes) -> str:
    body = re.sub(r"<(style|head).*?</\1>", "", html.decode(), flags=re.DOTALL)
    return re.sub(r"[ \t]+", " ", re.sub(r"<[^>]+>", "\n", body))


def _source(text: str, wanted: int) -> str:
    """The words for Typst, in the size in which they take `wanted` pages."""
    lines = "\n\n".join(re.sub(r"([\\#$*_`<>@\[\]~])", r"\\\1", line) for line in text.splitlines() if line.strip())
    for points in range(16, 5, -1):
        head = (
            f'#set page("us-letter", margin: 0.6in)\n#set text(font: "Atkinson Hyperlegible Next", size: {points}pt)\n'
        )
        found = head + lines
        if pages(typst.compile(found.encode(), font_paths=[_FONTS])) <= wanted:
            break
    return found
