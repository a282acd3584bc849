"""Quiet hours hold when something goes out, not only when it is written down: after a retry, and on a journey."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from accounts.models import User
from reminders.answering import answer_occurrence
from reminders.models import Delivery, NewsChoice, Occurrence
from reminders.sending import Came, Sent
from reminders.tasks import tick
from sharing.models import CareLink, Message
from tests.reminders.announcing import raise_flag, ticks_for
from tests.reminders.factories import keep

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 3, 20, 21, 45, tzinfo=UTC)
MORNING = datetime(2026, 3, 21, 7, tzinfo=UTC)
BUSY = Sent(Came.RETRY, "status_503", timedelta(minutes=20))


@pytest.fixture
def clock():
    with time_machine.travel(EVENING, tick=False) as traveller:
        tick()
        # From now on what comes up is news.
        traveller.shift(timedelta(minutes=1))
        yield traveller


@pytest.fixture
def alice(alice) -> User:
    """Asleep from ten to seven."""
    alice.time_zone, alice.quiet_from, alice.quiet_to = "UTC", time(22), time(7)
    alice.save()
    return alice


def row(channel: str = "push") -> Delivery:
    return Delivery.objects.get(channel=channel, turn=0)


def write(bob: User, alice: User) -> None:
    care = CareLink.objects.get(owner=alice, physiotherapist=bob)
    Message.objects.create(id=uuid.uuid4(), owner=alice, link=care, sender=bob, recipient=alice, text="Hello")


def test_news_that_a_push_service_did_not_take_in_the_evening_wait_for_the_morning(alice, bob, clock, push):
    write(bob, alice)
    push.answers = [BUSY] * 2
    ticks_for(clock, 60)
    assert (row().state, row().try_at, len(push.taken)) == ("pending", MORNING, 1)
    push.answers = []
    clock.move_to(MORNING)
    tick()
    assert (row().state, len(push.taken)) == ("accepted", 2)


def test_whoever_travels_is_not_woken_by_the_wall_that_they_left(alice, clock, push):
    """Waiting for seven in Berlin, where it is one in the morning for somebody in New York by then."""
    alice.time_zone = "Europe/Berlin"
    alice.save()
    raise_flag(alice)
    ticks_for(clock, 8)
    User.objects.filter(pk=alice.pk).update(time_zone="America/New_York")
    clock.move_to(datetime(2026, 3, 21, 6, 1, tzinfo=UTC))
    tick()
    assert (push.taken, row().try_at) == ([], datetime(2026, 3, 21, 11, tzinfo=UTC))
    clock.move_to(datetime(2026, 3, 21, 11, tzinfo=UTC))
    tick()
    assert len(push.taken) == 1


def test_what_may_wake_does(alice, clock, push):
    NewsChoice.objects.create(owner=alice, urgent_breaks_quiet=True)
    raise_flag(alice)
    push.answers = [BUSY]
    ticks_for(clock, 40)
    assert (row().state, len(push.taken)) == ("accepted", 2)


def test_a_snooze_comes_when_it_was_asked_for(alice, clock, push):
    keep(alice, channels=["push"], times=["21:50"], time_zone="UTC")
    ticks_for(clock, 6)
    answer_occurrence(owner=alice, id=Occurrence.objects.get().pk, answer="snooze", answered_at=None, minutes=30)
    ticks_for(clock, 40)
    assert [one.turn for one in push.taken] == [0, 1]


@pytest.mark.parametrize(
    ("quiet", "state", "problem"), [("drop", "cancelled", "quiet"), ("defer", "pending", "status_503")]
)
def test_a_reminder_that_would_be_too_late_by_then_does_as_it_was_told(alice, clock, push, quiet, state, problem):
    keep(alice, channels=["push"], times=["21:50"], time_zone="UTC", quiet=quiet, grace_minutes=60)
    push.answers = [BUSY]
    ticks_for(clock, 45)
    assert (row().state, row().problem, len(push.taken)) == (state, problem, 1)
    clock.move_to(MORNING)
    tick()
    assert len(push.taken) == (1 if quiet == "drop" else 2)


def test_nor_does_a_mail_that_stands_in_come_in_them(alice, clock, push, email):
    keep(alice, channels=["push"], times=["21:50"], time_zone="UTC", grace_minutes=720)
    push.answers = [BUSY, Sent(Came.GONE, "gone")]
    ticks_for(clock, 60)
    clock.move_to(MORNING)
    tick()
    tick()
    assert (len(push.taken), len(email.taken)) == (2, 1)
