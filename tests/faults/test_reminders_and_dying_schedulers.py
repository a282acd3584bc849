"""Schedulers that are killed while they send: nothing is lost or recorded twice, at most one mail too many a kill."""

from __future__ import annotations

import contextlib
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.figures import Figure
from tests.faults.server import ROOT, Server, clean_environment, wait_until

pytestmark = pytest.mark.fault

PEOPLE = 250
SCHEDULERS = 2
KILLS = 8
MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)

# Everybody was due a minute ago, by mail.
MAKE_DUE = (
    f"PEOPLE = {PEOPLE}\n"
    + """
import uuid
from datetime import date, timedelta
from django.utils import timezone
from accounts.models import User
from reminders.models import Reminder

now = timezone.now()
due = (now - timedelta(minutes=1)).replace(second=0, microsecond=0)
people = User.objects.bulk_create([User(email=f"person{n}@example.org", password="!") for n in range(PEOPLE)])
Reminder.objects.bulk_create([
    Reminder(
        id=uuid.uuid4(), owner=person, digest="", received_at=now, changed_at=now, what="log", times=[f"{due:%H:%M}"],
        frequency="daily", interval=1, weekdays=[], starts_on=date(2026, 1, 1), time_zone="UTC", zone="UTC",
        follow_device=False, channels=["email"], quiet="defer", grace_minutes=120, active=True, next_due_at=due,
    )
    for person in people
])
"""
)


class Schedulers:
    """Several `runscheduler` on one DATA_DIR, each killed and started again by its place."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir, self.processes = data_dir, [self.start(data_dir) for _ in range(SCHEDULERS)]

    @staticmethod
    def environment(data_dir: Path) -> dict[str, str]:
        return clean_environment(
            DATA_DIR=str(data_dir),
            DJANGO_SETTINGS_MODULE="tests.faults.settings",
            TEST_LEASE_SECONDS="3",
            PYTHONPATH=str(ROOT),
        )

    @classmethod
    def start(cls, data_dir: Path) -> subprocess.Popen[bytes]:
        with (data_dir / "scheduler.out").open("ab") as out:
            command = [sys.executable, "manage.py", "runscheduler"]
            return subprocess.Popen(command, cwd=ROOT, env=cls.environment(data_dir), stdout=out, stderr=out)

    def kill(self, place: int) -> None:
        """As a power cut does it, and at once another in its place."""
        assert self.processes[place].poll() is None, (self.data_dir / "scheduler.out").read_text()
        self.processes[place].kill()
        self.processes[place].wait()
        self.processes[place] = self.start(self.data_dir)

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=15)
            process.kill()
            process.wait()


@pytest.fixture
def data_dir(prepared: Path, tmp_path: Path) -> Path:
    found = tmp_path / "data"
    shutil.copytree(prepared, found)
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", MAKE_DUE]
    subprocess.run(command, cwd=ROOT, env=clean_environment(DATA_DIR=str(found)), check=True, capture_output=True)
    return found


@pytest.fixture
def schedulers(data_dir: Path) -> Iterator[Schedulers]:
    running = Schedulers(data_dir)
    yield running
    running.stop()


def sent(data_dir: Path) -> Counter[bytes]:
    """How often each mail has been written to the folder that stands for a mail server."""
    return Counter(id for file in (data_dir / "mail").glob("*.log") for id in MESSAGE_ID.findall(file.read_bytes()))


def states(data_dir: Path) -> dict[str, int]:
    with Server(data_dir).database() as rows:
        counted = rows.execute("SELECT state, count(*) FROM reminders_delivery WHERE channel = 'email' GROUP BY state")
        return dict(counted.fetchall())


def test_nothing_is_lost_and_hardly_anything_sent_twice(data_dir: Path, schedulers: Schedulers, figure: Figure) -> None:
    chance = random.Random(5)
    for kill in range(KILLS):
        before = sent(data_dir).total()
        more = min(before + chance.randint(3, 15), PEOPLE)
        wait_until("something is sent", lambda more=more: sent(data_dir).total() >= more)
        schedulers.kill(kill % SCHEDULERS)
    wait_until("all is sent", lambda: states(data_dir) == {"accepted": PEOPLE}, 90)
    mails = sent(data_dir)
    assert len(mails) == PEOPLE
    assert mails.total() - PEOPLE <= KILLS
    with Server(data_dir).database() as rows:
        assert rows.execute("SELECT count(*) FROM reminders_occurrence").fetchone() == (PEOPLE,)
        assert rows.execute("SELECT count(*) FROM reminders_reminder WHERE next_due_at < ?", ["2026"]).fetchone() == (
            0,
        )
    assert Server(data_dir).is_intact()
    figure(f"{PEOPLE} mails, {KILLS} kills, sent too often", mails.total() - PEOPLE, "mails")
