"""The page on the components, from their factories, their docstrings and the default configuration."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.metadata import entry_points
from importlib.resources import files
from inspect import getdoc
from types import ModuleType

from griffe import Docstring, DocstringSectionKind
from spacy.language import Language
from thinc.api import Config

from reference.cells import code, plain, table

_GROUPS = ("spacy_factories", "spacy_tokenizers")
_OURS = "monograph"
_INTRO = """# Components

Each is a spaCy factory that is found once the package is installed: `nlp.add_pipe("monograph_…")` needs no import.
Components work alone, in any pipeline, and together in the order of this page. `spacy.md` shows both. A
setting is changed in a configuration (`[components.context]`), or by `add_pipe(…, config={…})`.
"""


def page() -> str:
    """Return the page: components in the order of the default pipeline, then the tokenizer."""
    config = Config().from_str((files("monograph_nlp") / "default.cfg").read_text("utf-8"))
    names = {value["factory"]: name for name, value in config["components"].items()}
    order = [config["components"][name]["factory"] for name in config["nlp"]["pipeline"]]
    lines = [_INTRO.replace("`spacy.md`", "[In a pipeline of your own](../spacy.md)")]
    found = _modules()
    for factory in [*order, *sorted(set(found) - set(order))]:
        lines += _described(factory, found[factory], names.get(factory, ""))
    return "\n".join(lines)


def _modules() -> dict[str, ModuleType]:
    """Return factory → module of each component and tokenizer of this package."""
    return {
        entry.name: import_module(entry.module)
        for group in _GROUPS
        for entry in entry_points(group=group)
        if entry.name.startswith(_OURS)
    }


def _described(factory: str, module: ModuleType, name: str) -> Iterator[str]:
    yield from (f"## `{factory}`", "", _without_name(module.__doc__ or "", factory), "")
    documented = getattr(module, module.create.__annotations__.get("return", ""), None)
    own = documented.__dict__.get("__doc__") if documented else None
    if own and "\n" in own.strip():  # one line says no more than the module has said
        yield from (_text(getdoc(documented) or ""), "")
    if name:
        yield from (f"Called `{name}` in the default pipeline.", "")
    if not Language.has_factory(factory):
        return
    meta = Language.get_factory_meta(factory)
    if meta.default_config:
        said = _arguments(documented.__init__) | _arguments(module.create)
        yield from table(("setting", "default", "what it is"), _settings(meta.default_config, said))


def _settings(
    config: Mapping[str, object], said: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    for key, value in config.items():
        yield code(key), code(json.dumps(value)), plain(said[key])


def _arguments(function: object) -> dict[str, str]:
    """Return argument → what the docstring of a function says of it."""
    sections = Docstring(getdoc(function) or "").parse("google", warnings=False)
    return {
        argument.name: argument.description
        for section in sections
        if section.kind is DocstringSectionKind.parameters
        for argument in section.value
    }


def _text(docstring: str) -> str:
    """Return what stands before the arguments and errors of a docstring."""
    sections = Docstring(docstring).parse("google", warnings=False)
    return "\n\n".join(s.value for s in sections if s.kind is DocstringSectionKind.text)


def _without_name(docstring: str, name: str) -> str:
    text = docstring.removeprefix(f"``{name}``: ").strip()
    return text[:1].upper() + text[1:]
