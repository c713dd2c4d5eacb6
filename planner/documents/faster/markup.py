"""Pages of our own templates as element trees, read by the fast parser of XML instead of a slow one of HTML."""

import re
from html import unescape
from itertools import groupby
from xml.etree.ElementTree import XML, Element, ParseError

_TAG = re.compile(r"<([a-z]+)\b([^<>]*)>")
_VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "wbr"))
_BARE = re.compile(r"""(\s[a-z-]+)(?=\s|$)(?!\s*=)""")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAMED = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;)[a-zA-Z]+;")


def page_tree(html_text: str) -> Element | None:
    """The page with the elements an HTML parser finds; None where it is not written as strictly as our templates."""
    start = html_text.find("<html")
    if start < 0:
        return None
    strict = _NAMED.sub(lambda name: unescape(name[0]), _TAG.sub(_strict, html_text[start:]))
    try:
        root = XML(strict)
    except ParseError:
        return None
    for table in root.iter("table"):
        table[:] = _with_bodies(table)
    return root


def _strict(tag: re.Match[str]) -> str:
    """A tag in which each attribute has a value and that is closed where nothing is inside."""
    name, rest = tag[1], tag[2].rstrip("/")
    if "=" not in rest or _BARE.search(_QUOTED.sub('""', rest)):
        parts = re.split(r"(\"[^\"]*\"|'[^']*')", rest)
        rest = "".join(part if at % 2 else _BARE.sub(r'\1=""', part) for at, part in enumerate(parts))
    return f"<{name}{rest}{'/' if name in _VOID or tag[2].endswith('/') else ''}>"


def _with_bodies(table: Element) -> list[Element]:
    """The parts of a table, its loose rows in a body."""
    parts: list[Element] = []
    for loose, rows in groupby(table, key=lambda part: part.tag == "tr"):
        if loose:
            body = Element("tbody")
            body.extend(rows)
            parts.append(body)
        else:
            parts += rows
    return parts
