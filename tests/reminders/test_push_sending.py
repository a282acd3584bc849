"""Pushes to a local push service: what each of its answers makes of them, and that none holds a worker."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit

import pytest

from reminders.push.endpoints import KNOWN_SERVICES, Service
from reminders.push.outcomes import FIRST_WAIT, LONGEST_WAIT, Outcome, Verdict, outcome_of
from reminders.push.sealing import LONGEST_SEALED, encode, seal
from reminders.push.sender import Sender
from reminders.push.vapid import PushKeys, Signer
from reminders.push.wire import Wire, trusting
from tests.reminders.push_service import Browser, PushService

KEYS = PushKeys([encode(bytes([n]) * 32) for n in (7, 9)])
HOUR = 3600


@pytest.fixture(scope="module")
def service(tmp_path_factory) -> Iterator[PushService]:
    with PushService(tmp_path_factory.mktemp("push")) as service:
        yield service


@pytest.fixture
def sender(service: PushService) -> Sender:
    """The real one, but for what it trusts."""
    inside = Service("localhost", service.port, inside=True)
    wire = Wire(trusting(str(service.cafile)))
    return Sender(KEYS, [*KNOWN_SERVICES, inside], Signer("mailto:operator@example.org"), wire)


@pytest.fixture
def hasty(sender: Sender) -> Sender:
    """With less than ten seconds to lose."""
    return replace(sender, wire=replace(sender.wire, seconds=0.5))


def subscribe(service: PushService, **trouble: object) -> Browser:
    return service.subscribe(KEYS.newest.public, KEYS.newest.id, **trouble)


def push(sender: Sender, browser: Browser, body: bytes = b"Time for your routine", **options: object) -> Outcome:
    return sender.send(browser, body, **{"topic": "occurrence 1", "ttl": 2 * HOUR, **options})


def test_the_browser_reads_what_was_sent_and_the_service_what_it_needs(service, sender):
    browser = subscribe(service)
    assert push(sender, browser) == Outcome(Verdict.ACCEPTED, reason="status_201")
    [received] = browser.received
    assert received.message == b"Time for your routine"
    assert received.headers["TTL"] == "7200"
    assert received.headers["Urgency"] == "normal"
    assert received.headers["Host"] == f"localhost:{service.port}"
    assert received.claims["aud"] == service.origin
    assert received.claims["sub"] == "mailto:operator@example.org"


def test_the_topic_is_one_for_one_occurrence_and_tells_nothing_of_it(service, sender):
    browser = subscribe(service)
    for topic in ("red flag 1", "red flag 1", "red flag 2"):
        push(sender, browser, topic=topic)
    first, second, other = (one.headers["Topic"] for one in browser.received)
    assert first == second != other
    assert len(first) == 32
    assert "flag" not in first


def test_two_pushes_of_the_same_words_share_no_bytes(service):
    # A salt and a key of its own for each message: RFC 8291 stands and falls by it.
    browser = subscribe(service)
    one, two = (seal(b"same", p256dh=browser.p256dh, auth=browser.auth) for _ in range(2))
    assert one[:16] != two[:16]
    assert one[21:] != two[21:]
    assert browser.open(one) == browser.open(two) == b"same"


def test_a_subscription_of_an_older_key_is_served_with_that_key(service, sender):
    older = PushKeys([encode(bytes([9]) * 32)]).newest
    browser = service.subscribe(older.public, older.id)
    assert push(sender, browser).verdict == Verdict.ACCEPTED


def test_a_key_that_is_no_more_or_another_than_the_browsers_is_refused(service, sender):
    browser = subscribe(service)
    assert push(sender, replace(browser, key_id="gone")).verdict == Verdict.KEYS_REFUSED
    other = service.subscribe(KEYS.newest.public, PushKeys([encode(bytes([9]) * 32)]).newest.id)
    assert push(sender, other).verdict == Verdict.KEYS_REFUSED
    assert browser.received == other.received == []


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (202, Verdict.ACCEPTED),
        (404, Verdict.GONE),
        (410, Verdict.GONE),
        (401, Verdict.KEYS_REFUSED),
        (403, Verdict.KEYS_REFUSED),
        (413, Verdict.TOO_LONG),
        (429, Verdict.RETRY),
        (500, Verdict.RETRY),
        (503, Verdict.RETRY),
        (400, Verdict.FAILED),
        (200, Verdict.FAILED),
    ],
)
def test_each_answer_has_its_outcome(service, sender, status, verdict):
    assert push(sender, subscribe(service, trouble=status)).verdict == verdict


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(service, sender, status):
    browser = subscribe(service, trouble=status, headers={"Location": f"{service.origin}/elsewhere"})
    assert push(sender, browser).verdict == Verdict.FAILED
    assert "/elsewhere" not in service.requests


@pytest.mark.parametrize("trouble", ["hang", "drip"])
def test_a_service_that_takes_its_time_is_left_and_tried_again(service, hasty, trouble):
    outcome = push(hasty, subscribe(service, trouble=trouble))
    assert (outcome.verdict, outcome.reason) == (Verdict.RETRY, "no_answer_in_time")
    assert FIRST_WAIT / 2 <= outcome.after <= FIRST_WAIT


@pytest.mark.parametrize("trouble", ["close", "break_off", "babble", "never_end", "say_wait"])
def test_a_service_that_does_not_answer_is_tried_again(service, sender, trouble):
    outcome = push(sender, subscribe(service, trouble=trouble))
    assert outcome.verdict == Verdict.RETRY
    assert outcome.reason.startswith("unreachable")
    assert FIRST_WAIT / 2 <= outcome.after <= FIRST_WAIT


def test_one_line_serves_many_pushes(service, sender):
    before = service.server.connections
    for status in (None, 404, 429, None):
        push(sender, subscribe(service, trouble=status))
    assert service.server.connections == before + 1


def test_pushes_at_once_have_lines_of_their_own_and_get_their_own_answers(service, sender):
    browsers = [subscribe(service, trouble=status) for status in (None, 404, 413, 500) * 20]
    with ThreadPoolExecutor(8) as pool:
        verdicts = list(pool.map(lambda browser: push(sender, browser).verdict, browsers))
    assert verdicts == [Verdict.ACCEPTED, Verdict.GONE, Verdict.TOO_LONG, Verdict.RETRY] * 20


@pytest.mark.parametrize("trouble", ["close_after", "answer_twice", "drip_body"])
def test_after_a_line_that_cannot_be_trusted_comes_a_new_one(service, sender, trouble):
    for _ in range(3):
        assert push(sender, subscribe(service, trouble=trouble)).verdict == Verdict.ACCEPTED
        assert push(sender, subscribe(service, trouble=404)).verdict == Verdict.GONE
        assert push(sender, subscribe(service)).verdict == Verdict.ACCEPTED


def test_a_line_that_the_service_closes_under_a_push_is_replaced_once(service, sender):
    push(sender, subscribe(service))
    browser = subscribe(service, trouble="close")
    assert push(sender, browser).verdict == Verdict.RETRY
    assert service.requests.count(urlsplit(browser.endpoint).path) == 2


def test_lines_are_not_used_again_when_they_are_old(service, sender, monkeypatch):
    monkeypatch.setattr(sender.wire.kept, "SECONDS", -1)
    before = service.server.connections
    for _ in range(3):
        assert push(sender, subscribe(service)).verdict == Verdict.ACCEPTED
    assert service.server.connections == before + 3


def test_no_more_lines_wait_than_are_of_use(service, sender, monkeypatch):
    monkeypatch.setattr(sender.wire.kept, "MOST", 0)
    before = service.server.connections
    for _ in range(3):
        assert push(sender, subscribe(service)).verdict == Verdict.ACCEPTED
    assert service.server.connections == before + 3


def test_an_answer_stands_whatever_dribbles_after_it(service, sender):
    assert push(sender, subscribe(service, trouble="drip_body")).verdict == Verdict.ACCEPTED


def test_a_service_that_takes_the_connection_and_says_nothing_is_tried_again(service, hasty):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        mute = replace(hasty, services=[Service("localhost", port, inside=True)])
        browser = replace(subscribe(service), endpoint=f"https://localhost:{port}/push")
        assert push(mute, browser).verdict == Verdict.RETRY


def test_a_name_server_that_says_nothing_holds_nobody(service, sender):
    asleep = service.closing

    def resolve(*_: object, **__: object) -> list:
        asleep.wait(60)
        return []

    slow = replace(sender, wire=replace(sender.wire, resolve=resolve, seconds=0.1))
    outcome = push(slow, subscribe(service))
    assert outcome.verdict == Verdict.RETRY
    assert outcome.reason == "no_answer_in_time"


def test_the_next_address_is_tried_where_one_is_dead(service, sender):
    def resolve(host: str, port: int, **_: object) -> list:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("127.9.9.9", "127.0.0.1")]

    browser = subscribe(service)
    assert push(replace(sender, wire=replace(sender.wire, resolve=resolve)), browser).verdict == Verdict.ACCEPTED


@pytest.mark.parametrize("names", [("example.org",), ("127.0.0.2",)])
def test_a_certificate_for_another_name_is_refused(tmp_path, names):
    with PushService(tmp_path, *names) as service:
        inside = [Service("localhost", service.port, inside=True)]
        sender = Sender(KEYS, inside, Signer("mailto:a@example.org"), Wire(trusting(str(service.cafile))))
        browser = subscribe(service)
        assert push(sender, browser).reason == "unreachable_SSLCertVerificationError"
        assert service.requests == []


def test_a_certificate_by_an_unknown_authority_is_refused(service, sender):
    browser = subscribe(service)
    assert "SSLCert" in push(replace(sender, wire=Wire(trusting())), browser).reason
    assert browser.received == []


def test_proxies_and_authorities_of_the_environment_are_ignored(service, sender, monkeypatch):
    for name in ("https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_FILE", str(service.cafile))
    browser = subscribe(service)
    assert push(sender, browser).verdict == Verdict.ACCEPTED
    assert push(replace(sender, wire=Wire(trusting())), browser).verdict == Verdict.RETRY


def test_a_message_longer_than_services_take_is_not_sent(service, sender):
    browser = subscribe(service)
    room = LONGEST_SEALED - 103
    assert push(sender, browser, b"x" * room).verdict == Verdict.ACCEPTED
    assert push(sender, browser, b"x" * (room + 1)).verdict == Verdict.TOO_LONG
    assert [len(one.message) for one in browser.received] == [room]


def test_after_too_many_the_service_says_when():
    def asked(retry_after: str | None, ttl: int = 2 * HOUR) -> Outcome:
        return outcome_of(429, retry_after, ttl=ttl, attempt=0)

    assert asked("120").after == 120
    assert asked("0").after == 1
    moment = datetime.now(UTC) + timedelta(seconds=600)
    assert 590 < asked(format_datetime(moment, usegmt=True)).after <= 600
    assert asked("Wed, 21 Oct 2015 07:28:00 GMT").after == 1
    for nonsense in (None, "", "soon", "-5", "1e9", "\u0663", "9" * 5000 + "x", "Wed, 99 Oct 2015 99:28:00 GMT"):
        assert FIRST_WAIT / 2 <= asked(nonsense).after <= FIRST_WAIT
    assert asked("7200").verdict == Verdict.FAILED
    assert asked("9" * 6000).verdict == Verdict.FAILED


def test_waits_double_never_come_all_at_once_and_end_with_the_ttl():
    def waits(attempt: int, ttl: int = 24 * HOUR) -> list[float | None]:
        return [outcome_of(503, None, ttl=ttl, attempt=attempt).after for _ in range(200)]

    for attempt, longest in ((0, FIRST_WAIT), (1, 2 * FIRST_WAIT), (3, 8 * FIRST_WAIT), (500, LONGEST_WAIT)):
        found = waits(attempt)
        assert longest / 2 <= min(found) < max(found) <= longest
    assert {outcome_of(503, None, ttl=5, attempt=0).verdict for _ in range(50)} == {Verdict.FAILED}


def test_nothing_about_the_person_is_in_a_reason(service, hasty):
    for trouble in (404, 500, "hang", "close"):
        browser = subscribe(service, trouble=trouble)
        reason = push(hasty, browser).reason
        assert not any(part in reason for part in (browser.endpoint, "localhost", "127.0.0.1"))
