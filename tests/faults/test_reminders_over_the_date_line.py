"""People who go to and fro over the date line while the clock ticks: each date and time once, none left out."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from reminders.models import Occurrence, Reminder
from reminders.tasks import tick
from tests.faults.counts import count
from tests.people import make_person
from tests.reminders.factories import keep

pytestmark = [pytest.mark.fault, pytest.mark.django_db]

TRAVELLERS = count(12, 100)
DAYS = count(8, 30)
TICK = timedelta(minutes=30)
# A flight a day and a half, on average.
FLIES = 1 / 72
# Fourteen hours ahead of UTC to eleven behind, both sides of the line and between.
PLACES = ("Pacific/Kiritimati", "Pacific/Apia", "Asia/Tokyo", "Europe/Berlin", "Pacific/Honolulu", "Pacific/Pago_Pago")
TIMES = ["00:15", "07:30", "12:00", "23:45"]
START = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize("seed", range(count(2, 5)))
def test_each_date_and_time_is_due_once_wherever_they_fly(api, seed: int):
    chance = random.Random(seed)
    flights = 0
    with time_machine.travel(START, tick=False) as clock:
        people = [make_person(f"person{n}") for n in range(TRAVELLERS)]
        reminders = [keep(one, times=TIMES, follow_device=True, time_zone=one.time_zone) for one in people]
        clients = [api(one) for one in people]
        for _ in range(DAYS * 48):
            clock.shift(TICK)
            for client in clients:
                if chance.random() < FLIES:
                    there = chance.choice(PLACES)
                    assert client.patch("/api/v1/me", {"time_zone": there}).status_code == 200
                    flights += 1
            tick()
    assert flights > TRAVELLERS
    for reminder in reminders:
        named = [f"{row.local_date} {row.wall:%H:%M}" for row in Occurrence.objects.filter(reminder=reminder)]
        assert sorted(named) == without_gaps(min(named), len(named))
        # Whoever always follows the sun meets a day less or more than the calendar has.
        assert len(named) >= (DAYS - 2) * len(TIMES)
    assert not Reminder.objects.filter(next_due_at__lte=START + timedelta(days=DAYS)).exists()


def without_gaps(first: str, length: int) -> list[str]:
    day, at = date.fromisoformat(first[:10]), TIMES.index(first[11:])
    places = (divmod(at + n, len(TIMES)) for n in range(length))
    return [f"{day + timedelta(days=days)} {TIMES[place]}" for days, place in places]
