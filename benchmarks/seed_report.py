"""Made-up years of a person who keeps everything: entries, sessions by a plan, measures, checks. Needs a database."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from random import Random

from django.db import transaction

from accounts.models import User
from exercises.loading import load_catalogue
from exercises.models import Session
from exercises.models.session import SessionItem
from tests.exercises.factories import set_for
from tests.tracker.factories import answer, measure
from tracker.models import Reading, SymptomLog
from tracker.trending import EVER, refresh_trends
from tracker.vocabulary import STREAMS

LAST = date(2026, 6, 30)
PLACES = (("low-back", "midline"), ("buttock", "left"), ("back-of-thigh", "left"), ("calf", "left"))
EXERCISES = ("bridge", "clamshell", "knee-to-chest", "piriformis-stretch", "walking")


def person(years: int, chance: Random) -> User:
    load_catalogue()
    owner = User.objects.create_user(f"years-{years}@example.org", None, display_name="Alice Example")
    first = LAST - timedelta(days=round(365.25 * years) - 1)
    diary(owner, first, chance)
    sessions(owner, first, chance)
    for n in range(0, (LAST - first).days, 7):
        at = f"{first + timedelta(n)}T19:00:00Z"
        measure(owner, answered_at=at, time_zone="UTC", interference={"pain": n % 7, "enjoyment": 4, "activity": n % 5})
        answer(owner, {"saddle": "no", "foot-drop": "no"}, answered_at=at, time_zone="UTC")
        if not n % 14:
            named = [{"name": "Climbing stairs", "rating": n % 9}, {"name": "Driving", "rating": 4}]
            measure(owner, answered_at=at, time_zone="UTC", activities=named)
    refresh_trends(owner=owner, from_day=EVER)
    return owner


def diary(owner: User, first: date, chance: Random) -> None:
    """An entry on five days of six, a second one on every third of these; two to four readings."""
    logs: list[SymptomLog] = []
    readings: list[Reading] = []
    for number in range((LAST - first).days + 1):
        day = first + timedelta(number)
        hours = () if chance.random() < 1 / 6 else (8, 20) if chance.random() < 1 / 3 else (8,)
        for hour in hours:
            moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
            level = 3 + 2 * ((number // 90) % 2)
            ratings = {stream: min(10, max(0, round(chance.gauss(level, 1.3)))) for stream in STREAMS}
            log = SymptomLog(
                id=uuid.uuid4(), owner=owner, digest=f"{number:064x}", received_at=moment, changed_at=moment,
                occurred_at=moment, utc_offset_minutes=0, time_zone="UTC", local_date=day,
                sleep_quality=chance.randrange(11) if hour == 8 else None, triggers=["sitting"] if number % 3 else [],
                self_care=[{"kind": "heat", "minutes": 15}] if number % 4 == 0 else [],
                note="A long drive, and worse at night." if number % 10 == 0 else "",
                **{f"worst_{stream}": value for stream, value in ratings.items()},
            )  # fmt: skip
            logs.append(log)
            readings += [
                Reading(log=log, position=position, region=region, side=side, **ratings)
                for position, (region, side) in enumerate(PLACES[: 2 + number % 3])
            ]
    with transaction.atomic():
        SymptomLog.objects.bulk_create(logs, batch_size=2_000)
        Reading.objects.bulk_create(readings, batch_size=5_000)


def sessions(owner: User, first: date, chance: Random) -> None:
    """A plan on four days a week, followed on three of four of them."""
    items = [
        {"exercise": slug, "sets": 1, "repetitions": 3, "hold_seconds": 20, "rest_seconds": 10, "sides": "both",
         "tempo": "", "superset": None, "round_rest_seconds": 0}
        for slug in EXERCISES
    ]  # fmt: skip
    days = ["mon", "tue", "thu", "sat"]
    plan = set_for(owner, starts_on=first.isoformat(), weekdays=days, times_a_day=1, items=items)
    for version, times in enumerate((2, 1), 1):
        body = {"starts_on": first.isoformat(), "weekdays": days, "times_a_day": times, "items": items}
        set_for(owner, id=plan.pk, base_version=version, **body)
    rows, done = [], []
    for number in range((LAST - first).days + 1):
        day = first + timedelta(number)
        if day.weekday() not in (0, 1, 3, 5) or chance.random() < 0.25:
            continue
        moment = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
        session = Session(
            id=uuid.uuid4(), owner=owner, digest=f"{number:064x}", received_at=moment, changed_at=moment,
            prescription=plan.pk, prescription_version=1, started_at=moment, ended_at=moment + timedelta(minutes=15),
            utc_offset_minutes=0, time_zone="UTC", local_date=day, ended="completed", pain_before=chance.randrange(8),
            numbness_before=3, pain_after=chance.randrange(8), numbness_after=3,
            pain_next_morning=chance.randrange(8) if number % 2 else None,
        )  # fmt: skip
        rows.append(session)
        for position, slug in enumerate(EXERCISES):
            skipped = chance.random() < 0.1
            done.append(
                SessionItem(
                    session=session,
                    position=position,
                    exercise_id=slug,
                    sets=1,
                    repetitions=3,
                    hold_seconds=20,
                    rest_seconds=10,
                    sides="both",
                    status="skipped" if skipped else "done",
                    reason="no-time" if skipped else None,
                    sets_done=0 if skipped else 1,
                    seconds_held=0 if skipped else 60,
                )
            )
    with transaction.atomic():
        Session.objects.bulk_create(rows, batch_size=2_000)
        SessionItem.objects.bulk_create(done, batch_size=2_000)
