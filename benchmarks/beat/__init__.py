"""
django-celery-beat with an entry for each reminder, all due in the same minute, in an environment of its own.

Its task only counts: it reads no person, seals nothing and pushes nowhere, so that the clock alone is measured.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import redis as redis_client

from tests.faults.databases import PostgreSQLDatabase

HERE = Path(__file__).parent
# Until the minute begins, for reading the entries; and after it, for running them.
TO_START, PATIENCE = timedelta(seconds=60), 120


def measure(
    python: str, folder: Path, rows: PostgreSQLDatabase, redis: str, number: int, workers: int
) -> dict[str, Any]:
    """How many of `number` tasks have run so many seconds after their minute began, and by when the last of them."""
    environment = {**os.environ, **rows.environment, "REDIS_URL": redis, "PYTHONPATH": str(HERE)}
    due = (datetime.now(UTC) + TO_START + timedelta(minutes=1)).replace(second=0, microsecond=0)
    fill = [python, str(HERE / "rival.py"), str(number), str(due.hour), str(due.minute)]
    subprocess.run(fill, env=environment, cwd=folder, check=True)
    celery = [python, "-m", "celery", "-A", "rival"]
    worker = [*celery, "worker", "-c", "1", "--without-mingle", "--without-gossip", "--loglevel", "ERROR"]
    beat = [*celery, "beat", "--pidfile", "", "--loglevel", "ERROR"]
    with (
        running([*[worker] * workers, beat], environment, folder) as processes,
        redis_client.Redis.from_url(redis) as counter,
    ):
        sleep(max(0.0, (due - datetime.now(UTC)).total_seconds()))
        ran, last = watch(counter, number)
        assert all(process.poll() is None for process in processes), "not all of it ran"
    return {"entries": number, "ran": ran, "seconds": round(last, 1), "a_second": round(ran / last, 1) if last else 0.0}


def watch(counter: redis_client.Redis, number: int) -> tuple[int, float]:
    """How many ran in the end, and seconds from now until the last of them did."""
    began, ran, last = monotonic(), 0, 0.0
    while ran < number and monotonic() - began < PATIENCE:
        sleep(0.5)
        seen = int(counter.get("ran") or 0)  # type: ignore[arg-type]  # redis-py says its answers may be awaited
        if seen > ran:
            ran, last = seen, monotonic() - began
    return ran, last


@contextlib.contextmanager
def running(
    commands: list[list[str]], environment: dict[str, str], folder: Path
) -> Iterator[list[subprocess.Popen[bytes]]]:
    processes = [
        subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL) for command in commands
    ]
    try:
        yield processes
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
