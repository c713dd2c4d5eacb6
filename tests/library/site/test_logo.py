"""A logo is told by its content, and is small."""

import pytest

from planner.library.site.logo import LARGEST_BYTES, LARGEST_SIDE, logo_fault, read_logo
from tests.library.site.pictures import picture


@pytest.fixture
def saved(tmp_path):
    def save(content, name="logo.png"):
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return save


@pytest.mark.parametrize(("form", "media"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_sound_picture(saved, form, media):
    path = saved(picture(form), "logo.bin")
    assert logo_fault(path) is None
    assert (read_logo(path).media_type, read_logo(path).content) == (media, picture(form))


@pytest.mark.parametrize(
    "content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture("GIF"), b"%PDF-1.7", b"\x89PNG"]
)
def test_anything_else_is_refused_whatever_its_name(saved, content):
    assert "neither a PNG nor a JPEG" in logo_fault(saved(content))[0]


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_damaged_picture(saved, form):
    whole = picture(form, (200, 200))
    assert "damaged" in logo_fault(saved(whole[: len(whole) // 2]))[0]


def test_the_largest_sides(saved):
    assert logo_fault(saved(picture("PNG", (LARGEST_SIDE, 1)))) is None
    assert "3,001 by 1 pixels" in logo_fault(saved(picture("PNG", (LARGEST_SIDE + 1, 1))))[0]


def test_the_largest_file(saved):
    sound = picture("PNG")
    assert logo_fault(saved(sound + bytes(LARGEST_BYTES - len(sound)))) is None
    assert "500,000 bytes" in logo_fault(saved(sound + bytes(LARGEST_BYTES - len(sound) + 1)))[0]
