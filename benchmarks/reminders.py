"""
What reminding costs: `python -m benchmarks.reminders [--due N ...] [--kept N ...] [--workers N] [--flush]
[--rivals]` prints JSON.

Many due in the same minute, over PostgreSQL, Celery and Redis, to a push service on loopback that takes everything: all
of them share the machine. Until the last was accepted, how late they were, the memory of the largest process, and the
CPU that each push costs each of them, which does not depend on what else the machine does as much as the time does.
And a tick that finds nothing due, of so many reminders kept. With `--flush` every commit waits for the disk; with
`--rivals` pywebpush and django-celery-beat, each in an environment of its own, do the same part on the same machine.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from typing import Any

import psycopg

from benchmarks import beat
from benchmarks.push import __main__ as push
from benchmarks.push.__main__ import python_with
from tests.faults.databases import PostgreSQL, PostgreSQLDatabase
from tests.faults.redis_server import RedisServer
from tests.faults.server import ROOT, descendants, wait_until
from tests.faults.timekeepers import BEAT, WORKER, Timekeepers
from tests.reminders.push_service import Browser

WORKERS = 2
RIVALS = (push, beat)
TICKS = 60
TARGETS = {"pushes_a_second": 1000.0, "idle_tick_largest_to_smallest": 1.5}

LAG = """
    SELECT extract(epoch FROM max(ended_at) - min(ended_at)), extract(epoch FROM max(ended_at) - '{began}'),
        percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - '{began}'))
    FROM reminders_delivery WHERE channel = 'push' AND state = 'accepted'
"""
ACCEPTED = "SELECT count(*) FROM reminders_delivery WHERE channel = 'push' AND state = 'accepted'"
# Copies of the one there is, due in a year.
KEEP_MORE = """
    INSERT INTO reminders_reminder SELECT copy.* FROM (SELECT * FROM reminders_reminder LIMIT 1) AS one,
        generate_series(1, {more}) AS number,
        jsonb_populate_record(one::text::reminders_reminder, jsonb_build_object(
            'id', gen_random_uuid(), 'next_due_at', now() + interval '1 year' + number * interval '1 second')) AS copy
