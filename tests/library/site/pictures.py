"""Small pictures for tests of a logo."""

from io import BytesIO

from PIL import Image


def picture(form: str, size: tuple[int, int] = (60, 30)) -> bytes:
    """A grey picture as PNG, JPEG or another form that the picture library writes."""
    out = BytesIO()
    Image.new("RGB", size, (90, 90, 90)).save(out, form)
    return out.getvalue()
