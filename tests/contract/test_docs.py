"""What the documentation says is so: its code and commands run, and what it names exists."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer
from tests.snippets import blocks, run_python, write_files
from typer.testing import CliRunner

from engines import HAS_JAVA, NO_JAVA
from monograph_nlp import __version__
from monograph_nlp.cli import app
from monograph_nlp.pipeline import extract
from monograph_nlp.read import SUFFIXES
from monograph_nlp.record.codec import encode
from monograph_nlp.rules import read_patterns, read_table
from monograph_nlp.write.summary import summary

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md"))]
RULES = {
    path.name for path in (ROOT / "src/monograph_nlp/rules").iterdir() if path.suffix != ".py"
} - {"__pycache__"}
COMMANDS: dict[str, click.Command] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
SAMPLE = ROOT / "corpus" / "sertraline.txt"  # the document that the README shows
_VOLATILE = {"id", "mention", "section", "score"}  # these move when rules are added


def _with_python() -> list[object]:
    """The pages with code, but for the tutorial, which has a test of its own."""
    pages = [path for path in PAGES if blocks(path.read_text("utf-8"), "python")]
    pages = [path for path in pages if path.name != "tutorial.md"]
    java = pytest.mark.skipif(not HAS_JAVA, reason=NO_JAVA)
    return [pytest.param(path, marks=java if path.name == "cluster.md" else ()) for path in pages]


def _commands() -> list[list[str]]:
    lines = "".join(blocks(README, "sh")).splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("monograph-nlp ")]


def _everywhere() -> list[tuple[str, list[str]]]:
    """Every command line of every page, with the page's name."""
    return [
        (path.name, shlex.split(line)[1:])
        for path in PAGES
        for line in "".join(blocks(path.read_text("utf-8"), "sh")).splitlines()
        if line.startswith("monograph-nlp ")
    ]


def _called(arguments: list[str]) -> tuple[str, click.Command]:
    """Return what a command line calls, by its full name: ``lexicon add``, for one."""
    commands, name = COMMANDS, ""
    for word in arguments:
        command = commands[word]
        name = f"{name} {word}".strip()
        commands = getattr(command, "commands", {})
        if not commands:
            return name, command
    raise AssertionError(f"{name} is no command, but a group of them")


def _leaves(commands: dict[str, click.Command], above: str = "") -> Iterator[str]:
    for name, command in commands.items():
        inner = getattr(command, "commands", {})
        yield from _leaves(inner, f"{name} ") if inner else (f"{above}{name}",)


def _options(command: click.Command) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts if name[0] == "-"}


