"""What every case of a run shares, as bytes that a worker on another machine can open."""

import hashlib
import json
import pickle
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from planner import __version__
from planner.api.printing import logo_of
from planner.library.library import Library
from planner.library.site import Site
from planner.reading.resources import templates_folder

PLAN, HANDOUT, DATA = "plan.pdf", "handout.pdf", "plan.json"
FILES = (PLAN, HANDOUT, DATA)


@dataclass(frozen=True)
class Setup:
    """`files`: which documents each case gets. `templates`: a hospital's own page templates, by their path."""

    library: Library
    now: datetime
    site: Site | None = None
    paper: str | None = None
    large_print: bool = False
    files: tuple[str, ...] = FILES
    logo: tuple[str, bytes] | None = None
    templates: dict[str, bytes] = field(default_factory=dict)

    @property
    def data_alone(self) -> bool:
        """Whether nothing is printed, and so no day sheet is made."""
        return self.files == (DATA,)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that decides what is printed, apart from the case: content, site, pages, time, program."""
        parts = hashlib.sha256()
        said = {
            "program": __version__,
            "weasyprint": version("weasyprint"),
            "library": self.library.digest,
            "site": self.site.digest if self.site else None,
            "now": self.now.isoformat(),
            "paper": self.paper or (self.site.paper if self.site else None),
            "large_print": self.large_print,
            "files": self.files,
        }
        parts.update(json.dumps(said, sort_keys=True).encode())
        own = {f"own/{name}": content for name, content in self.templates.items()}
        for name, content in sorted({**own, **_below(Path(templates_folder()))}.items()):
            parts.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
        parts.update(self.logo[1] if self.logo else b"")
        return parts.hexdigest()

    def packed(self) -> bytes:
        return zlib.compress(pickle.dumps(self), 6)

    @staticmethod
    def unpacked(content: bytes) -> "Setup":
        return pickle.loads(zlib.decompress(content))


def set_up(
    library: Library,
    now: datetime,
    site: Site | None = None,
    paper: str | None = None,
    large_print: bool = False,
    files: tuple[str, ...] = FILES,
) -> Setup:
    """A setup with the logo and templates of the site read. Raises InputError where the logo cannot be read."""
    templates = _below(Path(site.templates)) if site and site.templates else {}
    return Setup(library, now, site, paper, large_print, files, logo_of(site), templates)


def _below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, without what Python leaves behind."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
