"""
Which addresses a push may go to.

A subscription's endpoint is a web address from a stranger, and a server that posts to any address it is given posts
behind its own firewall too. Only known push services are taken, spelt plainly; `addresses` checks where they resolve.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

HTTPS = 443
# Windows' are the longest, with some 600 characters.
LONGEST = 2048
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*"
_SERVICE = re.compile(rf"(?P<host>(?:\*\.)?{_HOST})(?::(?P<port>[1-9][0-9]{{0,4}}))?", re.ASCII)
# Narrower than the standards on purpose: what a lax reader could take two ways (user info, a backslash, a control
# character, a name in another script) is not in it, nor is a fragment.
_ENDPOINT = re.compile(
    rf"https://(?P<host>{_HOST})(?::(?P<port>[1-9][0-9]{{0,4}}))?(?P<path>/[!-\"$-\[\]-~]*)", re.ASCII | re.IGNORECASE
)


class EndpointRefused(ValueError):
    """`code`: `invalid_endpoint`, or `unknown_service` where only the host or its port is not allowed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Service:
    """A push service that may be posted to. With `*.` in front: every name below, but not the name itself."""

    host: str
    port: int = HTTPS
    inside: bool = False
    """It stands in the operator's own network, and may resolve to loopback and private addresses."""

    @classmethod
    def parse(cls, text: str, *, inside: bool = False) -> Service:
        """From `host`, `*.host` or `host:port`. Raises ValueError."""
        found = _SERVICE.fullmatch(text.lower())
        if not found or int(found["port"] or HTTPS) > 65535 or (inside and text.startswith("*")):
            raise ValueError(f"{text!r} is no host, nor host:port, of a push service.")
        return cls(found["host"], int(found["port"] or HTTPS), inside)

    def covers(self, host: str, port: int) -> bool:
        if port != self.port:
            return False
        return host.endswith(self.host[1:]) if self.host.startswith("*.") else host == self.host


KNOWN_SERVICES = tuple(
    map(
        Service,
        ("fcm.googleapis.com", "updates.push.services.mozilla.com", "*.push.apple.com", "*.notify.windows.com"),
    )
)


@dataclass(frozen=True)
class Endpoint:
    host: str
    port: int
    path: str
    """With its query, as it goes into the request."""
    inside: bool

    @property
    def origin(self) -> str:
        return f"https://{self.host}" + ("" if self.port == HTTPS else f":{self.port}")

    @property
    def url(self) -> str:
        """The one spelling of it."""
        return self.origin + self.path


def parse_endpoint(text: str, services: Iterable[Service]) -> Endpoint:
    """The one way to read an endpoint. Raises EndpointRefused unless it is a plain address at one of `services`."""
    found = _ENDPOINT.fullmatch(text) if len(text) <= LONGEST else None
    if not found or len(found["host"]) > 253:
        raise EndpointRefused("invalid_endpoint", "Must be the https:// address that the browser's push service gave.")
    host, port = found["host"].lower(), int(found["port"] or HTTPS)
    for service in services:
        if service.covers(host, port):
            return Endpoint(host, port, found["path"], service.inside)
    raise EndpointRefused("unknown_service", "This server sends to no push service at that address.")
