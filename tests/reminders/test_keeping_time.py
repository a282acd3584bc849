"""The clock, both ways: the embedded scheduler, and Celery's beat and worker over a real Redis."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
import redis
from celery import Celery, current_app
from django.utils import timezone

from config import health
from config.beat import Scheduler
from reminders.management.commands.runscheduler import run_job
from reminders.models import Heartbeat
from reminders.tasks import tick
from tests.faults.redis_server import RedisServer
from tests.processes import ROOT, free_port, running, until


@pytest.mark.django_db
def test_a_tick_leaves_its_time():
    tick()
    tick()
    (beat,) = Heartbeat.objects.all()
    assert timezone.now() - beat.beat_at < timedelta(seconds=5)


@pytest.fixture
def long_started(monkeypatch) -> None:
    """This process has run for longer than the first tick may take, and said nothing of its health yet."""
    monkeypatch.setattr("config.apps.STARTED", monotonic() - health.STALE_SECONDS - 1)
    monkeypatch.setattr(health, "told", "")


@pytest.mark.django_db
def test_healthz_says_how_old_the_last_tick_is(client, long_started):
    assert client.get("/healthz").status_code == 503
    tick()
    well = client.get("/healthz")
    assert (well.status_code, well.json()["status"]) == (200, "ok")
    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    stale = client.get("/healthz")
    assert (stale.status_code, round(stale.json()["tick_age_seconds"])) == (503, 300)


@pytest.mark.django_db
@pytest.mark.parametrize("last", [None, timedelta(hours=9)], ids=["the first start", "after a night off"])
def test_a_start_is_no_failure_for_as_long_as_its_first_tick_may_take(client, monkeypatch, caplog, last):
    if last:
        Heartbeat.objects.create(name="tick", beat_at=timezone.now() - last)
    monkeypatch.setattr("config.apps.STARTED", monotonic())
    starting = client.get("/healthz")
    assert (starting.status_code, starting.json()["status"]) == (200, "starting")
    monkeypatch.setattr("config.apps.STARTED", monotonic() - health.STALE_SECONDS)
    failing = client.get("/healthz")
    assert (failing.status_code, failing.json()["status"]) == (503, "failing")
    monkeypatch.setattr("config.apps.STARTED", monotonic())
    tick()
    assert client.get("/healthz").json()["status"] == "ok"


@pytest.mark.django_db
def test_a_start_without_a_broker_is_a_failure_at_once(client, settings, monkeypatch):
    monkeypatch.setattr("config.apps.STARTED", monotonic())
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    assert client.get("/healthz").status_code == 503


@pytest.mark.django_db
def test_healthz_names_a_broker_that_does_not_answer(client, settings):
    tick()
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    failing = client.get("/healthz")
    assert (failing.status_code, failing.json()["broker"]) == (503, "failing")


@pytest.mark.django_db
def test_the_log_has_one_line_in_words_for_each_change_however_often_a_monitor_asks(
    client, settings, long_started, caplog
):
    def said() -> list[tuple[str, str]]:
        lines = [(line.levelname, line.getMessage()) for line in caplog.records]
        caplog.clear()
        return lines

    for _ in range(3):
        client.get("/healthz")
    assert said() == [("WARNING", "Not well: there has been no tick yet. Does the scheduler run?")]
    tick()
    for _ in range(3):
        client.get("/healthz")
    assert said() == [("WARNING", "Well again")]
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    for _ in range(3):
        client.get("/healthz")
    assert said() == [("WARNING", "Not well: Redis does not answer")]
    settings.REDIS_URL = ""
    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    for _ in range(3):
        client.get("/healthz")
    assert said() == [("WARNING", "Not well: the last tick was 300 seconds ago. Does the scheduler run?")]


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


def beat_over(broker: str, folder: Path) -> Scheduler:
    app = Celery("tests", broker=broker)
    app.conf.beat_schedule = {"tick": {"task": "reminders.tasks.tick", "schedule": 15.0}}
    return Scheduler(app, schedule_filename=str(folder / "beat"))


def said_by_beat(caplog) -> list[tuple[str, str, bool]]:
    lines = [line for line in caplog.records if line.name == "config.beat"]
    return [(line.levelname, line.getMessage(), bool(line.exc_info)) for line in lines]


@pytest.mark.broker
def test_beat_says_once_that_redis_is_away_and_once_that_it_is_back(tmp_path, caplog):
    server = RedisServer(tmp_path)
    scheduler = beat_over(server.address, tmp_path)
    tick = scheduler.schedule["tick"]
    for there in (True, False, False, False, True, True):
        if there and not server.answers():
            server.start()
        if not there:
            server.kill()
        scheduler.apply_entry(tick)
    server.kill()
    assert said_by_beat(caplog) == [
        ("ERROR", "The broker does not answer (ConnectionError): no job is sent until it does", False),
        ("WARNING", "The broker answers again", False),
    ]


def test_beat_hides_no_other_fault(tmp_path, caplog):
    scheduler = beat_over("memory://", tmp_path)
    unsendable = scheduler.add(name="odd", task="tests.odd", schedule=timedelta(seconds=1), args=[object()])
    for _ in range(2):
        scheduler.apply_entry(unsendable)
    assert said_by_beat(caplog) == [("ERROR", "The job odd was not sent", True)] * 2


def answers(address: str) -> bool:
    try:
        return bool(redis.Redis.from_url(address).ping())
    except redis.RedisError:
        return False
