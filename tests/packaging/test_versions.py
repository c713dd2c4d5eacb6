"""Every dependency has a reason and a range, and the versions that tests run with lie within it."""

import configparser
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def wanted() -> list[tuple[str, str]]:
    """(the comment above, the requirement) of every dependency."""
    lines = (ROOT / "setup.cfg").read_text(encoding="utf-8").splitlines()
    found = []
    for at, line in enumerate(lines):
        if re.match(r"^    [A-Za-z][\w.-]*[<>=]", line):
            found.append((lines[at - 1].strip(), line.strip()))
    return found


def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}


def test_all_dependencies_are_looked_at():
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = setup["options"]["install_requires"] + "".join(setup["options.extras_require"].values())
    names = [line for line in listed.splitlines() if line and not line.startswith("#")]
    assert len(names) == len(wanted())


@pytest.mark.parametrize(("reason", "line"), wanted(), ids=lambda value: value)
def test_a_dependency_has_a_reason_a_range_and_a_version(reason, line):
    requirement = Requirement(line)
    signs = {one.operator for one in requirement.specifier}
    assert reason.startswith("# ") and len(reason) > 10
    assert signs >= {">=", "<"}, "a lower and an upper bound"
    version = pinned().get(canonicalize_name(requirement.name))
    assert version, "not in constraints.txt: make constraints"
    assert requirement.specifier.contains(version)
