"""What the patient is told of a reader: enough to know the clinic, too little to follow anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import RequestFactory

from accounts.networks import network_of
from sharing.devices import device_of
from sharing.models import Access
from sharing.reading import note_read
from tests.sharing.factories import lent

pytestmark = pytest.mark.django_db

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"


def asking(address: str = "192.0.2.77", **headers: str):
    return RequestFactory().get("/r/x", REMOTE_ADDR=address, headers=headers)


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (f"{WINDOWS}; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        (f"{WINDOWS}) {CHROME} Safari/537.36", "Chrome on Windows"),
        (f"{WINDOWS}) {CHROME} Safari/537.36 Edg/141.0.0.0", "Edge on Windows"),
        (f"{WINDOWS}) {CHROME} Safari/537.36 OPR/120.0", "Opera on Windows"),
        (f"Mozilla/5.0 (Linux; Android 15; CUBOT X30) {CHROME} Mobile Safari/537.36", "Chrome on Android"),
        (f"Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 {CHROME} Safari/537.36", "Samsung Internet on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6) Version/18.6 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.6 Safari/605.1.15", "Safari on Mac"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME} Safari/537.36", "Chrome on ChromeOS"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("WhatsApp/2.23.20.0", "Link preview, WhatsApp"),
        ("facebookexternalhit/1.1 Facebot Twitterbot/1.0", "Link preview, Facebook"),
        ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "Link preview"),
        ("curl/8.5.0", ""),
        ("<script>alert(1)</script>", ""),
        ("", ""),
        ("Windows " * 9000, "Windows"),
    ],
)  # fmt: skip
def test_a_browser_is_named_as_far_as_it_says(user_agent, device):
    assert device_of(user_agent) == device


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("::1", "::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_of_an_address_the_network_is_kept(address, network):
    assert network_of(asking(address)) == network


def test_a_forwarded_address_counts_only_as_far_as_our_own_proxies_vouch_for_it(settings):
    forged = asking("198.51.100.9", **{"X-Forwarded-For": "203.0.113.5, 192.0.2.77"})
    assert network_of(forged) == "198.51.100.0/24"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert network_of(forged) == "192.0.2.0/24"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3
    assert network_of(forged) == ""


def test_a_read_is_one_row_and_the_same_reader_again_within_minutes_counts_it_up(alice):
    share, _ = lent(alice)
    first = note_read(request=asking(), patient=alice, what="page", share=share)
    again = note_read(request=asking(), patient=alice, what="page", share=share)
    assert (again.pk, again.times, again.at) == (first.pk, 2, first.at)
    assert again.last_at > first.at
    Access.objects.update(at=first.at - timedelta(minutes=16))
    later = note_read(request=asking(), patient=alice, what="page", share=share)
    assert (later.times, Access.objects.count()) == (1, 2)


def test_another_network_browser_thing_outcome_or_link_is_a_row_of_its_own(alice):
    share, _ = lent(alice)
    other, _ = lent(alice)
    note_read(request=asking(), patient=alice, what="page", share=share)
    note_read(request=asking("198.51.100.1"), patient=alice, what="page", share=share)
    note_read(request=asking(**{"User-Agent": f"{WINDOWS}) Firefox/140.0"}), patient=alice, what="page", share=share)
    note_read(request=asking(), patient=alice, what="pdf", share=share)
    note_read(request=asking(), patient=alice, what="page", outcome="no-passcode", share=share)
    note_read(request=asking(), patient=alice, what="page", share=other)
    assert list(Access.objects.values_list("times", flat=True)) == [1] * 6


def test_a_persons_name_stays_when_the_account_goes(alice, bob):
    row = note_read(request=asking(), patient=alice, what="triage", reader=bob)
    bob.delete()
    row.refresh_from_db()
    assert (row.reader, row.reader_name) == (None, "Bob")


def test_from_a_thousand_networks_it_is_a_row_each_and_two_statements(alice, django_assert_num_queries):
    share, _ = lent(alice)
    for number in range(1000):
        note_read(request=asking(f"10.{number // 250}.{number % 250}.9"), patient=alice, what="page", share=share)
    assert Access.objects.for_user(alice).count() == 1000
    with django_assert_num_queries(2):
        note_read(request=asking("11.0.0.1"), patient=alice, what="page", share=share)
