"""Endpoints from strangers. Every connection of this process is watched, and none may be made for them."""

from __future__ import annotations

import itertools
import socket
import sys
from collections.abc import Iterator
from functools import cache
from ipaddress import ip_address

import pytest

from reminders.push.addresses import is_public
from reminders.push.endpoints import KNOWN_SERVICES, LONGEST, EndpointRefused, Service, parse_endpoint
from reminders.push.outcomes import Outcome, Verdict
from reminders.push.sealing import encode
from reminders.push.sender import Sender
from reminders.push.vapid import PushKeys, Signer
from reminders.push.wire import Wire, trusting
from reminders.serializers.push import PushSubscriptionSerializer
from tests.reminders.push_service import Browser
from tests.reminders.subscriptions import subscription_body

KEYS = PushKeys([encode(b"\x07" * 32)])
FCM = "fcm.googleapis.com"

PRIVATE_4 = (
    *("127.0.0.1", "127.1.2.3", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254"),
    *("192.168.0.1", "192.168.255.255", "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.127.255.254"),
    *("192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.1"),
    *("203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
)
NOT_PUBLIC_6 = (
    *("::", "::1", "fe80::1", "febf::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00::1", "fdff:ffff::1", "ff02::1"),
    *("ff0e::1", "100::1", "2001::1", "2001:db8::1", "2001:10::1", "2001:20::1", "3fff::1", "5f00::1", "4000::1"),
    *("2001:0:53aa:64c:0:fbfe:80ff:fffe", "::127.0.0.1", "::192.168.0.1", "64:ff9b:1::7f00:1", "::ffff:0:127.0.0.1"),
    *(f"::ffff:{address}" for address in PRIVATE_4),
    *(f"64:ff9b::{address}" for address in PRIVATE_4),
    *(str(ip_address((0x2002 << 112) | (int(ip_address(address)) << 80) | 1)) for address in PRIVATE_4),
    # In disguise no address counts, not even a public one.
    *("::ffff:142.250.1.1", "64:ff9b::142.250.1.1", "2002:8efa:101::1"),
)
OTHER_NAMES = (
    *("localhost", "localhost.", "LOCALHOST", "localhost.localdomain", "ip6-localhost", "metadata.google.internal"),
    *("intranet", "router.lan", "db.internal", "example.org", "127.0.0.1.nip.io", "localtest.me", "xn--80ak6aa92e.com"),
    *(f"{FCM}.", f"{FCM}..", f".{FCM}", f"evil{FCM}", f"evil.{FCM}", f"{FCM}.evil.example", f"{FCM}-evil.example"),
    *("push.apple.com", ".push.apple.com", "evilpush.apple.com", "*.push.apple.com", "a..push.apple.com"),
    *("-.push.apple.com", "a-.push.apple.com", "a_b.push.apple.com", "web.push.apple.com.evil.example"),
    *("push.apple.com.evil.example", "notify.windows.com", "googleapis.com", "storage.googleapis.com"),
    *("f\u0441m.googleapis.com", "fcm.google\u0430pis.com", "fcm\u3002googleapis\u3002com", "\uff46cm.googleapis.com"),
    *(
        "fcm.googleapi\u017f.com",
        "\u212awns.notify.windows.com",
        "fcm\u00ad.googleapis.com",
        "fcm.googleapis.com\u200b",
    ),
    *("%66cm.googleapis.com", f"{FCM}%00.evil.example", f"{FCM}%2eevil.example", f"{FCM}%40evil.example", "\u2460.com"),
    *(f"{FCM}\x00.evil.example", f"{FCM}\t.evil.example", f"{FCM}\n.evil.example", f"evil.example\\.{FCM}"),
    f"{'a' * 64}.push.apple.com",
    f"{'a.' * 130}push.apple.com",
)


def spellings(address: str) -> Iterator[str]:
    """What `inet_aton` and browsers take for `address`, an IPv4."""
    number, parts = int(ip_address(address)), [int(part) for part in address.split(".")]
    yield from (address, f"{address}.", str(number), hex(number), f"0{number:o}", f"[::ffff:{address}]")
    yield ".".join(f"0{part:o}" for part in parts)
    yield ".".join(hex(part) for part in parts)
    yield f"{parts[0]}.{number & 0xFFFFFF}"
    yield f"{parts[0]}.{parts[1]}.{number & 0xFFFF}"
    # Digits of other scripts, which Unicode normalises to ours.
    yield address.translate({ord("0") + n: 0xFF10 + n for n in range(10)})


def hosts() -> list[str]:
    return [
        *itertools.chain.from_iterable(map(spellings, PRIVATE_4)),
        *(f"[{address}]" for address in NOT_PUBLIC_6),
        *OTHER_NAMES,
    ]


def hostile_endpoints() -> list[str]:
    by_host = (f"https://{host}{end}" for host in hosts() for end in ("/push", ":443/push", ":8443/push"))
    frames = (
        *("https://{0}:22/x", "http://{0}/x", "https://" + FCM + "@{0}/x", "https://" + FCM + ":443@{0}/x"),
        *("https://{0}#@" + FCM + "/x", "https://{0}?@" + FCM + "/x", "https://{0}\\@" + FCM + "/x"),
        *("https://{0}/@" + FCM + "/x", "https:{0}/x", "https:/{0}/x", "https:///{0}/x", "//{0}/x", "{0}", "{0}/x"),
        *("ftp://{0}/x", "file://{0}/etc/passwd", "gopher://{0}:6379/_x", "unix://{0}", "https+unix://{0}/x"),
    )
    framed = (frame.format(host) for frame in frames for host in ("127.0.0.1", "[::1]", "localhost", "10.0.0.1"))
    ends = (
        *(
            "",
            ":",
            ":0/x",
            ":80/x",
            ":8443/x",
            ":0443/x",
            ":+443/x",
            ":-443/x",
            ":443a/x",
            ":65979/x",
            ":4 43/x",
            ":443",
        ),
        *(
            ":\u0664\u0664\u0663/x",
            ":443:443/x",
            ":443@127.0.0.1/x",
            "@127.0.0.1/x",
            "?x",
            "#x",
            "/x#y",
            "\\x",
            "/a\\b",
        ),
        *(
            "/x y",
            "/x\r\nHost: localhost",
            "/x\n",
            "/\x00",
            "/\x7f",
            "/\u00e9",
            "/\ud83d",
            "/x\u2028",
            "/" + "x" * LONGEST,
        ),
    )
    known = (f"https://{host}{end}" for host in (FCM, "web.push.apple.com") for end in ends)
    starts = (
        f"{start}{FCM}/x" for start in (" https://", "https://\t", "https:// ", "\nhttps://", "http://", "https:")
    )
    users = (f"https://{user}@{FCM}/x" for user in ("", "a", "a:b", ":", "@", "%20", FCM, "127.0.0.1"))
    return [*by_host, *framed, *known, *starts, *users]


@pytest.fixture(scope="module")
def trust():
    return trusting()


@pytest.fixture
def watched() -> Iterator[list[tuple[str, object]]]:
    """Every look-up and connection of this process. Those that would leave the machine fail before they begin."""
    watch_from_now_on()
    seen: list[tuple[str, object]] = []
    watching.append(seen)
    yield seen
    watching.remove(seen)


watching: list[list[tuple[str, object]]] = []


def watch(event: str, arguments: tuple) -> None:
    # A hook can never be taken off again: it does nothing while nobody watches.
    if watching and event in ("socket.connect", "socket.getaddrinfo"):
        where = arguments[1][:2] if event == "socket.connect" else arguments[0]
        for seen in watching:
            seen.append((event, where))
        raise ConnectionRefusedError


@cache
def watch_from_now_on() -> None:
    sys.addaudithook(watch)


def answering(*answers: list[str]):
    """A name server with an answer for each time it is asked, the last one for ever."""
    left = list(answers)

    def resolve(host: str, port: int, **_: object) -> list[tuple]:
        addresses = left.pop(0) if len(left) > 1 else left[0]
        return [(0, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return resolve


def send(trust, endpoint: str, resolve=socket.getaddrinfo, services=KNOWN_SERVICES) -> Outcome:
    browser = Browser(endpoint, KEYS.newest.public, key_id=KEYS.newest.id)
    sender = Sender(KEYS, services, Signer("mailto:a@example.org"), Wire(trust, seconds=5, resolve=resolve))
    return sender.send(browser, b"x", topic="t", ttl=60)


def test_a_thousand_hostile_addresses_are_neither_looked_up_nor_connected_to(trust, watched):
    endpoints = hostile_endpoints()
    assert len(set(endpoints)) >= 1000
    outcomes = {endpoint: send(trust, endpoint).verdict for endpoint in endpoints}
    assert [endpoint for endpoint, verdict in outcomes.items() if verdict != Verdict.FAILED] == []
    assert watched == []


def test_none_of_them_is_kept_for_a_person_either(watched):
    body = subscription_body()
    for endpoint in hostile_endpoints():
        given = PushSubscriptionSerializer(data={**body, "endpoint": endpoint})
        assert (given.is_valid(), set(given.errors)) == (False, {"endpoint"}), endpoint
    assert watched == []


@pytest.mark.parametrize("host", [FCM, "web.push.apple.com", "db5p.notify.windows.com"])
def test_a_known_name_that_leads_inside_is_not_connected_to(trust, watched, host):
    for address in (*PRIVATE_4, *NOT_PUBLIC_6):
        assert send(trust, f"https://{host}/x", answering([address])).reason == "address_refused", address
    assert send(trust, f"https://{host}/x", answering([*PRIVATE_4, *NOT_PUBLIC_6])).reason == "address_refused"
    assert watched == []


def test_a_name_server_that_changes_its_mind_is_asked_once(trust, watched):
    for _ in range(50):
        rebinding = answering(["142.250.1.1"], ["127.0.0.1"])
        assert send(trust, f"https://{FCM}/x", rebinding).verdict == Verdict.RETRY
        assert rebinding("", 0)[0][4][0] == "127.0.0.1", "the second answer was fetched"
    assert set(watched) == {("socket.connect", ("142.250.1.1", 443))}


def test_of_mixed_answers_only_the_public_ones_are_connected_to(trust, watched):
    mixed = answering(["10.0.0.1", "2a00:1450::1", "::1", "142.250.1.1", "::ffff:127.0.0.1"])
    assert send(trust, f"https://{FCM}/x", mixed).verdict == Verdict.RETRY
    assert watched == [("socket.connect", ("2a00:1450::1", 443)), ("socket.connect", ("142.250.1.1", 443))]


def test_a_name_with_a_thousand_addresses_is_not_tried_a_thousand_times(trust, watched):
    many = answering([*(f"2a00:1450::{n}" for n in range(250)), *(f"142.250.{n}.1" for n in range(250))])
    assert send(trust, f"https://{FCM}/x", many).verdict == Verdict.RETRY
    assert [where for _, where in watched] == [
        ("2a00:1450::", 443),
        ("142.250.0.1", 443),
        ("2a00:1450::1", 443),
        ("142.250.1.1", 443),
    ]


def test_a_name_that_does_not_resolve_is_tried_again_later(trust, watched):
    assert send(trust, f"https://{FCM}/x").verdict == Verdict.RETRY
    assert watched == [("socket.getaddrinfo", FCM)]


def test_what_the_operator_adds_may_lead_out_but_inside_only_where_that_was_said(trust, watched):
    added = [Service.parse("push.example.org:8443"), Service.parse("ntfy.lan", inside=True)]
    assert send(trust, "https://push.example.org:8443/x", answering(["10.0.0.1"]), added).reason == "address_refused"
    assert send(trust, "https://push.example.org/x", answering(["142.250.1.1"]), added).verdict == Verdict.FAILED
    assert watched == []
    assert send(trust, "https://push.example.org:8443/x", answering(["142.250.1.1"]), added).verdict == Verdict.RETRY
    assert send(trust, "https://ntfy.lan/x", answering(["10.0.0.1"]), added).verdict == Verdict.RETRY
    assert watched == [("socket.connect", ("142.250.1.1", 8443)), ("socket.connect", ("10.0.0.1", 443))]


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "0.0.0.0", "::", "224.0.0.1", "::ffff:169.254.1.1"])
def test_where_clouds_tell_a_machine_its_secrets_nothing_leads(trust, watched, address):
    inside = [Service.parse("ntfy.lan", inside=True)]
    assert send(trust, "https://ntfy.lan/x", answering([address]), inside).reason == "address_refused"
    assert watched == []


@pytest.mark.parametrize("address", ["8.8.8.8", "142.250.1.1", "17.57.144.1", "2a00:1450:4001::1", "2620:149:af0::10"])
def test_addresses_of_the_public_internet_are(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("endpoint", "origin", "path"),
    [
        (f"https://{FCM}/fcm/send/aB-_:c", f"https://{FCM}", "/fcm/send/aB-_:c"),
        (f"https://{FCM}:443/wp/x", f"https://{FCM}", "/wp/x"),
        ("HTTPS://FCM.GoogleAPIs.com/x", f"https://{FCM}", "/x"),
        ("https://updates.push.services.mozilla.com/wpush/v2/g=", "https://updates.push.services.mozilla.com", None),
        ("https://web.push.apple.com/QP-x", "https://web.push.apple.com", "/QP-x"),
        ("https://db5p.notify.windows.com/w/?token=BQ%3d%3d", "https://db5p.notify.windows.com", "/w/?token=BQ%3d%3d"),
        ("https://push.example.org:8443/x", "https://push.example.org:8443", "/x"),
    ],
)
def test_what_browsers_give_is_taken(endpoint, origin, path):
    found = parse_endpoint(endpoint, [*KNOWN_SERVICES, Service.parse("push.example.org:8443")])
    assert found.origin == origin
    assert path is None or found.path == path


def test_a_refusal_says_whether_the_spelling_or_the_service_is_wrong():
    for endpoint, code in (("http://fcm.googleapis.com/x", "invalid_endpoint"), ("https://a.org/x", "unknown_service")):
        with pytest.raises(EndpointRefused) as refused:
            parse_endpoint(endpoint, KNOWN_SERVICES)
        assert refused.value.code == code


@pytest.mark.parametrize(
    "text", ["", "*", "*.", "https://a.org", "a.org/x", "a.org:0", "a.org:65536", "a b", "[::1]:443"]
)
def test_an_operators_mistake_in_a_services_name_is_told(text):
    with pytest.raises(ValueError, match="host"):
        Service.parse(text)


def test_the_inside_is_opened_name_by_name():
    with pytest.raises(ValueError, match="host"):
        Service.parse("*.lan", inside=True)
