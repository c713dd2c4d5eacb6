"""HTML to a tagged PDF/UA file, the same bytes for the same plan on every machine."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from planner.plan.dates import utc
from planner.plan.files import ATTACHMENT


def html_to_pdf(html_text: str, folder: Path, *, identifier: bytes, made_at: str, attachment: bytes) -> bytes:
    """Lay out `html_text`, with files of `folder` only and the plan's JSON inside."""
    from weasyprint import HTML, Attachment

    made = utc(made_at)
    plan_file = Attachment(
        string=attachment.decode("utf-8"),
        name=ATTACHMENT,
        relationship="Data",
        created=made,
        modified=made,
        description="The plan as data, for other programs",
    )
    document = HTML(string=html_text, base_url=folder.resolve().as_uri() + "/", url_fetcher=bundled_files(folder))
    return document.write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=identifier, attachments=[plan_file], finisher=_relate_attachment
    )


def bundled_files(folder: Path):
    """A fetcher that opens files inside `folder` and refuses everything else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class BundledFiles(URLFetcher):
        def fetch(self, url, headers=None):
            path = bundled_path(url, folder)
            if path is None:
                raise FatalURLFetchingError(f"Documents use only their bundled files, not {url[:120]}")
            return URLFetcherResponse(url, path.read_bytes())

    return BundledFiles(allowed_protocols=["file"], allow_redirects=False, fail_on_errors=True)


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
