"""Where page templates, styles and fonts are: a hospital's own files first, then those of the program."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Templates:
    """Template files by their path; a file of `replaced` stands in for the one of the same path in `folder`."""

    folder: Path
    replaced: Path | None = None

    @property
    def folders(self) -> list[Path]:
        return [self.folder] if self.replaced is None else [self.replaced, self.folder]

    @property
    def address(self) -> str:
        """What the addresses of files on a page are relative to."""
        return self.folder.resolve().as_uri() + "/"

    def __truediv__(self, name: str) -> Path:
        """The file of this name that is used."""
        return next((place / name for place in self.folders if (place / name).is_file()), self.folder / name)
