"""A worker that starts at once: it speaks as ``monograph_nlp.batch.work`` does, and makes short records.

The words of a document say how it goes: ``fail`` is a failure, ``die`` ends the process, ``die-once PATH``
does so unless the file is there (and makes it), ``hang`` never answers, ``slow`` takes a while, ``fat``
tells of much memory, ``twice`` gives two records.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from pathlib import Path

import msgspec

from monograph_nlp.batch.messages import Answer, Failure, Ready, Request, Settings, receive, send
from monograph_nlp.types import Provenance


def main() -> None:
    first = receive(sys.stdin.buffer)
    assert first is not None
    settings = msgspec.msgpack.decode(first, type=Settings)
    if settings.config == "dies":
        sys.exit("no such thing as a config that dies")
    config_hash = hashlib.sha256(str(settings.config).encode()).hexdigest()[:16]
    provenance = Provenance("stub 1", config_hash, "0" * 16, "stub", None)
    send(sys.stdout.buffer, Ready(provenance))
    while (body := receive(sys.stdin.buffer)) is not None:
        send(sys.stdout.buffer, answer(msgspec.msgpack.decode(body, type=Request)))


def answer(request: Request) -> Answer:
    text = _text(request)
    words = text.split()
    if "die" in words:
        os._exit(3)
    if "die-once" in words:
        seen = Path(words[words.index("die-once") + 1])
        if not seen.exists():
            seen.touch()
            os._exit(3)
    if "hang" in words:
        time.sleep(1000)
    if "slow" in words:
        time.sleep(0.05)
    if "fail" in words:
        failure = Failure(request.name, "linker", "ValueError", "it fails")
        return Answer(failures=(failure,), words=len(words))
    lines = [_line(request, text, n) for n in range(2 if "twice" in words else 1)]
    ids = tuple(json.loads(line)["id"] for line in lines)
    memory = 1 << 40 if "fat" in words else 1
    return Answer(tuple(lines), ids, words=len(words), facts=1, memory=memory)


def _text(request: Request) -> str:
    if request.monograph is not None:
        return request.monograph.text
    if request.content is not None:
        return request.content.decode()
    assert request.path is not None
    return Path(os.fsdecode(request.path)).read_text("utf-8")


def _line(request: Request, text: str, number: int) -> bytes:
    id = request.monograph.id if request.monograph else request.id
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    document = {"id": id, "source": request.name}
    record = {"id": f"{id}@{digest}{number or ''}", "document": document, "pid": 0, "text": text}
    return json.dumps(record).encode()


if __name__ == "__main__":
    main()
