"""The antigens that an antibody's systematic name states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monograph_nlp.lexicon.building.choices import drop_reason
from monograph_nlp.lexicon.building.names import spell_greek

ANTI = "ANTI-("
_GENE = re.compile(r"HOMO SAPIENS ([A-Z0-9-]+)")  # the longer form names the gene
_SPECIES = re.compile(r"^HUMAN ")
# "CD38 (ANTIGEN)" is CD38; in "PROSTATE-SPECIFIC MEMBRANE ANTIGEN" the word belongs to the name.
_TAIL = re.compile(r"(?<=\d)[ (]*ANTIGEN\)?$")
_LONGEST = 60  # characters


def antigens(name: str) -> Iterator[str]:
    """Yield what the groups after "ANTI-" name, without species and the word "antigen".

    >>> list(antigens("IMMUNOGLOBULIN G1, ANTI-(HUMAN CD38 (ANTIGEN)) (HUMAN MONOCLONAL)"))
    ['CD38']
    """
    start = name.find(ANTI)
    while start >= 0:
        start += len(ANTI)
        for target in _targets(_group(name, start)):
            if target and len(target) <= _LONGEST and not drop_reason("unii targets", target):
                yield spell_greek(target)
        start = name.find(ANTI, start)


def _targets(group: str) -> list[str]:
    if genes := _GENE.findall(group):
        return list(genes)
    parts = re.split(r"/| AND ", group)
    return [_TAIL.sub("", _SPECIES.sub("", part.strip())).strip(" ,") for part in parts]


def _group(name: str, start: int) -> str:
    depth = 1
    for place in range(start, len(name)):
        depth += {"(": 1, ")": -1}.get(name[place], 0)
        if depth == 0:
            return name[start:place]
    return ""  # the bracket never closes: the name is cut
