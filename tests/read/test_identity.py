from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.read.identity import Ids


@given(st.lists(st.sampled_from(["a", "a-2", "a-2-2", "b"])))
def test_no_two_documents_share_an_id(wanted: list[str]) -> None:
    ids = Ids()
    given_out = [ids.take(name) for name in wanted]
    assert len(set(given_out)) == len(wanted)
    assert all(got.startswith(name) for got, name in zip(given_out, wanted, strict=True))
