"""A push service that does not answer holds up its own devices, and nobody else's. Time is counted here, not slept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.models import User
from reminders import by_push
from reminders.models import Delivery, PushSubscription
from reminders.push.outcomes import Outcome, Verdict, again
from reminders.tasks import tick
from tests.people import make_person
from tests.reminders.factories import keep_for_all

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 3, 20, 8, tzinfo=UTC)
BEAT = timedelta(seconds=15)


class Services:
    """Two of them: `dead.example` keeps who asks waiting for ten seconds, `well.example` takes a push in 20 ms."""

    def __init__(self, clock) -> None:
        self.clock, self.asked, self.dead = clock, [], True

    def send_push(self, subscription, body, *, topic, ttl, attempt=0) -> Outcome:
        host = subscription.endpoint.split("/")[2]
        self.asked.append(host)
        if host == "dead.example" and self.dead:
            self.clock.shift(timedelta(seconds=10))
            return again("no_answer_in_time", ttl=ttl, attempt=attempt)
        self.clock.shift(timedelta(milliseconds=20))
        return Outcome(Verdict.ACCEPTED)


@pytest.fixture
def clock():
    with time_machine.travel(DUE - timedelta(minutes=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def services(clock, monkeypatch) -> Services:
    found = Services(clock)
    monkeypatch.setattr(by_push, "silent", {})
    monkeypatch.setattr(by_push, "send_push", found.send_push)
    # The clock that no journey moves, moved by the test.
    monkeypatch.setattr("reminders.delivering.monotonic", lambda: timezone.now().timestamp())
    return found


def due_on(hosts: list[str], clock, **parts) -> list[User]:
    """A person for each, with one device there, and a reminder that is due now."""
    people = [make_person(f"p{n}") for n in range(len(hosts))]
    PushSubscription.objects.bulk_create(
        PushSubscription(
            owner=person, endpoint=f"https://{host}/{n}", endpoint_hash=f"{n}", p256dh="x", auth="y", key_id="k"
        )
        for n, (person, host) in enumerate(zip(people, hosts, strict=True))
    )
    keep_for_all(people, channels=["push"], times=["08:00"], time_zone="UTC", **parts)
    clock.move_to(DUE)
    return people


def tick_until(clock, moment: datetime) -> None:
    beat = timezone.now()
    while beat <= moment:
        tick()
        beat = max(beat + BEAT, timezone.now())
        clock.move_to(beat)


def taken() -> int:
    return Delivery.objects.filter(channel="push", state="accepted").count()


def test_it_keeps_nobody_else_waiting(clock, services):
    due_on(["well.example", "dead.example"] * 50, clock)
    tick_until(clock, DUE + timedelta(minutes=4))
    assert taken() == 50


def test_it_is_asked_once_a_minute_however_many_wait_for_it(clock, services):
    due_on(["dead.example"] * 20, clock)
    tick_until(clock, DUE + timedelta(minutes=5))
    assert 4 <= len(services.asked) <= 6


def test_once_it_answers_again_it_gets_all(clock, services):
    due_on(["dead.example"] * 20, clock)
    tick_until(clock, DUE + timedelta(minutes=5))
    services.dead = False
    tick_until(clock, DUE + timedelta(minutes=8))
    assert (taken(), mail.outbox) == (20, [])


def test_mail_tells_whom_it_did_not_reach_in_time(clock, services):
    people = due_on(["dead.example"] * 20, clock, grace_minutes=15)
    tick_until(clock, DUE + timedelta(minutes=20))
    assert sorted(one.to[0] for one in mail.outbox) == sorted(one.email for one in people)


def test_mail_tells_of_what_nobody_came_to_send_in_time(clock, services):
    """Claimed, and every worker busy or gone since."""
    due_on(["well.example"], clock, grace_minutes=15)
    services.dead = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reminders.tasks.deliver_due", lambda: 0)
        tick()
    clock.move_to(DUE + timedelta(minutes=20))
    tick()
    assert (taken(), len(mail.outbox)) == (0, 1)


def test_hours_after_nobody_is_mailed(clock, services):
    due_on(["well.example"], clock, grace_minutes=15)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reminders.tasks.deliver_due", lambda: 0)
        tick()
    clock.move_to(DUE + timedelta(hours=3))
    tick()
    assert (taken(), mail.outbox) == (0, [])


def test_a_clock_that_was_put_back_does_not_keep_it_silent(clock, services):
    due_on(["dead.example"], clock, grace_minutes=120)
    by_push.silent["dead.example"] = DUE + timedelta(hours=6)
    services.dead = False
    tick()
    assert taken() == 1


def test_no_more_services_are_remembered_than_there_is_room_for(clock):
    for number in range(3 * by_push.MOST_SILENT):
        by_push.listen(f"{number}.example", again("no_answer_in_time", ttl=900, attempt=0))
    assert len(by_push.silent) <= by_push.MOST_SILENT
    by_push.silent.clear()
