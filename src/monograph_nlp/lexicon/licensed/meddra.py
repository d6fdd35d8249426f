"""A licensed MedDRA (the MedAscii folder) → names of adverse events and conditions.

A preferred term (PT) is a concept; its lowest level terms (LLT) are names of it that keep their own
codes. Layouts: MedDRA Distribution File Format Document, MSSO.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from monograph_nlp.lexicon.licensed.files import Layout, find_tables, problem, read_columns
from monograph_nlp.lexicon.licensed.vocabulary import Vocabulary
from monograph_nlp.lexicon.licensed.wording import can_find, case_of, is_usable
from monograph_nlp.lexicon.terms import Kind, Surface, Term
from monograph_nlp.rules import read_table

RULES = "meddra_labels.tsv"
RULE_COLUMNS = ("soc", "pattern", "labels", "find", "example")
LLT = Layout(
    "llt.asc",
    "$",
    (
        *("llt_code", "llt_name", "pt_code", "llt_whoart_code", "llt_harts_code"),
        *("llt_costart_sym", "llt_icd9_code", "llt_icd9cm_code", "llt_icd10_code"),
        *("llt_currency", "llt_jart_code"),
    ),
    least=10,
    latin=True,
)
HIERARCHY = Layout(
    "mdhier.asc",
    "$",
    (
        *("pt_code", "hlt_code", "hlgt_code", "soc_code", "pt_name", "hlt_name", "hlgt_name"),
        *("soc_name", "soc_abbrev", "null_field", "pt_soc_code", "primary_soc_fg"),
    ),
    least=12,
    latin=True,
)
PT = Layout(
    "pt.asc",
    "$",
    (
        *("pt_code", "pt_name", "null_field", "pt_soc_code", "pt_whoart_code", "pt_harts_code"),
        *("pt_costart_sym", "pt_icd9_code", "pt_icd9cm_code", "pt_icd10_code", "pt_jart_code"),
    ),
    least=10,
    latin=True,
)
RELEASE = Layout(
    "meddra_release.asc", "$", ("version", "language", "n1", "n2", "n3"), 2, latin=True
)


@dataclass(frozen=True, slots=True)
class _Preferred:
    """A preferred term, and whether its names may find mentions."""

    term: Term
    finds: bool


def read(path: Path, *, source: str) -> Vocabulary:
    """Read a MedAscii folder; ``source`` is the name under which its surfaces go.

    Preferred names come first, then current LLTs, then LLTs that are no longer current, which link
    mentions and find none. The primary system organ class is the class of a term.

    Raises:
        LexiconError: a table is missing, damaged, or of another release than the rest.
    """
    tables = find_tables(
        path, "MedDRA", (PT.file, LLT.file, HIERARCHY.file), optional=(RELEASE.file,)
    )
    left_out: Counter[str] = Counter()
    organ_classes = _organ_classes(tables[HIERARCHY.file])
    terms = dict(_preferred_terms(tables[PT.file], left_out))
    current, former = _lowest_level(tables[LLT.file], terms, source, left_out)
    names = [_surface(code, kept.term.name, kept, source) for code, kept in terms.items() if kept]
    if not names:
        raise problem(
            tables[PT.file],
            "no term is a finding or a test",
            f"terms that {RULES} gives a label",
            "Check that it is a whole release of MedDRA.",
        )
    return Vocabulary(
        (*names, *current, *former),
        tuple(tables[name] for name in sorted(tables)),
        _release(tables.get(RELEASE.file)),
        dict(left_out),
        {f"meddra:{code}": (name,) for code, name in organ_classes.items() if terms.get(code)},
    )


def _organ_classes(path: Path) -> dict[str, str]:
    """Return PT code → name of the primary system organ class."""
    wanted = ("pt_code", "soc_name", "primary_soc_fg")
    rows = read_columns(path, HIERARCHY, *wanted)
    return {code: name for _, (code, name, flag) in rows if flag == "Y"}


def _preferred_terms(path: Path, left_out: Counter[str]) -> Iterator[tuple[str, _Preferred | None]]:
    rules = _rules()
    for number, (code, name, soc) in read_columns(path, PT, "pt_code", "pt_name", "pt_soc_code"):
        _check_code(code, f"{path}:{number}", "pt_code")
        labels, finds = next(
            (labels, finds)
            for of, pattern, labels, finds in rules
            if of in (soc, "*") and pattern.search(name)
        )
        if not labels or not is_usable(name):
            left_out["preferred terms that are no finding"] += 1
            yield code, None
        else:
            yield code, _Preferred(Term(labels, name, f"meddra:{code}", (), ()), finds)


def _lowest_level(
    path: Path, terms: Mapping[str, _Preferred | None], source: str, left_out: Counter[str]
) -> tuple[list[Surface], list[Surface]]:
    current: list[Surface] = []
    former: list[Surface] = []
    wanted = ("llt_code", "llt_name", "pt_code", "llt_currency")
    for number, (code, name, pt_code, currency) in read_columns(path, LLT, *wanted):
        _check_code(code, f"{path}:{number}", "llt_code")
        if pt_code not in terms:
            raise problem(
                f"{path}:{number}",
                f"pt_code {pt_code!r} is not in {PT.file}",
                "both tables of one release",
                "Unpack the release anew.",
            )
        kept = terms[pt_code]
        if kept is None or not is_usable(name):
            left_out["lowest level terms that are no finding"] += 1
        elif currency == "Y":
            current.append(_surface(code, name, kept, source))
        else:
            former.append(_surface(code, name, _Preferred(kept.term, finds=False), source))
    return current, former


def _surface(code: str, name: str, kept: _Preferred, source: str) -> Surface:
    kind: Kind = "name" if name == kept.term.name else "synonym"
    spot = kept.finds and can_find(name, kind)
    code = f"meddra:{code}"
    return Surface(name, kept.term, kind, case_of(name, kind), source, spot, code)


def _rules() -> list[tuple[str, re.Pattern[str], tuple[str, ...], bool]]:
    rows = read_table(
        RULES, RULE_COLUMNS, required=("soc", "find", "example"), choices={"find": ("yes", "no")}
    )
    return [
        (
            row.text("soc"),
            re.compile(row.regex("pattern"), re.IGNORECASE),
            row.texts("labels"),
            row.text("find") == "yes",
        )
        for row in rows
    ]


def _release(path: Path | None) -> str:
    rows = read_columns(path, RELEASE, "version", "language") if path else ()
    return next((" ".join(cells) for _, cells in rows), "")


def _check_code(code: str, where: str, column: str) -> None:
    if not (code.isascii() and code.isdigit()):
        raise problem(
            where,
            f"{column} is {code!r}",
            "digits",
            f"Check that the columns are those of {LLT.file} and {PT.file}.",
        )
