"""
A POST to a checked address: TLS by the name, no redirect, no proxy, all within one deadline.

Lines are kept open for the next push: shaking hands takes ten times as long as everything else.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import certifi

from reminders.push.addresses import Resolve, addresses_of
from reminders.push.deadline import Deadline
from reminders.push.endpoints import Endpoint
from reminders.push.line import Answer, Line


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


class KeptLines:
    """Lines that wait for their next request, of all services together. Any thread may keep and take them."""

    MOST = 32
    # Shorter than services and firewalls wait before they forget a connection, some without a word.
    SECONDS = 20.0

    def __init__(self) -> None:
        self._lines: list[tuple[tuple[str, int], float, Line]] = []
        self._lock = threading.Lock()

    def keep(self, endpoint: Endpoint, line: Line) -> None:
        with self._lock:
            self._lines.append(((endpoint.host, endpoint.port), time.monotonic() + self.SECONDS, line))
            dropped = self._lines.pop(0)[2] if len(self._lines) > self.MOST else None
        if dropped:
            dropped.close()

    def take(self, endpoint: Endpoint) -> Line | None:
        """The one used last. Lines on which something came meanwhile are closed."""
        while line := self._pop((endpoint.host, endpoint.port)):
            if line.is_quiet():
                return line
            line.close()
        return None

    def _pop(self, service: tuple[str, int]) -> Line | None:
        with self._lock:
            while self._lines and self._lines[0][1] < time.monotonic():
                self._lines.pop(0)[2].close()
            for place in reversed(range(len(self._lines))):
                if self._lines[place][0] == service:
                    return self._lines.pop(place)[2]
        return None


@dataclass(frozen=True)
class Wire:
    context: ssl.SSLContext
    seconds: float = 10.0
    """For everything together: no worker is held longer, whatever the other side does."""
    resolve: Resolve = socket.getaddrinfo
    kept: KeptLines = field(default_factory=KeptLines, init=False, compare=False)

    def post(self, endpoint: Endpoint, headers: Mapping[str, str], body: bytes) -> Answer:
        """Raises AddressRefused, TimeoutError, OSError (unreachable, wrong certificate), HTTPException (no HTTP)."""
        deadline = Deadline.after(self.seconds)
        line = self.kept.take(endpoint)
        if line:
            try:
                return self._ask(line, endpoint, headers, body, deadline)
            except (ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError):
                # Services close lines that were idle, and that may cross our request.
                pass
        line = Line(endpoint, self._connected(endpoint, deadline))
        return self._ask(line, endpoint, headers, body, deadline)

    def _ask(
        self, line: Line, endpoint: Endpoint, headers: Mapping[str, str], body: bytes, deadline: Deadline
    ) -> Answer:
        again = False
        try:
            answer, again = line.post(endpoint.path, headers, body, deadline)
            return answer
        finally:
            if again:
                self.kept.keep(endpoint, line)
            else:
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
