"""The ways of a reminder are changed while one of them is still being tried, or held back after a try."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from reminders.answering import answer_occurrence
from reminders.models import Delivery, Occurrence, Reminder
from reminders.sending import Came, Sent
from reminders.tasks import tick
from reminders.ways import CHANNELS
from tests.reminders.factories import keep
from tests.reminders.recorder import Recorder

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 3, 20, 21, 50, tzinfo=UTC)
MORNING = datetime(2026, 3, 21, 7, tzinfo=UTC)
BUSY = Sent(Came.RETRY, "status_503", timedelta(minutes=20))
GONE = Sent(Came.GONE, "gone")
SAME = {"times": ["21:50"], "time_zone": "UTC", "grace_minutes": 60}


@pytest.fixture
def clock():
    with time_machine.travel(DUE - timedelta(hours=1), tick=False) as traveller:
        yield traveller


class Devices(Recorder):
    """A person's two, each with an answer of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.each: dict[str, Sent] = {}

    def endpoints_of(self, owners):
        return {owner: ["old", "new"] for owner in owners}

    def send(self, delivery):
        self.taken.append(delivery)
        return self.each.get(delivery.endpoint, Sent(Came.ACCEPTED))


@pytest.fixture
def devices(monkeypatch) -> Devices:
    both = Devices()
    monkeypatch.setitem(CHANNELS, "push", both)
    return both


def change(reminder: Reminder, **parts) -> None:
    now = Reminder.objects.get(pk=reminder.pk)
    keep(now.owner, now.pk, base_version=now.version, **{**SAME, **parts})


def choose(reminder: Reminder, *ways: list[str]) -> None:
    """One choice after the other."""
    for channels in ways:
        change(reminder, channels=channels)


def tried_in_vain(alice, clock, push) -> Reminder:
    push.answers = [BUSY]
    reminder = keep(alice, **SAME, channels=["push"])
    clock.move_to(DUE)
    tick()
    push.taken.clear()
    clock.shift(timedelta(minutes=1))
    return reminder


def held_back_after_a_try(alice, clock, push) -> Reminder:
    alice.time_zone, alice.quiet_from, alice.quiet_to = "UTC", time(22), time(7)
    alice.save()
    reminder = tried_in_vain(alice, clock, push)
    clock.move_to(DUE + timedelta(minutes=20))
    tick()
    assert Delivery.objects.get(channel="push").try_at == MORNING
    return reminder


def retry(clock) -> None:
    clock.move_to(DUE + timedelta(minutes=20))
    tick()
    tick()


@pytest.mark.parametrize("changed_at", [datetime(2026, 3, 20, 23, tzinfo=UTC), MORNING - timedelta(minutes=1)])
@pytest.mark.parametrize(
    ("ways", "pushes", "mails"),
    [
        ([["push"]], 1, 0),
        ([["email"]], 0, 1),
        ([[], ["email"]], 0, 1),
        ([["email"], ["push"]], 1, 0),
        ([["email"], [], ["push"]], 1, 0),
    ],
)
def test_what_is_held_back_after_a_try_comes_in_the_morning(alice, clock, push, email, changed_at, ways, pushes, mails):
    reminder = held_back_after_a_try(alice, clock, push)
    clock.move_to(changed_at)
    choose(reminder, *ways)
    tick()
    assert (push.taken, email.taken) == ([], [])
    clock.move_to(MORNING)
    tick()
    tick()
    assert (len(push.taken), len(email.taken)) == (pushes, mails)


@pytest.mark.parametrize(("last", "pushes", "mails"), [(["push"], 1, 0), (["email"], 0, 1), ([], 0, 0)])
def test_what_is_given_up_by_every_way_comes_by_the_way_that_is_chosen_in_time(
    alice, clock, push, email, last, pushes, mails
):
    reminder = tried_in_vain(alice, clock, push)
    choose(reminder, [], last)
    retry(clock)
    assert (len(push.taken), len(email.taken)) == (pushes, mails)


def test_a_way_that_is_chosen_too_late_tells_nothing_of_before(alice, clock, push, email):
    reminder = tried_in_vain(alice, clock, push)
    choose(reminder, [])
    clock.move_to(DUE + timedelta(minutes=61))
    choose(reminder, ["push", "email"])
    tick()
    assert (push.taken, email.taken) == ([], [])


@pytest.mark.parametrize(("answer", "minutes"), [("done", None), ("skip", None), ("snooze", 30)])
def test_what_was_answered_while_it_had_no_way_is_not_told_for_choosing_one(alice, clock, push, email, answer, minutes):
    reminder = tried_in_vain(alice, clock, push)
    choose(reminder, [])
    one = Occurrence.objects.get()
    answer_occurrence(owner=alice, id=one.pk, answer=answer, answered_at=None, minutes=minutes)
    choose(reminder, ["push"])
    tick()
    assert push.taken == []
    # Put off, it comes when it was asked for.
    clock.shift(timedelta(minutes=30))
    tick()
    assert (len(push.taken), len(email.taken)) == (int(answer == "snooze"), 0)


def test_what_was_told_is_not_told_again_by_giving_up_every_way_and_choosing_one(alice, clock, push, email):
    reminder = keep(alice, **SAME, channels=["push"])
    clock.move_to(DUE)
    tick()
    choose(reminder, [], ["push"], [], ["push", "email"])
    retry(clock)
    assert (len(push.taken), len(email.taken)) == (1, 0)


@pytest.mark.parametrize("ways", [[["email"], ["push"]], [[], ["push"]], [["email"], [], ["push"]]])
def test_beside_a_dead_device_the_other_is_told_and_no_mail(alice, clock, devices, email, ways):
    devices.each = {"old": GONE, "new": BUSY}
    reminder = keep(alice, **SAME, channels=["push"])
    clock.move_to(DUE)
    tick()
    choose(reminder, *ways)
    devices.each, devices.taken = {}, []
    retry(clock)
    assert ([one.endpoint for one in devices.taken], email.taken) == (["new"], [])


def test_once_the_other_device_is_dead_too_the_mail_that_was_given_up_for_it_is_sent(alice, clock, devices, email):
    devices.each = {"old": GONE, "new": BUSY}
    reminder = keep(alice, **SAME, channels=["push"])
    clock.move_to(DUE)
    tick()
    choose(reminder, ["email"], ["push"])
    devices.each["new"] = GONE
    retry(clock)
    assert len(email.taken) == 1


def test_without_any_device_left_the_mail_that_stands_in_is_chosen_again_with_the_push(alice, clock, devices, email):
    devices.each = {"old": GONE, "new": GONE}
    email.answers = [BUSY]
    reminder = keep(alice, **SAME, channels=["push"])
    clock.move_to(DUE)
    tick()
    devices.taken.clear()
    email.taken.clear()
    choose(reminder, [], ["push"])
    retry(clock)
    assert (devices.taken, len(email.taken)) == ([], 1)
