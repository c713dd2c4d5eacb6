"""Where the protocols and page templates that come with the program are.

In a checkout they are two folders beside the package, where people look for them and edit
them. In a wheel they are inside the package, so that nothing is left loose among other
installed programs.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def protocols_folder() -> Path:
    """The folder of the bundled protocol library. Raises FileNotFoundError if it is not installed."""
    return _folder("protocols")


def templates_folder() -> Path:
    """The folder of page templates, styles and fonts. Raises FileNotFoundError if it is not installed."""
    return _folder("templates")


def _folder(name: str) -> Path:
    # Inside first: beside an installed package stand the folders of other programs.
    for parent in (_PACKAGE, _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(
        f"The folder {name!r} is missing from this installation of planner: "
        f"it is neither in {_PACKAGE} nor in {_PACKAGE.parent}. Install planner again."
    )
