"""Every command that writes, where nothing can be written, and again where it can.

    python disk_program.py KIND OUT RECORDS DOCUMENT

KIND is ``limit`` (no file may grow), ``full`` (a file system without room) or ``readonly``; the last two mount one
of their own, in a namespace of their own (``unshare``). Prints a line of JSON for each command.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from monograph_nlp.cli import app

_LIMIT = 8  # bytes: what tells a folder for temporary files writes four
OLD = {"review.html", "records.jsonl", "diff.html", "diff.json", "fhir", "pubtator"}


def commands(out: Path, records: str, document: str) -> Iterator[list[str]]:
    """Yield the commands; each writes below ``out``."""
    fast = ["--profile", "fast", "--quiet"]
    for kind in ("sqlite", "duckdb"):
        yield ["load", records, "--to", f"{kind}:///{out}/a.{kind}", "--quiet"]
    for kind in ("kgx", "fhir", "brat", "pubtator"):
        yield ["export", records, "--to", kind, "-o", f"{out}/{kind}", "--quiet"]
    yield ["review", records, "-o", f"{out}/review.html", "--quiet"]
    yield ["diff", records, records, "--html", f"{out}/diff.html"]
    yield ["diff", records, records, "--json", f"{out}/diff.json"]
    yield ["extract", document, "-o", f"{out}/records.jsonl", *fast]
    for kind in ("csv", "parquet"):
        yield ["extract", document, "-o", f"{out}/{kind}", "--format", kind, *fast]
    yield ["batch", document, "--out", f"{out}/batch", "--workers", "1", *fast]


def called(arguments: list[str]) -> tuple[object, str]:
    """Return the exit code, and what was said on standard error."""
    said, code = io.StringIO(), None
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        try:
            app(arguments)
        except SystemExit as done:
            code = done.code
    return code, said.getvalue()


def main() -> None:
    kind, out = sys.argv[1], Path(sys.argv[2])
    if kind != "limit":
        _mount(out, "rw,size=64m")
    for name in OLD:
        (out / name).write_text("old")
    _close(kind, out)
    refused = [called(each) for each in commands(out, *sys.argv[3:])]
    _open(kind, out)
    left = sorted(path.name for path in out.iterdir() if "part" in path.name)
    kept = all((out / name).read_text() == "old" for name in OLD)
    taken = [called(each) for each in commands(out, *sys.argv[3:])]
    for (code, said), (then, _), each in zip(
        refused, taken, commands(out, *sys.argv[3:]), strict=True
    ):
        print(json.dumps([each, code, said, then]))
    print(json.dumps([left, kept]))


def _close(kind: str, out: Path) -> None:
    if kind == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (_LIMIT, resource.RLIM_INFINITY))
    elif kind == "readonly":
        _mount(out, "remount,ro")
    else:
        with contextlib.suppress(OSError), (out / "filler").open("wb", buffering=0) as stream:
            while stream.write(bytes(4096)):
                pass


def _open(kind: str, out: Path) -> None:
    if kind == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    elif kind == "readonly":
        _mount(out, "remount,rw")
    else:
        (out / "filler").unlink()


def _mount(out: Path, options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(out)], check=True)


if __name__ == "__main__":
    main()
