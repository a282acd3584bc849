"""Everything that proves the tree: linters and types in two lanes at once, then the tests. What `make test` runs."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "static"
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
API_ONLY = "not journey and not fault and not broker"
API_TESTS = [*PYTEST, "-n", "2", "-m"]
# pg_virtualenv makes a PostgreSQL of its own for the command, and removes it after.
ON_POSTGRESQL = [
    "pg_virtualenv",
    "-o", "fsync=off",
    "sh", "-c",
    'DATABASE_URL="postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE" exec "$@"', "sh",
]  # fmt: skip

PYTHON_LANE = [
    ("ruff: style", [str(BIN / "ruff"), "format", "--check", "--quiet", "."], ROOT),
    ("ruff: faults", [str(BIN / "ruff"), "check", "--quiet", "."], ROOT),
    ("mypy", [str(BIN / "mypy")], ROOT),
    ("import-linter", [str(BIN / "lint-imports")], ROOT),
    ("migrations are complete", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"], ROOT),
    ("deployment settings", [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], ROOT),
    ("OpenAPI and TypeScript types are fresh", [sys.executable, "tools/schema.py", "--check"], ROOT),
    ("icons are fresh", [sys.executable, "tools/icons.py", "--check"], ROOT),
]
WEB_LANE = [
    ("ESLint", ["npm", "run", "--silent", "lint"], WEB),
    ("a report's body shapes are fresh", ["node", "tools/body_shapes.mjs", "--check"], ROOT),
    ("svelte-check", ["npm", "run", "--silent", "check"], WEB),
    ("Vitest", ["npm", "run", "--silent", "test"], WEB),
    ("first screen's size and the number of files", [sys.executable, "tools/bundle_size.py"], ROOT),
]
TEST_LANE = [
    ("API on SQLite", [*API_TESTS, f"{API_ONLY} and not postgresql"], ROOT),
    # What asks no rows answers alike on every database, and has just been run.
    ("API on PostgreSQL", [*ON_POSTGRESQL, *API_TESTS, API_ONLY, "--only-rows"], ROOT),
    ("Celery with Redis", [*PYTEST, "-m", "broker"], ROOT),
    ("faults", [*PYTEST, "-m", "fault"], ROOT),
    ("journeys in Chromium", [*PYTEST, "-p", "tests.second_try", "--reruns", "1", "-m", "journey", "-n", "2"], ROOT),
]


class Report:
    def __init__(self) -> None:
        self.results: list[tuple[str, bool, float]] = []
        self.lock = threading.Lock()
        self.running: set[subprocess.Popen[bytes]] = set()
        self.stopping = False

    def step(self, name: str, command: list[str], cwd: Path, *, quiet: bool) -> None:
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="unpinch-check-") as data_dir:
            # What a step runs by `make` is no part of this `make`.
            outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
            env = {**outside, "DATA_DIR": data_dir, "UNPINCH_URL": "https://unpinch.example" if quiet else ""}
            with self.lock:
                if self.stopping:
                    return
                process = subprocess.Popen(
                    command,
                    cwd=cwd,
                    env=env,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE if quiet else None,
                    stderr=subprocess.STDOUT if quiet else None,
                    start_new_session=True,
                )
                self.running.add(process)
            output, _ = process.communicate()
        took = time.monotonic() - started
        with self.lock:
            self.running.discard(process)
            well = process.returncode == 0
            self.results.append((name, well, took))
            print(f"{'ok  ' if well else 'FAIL'} {name} ({took:.0f} s)", flush=True)
            if quiet and not well:
                print(output.decode(errors="replace"), flush=True)

    def stop(self, number: int, frame: types.FrameType | None) -> None:
        """Ctrl-C or SIGTERM: end what runs, with all that it started, and begin nothing more."""
        self.stopping = True
        for process in list(self.running):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        raise SystemExit(128 + number)

    def lane(self, steps: list[tuple[str, list[str], Path]], *, quiet: bool) -> None:
        for name, command, cwd in steps:
            self.step(name, command, cwd, quiet=quiet)


def main() -> int:
    report = Report()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, report.stop)
    lanes = [
        threading.Thread(target=report.lane, args=(lane,), kwargs={"quiet": True}) for lane in (PYTHON_LANE, WEB_LANE)
    ]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    report.lane(TEST_LANE, quiet=False)
    failed = [name for name, well, _ in report.results if not well]
    for name in failed:
        print(f"FAILED: {name}")
    print(f"{len(report.results) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
