"""The package registry: one named file is looked up in the simple index and downloaded.

An installer is not used: for a source distribution it would run the distribution's own set-up code.
"""

from __future__ import annotations

import os
import urllib.request
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import msgspec

from monograph_nlp.errors import LexiconError

INDEX = "https://pypi.org/simple/"
_TIMEOUT = 60  # seconds without an answer
_ACCEPT = "application/vnd.pypi.simple.v1+json"  # PEP 691
_PAGE_LIMIT = 50_000_000  # bytes
_CHUNK = 1 << 20


class _File(msgspec.Struct):
    filename: str
    url: str


class _Listing(msgspec.Struct):
    files: list[_File]


def index_url() -> str:
    """Return the simple index that ``PIP_INDEX_URL`` names, else the public one."""
    url = os.environ.get("PIP_INDEX_URL") or INDEX
    return url if url.endswith("/") else url + "/"


def download(package: str, file: str, size: int, path: Path) -> None:
    """Write one file of the registry to ``path``; stop where it has more than ``size`` bytes.

    The caller checks the content. Only https addresses are followed.

    Raises:
        LexiconError: the registry cannot be reached, lists no such file, or sends too much.
    """
    url = _address(package, file)
    try:
        with _open(url) as answer, path.open("wb") as out:
            left = size
            while chunk := answer.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise LexiconError(
                        f"{url}: sends more than {size} bytes; expected the size that is pinned. "
                        "Do not use this file; check rules/lexicon_packages.tsv."
                    )
                out.write(chunk)
    except (OSError, HTTPException) as cause:
        raise _unreachable(url, cause) from cause


def _address(package: str, file: str) -> str:
    page = urljoin(index_url(), package.lower().replace("_", "-").replace(".", "-") + "/")
    try:
        with _open(page) as answer:
            listing = msgspec.json.decode(answer.read(_PAGE_LIMIT), type=_Listing)
    except (OSError, HTTPException) as cause:
        raise _unreachable(page, cause) from cause
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise LexiconError(
            f"{page}: answers no file list; expected the registry's JSON form (PEP 691). Point "
            "PIP_INDEX_URL at an index that has it, or download the file by hand and use --sources DIR."
        ) from cause
    for listed in listing.files:
        if listed.filename == file:
            return urljoin(page, listed.url)
    raise LexiconError(
        f"{page}: lists no file {file!r}; expected the pinned version there. Put the file into a folder "
        "and name it with --sources DIR."
    )


def _open(url: str) -> HTTPResponse:
    if urlsplit(url).scheme != "https":
        raise LexiconError(
            f"{url}: not an https address; expected one. Set PIP_INDEX_URL to an https index."
        )
    request = urllib.request.Request(url, headers={"Accept": _ACCEPT + ", */*;q=0.1"})
    answer: HTTPResponse = urllib.request.urlopen(request, timeout=_TIMEOUT)
    return answer


def _unreachable(url: str, cause: BaseException) -> LexiconError:
    return LexiconError(
        f"{url}: cannot be reached ({type(cause).__name__}: {cause}); expected a package registry. Connect "
        "to a network, or put the pinned files into a folder and name it with --sources DIR."
    )
