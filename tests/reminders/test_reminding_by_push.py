"""Reminders as notifications, through a push service that opens and checks what it gets."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from reminders.models import Delivery, PushSubscription
from reminders.pushing import push_keys
from reminders.tasks import tick
from tests.reminders.factories import keep
from tests.reminders.subscriptions import subscribed

pytestmark = pytest.mark.django_db

PRIVATE = "Saddle feels numb again"


@pytest.fixture
def clock():
    """Noon of today: the certificates hold today only."""
    now = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser(push_service, clock):
    key = push_keys().newest
    return push_service.subscribe(key.public, key.id)


def remind(alice, clock, browsers, **parts):
    for one in browsers:
        subscribed(alice, one)
    keep(alice, channels=["push"], times=["12:30"], time_zone="UTC", text=PRIVATE, **parts)
    clock.shift(timedelta(minutes=30))
    tick()
    tick()


def states(channel="push"):
    return sorted(Delivery.objects.filter(channel=channel).values_list("state", flat=True))


def test_every_device_shows_it_once_in_neutral_words(alice, clock, push_service, browser):
    key = push_keys().newest
    other = push_service.subscribe(key.public, key.id)
    remind(alice, clock, [browser, other])
    assert states() == ["accepted", "accepted"]
    for one in (browser, other):
        [received] = one.received
        message = json.loads(received.message)
        occurrence = Delivery.objects.filter(channel="push").first().occurrence
        assert (message["title"], message["id"]) == ("Your reminder", str(occurrence.pk))
        assert message["tag"] == f"occurrence-{occurrence.pk}"
        assert PRIVATE.encode() not in received.message
        assert received.headers["TTL"] == "7200"
    assert mail.outbox == []


def test_a_device_that_is_gone_is_forgotten_and_the_mail_steps_in(alice, clock, browser):
    browser.trouble = 410
    remind(alice, clock, [browser])
    assert (states(), states("email")) == (["failed"], ["accepted"])
    assert len(mail.outbox) == 1
    assert not PushSubscription.objects.alive().exists()
    clock.shift(timedelta(days=1))
    tick()
    tick()
    assert (len(mail.outbox), states("push")) == (2, ["failed"])


def test_no_mail_steps_in_while_another_device_takes_it(alice, clock, push_service, browser):
    key = push_keys().newest
    browser.trouble = 404
    well = push_service.subscribe(key.public, key.id)
    remind(alice, clock, [browser, well])
    assert (states(), states("email"), len(well.received)) == (["accepted", "failed"], [], 1)


def test_of_two_devices_that_are_gone_one_mail_tells(alice, clock, push_service, browser):
    key = push_keys().newest
    other = push_service.subscribe(key.public, key.id)
    browser.trouble = other.trouble = 410
    remind(alice, clock, [browser, other])
    assert (states(), len(mail.outbox)) == (["failed", "failed"], 1)


def test_a_service_that_is_busy_is_asked_again_when_it_says(alice, clock, browser):
    browser.trouble, browser.headers = 429, {"Retry_After": "120"}
    remind(alice, clock, [browser])
    assert Delivery.objects.get(channel="push").try_at == timezone.now() + timedelta(minutes=2)
    browser.trouble = None
    clock.shift(timedelta(minutes=2))
    tick()
    assert (states(), len(browser.received)) == (["accepted"], 1)
    assert browser.received[0].headers["TTL"] == str(7200 - 120)


def test_refused_keys_are_the_operators_matter_and_the_mail_steps_in(alice, clock, browser, caplog):
    browser.trouble = 403
    remind(alice, clock, [browser])
    assert (states(), len(mail.outbox)) == (["failed"], 1)
    assert "refuses the key" in caplog.text
    assert PushSubscription.objects.alive().exists()


def test_a_redirect_is_not_followed(alice, clock, push_service, browser):
    browser.trouble, browser.headers = 307, {"Location": push_service.origin + "/inside"}
    remind(alice, clock, [browser])
    assert "/inside" not in push_service.requests
    assert states() == ["failed"]


def test_a_device_that_was_signed_off_meanwhile_is_not_told(alice, clock, browser):
    subscribed(alice, browser).delete()
    remind(alice, clock, [])
    assert (browser.received, len(mail.outbox)) == ([], 1)
