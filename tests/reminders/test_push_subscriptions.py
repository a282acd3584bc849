"""Devices that a person can be reached on: which are taken, whose they are, and how they end."""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from reminders.models import PushSubscription
from reminders.push.outcomes import Verdict
from reminders.push.sealing import encode, point_of
from reminders.pushing import keep_outcome, push_keys, send_push
from reminders.subscribing import MOST_DEVICES
from tests.reminders.push_service import Browser, PushService
from tests.reminders.subscriptions import body_of

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/push-subscriptions"


@pytest.fixture
def browser(push_service) -> Browser:
    return subscribe(push_service)


def subscribe(service: PushService) -> Browser:
    return service.subscribe(push_keys().newest.public, push_keys().newest.id)


def row_of(browser: Browser) -> PushSubscription:
    return PushSubscription.objects.get(endpoint=browser.endpoint)


def test_a_browser_subscribes_with_the_servers_key_and_can_be_reached(api, alice, push_service):
    key = api(alice).get("/api/v1/push-key").json()
    browser = push_service.subscribe(key["key"], key["id"])
    made = api(alice).post(ADDRESS, body_of(browser))
    assert made.status_code == 201
    assert made.json()["device"] == "Kitchen tablet"
    assert send_push(row_of(browser), {"text": "Übungszeit"}, topic="t", ttl=60).verdict == Verdict.ACCEPTED
    assert [one.message for one in browser.received] == ['{"text":"Übungszeit"}'.encode()]


def test_no_answer_repeats_what_knocks_at_the_device(api, alice, browser):
    made = api(alice).post(ADDRESS, body_of(browser))
    listed = api(alice).get(ADDRESS)
    for answer in (made, listed):
        text = answer.content.decode()
        assert not any(secret in text for secret in (browser.endpoint, browser.p256dh, browser.auth))
    assert listed.json() == {"results": [made.json()], "next": None}
    assert set(made.json()) == {"id", "device", "key_id", "created_at", "last_accepted_at", "gone_at"}


def test_one_endpoint_is_one_row_however_often_and_however_spelt_it_arrives(api, alice, browser):
    client = api(alice)
    first = client.post(ADDRESS, body_of(browser))
    again = client.post(ADDRESS, body_of(browser, device="Phone", endpoint=browser.endpoint.replace("https", "HTTPS")))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "device": "Phone"}
    assert client.get(ADDRESS).json()["results"] == [again.json()]


def test_a_device_that_changed_hands_tells_its_new_person_only(api, alice, bob, browser):
    hers = api(alice).post(ADDRESS, body_of(browser)).json()
    his = api(bob).post(ADDRESS, body_of(browser))
    assert his.status_code == 201
    assert his.json()["id"] != hers["id"]
    assert api(alice).get(ADDRESS).json()["results"] == []
    assert row_of(browser).owner == bob


def test_who_knows_only_the_endpoint_cannot_take_it(api, alice, charlie, browser, push_service):
    api(alice).post(ADDRESS, body_of(browser))
    stranger = subscribe(push_service)
    refused = api(charlie).post(ADDRESS, {**body_of(stranger), "endpoint": browser.endpoint})
    assert refused.status_code == 400
    assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [("endpoint", "taken")]
    assert row_of(browser).owner == alice
    assert row_of(browser).p256dh == browser.p256dh


def test_a_device_is_taken_off_once(api, alice, browser):
    made = api(alice).post(ADDRESS, body_of(browser)).json()
    assert api(alice).delete(f"{ADDRESS}/{made['id']}").status_code == 204
    assert api(alice).delete(f"{ADDRESS}/{made['id']}").status_code == 404
    assert api(alice).delete(f"{ADDRESS}/{uuid.uuid4()}").status_code == 404
    assert not PushSubscription.objects.exists()


def test_of_two_hundred_subscriptions_the_ones_that_were_in_use_last_stay(api, alice, charlie, push_service):
    api(charlie).post(ADDRESS, body_of(subscribe(push_service)))
    used, gone, *others = [subscribe(push_service) for _ in range(200)]
    client = api(alice)
    for place, browser in enumerate([used, gone, *others]):
        assert client.post(ADDRESS, body_of(browser, device=f"Device {place}")).status_code == 201
        if browser in (used, gone):
            PushSubscription.objects.filter(pk=row_of(browser).pk).update(
                last_accepted_at=timezone.now() + timedelta(hours=1)
            )
        if browser is others[5]:
            keep_outcome(subscription=row_of(gone), outcome=outcome_of(gone, 410))
    kept = [one["device"] for one in client.get(ADDRESS).json()["results"]]
    assert kept == [*(f"Device {place}" for place in range(199, 199 - MOST_DEVICES + 1, -1)), "Device 0"]
    assert PushSubscription.objects.for_user(charlie).count() == 1


def outcome_of(browser: Browser, trouble: int | None):
    browser.trouble = trouble
    return send_push(row_of(browser), b"x", topic="t", ttl=60)


def test_a_device_that_is_gone_is_named_and_nothing_else_is_kept(api, alice, browser):
    made = api(alice).post(ADDRESS, body_of(browser)).json()
    row = row_of(browser)
    keep_outcome(subscription=row, outcome=outcome_of(browser, 410))
    row.refresh_from_db()
    assert (row.endpoint, row.p256dh, row.auth) == ("", "", "")
    assert not PushSubscription.objects.alive().exists()
    [listed] = api(alice).get(ADDRESS).json()["results"]
    assert listed["device"] == "Kitchen tablet"
    assert listed["gone_at"] is not None
    revived = api(alice).post(ADDRESS, body_of(browser))
    assert revived.json() == made
    assert PushSubscription.objects.alive().get().endpoint == browser.endpoint


