"""What came due long ago goes; what is still to be told, or may be met again, stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reminders import clearing
from reminders.claiming import LOOK_BACK
from reminders.clearing import clear_old
from reminders.models import Delivery, Occurrence, Reminder
from reminders.tasks import clear_old_occurrences
from tests.reminders.factories import come_due, keep

pytestmark = pytest.mark.django_db

KEPT_DAYS = 90


@pytest.fixture(autouse=True)
def kept_for_90_days(settings):
    settings.REMINDER_LOG_DAYS = KEPT_DAYS


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def told(occurrence, **parts):
    at = occurrence.send_at
    state = {"state": "accepted", "ended_at": at, "try_at": None} | parts
    return Delivery.objects.create(
        owner=occurrence.owner,
        occurrence=occurrence,
        subject=str(occurrence.pk),
        channel="inbox",
        send_at=at,
        expires_at=at + timedelta(hours=2),
        **state,
    )


def left():
    return set(Occurrence.objects.values_list("pk", flat=True))


def test_what_is_older_goes_with_its_deliveries_and_the_rest_stays(alice, charlie):
    old = [come_due(keep(who), days_ago(KEPT_DAYS + 1)) for who in (alice, charlie)]
    young = come_due(keep(alice), days_ago(KEPT_DAYS - 1))
    for one in (*old, young):
        told(one)
    assert clear_old() == 2
    assert left() == {young.pk}
    assert set(Delivery.objects.values_list("occurrence", flat=True)) == {young.pk}
    assert Reminder.objects.count() == 3


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"state": "missed", "reason": "late"},
        {"state": "answered", "answer": "done", "answered_at": timezone.now()},
        {"state": "answered", "answer": "snooze", "answered_at": timezone.now(), "snoozed_until": days_ago(100)},
    ],
    ids=["never answered", "missed", "done", "put off and forgotten"],
)
def test_whatever_became_of_it(alice, parts):
    come_due(keep(alice), days_ago(KEPT_DAYS + 20), **parts)
    clear_old_occurrences()
    assert not left()


@pytest.mark.parametrize("leased", [False, True])
def test_what_still_waits_or_is_being_sent_stays(alice, leased):
    one = come_due(keep(alice), days_ago(KEPT_DAYS + 1))
    told(one)
    told(one, turn=1, state="pending", try_at=timezone.now(), ended_at=None, attempt=int(leased))
    assert clear_old() == 0
    assert (left(), Delivery.objects.count()) == ({one.pk}, 2)


@pytest.mark.parametrize(
    "parts",
    [
        {"send_at": timezone.now() + timedelta(hours=1)},
        {
            "state": "answered",
            "answer": "snooze",
            "answered_at": timezone.now(),
            "snoozed_until": timezone.now() + timedelta(hours=1),
        },
    ],
    ids=["held back", "put off"],
)
def test_what_is_told_later_stays(alice, parts):
    come_due(keep(alice), days_ago(KEPT_DAYS + 1), **parts)
    assert clear_old() == 0
    assert len(left()) == 1


def test_old_digests_go_and_announcements_stay(alice):
    parts = {"owner": alice, "channel": "push", "state": "accepted", "expires_at": timezone.now()}
    for about in ("digest", "flag"):
        for days in (KEPT_DAYS - 1, KEPT_DAYS + 1):
            at = days_ago(days)
            Delivery.objects.create(about=about, subject=f"{at:%F}", send_at=at, ended_at=at, **parts)
    clear_old()
    assert sorted(Delivery.objects.values_list("about", flat=True)) == ["digest", "flag", "flag"]


def test_it_goes_in_batches_until_its_time_is_up_and_on_the_next_time(alice, monkeypatch):
    monkeypatch.setattr(clearing, "BATCH", 2)
    reminder = keep(alice)
    for days in range(5):
        come_due(reminder, days_ago(KEPT_DAYS + 1 + days))
    assert clear_old(seconds=0) == 2
    assert len(left()) == 3
    assert clear_old() == 3
    assert clear_old() == 0


def test_a_day_kept_in_the_settings_is_longer_than_the_clock_looks_back():
    assert timedelta(days=60) > 2 * LOOK_BACK
