"""How long the program takes, as ratios and rates. Run by `make bench`; nothing here is a timed test."""

import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from planner import api
from planner.reading.resources import protocols_folder

NOW = datetime(2026, 12, 1, 18, 0)
EXAMPLES = sorted((protocols_folder() / "examples").glob("*.yaml"))
pytestmark = pytest.mark.benchmark


def _cold(*arguments: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "planner", *arguments], check=False, capture_output=True, timeout=120)
    return time.perf_counter() - start


def _best(times: int, work) -> float:
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def test_help_cold():
    print(f"\nplanner --help, cold: {min(_cold('--help') for _ in range(5)):.2f} s")


def test_plan_to_pdf_cold(tmp_path):
    output = str(tmp_path / "plan.pdf")
    seconds = min(_cold("plan", str(EXAMPLES[0]), "-o", output, "--now", "2026-12-01T18:00") for _ in range(3))
    assert Path(output).stat().st_size > 0
    print(f"\nplanner plan to PDF, cold: {seconds:.2f} s")


def test_composing_warm(library):
    cases = [(str(path), api.read_case_file(str(path), library, NOW)) for path in EXAMPLES]
    api.make_plans(cases, library, NOW)
    for case in cases:
        seconds = _best(20, lambda one=case: api.make_plans([one], library, NOW))
        name = Path(case[0]).stem
        print(f"\ncomposing, warm: {name}: {seconds * 1000:.2f} ms, {1 / seconds:.0f} plans a second a core", end="")


def test_printing_against_plain_weasyprint(library):
    from weasyprint import HTML

    from planner.reading.resources import templates_folder

    case = (str(EXAMPLES[0]), api.read_case_file(str(EXAMPLES[0]), library, NOW))
    plan = api.make_plans([case], library, NOW)[0]
    html = api.render_plan(plan, "html", library).decode()
    ours = _best(5, lambda: api.render_plan(plan, "pdf", library))
    plain = _best(5, lambda: HTML(string=html, base_url=str(templates_folder())).write_pdf())
    print(f"\nprinting: {ours:.2f} s, plain WeasyPrint on the same HTML {plain:.2f} s, ratio {ours / plain:.2f}")
