"""Style sheets and fonts, read once for all documents of a process."""

import re
from functools import lru_cache
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING

from planner.documents.files import bundled_files
from planner.documents.templates import Templates

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def without_style(html_text: str) -> tuple[str, str]:
    """A page without its style element, and the text of that; the page as it is where it has not just one."""
    if html_text.count("<style") != 1 or not (style := _STYLE.search(html_text)):
        return html_text, ""
    return html_text[: style.start()] + html_text[style.end() :], style[1]


@lru_cache(maxsize=4)
def fonts(files: Templates) -> "FontConfiguration":
    """The fonts of the machine and, once a style sheet named them, those of `files`.

    With them is kept what depends on them: styles and broken lines, for our own templates, whose ways are known.
    """
    from weasyprint.text.fonts import FontConfiguration

    from planner.documents.faster import install, keep_with

    found = FontConfiguration()
    # It lasts to the end of the process, when Python can no longer run what removes its folder of fonts. This runs
    # before, also in a worker, and only in the process that made the folder.
    Finalize(None, _without_folder, [found], exitpriority=0)
    if files.replaced is None and install():
        keep_with(found)
    return found


def _without_folder(config: "FontConfiguration") -> None:
    config.__del__()
    config._folder = None


@lru_cache(maxsize=32)
def style_sheet(text: str, files: Templates) -> "CSS":
    """The style sheet with this text; what it imports and its fonts are among `files`."""
    from weasyprint import CSS

    return CSS(
        string=text,
        base_url=files.address,
        url_fetcher=bundled_files(files),
        font_config=fonts(files),
    )
