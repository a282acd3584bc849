"""What is new is told: flags, plans that others set, and messages; each once, and only while it is new."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from exercises.prescribing import end_prescription
from reminders.announcing import LIFE, LOOK_BACK
from reminders.by_mail import MOST_A_DAY
from reminders.models import Announcement, Delivery, News, NewsChoice
from reminders.sending import Came, Sent
from reminders.tasks import tick
from sharing.models import CareLink, Message
from tests.exercises.factories import set_for
from tests.people import make_person
from tests.reminders.announcing import MILD, URGENT, deliveries, look_back_over, raise_flag, tick_later, ticks_for
from tests.tracker.factories import answer
from tracker.flagging import mark_seen, reopen_flag, resolve_flag
from tracker.models import Flag

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        # From now on what comes up is news.
        tick()
        traveller.shift(timedelta(minutes=1))
        yield traveller


def write(sender, recipient, text="Better today?"):
    patient = recipient if recipient.display_name == "Alice" else sender
    between = {"owner": patient, "link": CareLink.objects.get(owner=patient), "sender": sender, "recipient": recipient}
    return Message.objects.create(id=uuid.uuid4(), text=text, **between)


def told(push):
    return [(one.owner, one.about) for one in push.taken]


class TestFlags:
    def test_one_that_nobody_has_read_is_told_after_a_while(self, alice, clock, push):
        raise_flag(alice)
        tick()
        assert push.taken == []
        tick_later(clock)
        assert told(push) == [(alice, "urgent")]
        look_back_over(clock)
        assert told(push) == [(alice, "urgent")]
        assert deliveries(alice, "inbox") == [("urgent", "accepted")]

    def test_one_that_can_wait_is_told_as_such(self, alice, clock, push):
        raise_flag(alice, MILD)
        tick_later(clock)
        assert told(push) == [(alice, "flag")]

    def test_several_that_came_up_together_are_told_once(self, alice, clock, push):
        answer(alice, {"foot-drop": "new", "saddle": "new"}, answered_at="2026-03-20T12:01:00Z")
        assert Flag.objects.count() == 2
        tick_later(clock)
        assert (len(push.taken), News.objects.count()) == (1, 2)

    @pytest.mark.parametrize("act", ["seen", "resolved"])
    def test_one_that_was_read_meanwhile_is_not_told(self, alice, clock, push, act):
        flag = raise_flag(alice, MILD)
        if act == "seen":
            mark_seen(owner=alice, by=alice, id=flag.pk)
        else:
            resolve_flag(owner=alice, by=alice, id=flag.pk, reason="checked")
        tick_later(clock)
        assert (push.taken, Announcement.objects.count()) == ([], 0)

    def test_one_that_is_read_before_it_could_be_sent_is_not_sent(self, alice, clock, push):
        flag = raise_flag(alice)
        push.answers = [Sent(Came.RETRY, "busy", timedelta(minutes=2))]
        tick_later(clock)
        mark_seen(owner=alice, by=alice, id=flag.pk)
        ticks_for(clock, 5)
        assert len(push.taken) == 1
        assert deliveries(alice, "push") == [("urgent", "cancelled")]
        assert Delivery.objects.get(channel="push").problem == "read"

    def test_one_that_got_worse_since_it_was_read_is_told_again(self, alice, clock, push):
        flag = raise_flag(alice)
        tick_later(clock)
        mark_seen(owner=alice, by=alice, id=flag.pk)
        clock.shift(timedelta(hours=1))
        answer(alice, {"foot-drop": "worse"}, answered_at="2026-03-20T13:07:00Z")
        assert Flag.objects.get().state == "reopened"
        tick_later(clock)
        assert told(push) == [(alice, "urgent")] * 2

    def test_what_the_person_does_to_one_is_no_news(self, alice, clock, push):
        flag = raise_flag(alice, MILD)
        resolve_flag(owner=alice, by=alice, id=flag.pk, reason="checked")
        clock.shift(timedelta(minutes=1))
        reopen_flag(owner=alice, by=alice, id=flag.pk)
        tick_later(clock)
        assert push.taken == []

    def test_those_from_before_anybody_looked_are_no_news(self, alice, push):
        with time_machine.travel(NOON, tick=False) as clock:
            raise_flag(alice)
            clock.shift(timedelta(minutes=1))
            look_back_over(clock)
            assert push.taken == []
            raise_flag(alice, MILD)
            tick_later(clock)
        assert told(push) == [(alice, "flag")]

    def test_after_an_outage_what_is_still_unread_is_told_unless_it_is_old(self, alice, clock, push):
        raise_flag(alice)
        clock.shift(timedelta(hours=1))
        raise_flag(alice, MILD)
        clock.shift(LOOK_BACK - timedelta(minutes=30))
        tick()
        assert told(push) == [(alice, "flag")]


class TestPlans:
    def test_one_that_somebody_else_set_is_told(self, alice, bob, clock, push, catalogue):
        set_for(alice, by=bob)
        look_back_over(clock)
        assert told(push) == [(alice, "prescription")]

    def test_ones_own_is_not(self, alice, clock, push, catalogue):
        set_for(alice)
        look_back_over(clock)
        assert push.taken == []

    def test_several_changes_within_minutes_are_one(self, alice, bob, clock, push, catalogue):
        plan = set_for(alice, by=bob)
        for version, times in ((1, 3), (2, 4)):
            ticks_for(clock, 3)
            set_for(alice, by=bob, id=plan.pk, base_version=version, times_a_day=times)
        look_back_over(clock)
        assert told(push) == [(alice, "prescription")]
        assert News.objects.get().step == 3

    def test_a_later_change_is_told_too_and_so_is_the_end(self, alice, bob, clock, push, catalogue):
        plan = set_for(alice, by=bob)
        look_back_over(clock)
        set_for(alice, by=bob, id=plan.pk, base_version=1, times_a_day=3)
        look_back_over(clock)
        end_prescription(owner=alice, by=bob, id=plan.pk, base_version=2)
        look_back_over(clock)
        assert told(push) == [(alice, "prescription")] * 3


class TestMessages:
    def test_an_unread_one_is_told_to_whom_it_is_written(self, alice, bob, clock, push):
        write(bob, alice)
        clock.shift(timedelta(hours=1))
        tick()
        write(alice, bob)
        tick_later(clock)
        assert told(push) == [(alice, "message"), (bob, "message")]

    def test_several_in_a_row_are_told_once(self, alice, bob, clock, push):
        for text in ("Hello", "One thing more"):
            write(bob, alice, text)
        look_back_over(clock)
        assert told(push) == [(alice, "message")]

    def test_others_within_an_hour_join_it_until_it_is_read(self, alice, bob, clock, push):
        for _ in range(5):
            write(bob, alice)
            ticks_for(clock, 3)
        assert (len(push.taken), News.objects.count(), Announcement.objects.count()) == (1, 5, 1)
        Message.objects.update(read_at=timezone.now())
        write(bob, alice)
        ticks_for(clock, 3)
        assert len(push.taken) == 2

    def test_after_an_hour_another_is_told_anew(self, alice, bob, clock, push):
        write(bob, alice)
        ticks_for(clock, 3)
        clock.shift(timedelta(hours=1))
        write(bob, alice)
        ticks_for(clock, 3)
        assert told(push) == [(alice, "message")] * 2

    def test_one_that_was_read_at_once_is_not_told(self, alice, bob, clock, push):
        write(bob, alice)
        Message.objects.update(read_at=NOON)
        look_back_over(clock)
        assert push.taken == []

    def test_one_that_was_erased_with_its_sender_is_not_told(self, alice, bob, clock, push):
        write(bob, alice)
        bob.delete()
        look_back_over(clock)
        assert (push.taken, News.objects.count()) == ([], 0)


def test_forty_messages_do_not_use_up_the_mails_of_what_cannot_wait(alice, clock):
    now = timezone.now()
    Delivery.objects.bulk_create(
        Delivery(
            owner=alice, about="message", subject=str(uuid.uuid4()), channel="email", state="accepted",
            send_at=now, expires_at=now, ended_at=now,
        )
        for _ in range(MOST_A_DAY)
    )  # fmt: skip
    raise_flag(alice, MILD)
    raise_flag(alice, URGENT)
    tick_later(clock)
    rows = Delivery.objects.filter(channel="email", about__in=["flag", "urgent"]).order_by("about")
    assert [(one.about, one.state, one.problem) for one in rows] == [
        ("flag", "failed", "too_many"),
        ("urgent", "accepted", ""),
    ]


class TestWays:
    def test_without_a_device_it_comes_by_mail(self, alice, clock, email, push):
        push.reaches = False
        raise_flag(alice)
        tick_later(clock)
        assert ([one.about for one in email.taken], push.taken) == (["urgent"], [])

    def test_a_device_that_is_gone_is_stood_in_for_by_mail(self, alice, clock, email, push):
        push.answers = [Sent(Came.GONE, "gone")]
        raise_flag(alice)
        tick_later(clock)
        tick()
        assert deliveries(alice, "push") == [("urgent", "failed")]
        assert deliveries(alice, "email") == [("urgent", "accepted")]

    def test_by_the_ways_that_were_chosen_for_its_kind(self, alice, bob, clock, email, push, catalogue):
        NewsChoice.objects.create(owner=alice, flag=["push", "email"], prescription=["email"], message=[])
        raise_flag(alice)
        set_for(alice, by=bob)
        write(bob, alice)
        look_back_over(clock)
        assert [one.about for one in push.taken] == ["urgent"]
        assert [one.about for one in email.taken] == ["urgent", "prescription"]
        assert [about for about, _ in deliveries(alice, "inbox")] == ["message", "urgent", "prescription"]

    def test_what_nobody_takes_is_given_up_after_a_day(self, alice, clock, push):
        push.answers = [Sent(Came.RETRY, "busy")] * 2
        raise_flag(alice, MILD)
        tick_later(clock)
        tick_later(clock, LIFE + timedelta(minutes=1))
        tick_later(clock)
        assert deliveries(alice, "push") == [("flag", "failed")]


def test_one_who_is_erased_before_they_are_told_stops_nobody(alice, clock, push):
    other = make_person("dora")
    raise_flag(alice)
    raise_flag(other)
    alice.delete()
    tick_later(clock)
    assert told(push) == [(other, "urgent")]


def test_one_whose_news_break_stops_neither_the_others_nor_the_clock(alice, clock, push, caplog):
    other = make_person("dora")
    User.objects.filter(pk=alice.pk).update(time_zone="Nowhere/Land", quiet_from="22:00", quiet_to="07:00")
    for person in (alice, other):
        raise_flag(person, URGENT)
    tick_later(clock)
    assert told(push) == [(other, "urgent")]
    assert "An announcement broke" in caplog.text
    assert "Nowhere" not in caplog.text
    User.objects.filter(pk=alice.pk).update(time_zone="Europe/Berlin")
    tick_later(clock, timedelta(minutes=1))
    assert told(push) == [(other, "urgent"), (alice, "urgent")]


def test_a_tick_with_nothing_new_asks_as_much_as_ever(clock, push):
    look_back_over(clock)
    with CaptureQueriesContext(connection) as before:
        tick_later(clock)
    for n in range(10):
        raise_flag(make_person(f"person{n}"))
    look_back_over(clock)
    with CaptureQueriesContext(connection) as after:
        tick_later(clock)
    with CaptureQueriesContext(connection) as at_once:
        tick()
    assert len(after) == len(before)
    assert len(at_once) < len(after)