"""


class Sink:
    """That push service. Its browsers share a few keys: making keys is no part of what is measured."""

    KEYS = 50

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "benchmarks.push.sink", str(folder)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert self.process.stdout
        self.port, self.cafile = int(self.process.stdout.readline()), folder / "authority.pem"
        self.patterns = [Browser("", "") for _ in range(self.KEYS)]
        self.numbers = count()

    def subscribe(self, application_key: str, key_id: str) -> Browser:
        number = next(self.numbers)
        pattern = self.patterns[number % self.KEYS]
        endpoint = f"https://localhost:{self.port}/push/{number}"
        return Browser(endpoint, application_key, pattern.private, pattern.secret, key_id)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()


@contextlib.contextmanager
def keeping_time(folder: Path, rows: PostgreSQLDatabase, sink: Sink, workers: int) -> Iterator[Timekeepers]:
    redis = RedisServer(folder)
    keepers = Timekeepers(folder, rows, sink, redis=redis.address, lease=60)
    try:
        redis.start()
        for command in [WORKER] * workers + [BEAT]:
            keepers.start(*command)
        wait_until("the clock ticks", lambda: keepers.number("heartbeat"), 120)
        yield keepers
    finally:
        keepers.stop()
        redis.kill()


def many_due(keepers: Timekeepers, number: int) -> dict[str, Any]:
    keepers.make_due(number)
    ((began,),) = keepers.database.rows("SELECT now()")
    shares = {
        "workers": [process.pid for _, process in keepers.running],
        "postgresql": [keepers.database.cluster.process.pid],
        "push_service": [keepers.service.process.pid],
    }
    used = {name: cpu_seconds(pids) for name, pids in shares.items()}
    wait_for_all(keepers.database, number)
    each = {name: round(1000 * (cpu_seconds(pids) - used[name]) / number, 2) for name, pids in shares.items()}
    ((sending, whole, (half, most)),) = keepers.database.rows(LAG.format(began=began.isoformat()))
    return {
        "due": number,
        "seconds": round(float(whole), 1),
        "pushes_a_second": round(number / float(sending), 1),
        "cpu_ms_each": each,
        "load": round(os.getloadavg()[0], 1),
        "median_lag_seconds": round(half, 1),
        "p99_lag_seconds": round(most, 1),
        "memory_megabytes": round(max(map(peak_megabytes, keepers.family())), 1),
    }


def wait_for_all(rows: PostgreSQLDatabase, number: int) -> None:
    """Asked seldom and over one connection: asking must not be what is measured."""
    end = monotonic() + 60 + number / 20
    with psycopg.connect(rows.cluster.url(rows.name), autocommit=True) as connection:
        while connection.execute(ACCEPTED).fetchone() != (number,):
            assert monotonic() < end, "not all was sent"
            sleep(1)


def rivals_in(folder: Path) -> list[str]:
    """The pythons of pywebpush and of django-celery-beat."""
    return [python_with(made.HERE / "requirements.txt", folder / f"rival-{made.HERE.name}") for made in RIVALS]


def against(
    pythons: list[str], folder: Path, cluster: PostgreSQL, sink: Sink, asked: argparse.Namespace
) -> dict[str, Any]:
    """What others make of it: a push by pywebpush, one after the other, and entries of django-celery-beat."""
    os.environ["REQUESTS_CA_BUNDLE"] = str(sink.cafile)
    pushed = push.rate_of(push.rivals_command(pythons[0], str(sink.port)), 1)
    found = []
    for number in asked.due:
        cluster.ask("postgres", f"CREATE DATABASE rival_{number}")
        redis = RedisServer(folder)
        rows = PostgreSQLDatabase(cluster, f"rival_{number}")
        try:
            redis.start()
            found.append(beat.measure(pythons[1], folder, rows, redis.address, number, asked.workers))
        finally:
            redis.kill()
    return {"pywebpush_one_by_one": pushed, "django_celery_beat": found}


def cpu_seconds(pids: list[int]) -> float:
    """Of these processes and all below them, also those that have ended."""
    family = [one for pid in pids for one in [pid, *descendants(pid)]]
    ticks = 0
    for pid in family:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            # After the name, which may hold anything: user, system, and those of the children that were waited for.
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def peak_megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def idle_ticks(pattern: PostgreSQLDatabase, kept: list[int]) -> dict[str, float]:
    """Median milliseconds of a tick with nothing due, by how many reminders there are; in turns."""
    os.environ.update(pattern.environment)
    import django

    # Now that there is a database to read its settings with.
    django.setup()
    from django.db import connection

    from reminders.tasks import tick

    several = {number: keeping(pattern, number) for number in kept}
    measured: dict[int, list[float]] = {number: [] for number in kept}
    for _ in range(TICKS):
        for number, rows in several.items():
            connection.close()
            connection.settings_dict["NAME"] = rows.name
            tick()
            measured[number].append(milliseconds(tick))
    return {f"{number:,}": round(median(found), 2) for number, found in measured.items()}


def keeping(pattern: PostgreSQLDatabase, number: int) -> PostgreSQLDatabase:
    rows = pattern.cluster.copy(pattern.name)
    rows.rows("UPDATE reminders_reminder SET next_due_at = now() + interval '1 year'")
    rows.rows(KEEP_MORE.format(more=number - 1))
    rows.rows("VACUUM ANALYZE reminders_reminder")
    return rows


def milliseconds(work: Callable[[], object]) -> float:
    began = monotonic()
    work()
    return 1000 * (monotonic() - began)


def measure(folder: Path, cluster: PostgreSQL, sink: Sink, asked: argparse.Namespace) -> dict[str, Any]:
    pythons = rivals_in(folder) if asked.rivals else []
    cluster.start()
    cluster.make_tables("unpinch")
    due: list[dict[str, Any]] = []
    for number in asked.due:
        with keeping_time(folder, cluster.copy("unpinch"), sink, asked.workers) as keepers:
            due.append(many_due(keepers, number))
    measured: dict[str, Any] = {"many_due": due, "idle_tick_ms": {}}
    if asked.rivals:
        measured["rivals"] = against(pythons, folder, cluster, sink, asked)
    if not asked.kept:
        return measured
    rows = cluster.copy("unpinch")
    Timekeepers(folder, rows, sink).make_due(1)
    return {**measured, "idle_tick_ms": idle_ticks(rows, asked.kept)}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--due", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--kept", type=int, nargs="*", default=[1_000, 100_000, 1_000_000])
    parser.add_argument("--workers", type=int, default=WORKERS)
    parser.add_argument("--flush", action="store_true")
    parser.add_argument("--rivals", action="store_true")
    asked = parser.parse_args()
    load = round(os.getloadavg()[0], 1)
    with tempfile.TemporaryDirectory(prefix="unpinch-bench-") as name, contextlib.ExitStack() as open_ones:
        os.environ.update(DATA_DIR=name, DJANGO_SETTINGS_MODULE="config.settings")
        cluster = PostgreSQL(flush=asked.flush)
        open_ones.callback(cluster.remove)
        sink = Sink(Path(name))
        open_ones.callback(sink.close)
        measured = measure(Path(name), cluster, sink, asked)
    ticks = measured["idle_tick_ms"].values()
    reached = {
        "pushes_a_second": min((one["pushes_a_second"] for one in measured["many_due"]), default=0.0),
        "idle_tick_largest_to_smallest": round(max(ticks) / min(ticks), 2) if ticks else 0.0,
    }
    print(json.dumps({"load_before": load, "measured": measured, "reached": reached, "targets": TARGETS}, indent=2))
    fast = reached["pushes_a_second"] >= TARGETS["pushes_a_second"]
    return 0 if fast and reached["idle_tick_largest_to_smallest"] <= TARGETS["idle_tick_largest_to_smallest"] else 1


if __name__ == "__main__":
    sys.exit(main())
