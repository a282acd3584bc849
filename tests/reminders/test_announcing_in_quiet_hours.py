"""News wait for the morning, but for what the person has said may wake them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from reminders.models import Announcement, News, NewsChoice
from reminders.tasks import tick
from tests.people import make_person
from tests.reminders.announcing import A_WHILE, MILD, deliveries, raise_flag
from tests.tracker.factories import answer
from tracker.flagging import mark_seen

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 3, 20, 2, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NIGHT, tick=False) as traveller:
        tick()
        traveller.shift(timedelta(minutes=1))
        yield traveller


@pytest.fixture
def alice(alice) -> User:
    """Asleep: it is 3 in the morning in Berlin."""
    return rests(alice, "Europe/Berlin")


def rests(person: User, zone: str) -> User:
    person.time_zone, person.quiet_from, person.quiet_to = zone, time(22), time(7)
    person.save()
    return person


def to_local(clock, zone: str, hour: int, minute: int = 0) -> None:
    now = datetime.now(ZoneInfo(zone))
    clock.move_to(datetime.combine(now.date(), time(hour, minute), ZoneInfo(zone)))


def tick_later(clock, later=A_WHILE):
    clock.shift(later)
    tick()


def test_it_waits_until_they_end(alice, clock, push):
    raise_flag(alice)
    tick_later(clock)
    to_local(clock, "Europe/Berlin", 6, 59)
    tick()
    assert push.taken == []
    to_local(clock, "Europe/Berlin", 7)
    tick()
    assert [one.about for one in push.taken] == ["urgent"]
    assert Announcement.objects.get().send_at == datetime(2026, 3, 20, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hours"),
    [("Asia/Kolkata", 0), ("Asia/Tokyo", 0), ("Pacific/Kiritimati", 0), ("Europe/London", 5), ("America/New_York", 9)],
)
def test_by_the_wall_where_the_person_is(clock, push, zone, hours):
    """2 o'clock UTC: day in Asia, night in London, and 22 o'clock the day before in New York."""
    person = rests(make_person("dora"), zone)
    raise_flag(person, MILD)
    tick_later(clock)
    assert len(push.taken) == (0 if hours else 1)
    clock.move_to(NIGHT + timedelta(hours=hours, minutes=7))
    tick()
    assert len(push.taken) == 1


def test_what_comes_up_in_the_night_is_told_together(alice, clock, push):
    raise_flag(alice, MILD)
    tick_later(clock)
    clock.shift(timedelta(hours=1))
    raise_flag(alice, {"lump": "new"})
    tick_later(clock)
    to_local(clock, "Europe/Berlin", 7)
    tick()
    assert ([one.about for one in push.taken], News.objects.count()) == (["flag"], 2)


def test_what_was_read_in_the_night_is_not_told_in_the_morning(alice, clock, push):
    flag = raise_flag(alice)
    tick_later(clock)
    mark_seen(owner=alice, by=alice, id=flag.pk)
    to_local(clock, "Europe/Berlin", 7, 1)
    tick()
    assert (push.taken, deliveries(alice, "push")) == ([], [("urgent", "cancelled")])


class TestWhereThePersonAllowsIt:
    @pytest.fixture(autouse=True)
    def allowed(self, alice):
        NewsChoice.objects.create(owner=alice, urgent_breaks_quiet=True)

    def test_what_cannot_wait_is_told_at_once(self, alice, clock, push):
        raise_flag(alice)
        tick_later(clock)
        assert [one.about for one in push.taken] == ["urgent"]

    def test_what_can_wait_does(self, alice, clock, push):
        raise_flag(alice, MILD)
        tick_later(clock)
        assert push.taken == []

    def test_what_becomes_pressing_while_it_waits_is_told_at_once(self, alice, clock, push):
        flag = raise_flag(alice, {"minor-knock": "new"})
        tick_later(clock)
        assert deliveries(alice, "push") == [("flag", "pending")]
        answer(alice, {"minor-knock": "big-accident"}, answered_at=timezone.now().isoformat())
        tick_later(clock)
        assert [one.about for one in push.taken] == ["urgent"]
        assert set(News.objects.values_list("target", flat=True)) == {flag.pk}
