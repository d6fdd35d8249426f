"""What mkdocs calls while it builds the site: pages that are made, not written, and links between all."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

from linking import Linker
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from reference import commands, components, decisions, python, record, tables

ROOT = Path(__file__).parents[2]
_DOCS = ROOT / "docs"
# Pages that stand elsewhere in the repository → their place in the site.
ELSEWHERE = {
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "corpus/README.md": "samples.md",
    "training/README.md": "training.md",
}
_linker = Linker({})


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Make the pages, and put those of a folder into the navigation where it says ``folder/*``."""
    global _linker
    made = _made()
    written = {
        str(path.relative_to(_DOCS)): path.read_text("utf-8") for path in _DOCS.rglob("*.md")
    }
    _linker = Linker(written | made, ELSEWHERE)
    config.extra["made"] = made
    config.nav = [_expanded(entry, sorted(written | made)) for entry in config.nav or ()]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made."""
    for path, text in config.extra.pop("made").items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn names of pages and tables into links."""
    return _linker.link(markdown, page.file.src_uri)


def _made() -> dict[str, str]:
    """Return path → text of each page that no file of ``docs`` holds."""
    pages = {target: (ROOT / path).read_text("utf-8") for path, target in ELSEWHERE.items()}
    texts = {path.name: path.read_text("utf-8") for path in sorted(_DOCS.glob("*.md"))}
    pages |= commands.pages(texts)
    pages["reference/components.md"] = components.page()
    pages["reference/python.md"] = python.page(texts)
    pages["reference/record.md"] = record.page()
    pages["reference/tables.md"] = tables.page((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    pages["adr/index.md"] = decisions.page(sorted((_DOCS / "adr").glob("*.md")))
    return pages


def _expanded(entry: object, pages: list[str]) -> object:
    """Return an entry of the navigation with the pages that its pattern means, an index first."""
    if isinstance(entry, dict):
        return {title: _expanded(value, pages) for title, value in entry.items()}
    if isinstance(entry, list):
        return [_expanded(one, pages) for one in entry]
    if isinstance(entry, str) and entry.endswith("/*"):
        found = [path for path in pages if fnmatch(path, entry)]
        return sorted(found, key=lambda path: (not path.endswith("/index.md"), path))
    return entry
