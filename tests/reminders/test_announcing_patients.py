"""A physiotherapist hears once a day, at the time they chose, that their patients' list holds something new."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from reminders.models import Announcement
from reminders.tasks import tick
from sharing.models import CareLink, Practice
from tests.reminders.announcing import raise_flag

pytestmark = pytest.mark.django_db

# 06:50 in Berlin.
BEFORE = datetime(2026, 3, 20, 5, 50, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(BEFORE, tick=False) as traveller:
        # From now on what comes up is news.
        tick()
        yield traveller


@pytest.fixture
def practice(bob):
    return Practice.objects.create(owner=bob, tell_at="07:00")


def told(bob):
    return Announcement.objects.for_user(bob).filter(kind="patients").count()


def tick_after(clock, **later):
    clock.shift(timedelta(**later))
    tick()


def test_once_a_day_at_their_time(alice, bob, practice, clock, push):
    raise_flag(alice)
    tick_after(clock, minutes=9)
    assert told(bob) == 0
    for _ in range(3):
        tick_after(clock, minutes=1)
        assert told(bob) == 1
    tick_after(clock, hours=24)
    assert told(bob) == 2


def test_it_names_nobody(alice, bob, practice, clock, push, api):
    raise_flag(alice)
    tick_after(clock, minutes=11)
    [shown] = [one for one in api(bob).get("/api/v1/announcements").json()["results"] if one["kind"] == "patients"]
    assert [one["target"] for one in shown["news"]] == [str(bob.pk)]
    assert str(alice.pk) not in str(shown)


@pytest.mark.parametrize("why", ["nothing new", "not chosen", "no time", "ended"])
def test_there_is_no_message_without_a_signal_that_they_chose(api, alice, bob, practice, clock, push, why):
    if why != "nothing new":
        raise_flag(alice)
    if why == "not chosen":
        Practice.objects.update(signals=["silent-week"])
    if why == "no time":
        Practice.objects.update(tell_at=None)
    if why == "ended":
        api(alice).delete(f"/api/v1/care-links/{CareLink.objects.get().pk}")
    tick_after(clock, minutes=11)
    assert told(bob) == 0
