"""One Chromium for each module of tests; none, and they are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from monograph_nlp.review import write_page
from monograph_nlp.types import Record

from ..made import named
from .driving import Page

_OPTIONS = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync --window-size=1440,900"
)


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A browser that never asks the network for anything, not even for its driver."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("no chromium or chromedriver: apt-get install chromium chromium-driver")
    folder = tmp_path_factory.mktemp("chromium")
    (folder / "downloads").mkdir()
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for option in (*_OPTIONS.split(), f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.add_experimental_option(
        "prefs", {"download.default_directory": str(folder / "downloads")}
    )
    running = webdriver.Chrome(options=options, service=Service(driver))
    yield Page(running, folder / "downloads")
    running.quit()


@pytest.fixture
def page(chromium: Page) -> Iterator[Page]:
    """The browser, which must have nothing to complain of in the end."""
    chromium.complaints()
    yield chromium
    assert chromium.complaints() == []


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Path]:
    """build(record, ..., corrections=…) → the page's file."""

    def write(*records: Record, name: str = "review.html", **options: object) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            write_page(records, stream, **options)  # type: ignore[arg-type]
        return path

    return write


@pytest.fixture
def three(page: Page, build: Callable[..., Path], sample: Record) -> Page:
    """A page of three documents that differ in their names alone."""
    return page.open(build(*(named(sample, f"d{n}") for n in range(3))))
