"""The site is built without a warning, asks the network for nothing, and its reference leaves nothing out.

Names are looped over, not parametrized: each process that runs one of these tests builds the site.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import chdir
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
import typer
from click.testing import CliRunner
from mkdocs.__main__ import cli
from spacy.language import Language

import monograph_nlp
from monograph_nlp.cli import app
from monograph_nlp.rules import tables

ROOT = Path(__file__).parents[2]
_LOADS = "//*[self::script or self::img or self::iframe or self::source or self::embed]/@src"
_SHEET = re.compile(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^'\")]+)")
_ENTRY_POINTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "entry-points"
]
FACTORIES = sorted(_ENTRY_POINTS["spacy_factories"] | _ENTRY_POINTS["spacy_tokenizers"])
_Pages = dict[str, lxml.html.HtmlElement]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built by the line of ``make docs``."""
    folder = tmp_path_factory.mktemp("site")
    (line,) = re.findall(
        r"/mkdocs (build .*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    )
    assert "--strict" in line
    assert "--quiet" not in line, "it would hide the warnings that --strict counts"
    with chdir(ROOT):
        result = CliRunner().invoke(cli, [*line.split(), "-d", str(folder)])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> _Pages:
    """Path → page."""
    return {
        str(path.relative_to(site)): lxml.html.document_fromstring(path.read_bytes())
        for path in sorted(site.rglob("*.html"))
    }


def test_no_page_loads_anything_from_a_network(site: Path, pages: _Pages) -> None:
    loaded = [
        (path, address)
        for path, page in pages.items()
        for address in (*page.xpath(_LOADS), *page.xpath("//link/@href"), *_styles(page))
    ]
    assert len(loaded) > len(pages)
    assert [(path, address) for path, address in loaded if _is_far(address)] == []
    sheets = list(site.rglob("*.css"))
    assert sheets
    assert [path.name for path in sheets if _SHEET.search(path.read_text("utf-8"))] == []


def _styles(page: lxml.html.HtmlElement) -> Iterator[str]:
    for style in (*page.xpath("//style/text()"), *page.xpath("//@style")):
        yield from _SHEET.findall(style)


def _is_far(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def test_what_pages_link_to_and_load_is_there(site: Path, pages: _Pages) -> None:
    anchors = {path: set(page.xpath("//@id | //a/@name")) for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        if path == "404.html":  # its links begin at the root of a server
            continue
        for address in (*page.xpath("//a/@href"), *page.xpath(_LOADS), *page.xpath("//link/@href")):
            parts = urlsplit(address)
            if _is_far(address) or parts.scheme:
                continue
            target = (site / path).parent / unquote(parts.path) if parts.path else site / path
            there = str(target.resolve().relative_to(site.resolve()))
            if not target.is_file() or (
                parts.fragment and unquote(parts.fragment) not in anchors.get(there, ())
            ):
                broken.append((path, address))
    assert broken == []


def test_the_navigation_has_every_page(site: Path, pages: _Pages) -> None:
    linked = pages["index.html"].xpath("//nav[contains(@class, 'md-nav--primary')]//a/@href")
    there = {urlsplit(address).path or "index.html" for address in linked}
    assert there == set(pages) - {"404.html"}
    written = {path.relative_to(ROOT / "docs") for path in ROOT.glob("docs/**/*.md")}
    assert {str(path.with_suffix(".html")) for path in written} <= there


def test_every_command_is_in_the_reference_with_its_options(pages: _Pages) -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for name, command in commands.items():
        page = pages[f"reference/commands/{name}.html"]
        for below, one in getattr(command, "commands", {}).items():
            (section,) = page.xpath(f"//h2[@id='{name}-{below}']")
            assert section.text_content().startswith(f"{name} {below}")
            assert _options(one) <= _codes(page), f"{name} {below}"
        assert _options(command) <= _codes(page), name


def _options(command: object) -> set[str]:
    parameters = command.params  # type: ignore[attr-defined]
    return {name for one in parameters for name in one.opts if name.startswith("-")}


def _codes(page: lxml.html.HtmlElement) -> set[str]:
    """Return the words of the code of a page."""
    spans = (code.text_content() for code in page.xpath("//td//code"))
    return {word.rstrip(",") for span in spans for word in span.split()}


def test_every_public_name_is_in_the_reference(pages: _Pages) -> None:
    page = pages["reference/python.html"]
    words = " ".join(page.text_content().split())
    for name in monograph_nlp.__all__:
        made = getattr(monograph_nlp, name)
        (heading,) = page.xpath(f"//*[@id='{made.__module__}.{made.__qualname__}']")
        assert heading.text_content().split()[0] == name
        first = " ".join((made.__doc__ or "").strip().split("\n\n")[0].split())
        assert first.replace("``", "") in words, name


def test_what_pages_import_is_in_the_reference(pages: _Pages) -> None:
    imported = re.compile(r"^from (monograph_nlp\.\S+) import (.+)$", re.MULTILINE)
    known = set(pages["reference/python.html"].xpath("//@id"))
    for path in sorted((ROOT / "docs").glob("*.md")):
        for module, names in imported.findall(path.read_text("utf-8")):
            for name in names.split(", "):
                made = getattr(import_module(module), name)
                assert f"{made.__module__}.{made.__qualname__}" in known, f"{path.name}: {name}"


def test_every_component_is_in_the_reference_with_its_settings(pages: _Pages) -> None:
    heads = pages["reference/components.html"].xpath("//h2")
    under = {head.text_content().rstrip("¶"): list(_under(head)) for head in heads}
    assert sorted(under) == FACTORIES
    for name, parts in under.items():
        rows = [row for part in parts for row in part.xpath("self::table/tbody/tr")]
        cells = [[cell.text_content().strip() for cell in row] for row in rows]
        is_component = Language.has_factory(name)
        settings = Language.get_factory_meta(name).default_config if is_component else {}
        assert [row[0] for row in cells] == list(settings), name
        assert all(row[2] for row in cells), name
        told = " ".join(part.text_content() for part in parts)
        writes = re.search(r"(?:doc|span|token)\.\S+", told)
        assert writes or not is_component, f"{name}: what does it write?"


def _under(head: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """Yield what stands under a heading, up to the next one of any level."""
    for part in head.itersiblings():
        if re.fullmatch(r"h[1-6]", str(part.tag)):
            return
        yield part


def test_every_field_of_the_record_is_in_the_reference(pages: _Pages) -> None:
    schema = json.loads((ROOT / "schemas" / "record" / "1.0.json").read_text("utf-8"))
    page = pages["reference/record.html"]
    for name, part in ({"record": schema} | schema["$defs"]).items():
        (head,) = page.xpath(f"//*[(self::h2 or self::h3) and @id='{name}']")
        if "properties" not in part:
            continue
        rows = [row for part in _under(head) for row in part.xpath("self::table/tbody/tr")]
        cells = [[cell.text_content().strip() for cell in row] for row in rows]
        assert [row[0] for row in cells] == list(part["properties"]), name
        assert all(all(row) for row in cells), f"{name}: a field without type or description"


def test_every_table_of_rules_is_in_the_reference(pages: _Pages) -> None:
    heads = pages["reference/tables.html"].xpath("//h2")
    assert [head.text_content().rstrip("¶") for head in heads] == tables()


def test_pages_in_the_repository_show_pictures_that_are_there() -> None:
    shown = [
        (path, ROOT / path.parent / picture)
        for path in (ROOT / "README.md", *ROOT.glob("docs/**/*.md"))
        for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", path.read_text("utf-8"))
    ]
    assert ROOT / "docs" / "record.png" in [picture for _, picture in shown]
    for path, picture in shown:
        assert 0 < picture.stat().st_size < 200_000, f"{path.name} shows {picture.name}"


def test_the_search_answers_in_a_site_that_is_read_from_files(site: Path, tmp_path: Path) -> None:
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("no chromium: apt-get install chromium")
    line = (
        f"{chromium} --headless=new --no-sandbox --disable-gpu --no-first-run --dump-dom "
        f"--disable-background-networking --virtual-time-budget=10000 "
        f"--user-data-dir={tmp_path / 'profile'} {(site / 'batch.html').as_uri()}?q=contraindication"
    )
    done = subprocess.run(line.split(), capture_output=True, timeout=120, check=True)
    page = lxml.html.document_fromstring(done.stdout.decode())
    assert page.xpath("//li[contains(@class, 'md-search-result__item')]")
