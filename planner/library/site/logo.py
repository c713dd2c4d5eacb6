"""A hospital's logo: a small PNG or JPEG file, told by its content and not by its name."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

LARGEST_BYTES = 500_000
LARGEST_SIDE = 3_000
"""Pixels; more does not show in print."""
_STARTS = {b"\x89PNG\r\n\x1a\n": ("PNG", "image/png"), b"\xff\xd8\xff": ("JPEG", "image/jpeg")}


@dataclass(frozen=True)
class Logo:
    content: bytes
    media_type: str


def read_logo(path: Path) -> Logo:
    """The logo in a file that was checked with its site file. Raises OSError or ValueError where it has changed."""
    content = path.read_bytes()
    return Logo(content, _form_of(content)[1])


def logo_fault(path: Path) -> tuple[str, str] | None:
    """What is wrong with a logo file, and how to mend it; None for a sound one."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return f"This picture has more than {LARGEST_BYTES:,} bytes.", "save it smaller, as PNG or JPEG"
        content = path.read_bytes()
    except OSError as error:
        mend = "check the name; it starts from the folder of the site file"
        return f"This picture cannot be read: {error.strerror}.", mend
    try:
        width, height = _size(content)
    except ValueError as fault:
        return str(fault), "save the logo as PNG or JPEG"
    if max(width, height) > LARGEST_SIDE:
        return f"This picture is {width:,} by {height:,} pixels.", f"make it at most {LARGEST_SIDE:,} on each side"
    return None


def _form_of(content: bytes) -> tuple[str, str]:
    form = next((form for start, form in _STARTS.items() if content.startswith(start)), None)
    if form is None:
        raise ValueError("This file is neither a PNG nor a JPEG picture.")
    return form


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """WeasyPrint lets Pillow draw pictures that are cut off, for the whole program."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture that can be drawn. Raises ValueError."""
    from PIL import Image

    name, _ = _form_of(content)
    try:
        with warnings.catch_warnings(), _whole_pictures_only():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=[name]) as picture:
                if max(picture.size) <= LARGEST_SIDE:
                    picture.load()
                return picture.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValueError(f"This {name} picture is damaged.") from None
