"""A review page in Chromium, driven as a person would: by keys, clicks and files."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

_SECONDS = 20
_TRIES = 5
_WORDS = "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)"
_SELECT = """
const [words, nth] = arguments;
const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
const nodes = [];
while (walker.nextNode()) nodes.push(walker.currentNode);
const all = nodes.map((node) => node.data).join("");
let place = -1;
for (let n = 0; n <= nth; n += 1) place = all.indexOf(words, place + 1);
const at = (wanted) => {
  let before = 0;
  for (const node of nodes) {
    if (wanted <= before + node.length) return [node, wanted - before];
    before += node.length;
  }
};
const range = document.createRange();
range.setStart(...at(place));
range.setEnd(...at(place + words.length));
getSelection().removeAllRanges();
getSelection().addRange(range);
"""


class Page:
    """The page, and what the tests ask of it."""

    def __init__(self, driver: Chrome, downloads: Path) -> None:
        self.driver = driver
        self.downloads = downloads

    def open(self, path: Path, *, fresh: bool = True) -> Page:
        """Open a file; ``fresh`` forgets what was decided in the browser before."""
        self.driver.get(path.as_uri())
        self.until(self.is_ready)
        if fresh:
            self.driver.execute_script("localStorage.clear()")
            self.driver.get("about:blank")
            return self.open(path, fresh=False)
        return self

    def reload(self) -> None:
        self.driver.refresh()
        self.until(self.is_ready)

    def is_ready(self) -> bool:
        return self.js("return document.documentElement.dataset.ready") == "yes"

    def until(self, holds: Any) -> None:
        WebDriverWait(self.driver, _SECONDS, poll_frequency=0.05).until(lambda _: holds())

    def js(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def keys(self, *keys: str) -> None:
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def walk_to(self, words: str) -> None:
        """Press j until an item of these words is selected."""
        for _ in self.all("#items .item"):
            self.keys("j")
            if self.chosen() == words:
                return
        raise AssertionError(f"{words} is not among {self.all('#items .object')}")

    def submit(self) -> None:
        """Press Ctrl and Enter."""
        chain = ActionChains(self.driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER)
        chain.key_up(Keys.CONTROL).perform()

    def go(self, key: str) -> None:
        """Press a key that opens another document, and wait for it."""
        before = self.title()
        self.keys(key)
        self.until(lambda: self.title() != before and self.chosen())

    def one(self, css: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def click(self, css: str) -> None:
        """Click an element; one that is drawn anew between the finding and the click is found again."""
        for _ in range(_TRIES):
            try:
                self.one(css).click()
            except StaleElementReferenceException:
                continue
            return
        raise AssertionError(f"{css} is drawn anew all the time")

    def all(self, css: str) -> list[str]:
        """The words of all elements, read at one moment."""
        found: list[str] = self.js(_WORDS, css)
        return found

    def title(self) -> str:
        return "".join(self.all("#title"))

    def chosen(self) -> str:
        """The words of the item that is selected and holds the focus."""
        return "".join(self.all("#items .item.chosen:focus .object"))

    def marked(self, name: str) -> str:
        """The words of the text that are marked as evidence (``ev``) or as the thing itself (``it``)."""
        return "".join(self.all(f"#text .{name}"))

    def listed(self) -> list[str]:
        return self.all("#list .row .name")

    def status(self, words: str) -> None:
        """Wait until the page tells something."""
        self.until(lambda: words in self.one("#status").text)

    def search(self, words: str) -> None:
        field = self.one("#query")
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(words or Keys.DELETE)
        self.status("document")
        time.sleep(0.2)

    def fill(self, css: str, words: str) -> None:
        field = self.one(css)
        field.clear()
        field.send_keys(words)

    def select_words(self, words: str, nth: int = 0) -> None:
        self.js(_SELECT, words, nth)
        time.sleep(0.1)

    def save(self) -> list[dict[str, Any]]:
        """Save, and return the lines of the file."""
        for old in self.downloads.iterdir():
            old.unlink()
        self.keys("s")
        path = self.downloads / "corrections.jsonl"
        self.until(lambda: path.exists() and not list(self.downloads.glob("*.crdownload")))
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    def complaints(self) -> list[str]:
        """What the browser had to say against the page: errors, refused resources."""
        return [f"{entry['level']} {entry['message']}" for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]
