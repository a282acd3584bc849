"""Made-up reminders over nights in which the clocks change: each comes when the list said it would, edits and all."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reminders.answering import answer_occurrence
from reminders.foreseeing import next_told
from reminders.models import Delivery, Occurrence, Reminder
from reminders.tasks import tick
from reminders.travelling import travel_along
from tests.reminders.factories import keep, reminder_body

pytestmark = pytest.mark.django_db

# Three days before the clocks change, or the date line is crossed by the whole place.
BEFORE = [
    ("Europe/Berlin", date(2026, 3, 26)),
    ("Europe/Berlin", date(2026, 10, 22)),
    ("Australia/Lord_Howe", date(2026, 10, 1)),
    ("America/Havana", date(2026, 10, 29)),
    ("Africa/Cairo", date(2026, 4, 21)),
    ("Pacific/Apia", date(2011, 12, 27)),
]
PLACES = ["Europe/Berlin", "Pacific/Honolulu", "Pacific/Kiritimati", "America/New_York"]
WALLS = ["00:30", "01:45", "02:00", "02:15", "02:30", "03:10", "06:40", "12:00", "22:30", "23:55"]
CHANNELS = [[], ["push"], ["push", "email"]]
STEPS = 30


def made_up(chosen: random.Random, zone: str, begin: date) -> dict:
    day = begin + timedelta(days=chosen.randrange(-9, 5))
    pause = {"from": f"{day}", "to": f"{day + timedelta(days=chosen.randrange(9))}"}
    weekly = chosen.random() < 0.2
    return {
        "times": chosen.sample(WALLS, chosen.randint(1, 3)),
        "frequency": "weekly" if weekly else "daily",
        "interval": 1 if weekly else chosen.choice([1, 1, 2, 3]),
        "weekdays": ["wed", "sat", "sun"] if weekly else [],
        "starts_on": f"{begin - timedelta(days=chosen.randrange(5))}",
        "ends_on": f"{begin + timedelta(days=chosen.randrange(2, 9))}" if chosen.random() < 0.2 else None,
        "time_zone": zone,
        "follow_device": chosen.random() < 0.5,
        "quiet": chosen.choice(["defer", "drop"]),
        "pause": pause if chosen.random() < 0.4 else None,
        "channels": chosen.choice(CHANNELS),
        "grace_minutes": chosen.choice([60, 600]),
    }


def heard() -> int:
    """Once for each that rang; in the app's list alone stands only what has no other way."""
    taken = Delivery.objects.filter(state="accepted", about="occurrence")
    rung = Delivery.objects.exclude(channel="inbox").exclude(problem="rerouted")
    louder = rung.filter(occurrence=OuterRef("occurrence"), turn=OuterRef("turn"))
    return taken.exclude(Q(channel="inbox") & Exists(louder)).count()


def next_event() -> datetime | None:
    """The next moment at which a tick has anything to do."""
    due = Reminder.objects.values_list("next_due_at", flat=True)
    waiting = Delivery.objects.filter(state="pending").values_list("try_at", flat=True)
    return min(filter(None, [*due, *waiting]), default=None)


def happens(chosen: random.Random, reminder: Reminder, zone: str, begin: date) -> None:
    """An edit, a journey, a snooze: while something is due or held back, or between."""
    owner = reminder.owner
    what = chosen.choice(["edit", "pause", "again", "zone", "travel", "snooze", "off", "ways"])
    body = {name: value for name, value in reminder.body().items() if name in reminder_body()}
    if what == "travel":
        owner.time_zone = chosen.choice(PLACES)
        owner.save()
        travel_along(owner)
    elif what == "snooze":
        told = Occurrence.objects.told(timezone.now()).filter(state="due").order_by("due_at").last()
        if told and timezone.now() - told.due_at < timedelta(days=1):
            answer_occurrence(owner=owner, id=told.pk, answer="snooze", answered_at=None, minutes=30)
    else:
        new = made_up(chosen, zone, begin)
        changed = {
            "edit": new,
            "pause": {"pause": new["pause"]},
            "zone": {"time_zone": chosen.choice(PLACES), "follow_device": False},
            "off": {"active": not reminder.active},
            "ways": {"channels": chosen.choice(CHANNELS)},
        }
        keep(owner, reminder.pk, base_version=reminder.version, **body | changed.get(what, {}))


@pytest.mark.parametrize("seed", range(18))
def test_what_is_foretold_comes_and_nothing_before_it(alice, push, email, seed):
    chosen = random.Random(seed)
    zone, begin = BEFORE[seed % len(BEFORE)]
    alice.time_zone = zone
    if chosen.random() < 0.7:
        alice.quiet_from, alice.quiet_to = chosen.sample(["22:00", "23:30", "01:30", "02:15", "02:30", "07:00"], 2)
    alice.save()
    alice.refresh_from_db()
    with time_machine.travel(datetime(begin.year, begin.month, begin.day, tzinfo=UTC), tick=False) as clock:
        id = keep(alice, **made_up(chosen, zone, begin)).pk
        for _ in range(STEPS):
            tick()
            now, before = timezone.now(), heard()
            reminder = Reminder.objects.select_related("owner").get(pk=id)
            foretold = next_told([reminder], now)[id].at
            then = next_event()
            story = f"{foretold} of {reminder.body()} in {reminder.zone}, quiet {alice.quiet_from} to {alice.quiet_to}"
            if then is None:
                assert foretold is None, story
            elif chosen.random() < 0.3:
                # Before anything comes, or just as it is held back.
                clock.move_to(min(then, now + timedelta(hours=5)))
                tick()
                happens(chosen, Reminder.objects.select_related("owner").get(pk=id), zone, begin)
                continue
            else:
                assert foretold is None or foretold > now, story
                clock.move_to(then)
                tick()
                assert (heard() > before) == (then == foretold), f"{then}: {story}"
