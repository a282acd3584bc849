"""Devices that subscribe at the same moment: on PostgreSQL, where two writers really run at once."""

from __future__ import annotations

import pytest
from django.db import connection

from reminders.models import PushSubscription
from reminders.subscribing import MOST_DEVICES
from tests.reminders.subscriptions import body_of, made_in_a_browser
from tests.tracker.test_at_the_same_moment import together

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
]
ADDRESS = "/api/v1/push-subscriptions"


@pytest.fixture(autouse=True)
def two_writers(transactional_db) -> None:
    assert connection.vendor == "postgresql", "needs two writers at once: set DATABASE_URL to a PostgreSQL"


def posting(client, browser):
    body = body_of(browser)
    return lambda: client.post(ADDRESS, body).status_code


@pytest.mark.parametrize("turn", range(5))
def test_one_device_that_two_people_sign_in_on_belongs_to_one_of_them(api, alice, charlie, turn):
    browser = made_in_a_browser()
    answers = together([posting(api(person), browser) for person in (alice, charlie) * 3])
    assert set(answers) <= {200, 201}
    assert PushSubscription.objects.get().owner in (alice, charlie)


@pytest.mark.parametrize("turn", range(5))
def test_a_persons_devices_never_become_too_many(api, alice, turn):
    client = api(alice)
    for n in range(MOST_DEVICES - 1):
        posting(client, made_in_a_browser(f"old-{n}"))()
    assert together([posting(api(alice), made_in_a_browser(f"new-{n}")) for n in range(6)]) == [201] * 6
    assert PushSubscription.objects.count() == MOST_DEVICES


@pytest.mark.parametrize("turn", range(5))
def test_a_person_who_is_erased_while_devices_subscribe_leaves_none(api, alice, turn):
    devices = [api(alice) for _ in range(6)]
    password = {"password": "a long enough passphrase"}
    answers = together(
        [
            lambda: devices[0].delete("/api/v1/me", password).status_code,
            *[posting(client, made_in_a_browser(str(n))) for n, client in enumerate(devices[1:])],
        ]
    )
    assert answers[0] == 204
    assert set(answers[1:]) <= {201, 401, 403, 404}
    assert not PushSubscription.objects.exists()
