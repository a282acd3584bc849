"""Nobody whom the operator has shut out is told anything, nor does their calendar answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from reminders.models import Delivery
from reminders.sending import Came, Sent
from reminders.tasks import tick
from tests.reminders.factories import keep
from tests.reminders.test_the_calendar import opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 3, 20, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def set_active(person, active):
    person.is_active = active
    person.save()


@pytest.mark.parametrize("active", [True, False])
def test_they_are_not_mailed(alice, clock, active):
    keep(alice, channels=["email"], times=["13:00"], time_zone="UTC")
    set_active(alice, active)
    clock.shift(timedelta(hours=1))
    tick()
    assert len(mail.outbox) == active


def test_they_are_not_pushed_to(alice, clock, push):
    keep(alice, channels=["push"], times=["13:00"], time_zone="UTC")
    set_active(alice, False)
    clock.shift(timedelta(hours=1))
    tick()
    assert not push.taken
    assert not mail.outbox


@pytest.mark.parametrize("channel", ["push", "email"])
@pytest.mark.parametrize("active", [True, False])
def test_what_waited_when_they_were_shut_out_is_not_sent(alice, clock, push, email, channel, active):
    channels = {"push": push, "email": email}
    channels[channel].answers = [Sent(Came.RETRY, "busy")]
    keep(alice, channels=[channel], times=["13:00"], time_zone="UTC")
    clock.shift(timedelta(hours=1))
    tick()
    set_active(alice, active)
    clock.shift(timedelta(minutes=5))
    tick()
    tried = Delivery.objects.get(channel=channel)
    assert (tried.state, tried.problem) == (("accepted", "") if active else ("cancelled", "shut_out"))
    assert len(push.taken) + len(email.taken) == 1 + active
    # What comes later, when they are let in again, is told again; this is not.
    set_active(alice, True)
    clock.shift(timedelta(minutes=5))
    tick()
    assert len(push.taken) + len(email.taken) == 1 + active


def test_of_what_gives_way_to_mail_meanwhile_they_are_not_mailed_either(alice, clock, push, email):
    keep(alice, channels=["push"], times=["13:00"], time_zone="UTC")
    clock.shift(timedelta(hours=1))
    taken = push.send

    def shut_out_first(delivery):
        set_active(alice, False)
        return taken(delivery)

    push.send, push.answers = shut_out_first, [Sent(Came.GONE, "gone")]
    tick()
    tick()
    assert (len(push.taken), email.taken) == (1, [])


def test_their_calendar_is_closed_for_so_long(api, alice):
    path = opened(api(alice))
    set_active(alice, False)
    assert Client().get(path).status_code == 404
    set_active(alice, True)
    assert Client().get(path).status_code == 200


def test_two_peoples_digests_have_message_ids_of_their_own(alice, bob, clock):
    for one in (alice, bob):
        keep(one, channels=["email"], times=["13:00"], time_zone="UTC", grace_minutes=15)
    clock.shift(timedelta(hours=6))
    tick()
    ids = [one.extra_headers["Message-ID"] for one in mail.outbox]
    assert len(ids) == len(set(ids)) == 2
    assert not any(one.pk.hex in id or str(one.pk) in id for one in (alice, bob) for id in ids)
