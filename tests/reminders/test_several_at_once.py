"""Several schedulers at the same time: on PostgreSQL, where they really run at once (tests/faults has SQLite's)."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.conf import settings
from django.db import connection, connections, transaction
from rest_framework.test import APIClient

from accounts.models import User
from reminders.claiming import claim_due
from reminders.clearing import clear_old
from reminders.models import Announcement, Delivery, News, Occurrence, Reminder
from reminders.tasks import tick
from tests.people import PASSWORD, make_person
from tests.reminders.announcing import raise_flag
from tests.reminders.factories import come_due, keep

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
]

START = datetime(2026, 3, 28, 12, tzinfo=UTC)
SCHEDULERS = 4


@pytest.fixture(autouse=True)
def several_writers(transactional_db) -> None:
    assert connection.vendor == "postgresql", "needs two writers at once: set DATABASE_URL to a PostgreSQL"


def all_at_once(job: Callable[[], object], times: int = SCHEDULERS) -> None:
    barrier, faults = threading.Barrier(times), []

    def run() -> None:
        try:
            barrier.wait()
            job()
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_four_schedulers_over_a_day_double_nothing_and_lose_nothing(email):
    """A night in which clocks are put forward; every quarter of an hour, all four at once."""
    with time_machine.travel(START, tick=False) as clock:
        for n in range(15):
            person = make_person(f"person{n}")
            for times in (["02:30"], ["07:30", "19:00"], ["00:00", "12:30", "23:45"]):
                keep(person, times=times, channels=["email"])
        for quarter in range(1, 4 * 24 + 1):
            clock.move_to(START + timedelta(minutes=15 * quarter))
            all_at_once(tick)
    # 28 March, noon, to 29 March, noon: each person's six times a day once, but for the one at which it began.
    assert Occurrence.objects.count() == 15 * 6
    assert set(Occurrence.objects.values_list("state", flat=True)) == {"due"}
    sent = Counter(delivery.occurrence_id for delivery in email.taken)
    assert (len(sent), set(sent.values())) == (15 * 6, {1})
    assert set(Delivery.objects.values_list("state", "attempt")) == {("accepted", 0), ("accepted", 1)}
    assert not Reminder.objects.filter(next_due_at__lte=START + timedelta(days=1)).exists()


def test_many_due_in_one_minute_are_shared_out(email):
    with time_machine.travel(START, tick=False) as clock:
        for n in range(30):
            person = make_person(f"person{n}")
            for _ in range(8):
                keep(person, times=["19:00"], channels=["email"])
        clock.move_to(START + timedelta(hours=7))
        all_at_once(tick)
        tick()
    assert Counter(Counter(delivery.occurrence_id for delivery in email.taken).values()) == {1: 240}


def test_one_that_somebody_holds_is_left_for_the_next_tick(alice):
    with time_machine.travel(START, tick=False) as clock:
        held, free = keep(alice, times=["19:00"]), keep(make_person("dora"), times=["19:00"])
        clock.move_to(START + timedelta(hours=7))
        with transaction.atomic():
            list(User.objects.select_for_update(no_key=True).filter(pk=alice.pk))
            all_at_once(claim_due, times=1)
            assert list(Occurrence.objects.values_list("reminder", flat=True)) == [free.pk]
        claim_due()
    assert set(Occurrence.objects.values_list("reminder", flat=True)) == {held.pk, free.pk}


@pytest.mark.parametrize("turn", range(4))
def test_a_person_who_is_erased_while_their_reminders_come_due_is_gone_whole(api, email, turn):
    with time_machine.travel(START, tick=False) as clock:
        people = [make_person(f"person{n}") for n in range(8)]
        for person in people:
            for _ in range(4):
                keep(person, times=["19:00"], channels=["email"])
        clients = [api(person) for person in people[::2]]
        clock.move_to(START + timedelta(hours=7))
        answers: list[int] = []
        jobs = [tick, tick, *(partial(erase, client, answers) for client in clients)]
        all_at_once(lambda: jobs.pop()(), times=len(jobs))
        tick()
    assert answers == [204] * 4
    assert set(Occurrence.objects.values_list("owner", flat=True)) == {person.pk for person in people[1::2]}
    assert Occurrence.objects.count() == Reminder.objects.count() == 16


def erase(client: APIClient, answers: list[int]) -> None:
    answers.append(client.delete("/api/v1/me", {"password": PASSWORD}).status_code)


def test_four_schedulers_announce_everything_once(push):
    with time_machine.travel(START, tick=False) as clock:
        tick()
        clock.shift(timedelta(minutes=1))
        people = [make_person(f"person{n}") for n in range(20)]
        for person in people:
            for answers in ({"foot-drop": "new"}, {"medicine": "new"}, {"lump": "new"}):
                raise_flag(person, answers)
        for _ in range(8):
            clock.shift(timedelta(minutes=1))
            all_at_once(tick)
    assert Counter(Counter(one.owner_id for one in push.taken).values()) == {2: 20}
    assert Counter(one.about for one in push.taken) == {"urgent": 20, "flag": 20}
    assert (Announcement.objects.count(), News.objects.count()) == (40, 60)


def test_a_person_who_is_erased_while_their_news_are_told_is_gone_whole(api, push):
    with time_machine.travel(START, tick=False) as clock:
        tick()
        clock.shift(timedelta(minutes=1))
        people = [make_person(f"person{n}") for n in range(8)]
        for person in people:
            raise_flag(person)
        clients = [api(person) for person in people[::2]]
        clock.shift(timedelta(minutes=6))
        answers: list[int] = []
        jobs = [tick, tick, *(partial(erase, client, answers) for client in clients)]
        all_at_once(lambda: jobs.pop()(), times=len(jobs))
        tick()
    assert answers == [204] * 4
    assert Counter(News.objects.values_list("owner", flat=True)) == Counter(person.pk for person in people[1::2])


@pytest.mark.parametrize("turn", range(3))
def test_what_is_changed_while_it_is_told_is_told_once_or_said_not_to_be(email, push, turn):
    with time_machine.travel(START, tick=False) as clock:
        rows = [keep(make_person(f"person{n}"), times=["19:00"], channels=["push"]) for n in range(24)]
        clock.move_to(START + timedelta(hours=7))
        edits = [
            {"channels": ["email"]},
            {"channels": ["push"], "active": False},
            {"channels": ["push"], "text": "Other"},
        ]

        def edit(some: list[Reminder]) -> None:
            for n, row in enumerate(some):
                keep(row.owner, row.pk, base_version=1, **{"times": ["19:00"], **edits[n % 3]})

        jobs = [tick, tick, partial(edit, rows[:12]), partial(edit, rows[12:])]
        all_at_once(lambda: jobs.pop()(), times=len(jobs))
        tick()
    told = Delivery.objects.exclude(channel="inbox")
    assert not Delivery.objects.filter(state="pending").exists()
    accepted = Counter(told.filter(state="accepted").values_list("occurrence", flat=True))
    withdrawn = set(Occurrence.objects.filter(state="missed", reason="changed").values_list("pk", flat=True))
    # Of those switched off before they were due there is nothing.
    assert set(accepted) | withdrawn == set(Occurrence.objects.values_list("pk", flat=True))
    assert set(accepted.values()) <= {1}
    assert not withdrawn & set(accepted)
    assert {one.reminder_id for one in Occurrence.objects.filter(pk__in=accepted)} >= {row.pk for row in rows[2::3]}


# --- clearing ----------------------------------------------------------------------------------
def long_ago(owner: User) -> Occurrence:
    return come_due(keep(owner), START - timedelta(days=settings.REMINDER_LOG_DAYS + 1))


@time_machine.travel(START)
def test_four_that_clear_at_once_clear_each_once(alice):
    for _ in range(20):
        long_ago(alice)
    cleared: list[int] = []
    all_at_once(lambda: cleared.append(clear_old()))
    assert sum(cleared) + clear_old() == 20
    assert not Occurrence.objects.exists()


@time_machine.travel(START)
def test_what_somebody_answers_is_passed_over_and_not_waited_for(alice, charlie):
    held, _ = long_ago(alice), long_ago(charlie)
    with transaction.atomic():
        Occurrence.objects.select_for_update().get(pk=held.pk)
        all_at_once(clear_old, times=1)
        assert list(Occurrence.objects.values_list("pk", flat=True)) == [held.pk]
    assert clear_old() == 1