def test_a_device_that_was_gone_may_come_back_with_somebody_else(api, alice, charlie, browser, push_service):
    api(alice).post(ADDRESS, body_of(browser))
    keep_outcome(subscription=row_of(browser), outcome=outcome_of(browser, 404))
    assert api(charlie).post(ADDRESS, body_of(browser)).status_code == 201
    assert PushSubscription.objects.get().owner == charlie


def test_what_was_accepted_shows_that_the_device_is_in_use(api, alice, browser):
    api(alice).post(ADDRESS, body_of(browser))
    row = row_of(browser)
    keep_outcome(subscription=row, outcome=outcome_of(browser, 500))
    row.refresh_from_db()
    assert row.last_accepted_at is None
    keep_outcome(subscription=row, outcome=outcome_of(browser, None))
    row.refresh_from_db()
    first = row.last_accepted_at
    assert first is not None
    keep_outcome(subscription=row, outcome=outcome_of(browser, None))
    row.refresh_from_db()
    assert row.last_accepted_at == first


def test_the_end_of_an_older_subscription_is_not_that_of_the_newer_one(api, alice, browser):
    api(alice).post(ADDRESS, body_of(browser))
    row, outcome = row_of(browser), outcome_of(browser, 410)
    anew = Browser(browser.endpoint, browser.application_key, key_id=browser.key_id)
    api(alice).post(ADDRESS, body_of(anew))
    keep_outcome(subscription=row, outcome=outcome)
    assert row_of(browser).p256dh == anew.p256dh


def test_the_operator_hears_once_that_the_keys_are_refused_and_no_endpoint(api, alice, browser, caplog):
    api(alice).post(ADDRESS, body_of(browser))
    with caplog.at_level(logging.ERROR, "reminders.pushing"):
        for _ in range(3):
            assert outcome_of(browser, 403).verdict == Verdict.KEYS_REFUSED
    [record] = caplog.records
    assert "localhost" in record.getMessage()
    assert browser.key_id in record.getMessage()
    assert "/push/" not in record.getMessage()


def test_erasing_a_person_erases_their_devices(api, alice, charlie, push_service):
    for person in (alice, charlie):
        api(person).post(ADDRESS, body_of(subscribe(push_service)))
    alice.delete()
    assert [row.owner for row in PushSubscription.objects.all()] == [charlie]


OTHER_CURVE = encode(point_of(ec.derive_private_key(7, ec.SECP256K1()).public_key()))
LONGER_CURVE = encode(point_of(ec.derive_private_key(7, ec.SECP384R1()).public_key()))


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"endpoint": "http://fcm.googleapis.com/x"}, "endpoint", "invalid_endpoint"),
        ({"endpoint": "https://user@fcm.googleapis.com/x"}, "endpoint", "invalid_endpoint"),
        ({"endpoint": " https://fcm.googleapis.com/x"}, "endpoint", "invalid_endpoint"),
        ({"endpoint": "https://[::1]/x"}, "endpoint", "invalid_endpoint"),
        ({"endpoint": "https://127.0.0.1/x"}, "endpoint", "unknown_service"),
        ({"endpoint": "https://fcm.googleapis.com:8443/x"}, "endpoint", "unknown_service"),
        ({"endpoint": "https://example.org/x"}, "endpoint", "unknown_service"),
        ({"endpoint": "https://fcm.googleapis.com/" + "x" * 2048}, "endpoint", "max_length"),
        ({"endpoint": ["https://fcm.googleapis.com/x"]}, "endpoint", "invalid"),
        ({"endpoint": None}, "endpoint", "null"),
        ({"p256dh": OTHER_CURVE}, "keys.p256dh", "invalid_key"),
        ({"p256dh": LONGER_CURVE}, "keys.p256dh", "max_length"),
        ({"p256dh": encode(bytes(65))}, "keys.p256dh", "invalid_key"),
        ({"p256dh": "AAAA"}, "keys.p256dh", "invalid_key"),
        ({"p256dh": "käse"}, "keys.p256dh", "invalid_key"),
        ({"auth": "AAAA"}, "keys.auth", "invalid_key"),
        ({"auth": encode(bytes(17))}, "keys.auth", "invalid_key"),
        ({"auth": 16}, "keys.auth", "invalid_key"),
        ({"keys": {}}, "keys.p256dh", "required"),
        ({"keys": "p256dh"}, "keys", "invalid"),
        ({"key_id": "unknown"}, "key_id", "unknown_key"),
        ({"device": "x" * 81}, "device", "max_length"),
        ({"device": "a\x00b"}, "device", "null_characters_not_allowed"),
        ({"owner": "me"}, "owner", "unknown_field"),
        ({"keys": {"p256dh": "A", "auth": "A", "x": "A"}}, "keys.x", "unknown_field"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_anything_else_is_refused_by_its_field_and_nothing_is_written(api, alice, browser, changes, field, code):
    body = body_of(browser)
    for name, value in changes.items():
        (body["keys"] if name in ("p256dh", "auth") else body)[name] = value
    refused = api(alice).post(ADDRESS, body)
    assert refused.status_code == 400
    assert (field, code) in [(error["field"], error["code"]) for error in refused.json()["errors"]]
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("body", [None, [], "x", {}, {"endpoint": {}}], ids=str)
def test_a_body_of_another_shape_is_refused(api, alice, push_service, body):
    assert api(alice).post(ADDRESS, body).status_code == 400
