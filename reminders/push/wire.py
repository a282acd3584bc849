"""One POST to a checked address: TLS by the name, no redirect, no proxy, a bounded answer, all within one deadline."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import certifi

from reminders.push.addresses import Resolve, addresses_of
from reminders.push.deadline import Deadline
from reminders.push.endpoints import HTTPS, Endpoint

# Of an answer only its status and one header count; a service's page about an error is some hundred bytes.
LONGEST_ANSWER = 64 * 1024


@dataclass(frozen=True)
class Answer:
    status: int
    retry_after: str | None


def trusting(cafile: str = "") -> ssl.SSLContext:
    """
    Trusts the pinned bundle, which is the same on every machine, and the operator's `cafile`.

    What SSL_CERT_FILE of the environment names is not asked.
    """
    context = ssl.create_default_context(cafile=certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if cafile:
        context.load_verify_locations(cafile=cafile)
    return context


@dataclass(frozen=True)
class Wire:
    context: ssl.SSLContext
    seconds: float = 10.0
    """For everything together: no worker is held longer, whatever the other side does."""
    resolve: Resolve = socket.getaddrinfo

    def post(self, endpoint: Endpoint, headers: Mapping[str, str], body: bytes) -> Answer:
        """Raises AddressRefused, TimeoutError, OSError (unreachable, wrong certificate), HTTPException (no HTTP)."""
        deadline = Deadline.after(self.seconds)
        line = _Line(endpoint, self._connected(endpoint, deadline), deadline)
        try:
            line.request("POST", endpoint.path, body=body, headers=dict(headers))
            response = line.getresponse()
            return Answer(response.status, response.getheader("Retry-After"))
        finally:
            line.close()

    def _connected(self, endpoint: Endpoint, deadline: Deadline) -> ssl.SSLSocket:
        addresses = addresses_of(endpoint, self.resolve, deadline)
        for place, address in enumerate(addresses):
            # An address that swallows everything leaves time for the next.
            share = Deadline.after(deadline.left() / (len(addresses) - place))
            try:
                return self._shake_hands(endpoint, address, share)
            except OSError:
                if place + 1 == len(addresses):
                    raise
        raise AssertionError("There is always an address.")

    def _shake_hands(self, endpoint: Endpoint, address: str, deadline: Deadline) -> ssl.SSLSocket:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        plain = socket.socket(family, socket.SOCK_STREAM)
        try:
            plain.settimeout(deadline.left())
            plain.connect((address, endpoint.port))
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            plain.settimeout(deadline.left())
            return self.context.wrap_socket(plain, server_hostname=endpoint.host)
        except BaseException:
            plain.close()
            raise


class _Line(http.client.HTTPConnection):
    default_port = HTTPS
    # Without a socket it must fail, not find one by itself: that would resolve the name again.
    auto_open = 0

    def __init__(self, endpoint: Endpoint, sock: ssl.SSLSocket, deadline: Deadline) -> None:
        super().__init__(endpoint.host, endpoint.port)
        self.sock = _Bounded(sock, deadline)


class _Bounded:
    """A socket with one end for all its waits: a time-out of its own begins anew with each byte that drips in."""

    def __init__(self, sock: ssl.SSLSocket, deadline: Deadline) -> None:
        self.sock, self.deadline = sock, deadline

    def sendall(self, data: bytes) -> None:
        self.sock.settimeout(self.deadline.left())
        self.sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self.sock, self.deadline))

    def close(self) -> None:
        self.sock.close()


class _Reader(io.RawIOBase):
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
