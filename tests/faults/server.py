"""A real Unpinch in processes of its own, as an operator runs it, that a test may kill and start again."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from tools.supervise import commands

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "static" / "build"
PATIENCE_SECONDS = 30.0
# Whatever proxy the shell names, it does not know our ports.
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
# What an operator's or a colleague's shell may have set, and must not reach a test.
OURS = ("PORT", "HOST", "DATA_DIR", "DATABASE_URL", "REDIS_URL", "UNPINCH_URL", "SECRET_KEY", "MAIL_URL")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_environment(**ours: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in OURS} | ours


def wait_until(what: str, happened: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> Any:
    """What `happened` answers, as soon as it is true; an AssertionError that names it when it never is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := happened():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds:.0f} s: {what}")


def prepare(data_dir: Path) -> None:
    """Tables and catalogue, as `make run` makes them before it starts anything."""
    for step in (["migrate", "-v", "0"], ["loadcatalogue"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *step],
            cwd=ROOT,
            env=clean_environment(DATA_DIR=str(data_dir)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {step[0]} failed:\n{done.stderr}"


@dataclass
class Server:
    """`supervised` runs the pair that `make run` runs; otherwise the web server alone, which stays down when killed."""

    data_dir: Path
    supervised: bool = False
    settings: str = "config.settings"
    # Another web build than the checkout's; needs the settings of tests/faults.
    build: Path | None = None
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return clean_environment(
            PORT=str(self.port),
            HOST="127.0.0.1",
            DATA_DIR=str(self.data_dir),
            DJANGO_SETTINGS_MODULE=self.settings,
            PYTHONPATH=str(ROOT),
            **({"TEST_WEB_BUILD": str(self.build)} if self.build else {}),
        )

    def start(self) -> None:
        with mock.patch.dict(os.environ, self.environment):
            command = [sys.executable, "tools/supervise.py"] if self.supervised else commands()["web server"]
        with (self.data_dir / "server.out").open("ab") as out:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=out, stderr=out, start_new_session=True
            )
        wait_until("the server answers", self.answers_or_died)
        assert self.process.poll() is None, f"the server did not start:\n{self.output()}"

    def answers_or_died(self) -> bool:
        assert self.process
        return self.process.poll() is not None or self.answers()

    def answers(self) -> bool:
        try:
            DIRECTLY.open(f"{self.address}/healthz", timeout=2).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def output(self) -> str:
        return (self.data_dir / "server.out").read_text(errors="replace")

    def stop(self) -> None:
        """In order, as an operator does it; whatever does not obey is killed."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=15)
        self.kill()

    def kill(self) -> None:
        """As a power cut does it: every process of it at once, none of them asked."""
        if not self.process:
            return
        family = [self.process.pid, *descendants(self.process.pid)]
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        wait_until("the port is free", lambda: not self.answers())

    def wait_until_dead(self) -> None:
        assert self.process
        process = self.process
        wait_until("the server dies of the fault", lambda: process.poll() is not None)
        wait_until("the port is free", lambda: not self.answers())

    # --- what it holds -----------------------------------------------------------------------
    @contextlib.contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self.data_dir / "unpinch.sqlite3", timeout=20)
        try:
            with connection:
                yield connection
        finally:
            connection.close()

    def is_intact(self) -> bool:
        with self.database() as rows:
            return rows.execute("PRAGMA integrity_check").fetchone()[0] == "ok"

    def end_all_sessions(self) -> None:
        """As if they had all expired."""
        with self.database() as rows:
            rows.execute("DELETE FROM django_session")

    # --- what it is to suffer ----------------------------------------------------------------
    def arm(self, moment: str, *, path: str, commit: int = 1) -> None:
        """
        Die, whole and at once, `before` or `after` the `commit`-th commit of the next request whose address holds
        `path`. Needs the settings of tests/faults; one fault, then it is disarmed.
        """
        whole = self.data_dir / "fault.json.new"
        whole.write_text(json.dumps({"moment": moment, "path": path, "commit": commit}))
        whole.rename(self.data_dir / "fault.json")

    @property
    def fault_happened(self) -> bool:
        return not (self.data_dir / "fault.json").exists()


def processes() -> dict[int, int]:
    """Every process and its parent, zombies left out."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                if state != "Z":
                    found[int(entry.name)] = int(parent)
    return found


def descendants(pid: int) -> list[int]:
    parents = processes()
    found: list[int] = []
    todo = [pid]
    while todo:
        parent = todo.pop()
        children = [child for child, its_parent in parents.items() if its_parent == parent]
        found += children
        todo += children
    return found
