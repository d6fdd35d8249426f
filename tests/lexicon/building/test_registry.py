from __future__ import annotations

import io
import json
from urllib.error import URLError

import pytest

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building import registry
from monograph_nlp.lexicon.building.registry import download, index_url

FILE = "tiny_data-1.0-py3-none-any.whl"


@pytest.fixture
def answers(monkeypatch):
    """The registry, as a dict of address → bytes; what is not in it cannot be reached."""
    known: dict[str, bytes] = {}

    def urlopen(request, timeout):
        assert timeout > 0
        if request.full_url not in known:
            raise URLError("no route")
        return io.BytesIO(known[request.full_url])

    monkeypatch.setattr(registry.urllib.request, "urlopen", urlopen)
    monkeypatch.setenv("PIP_INDEX_URL", "https://registry.example/simple")
    return known


def _page(url: str, file: str = FILE) -> bytes:
    return json.dumps({"files": [{"filename": file, "url": url}]}).encode()


def test_the_public_index_is_asked_unless_another_is_set(monkeypatch):
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    assert index_url() == "https://pypi.org/simple/"


def test_a_relative_address_is_followed_and_the_name_is_normalized(answers, tmp_path):
    answers["https://registry.example/simple/tiny-data/"] = _page("../../files/tiny")
    answers["https://registry.example/files/tiny"] = b"content"
    download("tiny_data", FILE, 7, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"content"


def test_more_bytes_than_pinned_stop_the_download(answers, tmp_path):
    answers["https://registry.example/simple/tiny-data/"] = _page("https://registry.example/f")
    answers["https://registry.example/f"] = b"content"
    with pytest.raises(LexiconError, match="more than 6 bytes"):
        download("tiny_data", FILE, 6, tmp_path / "out")


def test_without_a_network_the_message_tells_how_to_work_offline(answers, tmp_path):
    with pytest.raises(LexiconError, match=r"cannot be reached.*--sources DIR"):
        download("tiny_data", FILE, 7, tmp_path / "out")


def test_a_file_that_is_not_listed_is_named(answers, tmp_path):
    answers["https://registry.example/simple/tiny-data/"] = _page("x", "tiny_data-2.0.whl")
    with pytest.raises(LexiconError, match=f"lists no file '{FILE}'"):
        download("tiny_data", FILE, 7, tmp_path / "out")


@pytest.mark.parametrize("page", [b"<html>", b"{}", b"[]", b'{"files": 1}', b'{"files": [{}]}'])
def test_another_answer_than_a_file_list_is_an_error(answers, tmp_path, page):
    answers["https://registry.example/simple/tiny-data/"] = page
    with pytest.raises(LexiconError, match="no file list"):
        download("tiny_data", FILE, 7, tmp_path / "out")


@pytest.mark.parametrize("url", ["http://registry.example/f", "file:///etc/hostname"])
def test_only_https_is_followed(answers, tmp_path, url):
    answers["https://registry.example/simple/tiny-data/"] = _page(url)
    with pytest.raises(LexiconError, match="not an https address"):
        download("tiny_data", FILE, 7, tmp_path / "out")
