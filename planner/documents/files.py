"""The files a page may use: those of its templates and one picture."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from planner.documents.templates import Templates


class RefusedFile(Exception):
    """A page asks for a file that does not belong to it."""


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
