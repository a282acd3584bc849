"""What each answer of a push service leaves behind: the delivery's state, the device's, and whether mail steps in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reminders.delivering import deliver_due
from reminders.models import Delivery, PushSubscription
from reminders.pushing import push_keys
from tests.reminders.conftest import forget_keys
from tests.reminders.factories import come_due, keep
from tests.reminders.push_service import Browser
from tests.reminders.subscriptions import subscribed

pytestmark = pytest.mark.django_db

GRACE = timedelta(hours=2)


@pytest.fixture
def browser(push_service) -> Browser:
    return push_service.subscribe(push_keys().newest.public, push_keys().newest.id)


def waiting(owner, browser: Browser, ago: timedelta = timedelta(seconds=5)) -> Delivery:
    """A delivery that has been due for so long."""
    at = timezone.now() - ago
    occurrence = come_due(keep(owner, channels=["push"]), at)
    return Delivery.objects.create(
        owner=owner,
        occurrence=occurrence,
        subject=str(occurrence.pk),
        channel="push",
        endpoint=str(subscribed(owner, browser).pk),
        send_at=at,
        try_at=at,
        expires_at=at + GRACE,
    )


def come_of(delivery: Delivery) -> tuple[str, str]:
    deliver_due()
    deliver_due()
    delivery.refresh_from_db()
    return delivery.state, delivery.problem


@pytest.mark.parametrize(
    ("trouble", "state", "problem"),
    [
        (None, "accepted", ""),
        (202, "accepted", ""),
        (404, "failed", "status_404"),
        (410, "failed", "status_410"),
        (401, "failed", "status_401"),
        (403, "failed", "status_403"),
        (400, "failed", "status_400"),
        (413, "failed", "status_413"),
        (307, "failed", "status_307"),
        (429, "pending", "status_429"),
        (500, "pending", "status_500"),
        ("close", "pending", "unreachable_RemoteDisconnected"),
        ("break_off", "pending", "unreachable_RemoteDisconnected"),
        ("never_end", "pending", "unreachable_HTTPException"),
    ],
)
def test_each_answer_leaves_the_right_state(alice, browser, trouble, state, problem):
    browser.trouble = trouble
    delivery = waiting(alice, browser)
    assert come_of(delivery) == (state, problem)
    assert PushSubscription.objects.alive().exists() is (trouble not in (404, 410))
    assert len(mail.outbox) == (state == "failed")
    assert (delivery.try_at is not None and delivery.try_at > timezone.now()) is (state == "pending")


@pytest.mark.parametrize("ago", [timedelta(seconds=5), timedelta(minutes=20)])
def test_each_push_costs_one_statement_beside_what_its_batch_does(push_service, alice, ago, monkeypatch):
    # However long twelve take here: they are one batch.
    monkeypatch.setattr("reminders.delivering.FRESH", 60.0)
    key = push_keys().newest
    type(alice).objects.update(quiet_from="00:00", quiet_to="00:00")

    def statements(devices: int) -> int:
        for _ in range(devices):
            waiting(alice, push_service.subscribe(key.public, key.id), ago)
        with CaptureQueriesContext(connection) as seen:
            deliver_due()
        return len(seen)

    assert statements(12) - statements(2) == 10
    assert Delivery.objects.filter(state="accepted").count() == 14


@pytest.mark.parametrize("trouble", ["hang", "drip"])
def test_a_service_that_takes_its_time_holds_nobody_up(alice, browser, settings, trouble):
    settings.PUSH_SECONDS = 0.5
    forget_keys()
    browser.trouble = trouble
    delivery = waiting(alice, browser)
    assert come_of(delivery) == ("pending", "no_answer_in_time")


def test_when_there_is_no_time_for_another_try_mail_steps_in(alice, browser):
    browser.trouble = 503
    delivery = waiting(alice, browser, GRACE - timedelta(seconds=4))
    assert come_of(delivery) == ("failed", "status_503_too_late")
    assert len(mail.outbox) == 1


def test_to_a_device_that_changed_hands_nothing_more_is_sent(alice, bob, browser):
    delivery = waiting(alice, browser)
    subscribed(bob, browser)
    assert come_of(delivery) == ("failed", "no_subscription")
    assert browser.received == []
    assert [message.to for message in mail.outbox] == [[alice.email]]
