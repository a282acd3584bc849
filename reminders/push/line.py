"""
One connection to a push service: HTTP over an own socket, with a bounded answer and one deadline for a request.

The protocol is `h11`'s. The standard library's client takes `103 Early Hints` for the answer, and hides from whom it
serves that bytes came which nobody asked for.
"""

from __future__ import annotations

import select
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, RemoteDisconnected

import h11

from reminders.push.deadline import Deadline
from reminders.push.endpoints import HTTPS, Endpoint

# A service's words about an error are some hundred bytes.
LONGEST_ANSWER = 64 * 1024
_AT_A_TIME = 4096


@dataclass(frozen=True)
class Answer:
    status: int
    retry_after: str | None


class Line:
    def __init__(self, endpoint: Endpoint, sock: ssl.SSLSocket) -> None:
        self.sock = sock
        self.host = endpoint.host + ("" if endpoint.port == HTTPS else f":{endpoint.port}")
        self.http = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_ANSWER)

    def post(self, path: str, headers: Mapping[str, str], body: bytes, deadline: Deadline) -> tuple[Answer, bool]:
        """The answer, and whether the line can take another request. Raises TimeoutError, OSError, HTTPException."""
        told = {"Host": self.host, "Accept-Encoding": "identity", "Content-Length": str(len(body)), **headers}
        try:
            request = h11.Request(method="POST", target=path, headers=list(told.items()))
            parts = [self.http.send(part) for part in (request, h11.Data(data=body), h11.EndOfMessage())]
            self.sock.settimeout(deadline.left())
            # Together they are one packet.
            self.sock.sendall(b"".join(part for part in parts if part))
            return self._answer(_Incoming(self.sock, deadline))
        except h11.ProtocolError as cause:
            raise HTTPException(str(cause)) from cause

    def _answer(self, incoming: _Incoming) -> tuple[Answer, bool]:
        while not isinstance(event := self._next(incoming), h11.Response):
            # `100 Continue`, and whatever else is said before the answer.
            pass
        fields = dict(event.headers)
        asked = fields.get(b"retry-after")
        answer = Answer(event.status_code, None if asked is None else asked.decode("latin-1"))
        # Only a short body of a known length is worth reading to its end, for the sake of the next request.
        length = (
            LONGEST_ANSWER if b"transfer-encoding" in fields else int(fields.get(b"content-length", LONGEST_ANSWER))
        )
        return answer, length <= LONGEST_ANSWER // 2 and self._is_at_its_end(incoming)

    def _is_at_its_end(self, incoming: _Incoming) -> bool:
        """Whether the answer was read to its end, and nothing came after it: only then is the next answer the next."""
        try:
            while not isinstance(self._next(incoming), h11.EndOfMessage):
                pass
            if self.http.trailing_data != (b"", False):
                return False
            self.http.start_next_cycle()
        except (OSError, HTTPException, h11.ProtocolError):
            return False
        return True

    def _next(self, incoming: _Incoming) -> h11.Event:
        while True:
            event = self.http.next_event()
            if isinstance(event, h11.Event):
                return event
            if event is h11.PAUSED:
                raise HTTPException("The service speaks another protocol.")
            self.http.receive_data(incoming.read())

    def is_quiet(self) -> bool:
        """Whether nothing came that nobody asked for: the end of the connection, or an answer to no question."""
        return not self.sock.pending() and not select.select([self.sock], [], [], 0)[0]

    def close(self) -> None:
        self.sock.close()


class _Incoming:
    """One answer's bytes. A time-out of the socket's own would begin anew with each that drips in."""

    def __init__(self, sock: ssl.SSLSocket, deadline: Deadline) -> None:
        self.sock, self.deadline, self.left = sock, deadline, LONGEST_ANSWER

    def read(self) -> bytes:
        if not self.left:
            raise HTTPException("The answer has no end.")
        self.sock.settimeout(self.deadline.left())
        read = self.sock.recv(min(self.left, _AT_A_TIME))
        if not read:
            raise RemoteDisconnected("The answer breaks off.")
        self.left -= len(read)
        return read
