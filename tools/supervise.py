"""
The supervised pair: the web server and the embedded scheduler, started together, restarted when one dies, stopped
together. PORT, HOST, DATA_DIR come from the environment; with REDIS_URL set Celery's own processes keep the time and
only the web server runs here.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import time
import types
import urllib.error
import urllib.request

PATIENCE_SECONDS = 10.0
# A child that dies this soon after its start was never well; three of those in a row end the whole.
EARLY_SECONDS = 5.0
EARLY_DEATHS = 3
PR_SET_PDEATHSIG = 1


class Stopping(Exception):
    """SIGTERM or Ctrl-C arrived."""


class Child:
    def __init__(self, name: str, command: list[str]) -> None:
        self.name, self.command = name, command
        self.early_deaths = 0
        self.start()

    def start(self) -> None:
        self.started = time.monotonic()
        # A session of its own: Ctrl-C reaches us alone and we stop it in order. The death signal covers our kill -9.
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_die_with_parent)

    def look_after(self) -> None:
        """Start it again if it died. Raises SystemExit when it keeps dying at its start."""
        if self.process.poll() is None:
            return
        early = time.monotonic() - self.started < EARLY_SECONDS
        self.early_deaths = self.early_deaths + 1 if early else 0
        if self.early_deaths >= EARLY_DEATHS:
            raise SystemExit(f"unpinch: the {self.name} does not stay up (exit {self.process.returncode}).")
        print(f"unpinch: the {self.name} stopped (exit {self.process.returncode}), starting it again.", file=sys.stderr)
        time.sleep(1)
        # What it left behind would hold the port.
        self.sweep()
        self.start()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()

    def bury(self, deadline: float) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        self.sweep()
        self.process.wait()

    def sweep(self) -> None:
        """Its session is its process group: kill whatever of it still lives."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def commands() -> dict[str, list[str]]:
    bin_dir = os.path.dirname(sys.executable)
    web = [os.path.join(bin_dir, "granian"), "--interface", "wsgi", "--host", os.environ["HOST"]]
    web += ["--port", os.environ["PORT"], "--workers", os.environ.get("WEB_WORKERS", "1")]
    # Two: Python runs one at a time anyway (four answer a sixth less), and one may wait for the mail server.
    web += ["--blocking-threads", os.environ.get("WEB_THREADS", "2"), "--log-level", "warning"]
    # A worker that Granian lost is a server that does not answer: it is started again, not waited for.
    web += ["--respawn-failed-workers", "config.wsgi:application"]
    found = {"web server": web}
    if not os.environ.get("REDIS_URL"):
        found["scheduler"] = [sys.executable, "manage.py", "runscheduler"]
    return found


def address() -> str:
    host = os.environ["HOST"]
    return f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0', '::') else host}:{os.environ['PORT']}"


def answers() -> bool:
    try:
        # An operator's proxy does not know this machine's own ports.
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{address()}/healthz", timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _stop(number: int, frame: types.FrameType | None) -> None:
    raise Stopping


def hold_data_dir() -> int:
    """An open lock on DATA_DIR, for as long as we live: two pairs on one folder would keep the time twice."""
    lock = os.open(os.path.join(os.environ["DATA_DIR"], ".running"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit("unpinch: another Unpinch already runs on this DATA_DIR.") from None
    return lock


def fold_in() -> None:
    """Write SQLite's log back into its file, so that a copy of the file alone is whole while we are stopped."""
    path = os.path.join(os.environ["DATA_DIR"], "unpinch.sqlite3")
    if not os.path.exists(path):
        return
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path, timeout=2)) as rows:
        rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def main() -> int:
    hold_data_dir()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    children: list[Child] = []
    code: int | str | None = 0
    try:
        for name, command in commands().items():
            children.append(Child(name, command))
        announced = False
        while True:
            for child in children:
                child.look_after()
            if not announced and answers():
                announced = True
                print(
                    f"Unpinch is running: {os.environ.get('UNPINCH_URL') or address()}  (Ctrl-C stops it)", flush=True
                )
            time.sleep(0.2 if not announced else 1)
    except Stopping:
        pass
    except SystemExit as end:
        print(end.code, file=sys.stderr)
        code = 1
    finally:
        # A second Ctrl-C must not leave half of it running.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for child in children:
            child.stop()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for child in children:
            child.bury(deadline)
        fold_in()
    return int(code or 0)


if __name__ == "__main__":
    sys.exit(main())
