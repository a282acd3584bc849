"""From a lease to what came of it: sent once, tried again, told by another way, and given up."""

import threading
from collections import deque
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from reminders.answering import answer_occurrence
from reminders.claiming import claim_due
from reminders.delivering import deliver_due, lease, send_all
from reminders.keeping import delete_reminder
from reminders.models import Delivery, Occurrence, Reminder
from reminders.recording import record
from reminders.sending import Came, Sent
from reminders.tasks import tick
from tests.reminders.factories import keep

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 3, 20, 6, 30, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(DUE - timedelta(hours=1), tick=False) as traveller:
        yield traveller


def due_by(channel, alice, clock, **parts):
    keep(alice, channels=[channel], times=["07:30"], **parts)
    clock.move_to(DUE)


def row(channel):
    return Delivery.objects.get(channel=channel)


def test_it_is_sent_once_with_no_transaction_open(alice, clock, email):
    due_by("email", alice, clock)
    seen = []
    taken = email.send
    before = len(connection.savepoint_ids)
    email.send = lambda delivery: seen.append(len(connection.savepoint_ids)) or taken(delivery)
    tick()
    tick()
    # The test's own transaction is all there is.
    assert seen == [before]
    [delivery] = email.taken
    assert (delivery.owner, delivery.occurrence.reminder.what) == (alice, "custom")
    assert (row("email").state, row("email").attempt, row("email").lease_token) == ("accepted", 1, None)


def test_what_must_be_tried_again_waits_twice_as_long_each_time(alice, clock, email):
    due_by("email", alice, clock)
    email.answers = [Sent(Came.RETRY, "busy")] * 2
    tick()
    assert (row("email").try_at, row("email").problem) == (DUE + timedelta(seconds=30), "busy")
    clock.move_to(DUE + timedelta(seconds=30))
    tick()
    assert row("email").try_at == DUE + timedelta(seconds=90)
    clock.move_to(DUE + timedelta(seconds=90))
    tick()
    assert (row("email").state, row("email").attempt, len(email.taken)) == ("accepted", 3, 3)


def test_the_other_side_may_say_when(alice, clock, email):
    due_by("email", alice, clock)
    email.answers = [Sent(Came.RETRY, "busy", timedelta(minutes=20))]
    tick()
    assert row("email").try_at == DUE + timedelta(minutes=20)


def test_nothing_is_sent_after_its_grace(alice, clock, email):
    due_by("email", alice, clock, grace_minutes=30)
    email.answers = [Sent(Came.RETRY, "busy", timedelta(minutes=29)), Sent(Came.RETRY, "busy")]
    tick()
    clock.move_to(DUE + timedelta(minutes=31))
    tick()
    assert (row("email").state, row("email").problem, len(email.taken)) == ("failed", "expired", 1)


def test_a_wait_beyond_the_grace_is_a_failure_at_once(alice, clock, email):
    due_by("email", alice, clock, grace_minutes=30)
    email.answers = [Sent(Came.RETRY, "busy", timedelta(minutes=31))]
    tick()
    assert (row("email").state, row("email").problem) == ("failed", "busy")


def test_a_channel_that_breaks_is_tried_again_and_its_words_are_not_logged(alice, clock, email, caplog):
    due_by("email", alice, clock)
    email.answers = [RuntimeError("alice@example.org has sciatica")]
    tick()
    assert (row("email").state, row("email").problem) == ("pending", "fault")
    assert "RuntimeError" in caplog.text
    assert "sciatica" not in caplog.text


def test_a_push_endpoint_that_is_gone_is_told_by_mail_instead(alice, clock, push, email):
    due_by("push", alice, clock)
    push.answers = [Sent(Came.GONE, "gone")]
    tick()
    tick()
    assert (row("push").state, row("push").problem) == ("failed", "gone")
    assert (row("email").state, len(push.taken), len(email.taken)) == ("accepted", 1, 1)


def test_whoever_has_no_push_endpoint_is_told_by_mail(alice, clock, push, email):
    push.reaches = False
    due_by("push", alice, clock)
    tick()
    assert (len(push.taken), len(email.taken)) == (0, 1)


def test_a_failure_for_good_is_not_tried_again(alice, clock, email):
    due_by("email", alice, clock)
    email.answers = [Sent(Came.FAILED, "refused")]
    tick()
    clock.move_to(DUE + timedelta(hours=1))
    tick()
    assert (row("email").state, row("email").problem, len(email.taken)) == ("failed", "refused", 1)


def test_a_lease_keeps_others_off_until_it_ends(alice, clock, email):
    due_by("email", alice, clock)
    tick()
    Delivery.objects.filter(channel="email").update(state="pending", try_at=DUE, ended_at=None)
    [held] = lease("email", 10)
    assert lease("email", 10) == []
    clock.move_to(DUE + timedelta(seconds=60))
    [again] = lease("email", 10)
    assert (again.pk, again.attempt) == (held.pk, held.attempt + 1)
    # The one that was slow finds its lease gone: it neither sends nor writes.
    email.taken.clear()
    assert send_all("email", [held], float("inf")) == (deque([held]), False)
    record(held, Sent(Came.FAILED, "late"))
    assert email.taken == []
    assert (row("email").state, row("email").lease_token) == ("pending", again.lease_token)


