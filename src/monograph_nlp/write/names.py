"""A document's id → the name of a file, on any system, without a way out of the folder."""

from __future__ import annotations

import hashlib
import re

_LONGEST = 150  # characters of a name; its suffix still fits where 255 bytes are the limit
_KEPT = 80  # characters of an id that is too long
_OUTSIDE = re.compile(r"^[.-]|\.$|[^A-Za-z0-9._-]")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file, "Naming conventions"
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)


def file_stem(document_id: str) -> str:
    """Return a file name, without its suffix, that stands for one document id and no other.

    Lower-case letters, digits, ``-``, ``_`` and ``.`` stay as they are. Every other character is
    written as ``=`` and two hex digits for each byte of its UTF-8. Two ids that differ in capitals
    alone get names that differ where files do not tell capitals apart: behind ``~`` stands a
    hex number with a bit for each letter, set for a capital. An id whose name would have more
    than 150 characters gives its beginning, ``~~`` and its SHA-256.

    >>> file_stem("nct-0123"), file_stem("Abilify"), file_stem("../etc")
    ('nct-0123', 'Abilify~1', '=2e.=2fetc')
    """
    escaped = _OUTSIDE.sub(_hex, document_id) or "="
    if _DEVICE.match(escaped):
        escaped = f"={ord(escaped[0]):02x}{escaped[1:]}"
    letters = [letter for letter in escaped if letter.isalpha()]
    capitals = sum(1 << place for place, letter in enumerate(letters) if letter.isupper())
    name = f"{escaped}~{capitals:x}" if capitals else escaped
    if len(name) <= _LONGEST:
        return name
    digest = hashlib.sha256(document_id.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{escaped[:_KEPT].lower()}~~{digest}"


def _hex(found: re.Match[str]) -> str:
    return "".join(f"={byte:02x}" for byte in found[0].encode("utf-8", "surrogatepass"))
