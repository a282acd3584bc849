"""News say nothing of what they are about where others may read along: a lock screen, a mailbox, an operator's log."""

from __future__ import annotations

import json
import logging
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from reminders.models import Delivery, NewsChoice
from reminders.pushing import push_keys
from reminders.tasks import tick
from sharing.models import CareLink, Message
from tests.exercises.factories import set_for
from tests.reminders.announcing import A_WHILE, MILD, URGENT, raise_flag
from tests.reminders.subscriptions import subscribed

pytestmark = pytest.mark.django_db

CANARY = "Cauda-Zebra"
TELLING = (CANARY, "foot", "medicine", "doctor", "physio", "treat", "pain", "flag", "red", "health", "Alice", "Bob")


@pytest.fixture
def clock():
    """Noon of today: the certificates hold today only."""
    now = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(now, tick=False) as traveller:
        tick()
        traveller.shift(timedelta(minutes=1))
        yield traveller


@pytest.fixture
def everything_new(alice, bob, clock, catalogue):
    raise_flag(alice, URGENT)
    raise_flag(alice, MILD)
    set_for(alice, by=bob, name=CANARY)
    link = CareLink.objects.get(owner=alice)
    Message.objects.create(id=uuid.uuid4(), owner=alice, link=link, sender=bob, recipient=alice, text=CANARY)
    clock.shift(A_WHILE)


def assert_says_nothing(text: str) -> None:
    assert [word for word in TELLING if word.lower() in text.lower()] == []


def test_on_a_lock_screen(alice, everything_new, push_service, caplog):
    key = push_keys().newest
    browser = push_service.subscribe(key.public, key.id)
    subscribed(alice, browser)
    with caplog.at_level(logging.DEBUG):
        tick()
    told = {message["about"]: message for message in (json.loads(one.message) for one in browser.received)}
    assert set(told) == {"urgent", "flag", "prescription", "message"}
    for message in told.values():
        assert_says_nothing(f"{message['title']} {message['body']}")
        assert CANARY not in json.dumps(message)
        # A later one of its kind takes its place.
        assert message["tag"] == message["about"]
    assert {told["flag"]["title"], told["prescription"]["title"]} == {"There is something new in Unpinch"}
    assert told["message"]["title"] == "You have a message in Unpinch"
    assert CANARY not in caplog.text
    assert "foot-drop" not in caplog.text


def test_the_push_service_cannot_tell_what_kind_of_news_it_is(alice, bob, everything_new, clock, push_service):
    key = push_keys().newest
    browsers = [push_service.subscribe(key.public, key.id) for _ in range(2)]
    for person, browser in zip((alice, bob), browsers, strict=True):
        subscribed(person, browser)
    raise_flag(bob, URGENT)
    clock.shift(A_WHILE)
    tick()
    topics = [{one.headers["Topic"] for one in browser.received} for browser in browsers]
    assert (len(topics[0]), len(topics[1]), topics[0] & topics[1]) == (4, 1, set())
    for browser in browsers:
        assert {one.headers["Urgency"] for one in browser.received} == {"normal"}


def test_in_a_mailbox(alice, everything_new):
    NewsChoice.objects.create(owner=alice, **{kind: ["email"] for kind in ("flag", "prescription", "message")})
    tick()
    assert len(mail.outbox) == 4
    for message in mail.outbox:
        assert message.subject == "Unpinch: something new"
        assert message.to == [alice.email]
        html = message.alternatives[0].content
        for text in (message.body, html):
            assert_says_nothing(text.replace(alice.email, ""))
            assert message.extra_headers["List-Unsubscribe"].strip("<>") in text


def test_who_has_stopped_the_mails_finds_them_in_the_app_only(alice, everything_new):
    tick()
    assert len(mail.outbox) == 4
    stop = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    Client().post(stop)
    raise_flag(alice, {"lump": "new"})
    with time_machine.travel(timezone.now() + A_WHILE, tick=False):
        tick()
    assert len(mail.outbox) == 4
    assert Delivery.objects.filter(channel="inbox", state="accepted").count() == 5
