"""Take the picture of a record that the README and the first page show: one of the samples, in the review page.

    python docs/site/picture.py

Needs Chromium and chromedriver, asks the network for nothing, and writes ``docs/record.png``. The picture
differs by some pixels from machine to machine, as fonts do, so look at it before you keep it.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains

import monograph_nlp as mn
from monograph_nlp.review import write_page

_ROOT = Path(__file__).parents[2]
_SAMPLE = "sertraline.txt"
_OTHERS = (
    "apixaban.html",
    "daratumumab.xml",
    "digoxin.txt",
    "empagliflozin.txt.gz",
    "metformin.md",
)
_TARGET = _ROOT / "docs" / "record.png"
_SHOWN = ("has_adverse_event", "dizziness")  # the fact that is selected
_OPTIONS = (
    "--headless=new --no-sandbox --disable-gpu --hide-scrollbars --window-size=1360,900 "
    "--disable-background-networking --no-first-run --force-device-scale-factor=1.25"
)
_COLOURS = 160


def main() -> None:
    """Read samples, select a fact of the first one in their page, and write what the browser shows."""
    paths = [_ROOT / "corpus" / name for name in (_SAMPLE, *_OTHERS)]
    records = [record for path in paths for record in mn.extract(path, with_text=True)]
    facts = sorted(records[0].facts, key=lambda fact: fact.evidence[0].start)
    place = [(fact.predicate, fact.object.text) for fact in facts].index(_SHOWN)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "review.html"
        with page.open("w", encoding="utf-8", newline="\n") as stream:
            write_page(records, stream, title="Samples")
        png = _screenshot(page, place + 1)
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(_TARGET, optimize=True)
    print(f"{_TARGET}: {picture.width} × {picture.height}, {_TARGET.stat().st_size:,} bytes")


def _screenshot(page: Path, steps: int) -> bytes:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for option in _OPTIONS.split():
        options.add_argument(option)
    browser = webdriver.Chrome(
        options=options, service=Service(shutil.which("chromedriver") or "chromedriver")
    )
    try:
        browser.get(page.as_uri())
        ActionChains(browser).pause(1).send_keys("j" * steps).pause(1).perform()
        return bytes(browser.get_screenshot_as_png())
    finally:
        browser.quit()


if __name__ == "__main__":
    main()
