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
from datetime import UTC, date, datetime, timedelta
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
from tracker.sweeping import sweep_trends  # noqa: E402
from tracker.trending import EVER, refresh_trends  # noqa: E402

START = date(2016, 1, 1)
TEN_YEARS, YEAR = 3652, 365
PEOPLE, NEW_ENTRIES = 60, 60
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


def cpu_ms(owner: User, day: date) -> float:
    began = process_time()
    refresh_trends(owner=owner, from_day=day)
    return 1000 * (process_time() - began)


def one_person() -> dict[str, float]:
    chance = Random(1)
    owner = User.objects.create_user("ten-years@example.org", None)
    diary(owner, 0, TEN_YEARS, chance)
    anew = cpu_ms(owner, EVER)
    taken = []
    for number in range(NEW_ENTRIES):
        # As when an entry is taken: in the transaction that writes it.
        with transaction.atomic():
            diary(owner, TEN_YEARS + number, 1, chance)
            taken.append(cpu_ms(owner, START + timedelta(TEN_YEARS + number)))
    edited = [cpu_ms(owner, START + timedelta(TEN_YEARS - 730)) for _ in range(5)]
    return {
        "new_entry_cpu_ms": round(median(taken), 2),
        "new_entry_worst_cpu_ms": round(max(taken), 2),
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
    for _ in sweep_trends(chunk=10):
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
