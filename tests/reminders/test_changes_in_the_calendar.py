"""What a subscribed calendar goes by to take a change over: one id, and a sequence that rises and never falls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from exercises.prescribing import end_prescription
from reminders.feeding import calendar_of
from reminders.travelling import travel_along
from tests.exercises import factories as stretching
from tests.reminders.calendars import instants_by_file
from tests.reminders.factories import keep
from tests.reminders.test_the_calendar import events

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


def shown(owner: User) -> dict[str, str]:
    [event] = events(calendar_of(owner, timezone.now()).decode())
    return event


def assert_taken_over(before: dict[str, str], after: dict[str, str]) -> None:
    assert before["UID"] == after["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["LAST-MODIFIED"] > before["LAST-MODIFIED"]


def test_a_journey_is_a_change(alice, clock):
    keep(alice, follow_device=True, times=["07:30"])
    before = shown(alice)
    clock.shift(timedelta(days=1))
    alice.time_zone = "America/New_York"
    alice.save()
    travel_along(alice)
    assert_taken_over(before, shown(alice))


def test_another_plan_in_its_place_is_a_change_however_often_the_first_was_changed(alice, clock, catalogue):
    first, second = stretching.set_for(alice), stretching.set_for(alice)
    type(first).objects.filter(pk=first.pk).update(version=9)
    about = {"kind": "prescription", "times": ["07:30"], "text": ""}
    row = keep(alice, prescription=str(first.pk), **about)
    before = shown(alice)
    clock.shift(timedelta(days=1))
    keep(alice, row.pk, row.version, prescription=str(second.pk), **about)
    assert_taken_over(before, shown(alice))


def test_a_plan_that_is_taken_back_is_a_change(alice, clock, catalogue):
    plan = stretching.set_for(alice)
    keep(alice, kind="prescription", prescription=str(plan.pk), times=["07:30"], text="")
    before = events(calendar_of(alice, timezone.now()).decode())
    clock.shift(timedelta(days=1))
    end_prescription(owner=alice, by=alice, id=plan.pk, base_version=plan.version)
    for event in events(calendar_of(alice, timezone.now()).decode()):
        assert int(event["SEQUENCE"]) > int(before[0]["SEQUENCE"])


def test_nothing_changed_is_no_change(alice, clock):
    keep(alice, times=["07:30"])
    before = shown(alice)
    clock.shift(timedelta(days=5))
    assert shown(alice) == before


def test_a_series_starts_in_the_month_that_is_shown_however_old_it_is(alice, clock):
    keep(alice, times=["07:30"], starts_on="2026-03-01")
    clock.move_to(NOW.replace(year=2031, month=8))
    assert "20310801T073000" in calendar_of(alice, timezone.now()).decode()


def test_the_clocks_of_the_zone_are_told_for_years_to_come_however_old_the_reminder_is(alice, clock):
    row = keep(alice, times=["07:30"], starts_on="2026-03-01")
    clock.move_to(NOW.replace(year=2033, month=1))
    text = calendar_of(alice, timezone.now())
    assert row.zone == "Europe/Berlin"
    june = datetime(2033, 6, 15, tzinfo=UTC)
    assert instants_by_file(text, june, june + timedelta(days=1)) == [june.replace(hour=5, minute=30)]
