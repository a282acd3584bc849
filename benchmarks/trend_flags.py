"""
What following the trends costs: `python -m benchmarks.trend_flags` prints JSON. On SQLite, in a database of its own.

One new entry of a person with ten years of history, in CPU beyond the write; an edit of an entry two years old; and
everybody anew, a year each, extrapolated to 100,000 people on two cores, with the memory it takes.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from statistics import median
from time import monotonic, process_time

# Before Django reads its settings: a benchmark touches nobody's diary.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="unpinch-bench-")
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

# Below the setup, without which no model can be imported.
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from accounts.models import User  # noqa: E402
from tracker.models import Flag, Reading, SymptomLog  # noqa: E402
from tracker.recording import TrendsWhen, record_log  # noqa: E402
from tracker.sweeping import sweep_trends  # noqa: E402
from tracker.trending import EVER, follow_trends, refresh_trends  # noqa: E402
from tracker.vocabulary import STREAMS  # noqa: E402

START = date(2016, 1, 1)
TEN_YEARS, YEAR = 3652, 365
PEOPLE, NEW_ENTRIES = 100, 60
EVERYBODY, CORES = 100_000, 2
TARGETS = {"new_entry_cpu_ms": 5.0}


def diary(owner: User, first: int, days: int, chance: Random) -> None:
    """An entry a day on three days of four, with two readings, around levels of the person's own."""
    level = chance.uniform(2, 6)
    logs, readings = [], []
    for number in range(first, first + days):
        if chance.random() < 0.25:
            continue
        day = START + timedelta(number)
        moment = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
        ratings = {
            name: min(10, max(0, round(chance.gauss(level, 1.2))))
            for name in ("numbness", "tingling", "pain", "weakness")
        }
        log = SymptomLog(
            id=uuid.uuid4(), owner=owner, digest=f"{number:064x}", received_at=moment, changed_at=moment,
            occurred_at=moment, utc_offset_minutes=0, time_zone="UTC", local_date=day,
            **{f"worst_{name}": value for name, value in ratings.items()},
        )  # fmt: skip
        logs.append(log)
        readings += [
            Reading(log=log, position=position, region=region, side="left", **ratings)
            for position, region in enumerate(("back-of-thigh", "calf"))
        ]
    with transaction.atomic():
        SymptomLog.objects.bulk_create(logs)
        Reading.objects.bulk_create(readings)


def cpu_ms(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return 1000 * (process_time() - began)


def taken_ms(owner: User, number: int, chance: Random, trends: TrendsWhen) -> float:
    """One entry as the API takes it, without HTTP."""
    ratings = {name: min(10, max(0, round(chance.gauss(4, 1.2)))) for name in STREAMS}
    places = [{"region": region, "side": "left", **ratings, "qualities": []} for region in ("back-of-thigh", "calf")]
    moment = datetime.combine(START + timedelta(number), time(8), UTC).isoformat(timespec="milliseconds")
    body = {"occurred_at": moment, "time_zone": "UTC", "readings": places, "sleep_quality": 6}
    body |= {"triggers": [], "note": "", "self_care": []}
    return cpu_ms(lambda: record_log(owner=owner, id=uuid.uuid4(), body=body, base_version=None, trends=trends))


def nothing(*, owner: User, from_day: date) -> None:
    """The bare write."""


def one_person() -> dict[str, float]:
    chance = Random(1)
    owner = User.objects.create_user("ten-years@example.org", None)
    diary(owner, 0, TEN_YEARS, chance)
    anew = cpu_ms(lambda: refresh_trends(owner=owner, from_day=EVER))
    followed = []

    def following(*, owner: User, from_day: date) -> None:
        followed.append(cpu_ms(lambda: follow_trends(owner=owner, from_day=from_day)))

    written, taken = [], []
    for number in range(NEW_ENTRIES):
        written.append(taken_ms(owner, TEN_YEARS + number, chance, nothing))
        # The second of the day costs what the first does.
        taken.append(taken_ms(owner, TEN_YEARS + number, chance, following))
    two_years_ago = START + timedelta(TEN_YEARS - 730)
    edited = [cpu_ms(lambda: refresh_trends(owner=owner, from_day=two_years_ago)) for _ in range(5)]
    return {
        "new_entry_cpu_ms": round(median(followed), 2),
        "new_entry_worst_cpu_ms": round(max(followed), 2),
        "write_without_trends_cpu_ms": round(median(written), 2),
        "write_with_trends_to_without": round(median(taken) / median(written), 2),
        "two_year_old_edit_cpu_ms": round(median(edited), 1),
        "ten_years_anew_cpu_ms": round(anew, 1),
        "flags": Flag.objects.for_user(owner).count(),
    }


def everybody() -> dict[str, float]:
    chance = Random(2)
    User.objects.all().delete()
    for number in range(PEOPLE):
        diary(User.objects.create_user(f"p{number}@example.org", None), 0, YEAR, chance)
    began, used = monotonic(), process_time()
    for _ in sweep_trends():
        pass
    used = process_time() - used
    return {
        "people_a_second": round(PEOPLE / (monotonic() - began), 1),
        "people_a_cpu_second": round(PEOPLE / used, 1),
        "everybody_on_two_cores_minutes": round(EVERYBODY / CORES * used / PEOPLE / 60, 1),
        "flags_a_person_year": round(Flag.objects.count() / PEOPLE, 2),
        "memory_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def main() -> int:
    call_command("migrate", verbosity=0)
    measured = {"one_person": one_person(), "everybody": everybody()}
    print(json.dumps({"measured": measured, "targets": TARGETS}, indent=2))
    return 0 if measured["one_person"]["new_entry_cpu_ms"] <= TARGETS["new_entry_cpu_ms"] else 1


if __name__ == "__main__":
    sys.exit(main())
