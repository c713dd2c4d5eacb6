"""What a checkout holds reaches the wheel and the sdist, and is found where they are installed."""

import configparser
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from planner.reading.resources import protocols_folder, templates_folder

CHECKOUT = Path(__file__).resolve().parents[2]
DATA = ("protocols", "templates")
LEFT_BEHIND = shutil.ignore_patterns(
    ".git", ".venv", "out", "build", "dist", "*.egg-info", "__pycache__", ".pytest_cache", ".hypothesis", ".ruff_cache"
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """A copy of the checkout, as a build leaves folders behind."""
    return Path(shutil.copytree(CHECKOUT, tmp_path_factory.mktemp("copy") / "planner", ignore=LEFT_BEHIND))


@pytest.fixture(scope="module")
def sdist(checkout, tmp_path_factory) -> Path:
    return build("sdist", checkout, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel(sdist, tmp_path_factory) -> Path:
    """A wheel built from the sdist, as a packager builds it."""
    unpacked = tmp_path_factory.mktemp("unpacked")
    shutil.unpack_archive(sdist, unpacked)
    return build("wheel", next(unpacked.iterdir()), tmp_path_factory.mktemp("wheel"))


def build(kind: str, source: Path, target: Path) -> Path:
    """Build with the setuptools that is here, as `--no-build-isolation` does: no network."""
    run(
        [
            sys.executable,
            "-c",
            f"import sys; from setuptools import build_meta;build_meta.build_{kind}(sys.argv[1])",
            str(target),
        ],
        cwd=source,
    )
    return next(target.iterdir())


def run(command: list[str], cwd: Path, **environment: str) -> str:
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


def files_below(top: Path, *folders: str) -> set[str]:
    found = {path.relative_to(top) for folder in folders for path in (top / folder).rglob("*") if path.is_file()}
    return {
        path.as_posix()
        for path in found
        if not any(part.startswith(".") for part in path.parts) and "__pycache__" not in path.parts
    }


def test_setup_lists_every_package():
    settings = configparser.ConfigParser()
    settings.read(CHECKOUT / "setup.cfg", encoding="utf-8")
    listed = set(settings["options"]["packages"].split()) - {f"planner.{name}" for name in DATA}
    on_disk = {".".join(path.parent.relative_to(CHECKOUT).parts) for path in (CHECKOUT / "planner").rglob("*.py")}
    assert listed == on_disk, "[options] packages in setup.cfg must list the folders of planner/ that hold code"


def test_sdist_holds_the_data_and_what_a_build_needs(checkout, sdist):
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = files_below(checkout, *DATA, "planner", "tests") | {"setup.cfg", "pyproject.toml", "LICENSE", "Makefile"}
    assert wanted - names == set()


def test_wheel_holds_the_data_inside_the_package(checkout, wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = {f"planner/{name}" for name in files_below(checkout, *DATA)}
    assert (data | files_below(checkout, "planner")) - names == set()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"planner"}


def test_wheel_built_straight_from_a_checkout_is_the_same(checkout, wheel, tmp_path):
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(build("wheel", checkout, tmp_path)) as other:
        assert sorted(one.namelist()) == sorted(other.namelist())


def test_an_installed_wheel_finds_its_data(wheel, tmp_path):
    target, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    # a folder of another program beside the package must not be taken for ours
    for folder in (elsewhere, target / "protocols", target / "templates"):
        folder.mkdir(parents=True)
    run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--target",
            str(target),
            str(wheel),
        ],
        cwd=elsewhere,
    )
    printed = run(
        [
            sys.executable,
            "-c",
            "from planner.reading import resources;"
            "print(resources.protocols_folder(), resources.templates_folder(), sep='\\n')",
        ],
        cwd=elsewhere,
        PYTHONPATH=str(target),
    )
    protocols, templates = map(Path, printed.splitlines())
    inside = target.resolve() / "planner"
    assert (protocols, templates) == (inside / "protocols", inside / "templates")
    assert list(protocols.rglob("*.yaml")) and list(templates.rglob("*.ttf"))


def test_a_checkout_finds_its_data():
    assert (protocols_folder(), templates_folder()) == (CHECKOUT / "protocols", CHECKOUT / "templates")


def test_fonts_ship_with_their_license():
    fonts = templates_folder() / "shared" / "fonts"
    weights = {path.stem.rpartition("-")[2] for path in fonts.glob("*.ttf")}
    assert {"Regular", "SemiBold", "Bold", "ExtraBold"} <= weights
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts / "OFL.txt").read_text(encoding="utf-8")
