"""A scheduler whose clock ran ahead for a while makes nobody miss what comes up until the others have caught up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from reminders.models import Lookout, News
from reminders.tasks import tick
from tests.reminders.announcing import A_WHILE, MILD, raise_flag, ticks_for

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        tick()
        traveller.shift(timedelta(minutes=1))
        yield traveller


def tick_ahead(clock) -> None:
    """Once, by a clock that is six hours ahead; it is set right a minute later."""
    now = timezone.now()
    clock.shift(timedelta(hours=6))
    tick()
    clock.move_to(now + timedelta(minutes=1))


def test_what_comes_up_after_it_was_set_right_is_told_once(alice, clock, push):
    tick_ahead(clock)
    raise_flag(alice)
    ticks_for(clock, 30)
    assert (len(push.taken), News.objects.count()) == (1, 1)


def test_what_was_told_before_is_not_told_again(alice, clock, push):
    raise_flag(alice)
    clock.shift(A_WHILE)
    tick()
    tick_ahead(clock)
    ticks_for(clock, 30)
    assert len(push.taken) == 1


def test_also_where_the_very_first_look_was_by_it(alice, clock, push):
    Lookout.objects.all().delete()
    tick_ahead(clock)
    raise_flag(alice, MILD)
    ticks_for(clock, 30)
    assert [one.about for one in push.taken] == ["flag"]
    assert {one.until <= timezone.now() for one in Lookout.objects.all()} == {True}
