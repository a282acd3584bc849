"""
Where an allowed name leads: resolved when it is sent to, checked, and connected to by the checked address itself, so
that no second answer of a name server comes between.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from itertools import chain, zip_longest
from typing import Any

from reminders.push.deadline import Deadline
from reminders.push.endpoints import Endpoint

Resolve = Callable[..., list[tuple[Any, ...]]]
Address = IPv4Address | IPv6Address

# IANA's special-purpose registries, by hand: what `is_global` says of some of these changed between Python's patches.
_NOT_PUBLIC_4 = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
            *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"),
        ),
    )
)
# Nothing else is handed out. IPv4 in disguise (::ffff:0:0/96, 64:ff9b::/96, ::/96) lies outside of it ...
_GLOBAL_6 = ip_network("2000::/3")
# ... but for Teredo (in 2001::/23) and 6to4.
_NOT_PUBLIC_6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")))
_INSIDE = tuple(
    map(
        ip_network,
        (
            *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"),
            *("::1/128", "fc00::/7"),
        ),
    )
)
MOST_TRIED = 2


class AddressRefused(Exception):
    """The name leads to no address that may be posted to."""


def is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    return address in _GLOBAL_6 and not any(address in network for network in _NOT_PUBLIC_6)


def is_inside(address: Address) -> bool:
    """Loopback or an own network's. Never link-local, where clouds tell a machine its secrets."""
    return any(address in network for network in _INSIDE)


def addresses_of(endpoint: Endpoint, resolve: Resolve, deadline: Deadline) -> list[str]:
    """
    The addresses to try, in the resolver's order: two of each family by turns, as one family may lead nowhere.

    Raises AddressRefused, OSError where the name does not resolve, TimeoutError.
    """
    found: dict[int, list[str]] = {}
    for *_, where in _resolved(endpoint, resolve, deadline):
        # A zone (`fe80::1%eth0`) makes a link-local address no better.
        address = ip_address(str(where[0]).partition("%")[0])
        if is_public(address) or (endpoint.inside and is_inside(address)):
            of_family = found.setdefault(address.version, [])
            if str(address) not in of_family and len(of_family) < MOST_TRIED:
                of_family.append(str(address))
    if not found:
        raise AddressRefused
    turns = chain.from_iterable(zip_longest(*found.values()))
    return [address for address in turns if address]


def _resolved(endpoint: Endpoint, resolve: Resolve, deadline: Deadline) -> list[tuple[Any, ...]]:
    """`getaddrinfo` takes no time-out, and waits half a minute for name servers that are down."""
    answers: list[list[tuple[Any, ...]] | BaseException] = []

    def ask() -> None:
        try:
            answers.append(resolve(endpoint.host, endpoint.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP))
        except (OSError, UnicodeError) as error:
            answers.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(deadline.left())
    if not answers:
        raise TimeoutError
    if isinstance(answers[0], BaseException):
        raise OSError("The name does not resolve.") from answers[0]
    return answers[0]