def test_what_there_is_no_time_for_is_given_back_at_once(alice, clock, email, monkeypatch):
    # The clock that no journey moves, moved by the test.
    monkeypatch.setattr("reminders.delivering.monotonic", lambda: timezone.now().timestamp())
    for _ in range(3):
        keep(alice, channels=["email"], times=["07:30"])
    clock.move_to(DUE)
    claim_due()
    taken = email.send

    def slow(delivery):
        clock.shift(21)
        return taken(delivery)

    email.send = slow
    deliver_due(seconds=20)
    left = Delivery.objects.filter(state="pending")
    assert list(left.values_list("attempt", "lease_token")) == [(0, None), (0, None)]
    assert len(email.taken) == 1
    deliver_due(seconds=100)
    assert len(email.taken) == 3


def test_an_answer_given_while_others_of_its_batch_are_sent_stops_it(alice, clock, email, monkeypatch):
    monkeypatch.setattr("reminders.delivering.monotonic", lambda: timezone.now().timestamp())
    for _ in range(2):
        keep(alice, channels=["email"], times=["07:30"])
    clock.move_to(DUE)
    taken = email.send

    def answer_the_other(delivery):
        other = Occurrence.objects.exclude(pk=delivery.occurrence_id).get()
        answer_occurrence(owner=alice, id=other.pk, answer="done", answered_at=None)
        clock.shift(3)
        return taken(delivery)

    email.send = answer_the_other
    tick()
    states = Delivery.objects.filter(channel="email").values_list("state", flat=True)
    assert (len(email.taken), sorted(states)) == (1, ["accepted", "cancelled"])


def test_one_is_on_its_way_at_a_time_so_that_a_kill_sends_one_again_at_most(alice, clock, push):
    for _ in range(3):
        keep(alice, channels=["push"], times=["07:30"])
    clock.move_to(DUE)
    taken, ended = push.send, []

    def look(delivery):
        ended.append(Delivery.objects.filter(channel="push", state="accepted").count())
        return taken(delivery)

    push.send = look
    tick()
    assert ended == [0, 1, 2]


def test_as_many_are_on_their_way_at_a_time_as_the_operator_wants(alice, clock, push, settings):
    settings.PUSHES_IN_FLIGHT = 3
    for _ in range(6):
        keep(alice, channels=["push"], times=["07:30"])
    clock.move_to(DUE)
    taken, all_there = push.send, threading.Barrier(3)

    def wait_for_the_others(delivery):
        all_there.wait(timeout=20)
        return taken(delivery)

    push.send = wait_for_the_others
    tick()
    assert len({one.pk for one in push.taken}) == len(push.taken) == 6
    assert set(Delivery.objects.values_list("state", flat=True)) == {"accepted"}


def test_a_mail_server_that_is_down_is_asked_once_a_tick_and_holds_up_no_notification(alice, clock, email, push):
    for _ in range(3):
        keep(alice, channels=["push", "email"], times=["07:30"])
    clock.move_to(DUE)
    email.answers = [Sent(Came.RETRY, "mail_server", down=True)]
    tick()
    assert (len(email.taken), len(push.taken)) == (1, 3)
    tick()
    assert len(email.taken) == 3
    clock.shift(30)
    tick()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"accepted"}


def test_time_that_one_channel_does_not_need_is_the_others(alice, clock, push, monkeypatch):
    monkeypatch.setattr("reminders.delivering.monotonic", lambda: timezone.now().timestamp())
    for _ in range(9):
        keep(alice, channels=["push"], times=["07:30"])
    clock.move_to(DUE)
    taken = push.send

    def send_slowly(delivery):
        clock.shift(1)
        return taken(delivery)

    push.send = send_slowly
    tick()
    assert len(push.taken) == 9


def test_an_answer_stops_what_waits_to_be_sent(alice, clock, email):
    due_by("email", alice, clock)
    email.answers = [Sent(Came.RETRY, "busy")]
    tick()
    answer_occurrence(owner=alice, id=Occurrence.objects.get().pk, answer="done", answered_at=None)
    clock.move_to(DUE + timedelta(minutes=5))
    tick()
    assert (row("email").state, len(email.taken)) == ("cancelled", 1)


def test_a_snooze_comes_again_by_every_way(alice, clock, email):
    due_by("email", alice, clock)
    tick()
    answer_occurrence(owner=alice, id=Occurrence.objects.get().pk, answer="snooze", answered_at=None, minutes=10)
    clock.move_to(DUE + timedelta(minutes=9))
    tick()
    assert len(email.taken) == 1
    clock.move_to(DUE + timedelta(minutes=10))
    tick()
    assert [one.turn for one in email.taken] == [0, 1]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"accepted"}


@pytest.mark.parametrize("how", ["off", "deleted", "paused"])
def test_a_snooze_of_a_reminder_that_is_no_more_stays_silent(alice, clock, email, how):
    due_by("email", alice, clock)
    tick()
    answer_occurrence(owner=alice, id=Occurrence.objects.get().pk, answer="snooze", answered_at=None, minutes=10)
    reminder = Reminder.objects.get()
    same = {"channels": ["email"], "times": ["07:30"]}
    if how == "off":
        keep(alice, reminder.pk, base_version=1, **same, active=False)
    elif how == "paused":
        keep(alice, reminder.pk, base_version=1, **same, pause={"from": "2026-03-20", "to": "2026-03-27"})
    else:
        delete_reminder(owner=alice, id=reminder.pk, base_version=None)
    clock.move_to(DUE + timedelta(minutes=10))
    tick()
    assert len(email.taken) == 1


def test_a_person_who_is_erased_while_it_is_sent_leaves_nothing(alice, clock, email):
    due_by("email", alice, clock)
    email.answers = [Sent(Came.GONE, "gone")]
    taken = email.send

    def erase_first(delivery):
        type(alice).objects.filter(pk=alice.pk).delete()
        return taken(delivery)

    email.send = erase_first
    tick()
    assert not Delivery.objects.exists()
