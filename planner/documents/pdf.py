"""HTML to a tagged PDF/UA file, the same bytes for the same plan on every machine."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from planner.documents.templates import Templates
from planner.plan.dates import utc
from planner.plan.files import ATTACHMENT


class RefusedFile(Exception):
    """A page asks for a file that does not belong to it."""


def html_to_pdf(
    html_text: str,
    folder: Path,
    *,
    identifier: bytes,
    made_at: str,
    attachment: bytes,
    replaced: Path | None = None,
    picture: str = "",
    closer: Sequence[str] = (),
    most_pages: int | None = None,
) -> bytes:
    """Lay out `html_text`, with files of `folder` only and the plan's JSON inside.

    A file of `replaced` stands in for the one of the same path; `picture` is the one data address that is drawn.
    `closer`: the same page set closer and closer, for where it takes more than `most_pages`; the first
    that fits is used, else the last. Raises RefusedFile.
    """
    from weasyprint import Attachment
    from weasyprint.urls import FatalURLFetchingError

    made = utc(made_at)
    plan_file = Attachment(
        string=attachment.decode("utf-8"),
        name=ATTACHMENT,
        relationship="Data",
        created=made,
        modified=made,
        description="The plan as data, for other programs",
    )
    files = Templates(folder, replaced)
    options = {"pdf_variant": "pdf/ua-1", "pdf_identifier": identifier, "attachments": [plan_file]}
    try:
        return _laid_out(html_text, closer, most_pages, files, picture, options)
    except FatalURLFetchingError as refused:
        raise RefusedFile(str(refused)) from None


def _laid_out(html_text, closer, most_pages, files: Templates, picture: str, options: dict) -> bytes:
    from weasyprint import HTML

    for text in (html_text, *closer):
        page = HTML(
            string=text, base_url=files.folder.resolve().as_uri() + "/", url_fetcher=bundled_files(files, picture)
        )
        document = page.render(**options)
        if most_pages is None or len(document.pages) <= most_pages:
            break
    return document.write_pdf(finisher=_relate_attachment, **options)


def bundled_files(files: Templates, picture: str = ""):
    """A fetcher that opens template files and one picture, and refuses everything else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class BundledFiles(URLFetcher):
        def fetch(self, url, headers=None):
            if picture and url == picture:
                return super().fetch(url, headers)
            path = bundled_path(url, files.folder)
            if path is None:
                raise FatalURLFetchingError(f"Documents use only their bundled files, not {url[:120]}")
            name = path.relative_to(files.folder.resolve()).as_posix()
            return URLFetcherResponse(url, (files / name).read_bytes())

    return BundledFiles(allowed_protocols=["file", "data"], allow_redirects=False, fail_on_errors=True)


def bundled_path(url: str, folder: Path) -> Path | None:
    """The file inside `folder` that `url` names; None for anything else."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        return None
    path = Path(url2pathname(parts.path)).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None


def _relate_attachment(document, pdf) -> None:
    """Name the attachment's relation to the document, which the UA variant leaves out."""
    import pydyf

    files = [item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Filespec"]
    for item in files:
        item["AFRelationship"] = "/Data"
    pdf.catalog["AF"] = pydyf.Array([item.reference for item in files])
