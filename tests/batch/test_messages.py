from __future__ import annotations

import io

import msgspec
import pytest

from monograph_nlp.batch.messages import Answer, Failure, Reply, Request, receive, send
from monograph_nlp.types import Monograph


def test_a_message_comes_back_as_it_was():
    monograph = Monograph("a", "Fever \U0001f912", "text", "a.txt", "0" * 64)
    request = Request("a.txt", "a", monograph=monograph)
    stream = io.BytesIO()
    send(stream, request)
    send(stream, Request("b\\udcff", "b", path=b"/in/b\xff"))
    stream.seek(0)
    first, second = receive(stream), receive(stream)
    assert msgspec.msgpack.decode(first, type=Request) == request
    assert msgspec.msgpack.decode(second, type=Request).path == b"/in/b\xff"
    assert receive(stream) is None


def test_a_reply_says_what_it_is():
    answer = Answer((b"{}",), ("a@1",), (Failure("b", "read", "ReadError", "no"),), 3, 1, 7, False)
    stream = io.BytesIO()
    send(stream, answer)
    stream.seek(0)
    assert msgspec.msgpack.decode(receive(stream), type=Reply) == answer


@pytest.mark.parametrize("length", range(0, 30, 3))
def test_a_frame_that_is_cut_is_none(length):
    stream = io.BytesIO()
    send(stream, Failure("a", "read", "ReadError", "something"))
    assert receive(io.BytesIO(stream.getvalue()[:length])) is None
