"""
A physiotherapist's list: `python -m benchmarks.triage` prints JSON. On SQLite, in a database of its own.

50 and 500 patients with four weeks of entries, a prescription, sessions, flags and messages each: the first page, from
the request to its bytes, in wall time and CPU, and the number of queries, which must not grow.
"""

from __future__ import annotations

import json
import os
import tempfile
import uuid
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter, process_time

# Before Django reads its settings: a benchmark touches nobody's diary.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="unpinch-bench-")
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

# Below the setup, without which no model can be imported.
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from rest_framework.test import APIClient  # noqa: E402

from accounts.models import User  # noqa: E402
from exercises.loading import load_catalogue  # noqa: E402
from exercises.models import Prescription, Session, SessionItem  # noqa: E402
from sharing.models import Access, CareLink, Message  # noqa: E402
from tracker.models import Flag, SymptomLog  # noqa: E402

SIZES, ROUNDS, DAYS = (50, 500), 9, 28
TARGETS = {"cpu_ms": 400.0}
ADDRESS = "/api/v1/patients"


def patient(number: int, bob: User, chance: Random) -> None:
    now = datetime.now(UTC)
    owner = User.objects.create(email=f"patient{number}@example.org", display_name=f"Patient {number}")
    taken = {"owner": owner, "digest": "", "received_at": now, "changed_at": now}
    link = CareLink.objects.create(owner=owner, physiotherapist=bob, accepted_at=now - timedelta(days=60))
    plan = Prescription.objects.create(
        id=uuid.uuid4(), name="Daily", times_a_day=1, weekdays=["mon", "wed", "fri"], ease_at=4, stop_at=6,
        ease_rise=2, stop_rise=3, starts_on=(now - timedelta(days=40)).date(), **taken,
    )  # fmt: skip
    logs, sessions = [], []
    for back in range(chance.choice([0, 0, 0, 9]), DAYS):
        when = {"utc_offset_minutes": 0, "time_zone": "UTC", "local_date": (now - timedelta(days=back)).date()}
        at = now - timedelta(days=back)
        worst = {f"worst_{name}": chance.randint(0, 9) for name in ("numbness", "tingling", "pain", "weakness")}
        logs += [SymptomLog(id=uuid.uuid4(), occurred_at=at, **when, **worst, **taken) for _ in range(2)]
        if chance.random() < 0.5:
            felt = {"pain_before": 3, "pain_after": chance.randint(2, 6)}
            sessions.append(
                Session(id=uuid.uuid4(), prescription=plan.pk, started_at=at, ended_at=at, ended="completed",
                        **felt, **when, **taken)
            )  # fmt: skip
    SymptomLog.objects.bulk_create(logs)
    Session.objects.bulk_create(sessions)
    done = {
        "exercise_id": "bridge",
        "sets": 1,
        "repetitions": 3,
        "hold_seconds": 20,
        "rest_seconds": 10,
        "sides": "both",
    }
    SessionItem.objects.bulk_create(
        SessionItem(session=one, position=place, status="done", sets_done=1, seconds_held=60, **done)
        for one in sessions
        for place in range(6)
    )
    for rule in chance.sample(["sustained-worsening", "flare", "aggravated-by"], chance.randint(0, 2)):
        Flag.objects.create(owner=owner, rule=rule, level="W", opened_at=now, raised_at=now, changed_at=now)
    for _ in range(chance.randint(0, 3)):
        Message.objects.create(id=uuid.uuid4(), owner=owner, link=link, sender=owner, recipient=bob, text="How?")


def measure(client: APIClient) -> dict[str, float]:
    walls, cpus = [], []
    for _ in range(ROUNDS):
        wall, cpu = perf_counter(), process_time()
        answer = client.get(ADDRESS)
        walls.append(perf_counter() - wall)
        cpus.append(process_time() - cpu)
        assert answer.status_code == 200, answer.content
    Access.objects.all().delete()
    with CaptureQueriesContext(connection) as seen:
        client.get(ADDRESS)
    return {
        "ms": round(median(walls) * 1000, 1),
        "cpu_ms": round(median(cpus) * 1000, 1),
        "queries": len(seen),
        "bytes": len(answer.content),
    }


def main() -> None:
    call_command("migrate", verbosity=0)
    load_catalogue()
    chance = Random(20)
    bob = User.objects.create(email="bob@example.org", display_name="Bob")
    client = APIClient(HTTP_HOST="localhost")
    client.force_login(bob)
    found, made = {}, 0
    for size in SIZES:
        with transaction.atomic():
            for number in range(made, size):
                patient(number, bob, chance)
        made = size
        found[str(size)] = measure(client)
    small, large = (found[str(size)] for size in SIZES)
    good = small["queries"] == large["queries"] and large["cpu_ms"] <= TARGETS["cpu_ms"]
    print(json.dumps({"patients": found, "targets": TARGETS, "good": good}, indent=2))
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
