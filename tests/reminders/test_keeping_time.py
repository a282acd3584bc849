"""The clock, both ways: the embedded scheduler, and Celery's beat and worker over a real Redis."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from celery import current_app
from django.utils import timezone

from reminders.management.commands.runscheduler import run_job
from reminders.models import Heartbeat
from reminders.tasks import tick
from tests.processes import ROOT, free_port, running, until


@pytest.mark.django_db
def test_a_tick_leaves_its_time():
    tick()
    tick()
    (beat,) = Heartbeat.objects.all()
    assert timezone.now() - beat.beat_at < timedelta(seconds=5)


@pytest.mark.django_db
def test_healthz_says_how_old_the_last_tick_is(client):
    assert client.get("/healthz").status_code == 503
    tick()
    well = client.get("/healthz")
    assert (well.status_code, well.json()["status"]) == (200, "ok")
    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    stale = client.get("/healthz")
    assert (stale.status_code, round(stale.json()["tick_age_seconds"])) == (503, 300)


@pytest.mark.django_db
def test_healthz_names_a_broker_that_does_not_answer(client, settings):
    tick()
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    failing = client.get("/healthz")
    assert (failing.status_code, failing.json()["broker"]) == (503, "failing")


@pytest.mark.django_db(transaction=True)
def test_a_job_that_fails_is_reported_and_stops_nothing(caplog):
    @current_app.task(name="tests.broken")
    def broken():
        raise RuntimeError("on purpose")

    run_job("tests.broken")
    assert "tests.broken failed" in caplog.text
    run_job("reminders.tasks.tick")
    assert Heartbeat.objects.exists()


def migrated(folder: Path) -> dict[str, str]:
    environment = {"DATA_DIR": str(folder), "DATABASE_URL": "", "REDIS_URL": ""}
    environment = {name: value for name, value in environment.items() if value}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    return environment


def last_beat(folder: Path) -> str | None:
    with sqlite3.connect(folder / "unpinch.sqlite3") as rows:
        found = rows.execute("SELECT beat_at FROM reminders_heartbeat").fetchone()
    return found[0] if found else None


@pytest.mark.broker
def test_the_embedded_scheduler_ticks_without_any_broker(tmp_path):
    environment = migrated(tmp_path)
    with running([sys.executable, "manage.py", "runscheduler"], **environment) as process:
        until(lambda: last_beat(tmp_path), "the first tick")
        process.terminate()
        assert process.wait(timeout=10) == 0


@pytest.mark.broker
def test_beat_and_a_worker_tick_over_a_real_redis(tmp_path):
    server = shutil.which("redis-server")
    assert server, "redis-server is not installed"
    port = free_port()
    environment = migrated(tmp_path)
    environment["REDIS_URL"] = address = f"redis://127.0.0.1:{port}/0"
    celery = [sys.executable, "-m", "celery", "-A", "config"]
    beat = [*celery, "beat", "--schedule", str(tmp_path / "beat"), "--pidfile", ""]
    with running([server, "--port", str(port), "--save", "", "--dir", str(tmp_path)]):
        until(lambda: answers(address), "Redis")
        with running([*celery, "worker", "-c", "1"], **environment), running(beat, **environment):
            until(lambda: last_beat(tmp_path), "a tick through Redis", 40)


def answers(address: str) -> bool:
    try:
        return bool(redis.Redis.from_url(address).ping())
    except redis.RedisError:
        return False
