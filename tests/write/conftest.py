from pathlib import Path

import pytest

from monograph_nlp.record.codec import decode
from monograph_nlp.types import Record


@pytest.fixture(scope="session")
def sample() -> Record:
    """One record that has something of everything; its text comes with it."""
    return decode((Path(__file__).parents[1] / "record" / "sample.jsonl").read_bytes())
