"""Small folders in the layouts of the licensed vocabularies; every name and code is invented."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

# code, name, code of the primary system organ class
_PREFERRED = (
    ("90000001", "Quorbling of the elbow", "90000900"),
    ("90000002", "Zimber ache", "90000900"),
    ("90000003", "Serum flobin increased", "10022891"),
    ("90000004", "Serum flobin", "10022891"),
    ("90000005", "Elbow straightening operation", "10042613"),
    ("90000006", "Belly quorbling", "90000900"),
)
# code, name, code of the preferred term, currency
_LOWEST = (
    ("90000001", "Quorbling of the elbow", "90000001", "Y"),
    ("90000011", "Quorbled elbow", "90000001", "Y"),
    ("90000012", "Elbow quorble nos", "90000001", "N"),
    ("90000013", "Quorb", "90000001", "Y"),
    ("90000002", "Zimber ache", "90000002", "Y"),
    ("90000021", "QZA", "90000002", "Y"),
    ("90000003", "Serum flobin increased", "90000003", "Y"),
    ("90000004", "Serum flobin", "90000004", "Y"),
    ("90000005", "Elbow straightening operation", "90000005", "Y"),
    ("90000006", "Belly quorbling", "90000006", "Y"),
    ("90000061", "Stomach ache", "90000006", "Y"),
)


def _table(path: Path, separator: str, rows: Iterable[Iterable[str]]) -> None:
    text = "".join(separator.join(row) + f"{separator}\r\n" for row in rows)
    path.write_bytes(text.encode("utf-8"))


@pytest.fixture
def meddra(tmp_path: Path) -> Path:
    """A MedAscii folder of six preferred terms; the embedded lexicon knows "stomach ache" too."""
    folder = tmp_path / "MedAscii"
    folder.mkdir()
    blank = [""]
    _table(
        folder / "pt.asc",
        "$",
        ([code, name, "", soc, *blank * 7] for code, name, soc in _PREFERRED),
    )
    _table(
        folder / "llt.asc",
        "$",
        ([code, name, pt, *blank * 6, now, ""] for code, name, pt, now in _LOWEST),
    )
    _table(
        folder / "mdhier.asc",
        "$",
        (
            [
                code,
                "90000700",
                "90000800",
                soc,
                name,
                "Aches",
                "Limbs",
                soc_name,
                "Lmb",
                "",
                soc,
                flag,
            ]
            for code, name, soc in _PREFERRED
            for soc_name, flag in (("Limb disorders", "Y"), ("Other disorders", "N"))
        ),
    )
    _table(folder / "meddra_release.asc", "$", [["90.1", "English", "", "", ""]])
    return folder


def _name(cui: str, sab: str, tty: str, code: str, text: str, *, lat: str = "ENG", best: str = "",
          suppress: str = "N") -> list[str]:  # fmt: skip
    ts, stt, ispref = ("P", "PF", "Y") if best else ("S", "VO", "N")
    return [cui, lat, ts, "L1", stt, "S1", ispref, "A1", "", "", "", sab, tty, code, text, "0",
            suppress, ""]  # fmt: skip


@pytest.fixture
def rxnorm(tmp_path: Path) -> Path:
    """A folder of RxNorm with its tables in ``rrf``."""
    folder = tmp_path / "rxnorm_release"
    (folder / "rrf").mkdir(parents=True)
    _table(
        folder / "rrf" / "RXNCONSO.RRF",
        "|",
        [
            _name("9001", "RXNORM", "IN", "9001", "velquarinib"),
            _name("9001", "MSH", "NM", "C999999", "velquarinib"),
            _name("9001", "MTHSPL", "SU", "ZZ0000ZZ99", "VELQUARINIBUM"),
            _name("9001", "RXNORM", "SY", "9001", "velquarine", suppress="O"),
            _name("9002", "RXNORM", "PIN", "9002", "velquarinib maleate"),
            _name("9003", "RXNORM", "BN", "9003", "Velqua"),
            _name("9004", "RXNORM", "IN", "9004", "dromastatin"),
            _name("9005", "RXNORM", "MIN", "9005", "dromastatin / velquarinib"),
            _name("9006", "RXNORM", "BN", "9006", "Dromvel"),
            _name("9007", "RXNORM", "BN", "9007", "Lonelix"),
            _name("9008", "RXNORM", "SCD", "9008", "velquarinib 5 MG Oral Tablet"),
            _name("9001", "MSHGER", "MH", "C999999", "Velquarinibin", lat="GER"),
        ],
    )
    relations = [("9003", "9001", "tradename_of"), ("9001", "9002", "has_form"),
                 ("9005", "9001", "has_part"), ("9005", "9004", "has_part"),
                 ("9006", "9001", "tradename_of"), ("9006", "9004", "tradename_of"),
                 ("9008", "9001", "has_ingredient")]  # fmt: skip
    _table(
        folder / "rrf" / "RXNREL.RRF",
        "|",
        [
            [a, "", "CUI", "RO", b, "", "CUI", rela, "1", "", "RXNORM", "", "", "", "N", ""]
            for a, b, rela in relations
        ],
    )
    return folder


@pytest.fixture
def umls(tmp_path: Path) -> Path:
    """A folder of the Metathesaurus with five concepts, one of them of no use here."""
    folder = tmp_path / "META"
    folder.mkdir()
    _table(
        folder / "MRCONSO.RRF",
        "|",
        [
            _name("C9000001", "SNOMEDCT_US", "FN", "990000001", "Quorbling of elbow (disorder)"),
            _name("C9000001", "SNOMEDCT_US", "PT", "990000001", "Quorbling of elbow", best="Y"),
            _name("C9000001", "MSH", "PM", "D999999", "Elbow, Quorbling"),
            _name("C9000001", "MDR", "OL", "90000012", "Elbow quorble NOS", suppress="Y"),
            _name("C9000001", "MSHFRE", "MH", "D999999", "Quorble du coude", lat="FRE"),
            _name("C9000002", "MSH", "NM", "C999999", "velquarinib", best="Y"),
            _name("C9000002", "DRUGBANK", "IN", "DB99999", "Velquarinib"),
            _name("C9000003", "NCI", "PT", "C999", "Flobin Measurement", best="Y"),
            _name("C9000004", "FMA", "PT", "1", "Third elbow", best="Y"),
        ],
    )
    types = [("C9000001", "T033"), ("C9000001", "T047"), ("C9000002", "T109"), ("C9000002", "T121"),
             ("C9000003", "T059"), ("C9000004", "T023")]  # fmt: skip
    _table(folder / "MRSTY.RRF", "|", [[cui, tui, "A1", "", "AT1", ""] for cui, tui in types])
    return folder


@pytest.fixture
def edit() -> Callable[[Path, str, str], None]:
    """Replace the first of a text in a file by another."""

    def replace(path: Path, old: str, new: str) -> None:
        data = path.read_bytes()
        assert old.encode() in data
        path.write_bytes(data.replace(old.encode(), new.encode("utf-8"), 1))

    return replace
