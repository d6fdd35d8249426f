"""The arguments and options that commands take, each with its help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer


class OutputFormat(StrEnum):
    """What ``--format`` takes."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


class ExportFormat(StrEnum):
    """What ``--to`` takes."""

    KGX = "kgx"
    FHIR = "fhir"
    BRAT = "brat"
    PUBTATOR = "pubtator"


class ProfileName(StrEnum):
    """What ``--profile`` takes."""

    ACCURATE = "accurate"
    FAST = "fast"
    LEXICON = "lexicon"


Inputs: TypeAlias = Annotated[
    list[Path],
    typer.Argument(
        metavar="INPUT",
        help="Files, and folders that are searched for files of the supported formats.",
    ),
]
Output: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="OUT",
        help="File (jsonl) or folder (csv, parquet) to write; - prints JSONL "
        "(otherwise records.jsonl, or the folder records).",
    ),
]
Format: TypeAlias = Annotated[OutputFormat, typer.Option("--format", help="What to write.")]
Config: TypeAlias = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="Pipeline settings over the default ones."),
]
Profile: TypeAlias = Annotated[
    ProfileName | None,
    typer.Option(
        help="What finds names beside the lexicon: accurate, a learned tagger (the default), fast, a "
        "smaller one at six times the speed, or lexicon, none: fewer adverse events."
    ),
]
TextColumn: TypeAlias = Annotated[
    str, typer.Option(help="Column that holds the text, in csv, tsv and parquet input.")
]
IdColumn: TypeAlias = Annotated[str, typer.Option(help="Column that holds the document's id.")]
WithText: TypeAlias = Annotated[
    bool, typer.Option("--with-text", help="Put the text of the document into the record.")
]
Summary: TypeAlias = Annotated[
    bool, typer.Option("--summary", help="Print what each document says, for reading.")
]
Quiet: TypeAlias = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print errors only: no progress, no last line.")
]
Records: TypeAlias = Annotated[
    list[Path],
    typer.Argument(metavar="RECORDS.jsonl", exists=True, dir_okay=False, help="Files of records."),
]
RecordInputs: TypeAlias = Annotated[
    list[Path],
    typer.Argument(
        metavar="RECORDS",
        help="Files of records, plain or .gz, folders that hold records.jsonl, or - for standard "
        "input.",
    ),
]
To: TypeAlias = Annotated[ExportFormat, typer.Option("--to", help="The form to write.")]
ExportOutput: TypeAlias = Annotated[
    Path,
    typer.Option(
        "-o",
        "--output",
        metavar="OUT",
        help="Folder (kgx, brat) or file (fhir, pubtator) to write; - prints the file.",
    ),
]
ExportTextDir: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--text-dir",
        exists=True,
        file_okay=False,
        help="Folder with the texts, in UTF-8, named after the document's id and .txt. brat and "
        "pubtator need it for records without text.",
    ),
]
TextDir: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        file_okay=False,
        help="Folder with the text of each document as the reader saw it, in UTF-8, named "
        "after the document's id and .txt; every quotation is compared with it.",
    ),
]
Database: TypeAlias = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="URL",
        help="Database: sqlite:///FILE, duckdb:///FILE, or postgresql://USER@HOST/DATABASE, its "
        "password in PGPASSWORD or ~/.pgpass.",
    ),
]
Batch: TypeAlias = Annotated[
    int, typer.Option(min=1, max=10_000, help="Documents a transaction.", show_default=True)
]
Strict: TypeAlias = Annotated[
    bool,
    typer.Option("--strict", help="Stop at the first line that is no record; its batch is undone."),
]
SchemaVersion: TypeAlias = Annotated[
    str | None,
    typer.Option("--version", help="Version of the record (otherwise the newest)."),
]
