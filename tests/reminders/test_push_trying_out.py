"""The test button: a push at once, and what came of it."""

from __future__ import annotations

import json
import uuid

import pytest
from django.core.cache import cache

from reminders.models import PushSubscription
from reminders.pushing import push_keys
from tests.reminders.push_service import Browser
from tests.reminders.subscriptions import subscribed

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(push_service) -> Browser:
    return push_service.subscribe(push_keys().newest.public, push_keys().newest.id)


def address(row: PushSubscription) -> str:
    return f"/api/v1/push-subscriptions/{row.pk}/test"


def test_the_device_shows_it_and_it_counts_as_in_use(api, alice, browser):
    row = subscribed(alice, browser)
    tried = api(alice).post(address(row))
    assert (tried.status_code, tried.json()) == (200, {"outcome": "accepted"})
    [received] = browser.received
    message = json.loads(received.message)
    assert (message["about"], message["body"]) == ("test", "Reminders reach this device.")
    row.refresh_from_db()
    assert row.last_accepted_at is not None


@pytest.mark.parametrize(
    ("trouble", "outcome"), [(410, "gone"), (403, "keys_refused"), (500, "retry"), ("close", "retry"), (307, "failed")]
)
def test_what_came_of_it_is_said(api, alice, browser, trouble, outcome):
    browser.trouble = trouble
    row = subscribed(alice, browser)
    assert api(alice).post(address(row)).json() == {"outcome": outcome}
    row.refresh_from_db()
    assert (row.gone_at is not None) is (outcome == "gone")


def test_one_that_is_gone_or_not_ones_own_cannot_be_tried(api, alice, charlie, browser):
    browser.trouble = 410
    row = subscribed(alice, browser)
    assert api(charlie).post(address(row)).status_code == 404
    api(alice).post(address(row))
    cache.clear()
    assert api(alice).post(address(row)).status_code == 404
    assert api(alice).post(f"/api/v1/push-subscriptions/{uuid.uuid4()}/test").status_code == 404


def test_nobody_can_try_all_the_time(api, alice, charlie, browser, push_service):
    row = subscribed(alice, browser)
    api(alice).post(address(row))
    refused = api(alice).post(address(row))
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 11
    assert len(browser.received) == 1
    other = push_service.subscribe(push_keys().newest.public, push_keys().newest.id)
    assert api(charlie).post(address(subscribed(charlie, other))).status_code == 200
