"""How a push service's answer is read: what it says, and whether the line can be trusted with another push."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any

import pytest

from reminders.push.deadline import Deadline
from reminders.push.endpoints import Endpoint
from reminders.push.line import LONGEST_ANSWER, Answer, Line

HERE = Endpoint("push.example", 443, "/p", inside=False)


@pytest.fixture
def ends() -> Iterator[tuple[Any, Any]]:
    """A line's two ends, without TLS."""
    own, other = socket.socketpair()
    with own, other:
        yield own, other


def ask(ends: tuple[Any, Any], answer: bytes) -> tuple[Answer, bool]:
    own, other = ends
    other.sendall(answer)
    other.shutdown(socket.SHUT_WR)
    return Line(HERE, own).post("/p?x=1", {"TTL": "60"}, b"sealed", Deadline.after(10))


def test_the_request_is_whole_and_names_the_host(ends):
    ask(ends, b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
    head, _, body = ends[1].recv(4096).partition(b"\r\n\r\n")
    first, *fields = head.split(b"\r\n")
    assert (first, body) == (b"POST /p?x=1 HTTP/1.1", b"sealed")
    assert sorted(fields) == [b"Accept-Encoding: identity", b"Content-Length: 6", b"Host: push.example", b"TTL: 60"]


@pytest.mark.parametrize(
    ("answer", "status", "again"),
    [
        (b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", 201, True),
        (b"HTTP/1.1 201\r\ncontent-length:  3\r\n\r\nyes", 201, True),
        (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", 201, True),
        (b"HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nyes?", 201, False),
        (b"HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nye", 201, False),
        (b"HTTP/1.1 201 Created\r\nContent-Length: 99999\r\n\r\n", 201, False),
        (b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 201, False),
        (b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\nConnection: Close\r\n\r\n", 410, False),
        (b"HTTP/1.0 201 Created\r\nContent-Length: 0\r\n\r\n", 201, False),
        (b"HTTP/1.1 201 Created\r\n\r\n", 201, False),
    ],
)
def test_only_after_an_answer_with_a_plain_end_the_line_is_used_again(ends, answer, status, again):
    found, trusted = ask(ends, answer)
    assert (found.status, trusted) == (status, again)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"220 mail.example ESMTP\r\n\r\n",
        b"HTTP/2 201 Created\r\n\r\n",
        b"HTTP/1.1 999999 Created\r\n\r\n",
        b"HTTP/1.1 201 Cre",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 201 Created\r\nX: " + b"x" * LONGEST_ANSWER,
        b"HTTP/1.1 201 Created\r\nContent-Length: 3\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 201 Created\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 201 Created\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_answer_is_none(ends, answer):
    with pytest.raises((HTTPException, ConnectionError)):
        ask(ends, answer)


@pytest.mark.parametrize(("path", "headers"), [("/p q", {}), ("/p\r\nX: y", {}), ("/p", {"TTL": "60\r\nX: y"})])
def test_nothing_is_smuggled_into_a_request(ends, path, headers):
    own, other = ends
    with pytest.raises(HTTPException):
        Line(HERE, own).post(path, headers, b"sealed", Deadline.after(10))
    own.shutdown(socket.SHUT_WR)
    assert other.recv(4096) == b""


def test_when_to_come_back_is_read_whatever_its_spelling(ends):
    answer, _ = ask(ends, b"HTTP/1.1 429 Too Many\r\nretry-AFTER: 120 \r\nContent-Length: 0\r\n\r\n")
    assert answer == Answer(429, "120")
