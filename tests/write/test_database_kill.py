"""A load that is killed, at any moment and again, is completed by running it once more."""

import random
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from databases import KINDS, ask, checksums, orphans
from monograph_nlp.write import write
from monograph_nlp.write.database import load_files

DOCUMENTS, BATCH, KILLS = 200, 8, 4
# Tells of each batch when it is in, so that the killer knows where the load is.
PROGRAM = """
import sys
from monograph_nlp.write.database import load_files
told = lambda done: print(done.documents, flush=True)
load_files([sys.argv[1]], sys.argv[2], batch=int(sys.argv[3]), on_batch=told)
"""


@pytest.fixture(scope="module")
def files(sample, tmp_path_factory):
    """Two files of the same documents: as they were read first, and with newer rules."""
    folder = tmp_path_factory.mktemp("records")
    for version in ("old", "new"):
        records = (
            replace(
                sample,
                id=f"d{number}@{version}",
                document=replace(sample.document, id=f"d{number}"),
                facts=sample.facts[number % 3 :],
            )
            for number in range(DOCUMENTS)
        )
        write(records, folder / f"{version}.jsonl")
    return folder


def killed(path, url, batches, wait):
    """Start a load, kill it (SIGKILL) some time after some batches; return how many it told of."""
    command = [sys.executable, "-c", PROGRAM, str(path), url, str(BATCH)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for _ in range(batches):
            process.stdout.readline()
        time.sleep(wait)
        process.kill()
        rest = process.stdout.read().splitlines()
    return batches + len(rest), process.returncode


@pytest.mark.parametrize("kind", KINDS)
def test_a_load_that_is_killed_is_completed_by_the_next(fresh, kind, files):
    chance = random.Random(20261123)
    url, clean = fresh(kind), fresh(kind)
    load_files([files / "old.jsonl"], url, batch=50)
    load_files([files / "new.jsonl"], clean, batch=50)
    cut_off = 0
    for _ in range(KILLS):
        told, code = killed(
            files / "new.jsonl", url, chance.randrange(0, 8), chance.uniform(0, 0.05)
        )
        there = ask(url, "SELECT count(*) FROM documents")[0][0]
        new = ask(url, "SELECT count(*) FROM documents WHERE record_id LIKE '%@new'")[0][0]
        assert there == DOCUMENTS  # each document is old or new, and never both or none
        assert new % BATCH == 0
        assert new >= told * BATCH
        assert not orphans(url)
        cut_off += code != 0 and 0 < new < DOCUMENTS
    assert cut_off >= KILLS // 2  # most kills hit a load that was under way
    load_files([files / "new.jsonl"], url, batch=BATCH)
    assert checksums(url) == checksums(clean)
    load_files([files / "new.jsonl"], url, batch=BATCH)
    assert checksums(url) == checksums(clean)


@pytest.mark.parametrize("kind", KINDS)
def test_a_load_that_is_killed_while_it_makes_the_tables_can_be_run_again(fresh, kind, files):
    url, clean = fresh(kind), fresh(kind)
    chance = random.Random(1)
    for _ in range(3):
        killed(files / "new.jsonl", url, 0, chance.uniform(0.3, 1.2))
    load_files([files / "new.jsonl"], url, batch=50)
    load_files([files / "new.jsonl"], clean, batch=50)
    assert checksums(url) == checksums(clean)
