"""Processes that keep time, each killed and started again by its place, and whom they remind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from config.keys import new_push_key
from reminders.push.vapid import PushKey
from tests.faults.databases import Database
from tests.faults.server import ROOT, clean_environment, descendants
from tests.reminders.push_service import PushService

EMBEDDED = [sys.executable, "manage.py", "runscheduler"]
CELERY = [sys.executable, "-m", "celery", "-A", "config"]
# As docs/operating.md says: one that greets the others ends when Redis dies meanwhile.
WORKER = [*CELERY, "worker", "--without-mingle", "--without-gossip", "-c", "1", "--loglevel", "WARNING"]
BEAT = [*CELERY, "beat", "--pidfile", "", "--loglevel", "WARNING"]


class Timekeepers:
    """
    Some processes over one database, all of which push to one service.

    `lease` and `tick` are seconds: the time for which a process that dies holds up what it had taken, and between two
    beats of the clock (none: as in the real settings).
    """

    def __init__(
        self,
        folder: Path,
        database: Database,
        service: PushService,
        *,
        redis: str = "",
        lease: float = 5,
        tick: float | None = None,
    ) -> None:
        self.folder, self.database, self.service = folder, database, service
        self.key = PushKey(new_push_key())
        self.environment = clean_environment(
            **{
                "DATA_DIR": str(folder),
                **database.environment,
                "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
                "PYTHONPATH": str(ROOT),
                "TEST_LEASE_SECONDS": str(lease),
                "PUSH_KEYS": self.key.secret,
                "PUSH_CA_FILE": str(service.cafile),
                "PUSH_SERVICES_INSIDE": f"localhost:{service.port}",
            },
            **({"REDIS_URL": redis} if redis else {}),
            **({"TEST_TICK_SECONDS": str(tick)} if tick else {}),
        )
        self.running: list[tuple[list[str], subprocess.Popen[bytes]]] = []

    def start(self, *command: str) -> None:
        self.running.append(([*command], self.process([*command])))

    def process(self, command: list[str]) -> subprocess.Popen[bytes]:
        if command == BEAT:
            command = [*command, "--schedule", str(self.folder / "beat")]
        with (self.folder / "timekeepers.out").open("ab") as out:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=out, stderr=out, start_new_session=True
            )

    def kill(self, place: int) -> None:
        """As a power cut does it, with all its children, and at once another in its place."""
        command, process = self.running[place]
        assert process.poll() is None, self.said()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.running[place] = command, self.process(command)

    def all_live(self) -> bool:
        return all(process.poll() is None for _, process in self.running)

    def family(self) -> list[int]:
        """Their ids, and those of all that they have started."""
        return [pid for _, process in self.running for pid in [process.pid, *descendants(process.pid)]]

    def said(self) -> str:
        return (self.folder / "timekeepers.out").read_text(errors="replace")

    def stop(self) -> None:
        for _, process in self.running:
            process.terminate()
        for _, process in self.running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=15)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    # --- whom they remind ----------------------------------------------------------------------
    def make_due(self, people: int) -> None:
        """So many more people, each with a device, who were all to be reminded a minute ago."""
        browsers = [self.service.subscribe(self.key.public, self.key.id) for _ in range(people)]
        listed = [[one.endpoint, one.p256dh, one.auth, one.key_id] for one in browsers]
        command = [sys.executable, "-m", "tests.faults.make_due"]
        subprocess.run(command, cwd=ROOT, env=self.environment, input=json.dumps(listed).encode(), check=True)

    def shown(self) -> list[int]:
        """How often each device has shown its reminder."""
        return [len(browser.received) for browser in self.service.browsers.values()]

    def states(self) -> dict[str, int]:
        counted = self.database.rows(
            "SELECT state, count(*) FROM reminders_delivery WHERE channel = 'push' GROUP BY state"
        )
        return dict(counted)

    def number(self, condition: str) -> int:
        """`table WHERE condition`: how many."""
        return self.database.rows(f"SELECT count(*) FROM reminders_{condition}")[0][0]
