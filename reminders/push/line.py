"""One connection to a push service: HTTP over an own socket, with a bounded answer and one deadline for a request."""

from __future__ import annotations

import http.client
import io
import select
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reminders.push.deadline import Deadline
from reminders.push.endpoints import HTTPS, Endpoint

# Of an answer only its status and one header count; a service's words about an error are some hundred bytes.
LONGEST_ANSWER = 64 * 1024


@dataclass(frozen=True)
class Answer:
    status: int
    retry_after: str | None


class Line(http.client.HTTPConnection):
    default_port = HTTPS
    # Without a socket it must fail, not find one by itself: that would resolve the name again.
    auto_open = 0

    def __init__(self, endpoint: Endpoint, sock: ssl.SSLSocket, deadline: Deadline) -> None:
        super().__init__(endpoint.host, endpoint.port)
        self.own = sock
        self.bounded = _Bounded(sock, deadline)
        self.sock = self.bounded

    def post(self, path: str, headers: Mapping[str, str], body: bytes, deadline: Deadline) -> tuple[Answer, bool]:
        """The answer, and whether the line can take another request. Raises TimeoutError, OSError, HTTPException."""
        self.bounded.deadline = deadline
        self.request("POST", path, body=body, headers=dict(headers))
        response = self.getresponse()
        answer = Answer(response.status, response.getheader("Retry-After"))
        # Only a short body of a known length is worth reading to its end, for the sake of the next request.
        if response.will_close or response.length is None or response.length > LONGEST_ANSWER // 2:
            return answer, False
        try:
            response.read()
        except (OSError, http.client.HTTPException):
            return answer, False
        return answer, True

    def is_quiet(self) -> bool:
        """Whether nothing came that nobody asked for: the end of the connection, or an answer to no question."""
        return not self.own.pending() and not select.select([self.own], [], [], 0)[0]


class _Bounded:
    """A socket with one end for all its waits: a time-out of its own begins anew with each byte that drips in."""

    def __init__(self, sock: ssl.SSLSocket, deadline: Deadline) -> None:
        self.sock, self.deadline, self.unsent = sock, deadline, b""

    def sendall(self, data: bytes) -> None:
        # http.client writes headers and body one after the other: together they are one packet, and half the work.
        self.unsent += data

    def makefile(self, mode: str) -> io.BufferedReader:
        data, self.unsent = self.unsent, b""
        self.sock.settimeout(self.deadline.left())
        self.sock.sendall(data)
        return io.BufferedReader(_Reader(self.sock, self.deadline))

    def close(self) -> None:
        self.sock.close()


class _Reader(io.RawIOBase):
    """One answer's bytes. Closing it leaves the socket open."""

    def __init__(self, sock: ssl.SSLSocket, deadline: Deadline) -> None:
        self.sock, self.deadline, self.left = sock, deadline, LONGEST_ANSWER

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self.left:
            raise http.client.HTTPException("The answer has no end.")
        self.sock.settimeout(self.deadline.left())
        read = self.sock.recv_into(memoryview(buffer)[: self.left])
        if not read:
            # http.client would take `HTTP/1.1 201 Cre` for an answer.
            raise http.client.RemoteDisconnected("The answer breaks off.")
        self.left -= read
        return read
