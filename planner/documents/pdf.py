"""HTML to a tagged PDF/UA file, the same bytes for the same plan on every machine."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner.documents.collector import held_off
from planner.documents.files import RefusedFile, bundled_files
from planner.documents.fitting import Room, first_that_fits
from planner.documents.styles import fonts, style_sheet, without_style
from planner.documents.templates import Templates
from planner.plan.dates import utc
from planner.plan.files import ATTACHMENT

if TYPE_CHECKING:
    from weasyprint import HTML, Document

_VARIANT = "pdf/ua-1"


def html_to_pdf(
    html_text: str,
    folder: Path,
    *,
    identifier: bytes,
    made_at: str,
    attachment: bytes | None,
    replaced: Path | None = None,
    picture: str = "",
    closer: Sequence[Callable[[], str]] = (),
    room: Room | None = None,
) -> bytes:
    """Lay out `html_text`, with files of `folder` only; `attachment` is the plan's JSON, for a page of one plan.

    A file of `replaced` stands in for the one of the same path; `picture` is the one data address that is drawn.
    `closer` make the same page set closer and closer, for where it has no `room`; the first that has
    is used, else the last. Raises RefusedFile.
    """
    from weasyprint import Attachment
    from weasyprint.urls import FatalURLFetchingError

    made = utc(made_at)
    plan_files = [
        Attachment(
            string=content.decode("utf-8"),
            name=ATTACHMENT,
            relationship="Data",
            created=made,
            modified=made,
            description="The plan as data, for other programs",
        )
        for content in ([] if attachment is None else [attachment])
    ]
    files = Templates(folder, replaced)
    try:
        with held_off():
            return _made([lambda: html_text, *closer], room, files, picture, plan_files, identifier)
    except FatalURLFetchingError as refused:
        raise RefusedFile(str(refused)) from None


def _made(texts, room: Room | None, files: Templates, picture: str, plan_files: list, identifier: bytes) -> bytes:
    settings = [lambda text=text: _laid_out(text(), files, picture) for text in texts]
    if room is None:
        return _written(settings[0](), plan_files, identifier)
    document = first_that_fits(settings, lambda made: len(made.pages) <= room.pages, room.guess)
    return _written(document, plan_files, identifier)


def _laid_out(text: str, files: Templates, picture: str) -> "Document":
    body, style = without_style(text)
    page = _read(body, files, bundled_files(files, picture))
    return page.render(stylesheets=[style_sheet(style, files)], font_config=fonts(files), pdf_variant=_VARIANT)


def _read(body: str, files: Templates, fetcher) -> "HTML":
    from weasyprint import HTML

    from planner.documents import faster

    return faster.read_page(body, files, fetcher) or HTML(string=body, base_url=files.address, url_fetcher=fetcher)


def _written(document: "Document", plan_files: list, identifier: bytes) -> bytes:
    from weasyprint import DEFAULT_OPTIONS
    from weasyprint.pdf import generate_pdf

    from planner.documents.pdf_file import pdf_bytes

    options = {**DEFAULT_OPTIONS, "pdf_variant": _VARIANT, "attachments": plan_files}
    pdf = generate_pdf(document, None, 1, **options)
    _relate_attachment(pdf)
    return pdf_bytes(pdf, identifier)


def _relate_attachment(pdf) -> None:
    """Name the attachment's relation to the document, which the UA variant leaves out."""
    import pydyf

    files = [item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Filespec"]
    for item in files:
        item["AFRelationship"] = "/Data"
    if files:
        pdf.catalog["AF"] = pydyf.Array([item.reference for item in files])
