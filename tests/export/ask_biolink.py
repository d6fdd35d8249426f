"""Ask the Biolink model about the names that the tables use, and keep its answers for the tests.

``python tests/export/ask_biolink.py biolink_model-4.4.6-py3-none-any.whl`` (the wheel of PyPI; it is
read, not installed) writes ``tests/fixtures/biolink.json``. Needs PyYAML. A name that the model does
not know gets no answer, and the tests then fail.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from pathlib import Path

import yaml

from monograph_nlp.export import biolink, kgx, prefixes
from monograph_nlp.rules import read_table

ANSWERS = Path(__file__).parents[1] / "fixtures" / "biolink.json"


def main(wheel: str) -> None:
    """Read the model out of the wheel, and write the answers."""
    with zipfile.ZipFile(wheel) as files:
        model = yaml.safe_load(files.read("biolink_model/schema/biolink_model.yaml"))
        context = json.loads(files.read("biolink_model/prefixmaps/biolink-model-prefix-map.json"))
    said = {
        "package": f"{Path(wheel).name} sha256:{hashlib.sha256(Path(wheel).read_bytes()).hexdigest()}",
        "version": model["version"],
        "categories": {name: _above(_words(name), model) for name in _used("category")},
        "predicates": {name: _predicate(_words(name), model) for name in _used("predicate")},
        "values": {name: _permitted(name, model) for name in ENUMERATIONS},
        "slots": sorted(set(_columns()) & {name.replace(" ", "_") for name in model["slots"]}),
        "prefixes": sorted({p for p in _prefixes() if p in context}),
    }
    known = {key: {k: v for k, v in said[key].items() if v} for key in ("categories", "predicates")}
    ANSWERS.write_text(json.dumps(said | known, indent=1, sort_keys=True) + "\n", "utf-8")


ENUMERATIONS = {
    "aspect": "GeneOrGeneProductOrChemicalEntityAspectEnum",
    "direction": "DirectionQualifierEnum",
    "mechanism": "CausalMechanismQualifierEnum",
    "knowledge_level": "KnowledgeLevelEnum",
    "agent_type": "AgentTypeEnum",
}
_FIXED = {"knowledge_level": {kgx.KNOWLEDGE_LEVEL}, "agent_type": {kgx.AGENT_TYPE}}


def _used(what: str) -> list[str]:
    if what == "category":
        rows = read_table(biolink.CATEGORIES, biolink.CATEGORY_COLUMNS)
        return sorted({row.text("category") for row in rows} | {biolink.ANY})
    rows = read_table(biolink.PREDICATES, biolink.PREDICATE_COLUMNS)
    cells = ("biolink", "qualified_predicate", "denied")
    found = {row.text(cell) for row in rows for cell in cells}
    return sorted(found - {"", biolink.SYNONYM})


def _columns() -> list[str]:
    return [*kgx.NODE_COLUMNS, *kgx.EDGE_COLUMNS]


def _prefixes() -> list[str]:
    return [row.text("biolink") for row in read_table(prefixes.TABLE, prefixes.COLUMNS)]


def _words(name: str) -> str:
    """``biolink:BiologicalProcess`` and ``biolink:related_to`` as the model spells them."""
    plain = name.removeprefix("biolink:")
    split = "".join(f" {c.lower()}" if c.isupper() else c for c in plain)
    return split.strip().replace("_", " ")


def _above(name: str, model: dict) -> list[str]:
    """The class itself, all that it is, and their mixins; nothing for what is no class."""
    found, waiting = [], [name]
    while waiting:
        each = model["classes"].get(waiting.pop(0))
        if each is None:
            continue
        above = [each["is_a"]] if each.get("is_a") else []
        waiting += above + (each.get("mixins") or [])
        found += above + (each.get("mixins") or [])
    return sorted({name, *found}) if name in model["classes"] else []


def _predicate(name: str, model: dict) -> dict:
    """Domain and range, the nearest above where there is none; nothing for what is no predicate."""
    chain, each = [], model["slots"].get(name)
    while each is not None:
        chain.append(each)
        each = model["slots"].get(each.get("is_a"))
    if not chain or (name != "related to" and "related to" not in {s.get("is_a") for s in chain}):
        return {}
    return {
        "domain": next((slot["domain"] for slot in chain if slot.get("domain")), None),
        "range": next((slot["range"] for slot in chain if slot.get("range")), None),
        "deprecated": bool(chain[0].get("deprecated")),
    }


def _permitted(name: str, model: dict) -> list[str]:
    rows = read_table(biolink.PREDICATES, biolink.PREDICATE_COLUMNS)
    used = _FIXED.get(name) or {row.text(name) for row in rows} - {""}
    return sorted(used & model["enums"][ENUMERATIONS[name]]["permissible_values"].keys())


if __name__ == "__main__":
    main(sys.argv[1])
