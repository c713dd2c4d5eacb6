"""The objects of a PDF as the bytes of a file."""

import zlib
from hashlib import md5

from pydyf import PDF, Array, Dictionary, Stream, String

_LEVEL = 6
"""Of compression. Level 9 takes four times as long for a file that is one part in thirty shorter."""
_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_PLAIN, _PACKED = 1, 2
_WIDTHS = (1, 4, 2)
"""Bytes of the three fields of a cross reference."""


def pdf_bytes(pdf: PDF, identifier: bytes) -> bytes:
    """A file with these objects, as pydyf writes them, but each written out once where pydyf does it twice."""
    pdf.add_object(pdf.info)
    contents = {item.number: _stream(item) if isinstance(item, Stream) else item.data for item in pdf.objects[1:]}
    streams = [item.number for item in pdf.objects[1:] if isinstance(item, Stream)]
    packed = [number for number in contents if number not in set(streams)]
    file, places = bytearray(_HEAD), {}
    for number in streams:
        places[number] = len(file)
        file += _indirect(number, contents[number])
    container = len(pdf.objects)
    places[container] = len(file)
    file += _indirect(container, _stream(_container({number: contents[number] for number in packed})))
    table = container + 1
    places[table] = len(file)
    order = {number: at for at, number in enumerate(packed)}
    rows = [(0, 0, 65535)]
    for number in range(1, table + 1):
        rows.append((_PACKED, container, order[number]) if number in order else (_PLAIN, places[number], 0))
    digest = md5(b"".join(contents.values()), usedforsecurity=False).hexdigest().encode()
    extra = {
        "Type": "/XRef",
        "W": Array(_WIDTHS),
        "Size": len(rows),
        "Root": pdf.catalog.reference,
        "Info": pdf.info.reference,
        "ID": Array((String(identifier).data, String(digest).data)),
    }
    cells = b"".join(value.to_bytes(width, "big") for row in rows for value, width in zip(row, _WIDTHS, strict=True))
    file += _indirect(table, _stream(Stream([cells], extra, compress=True)))
    file += b"startxref\n%d\n%%%%EOF\n" % places[table]
    return bytes(file)


def _container(contents: dict[int, bytes]) -> Stream:
    """One stream that holds all objects that are not streams."""
    heads, at = [], 0
    for number, content in contents.items():
        heads.append(f"{number} {at}")
        at += len(content) + 1
    head = " ".join(heads).encode()
    extra = {"Type": "/ObjStm", "N": len(contents), "First": len(head) + 1}
    return Stream([head, *contents.values()], extra, compress=True)


def _stream(item: Stream) -> bytes:
    """The bytes of a stream object."""
    packs, item.compress = item.compress, False
    if not packs:
        return item.data
    raw = Stream(item.stream).data
    content = raw[raw.index(b"stream\n") + 7 : -len(b"\nendstream")]
    content = zlib.compress(content, _LEVEL)
    extra = Dictionary({**item.extra, "Filter": "/FlateDecode", "Length": len(content)})
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


def _indirect(number: int, content: bytes) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (number, content)