def _table_rows() -> dict[str, list[str]]:
    rows = re.findall(r"^\| `([\w.]+)` \| .*? \| `([\w ]+)` \|$", CONTRIBUTING, re.MULTILINE)
    return {name: columns.split() for name, columns in rows}


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like the repository's root, and takes what the examples write."""
    (tmp_path / "corpus").symlink_to(ROOT / "corpus", target_is_directory=True)
    for block in blocks(README, "ini"):
        name = block.splitlines()[0].removeprefix("# ")
        (tmp_path / name).write_text(block, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def shown() -> dict[str, object]:
    """The record and the printed page of the document that the README shows."""
    (record,) = extract(SAMPLE)
    return {"record": json.loads(encode(record)), "page": summary(record)}


@pytest.mark.parametrize("path", _with_python(), ids=lambda path: path.name)
def test_python_blocks_run_and_print_what_they_say(
    path: Path, workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, object] = {}
    page = path.read_text("utf-8")
    write_files(page)
    for block in blocks(page, "python"):
        assert run_python(block, names, capsys) == []


def test_readme_commands_run(workplace: Path) -> None:
    assert _failed(_commands()) == []


@pytest.mark.parametrize("page", ["evaluation.md", "diff.md"])
def test_commands_of_a_page_run_one_after_another(page: str, workplace: Path) -> None:
    commands = [arguments for name, arguments in _everywhere() if name == page]
    assert commands
    assert _failed(commands) == []


def _failed(commands: list[list[str]]) -> list[tuple[list[str], str]]:
    """Run commands one after another; return those that fail, with what they say."""
    failed = []
    for arguments in commands:
        result = CliRunner().invoke(app, arguments)
        fine = (0, 1) if arguments[0] == "diff" else (0,)  # 1 says that something differs
        if result.exit_code not in fine:
            failed.append((arguments, result.output))
    return failed


def test_readme_shows_every_command() -> None:
    assert {arguments[0] for arguments in _commands()} == set(COMMANDS)


def test_readme_names_every_option_of_extract_and_validate() -> None:
    shown = set(re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", README))
    for name in ("extract", "validate"):
        command = COMMANDS[name]
        for parameter in command.params:
            options = {option for option in parameter.opts if option[0] == "-"}
            assert not options or options & shown, f"{name}: {options} is not in README.md"


@pytest.mark.parametrize(("page", "arguments"), _everywhere(), ids=str)
def test_a_command_line_of_a_page_exists_with_its_options(page: str, arguments: list[str]) -> None:
    name, command = _called(arguments)
    used = {word for word in arguments if word[0] == "-" and word != "-"}
    assert used <= _options(command), f"{page}: {name}"


def test_every_command_is_shown_on_a_page() -> None:
    assert {_called(arguments)[0] for _, arguments in _everywhere()} == set(_leaves(COMMANDS))


def test_options_in_readme_exist() -> None:
    known = set().union(*map(_options, COMMANDS.values()), {"--no-deps"})
    assert set(re.findall(r"(?<![\w-])(--[a-z][a-z-]*)", README)) <= known


def test_readme_shows_lines_of_the_real_page(shown: dict[str, object]) -> None:
    page = {_uncounted(line) for line in str(shown["page"]).splitlines()}
    (excerpt, *_) = blocks(README, "text")
    missing = [line for line in excerpt.splitlines() if _uncounted(line) not in page]
    assert not missing, "README.md shows other lines than `--summary` prints"


def _uncounted(line: str) -> str:
    """A heading's count of facts changes with every new rule."""
    return re.sub(r" \(\d+\)$", "", line)


def test_readme_shows_a_real_fact(shown: dict[str, object]) -> None:
    (block,) = blocks(README, "json")
    facts = shown["record"]["facts"]  # type: ignore[index]
    assert set(json.loads(block)) == set(facts[0])
    assert _steady(json.loads(block)) in [_steady(fact) for fact in facts]


def _steady(value: object) -> object:
    if isinstance(value, dict):
        return {key: _steady(part) for key, part in value.items() if key not in _VOLATILE}
    return [_steady(part) for part in value] if isinstance(value, list) else value


def test_readme_names_every_suffix() -> None:
    named = set(re.findall(r"`(\.[a-z]+)`", README))
    assert {suffix for suffix in SUFFIXES if not suffix.endswith(".gz")} | {".gz"} == named


def test_readme_is_short() -> None:
    assert len(README.splitlines()) <= 175


def test_every_rules_file_is_in_contributing() -> None:
    assert set(_table_rows()) == RULES


@pytest.mark.parametrize("name", sorted(RULES))
def test_contributing_names_the_columns_of_a_rules_file(name: str) -> None:
    read = read_table if name.endswith(".tsv") else read_patterns
    columns = _table_rows()[name]
    assert read(name, columns)
    if name.endswith(".jsonl"):
        used = {key for row in read(name, columns) for key in row.values}
        assert {"example", *used} <= set(columns)


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.name)
def test_an_adr_is_short_and_has_its_three_parts(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 40
    assert text.startswith(f"# {path.name[:4]}: ")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequence"]
    assert all(part.strip() for part in re.split(r"^#.*$", text, flags=re.MULTILINE)[2:])


def test_adrs_are_numbered_without_gaps() -> None:
    assert [path.name[:4] for path in ADRS] == [f"{n:04}" for n in range(1, len(ADRS) + 1)]


def _named_paths() -> Iterator[tuple[str, str]]:
    folders = "bench|corpus|docs|notebooks|schemas|src|tests"
    for page in (*PAGES, ROOT / "CHANGELOG.md"):
        text = page.read_text("utf-8")
        for found in re.findall(rf"`(?:python )?((?:{folders})/[\w./-]*)", text):
            yield page.name, found


@pytest.mark.parametrize(("page", "named"), sorted(set(_named_paths())))
def test_paths_that_pages_name_exist(page: str, named: str) -> None:
    assert (ROOT / named).exists(), f"{page} names {named}"


def test_make_targets_that_pages_name_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for page in PAGES:
        assert set(re.findall(r"`make ([a-z]+)`", page.read_text("utf-8"))) <= targets, page.name


def test_the_configuration_in_readme_changes_a_component_that_exists() -> None:
    default = (ROOT / "src/monograph_nlp/default.cfg").read_text("utf-8")
    for block in blocks(README, "ini"):
        parser = configparser.ConfigParser()
        parser.read_string(block)
        assert all(f"[{section}]" in default for section in parser.sections())


def test_the_changelog_has_the_version_of_the_package() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    (latest, *_) = re.findall(r"^## \[([\d.]+)\]", changelog, re.MULTILINE)
    assert latest == __version__
