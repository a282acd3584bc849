"""
How fast pushes leave this machine: `python -m benchmarks.push` prints JSON.

Sealed, signed and sent over TLS to a service on loopback that takes everything: by one process one after the other, by
two processes with eight threads each, and by pywebpush (in an environment of its own) one after the other.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from tests.processes import ROOT
from tests.reminders.push_service import Browser

HERE = Path(__file__).parent
COUNT, RIVALS_COUNT = 5000, 300
TARGETS = {"two_processes_a_second": 1000.0, "times_pywebpush": 5.0}


def rate_of(command: list[str], processes: int) -> dict[str, float]:
    """Of `command` in so many processes at once, from the moment at which all are ready."""
    running = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ)
        for _ in range(processes)
    ]
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    found = [json.loads(process.communicate()[0]) for process in running]
    return {
        "a_second": sum(one["accepted"] for one in found) / max(one["seconds"] for one in found),
        "accepted": sum(one["accepted"] for one in found),
        **{name: max(one[name] for one in found) for name in ("cpu_ms_each", "memory_mb") if name in found[0]},
    }


def python_with(requirements: Path, folder: Path) -> str:
    """Of an environment of its own, made there."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    install = [
        python,
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "-r",
        str(requirements),
    ]
    subprocess.run(install, check=True)
    return python


def rivals_command(python: str, port: str) -> list[str]:
    browser = Browser("", "")
    secret = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"
    return [python, str(HERE / "rival.py"), port, str(RIVALS_COUNT), browser.p256dh, browser.auth, secret]


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rival = python_with(HERE / "requirements.txt", folder / "rival")
        sink = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.push.sink", name], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        try:
            assert sink.stdout
            port, authority = sink.stdout.readline().strip(), str(folder / "authority.pem")
            os.environ["REQUESTS_CA_BUNDLE"] = authority
            ours = [sys.executable, "-m", "benchmarks.push.ours", port, authority]
            found = {
                "one_by_one": rate_of([*ours, str(COUNT), "1"], 1),
                "two_processes": rate_of([*ours, str(COUNT), "8"], 2),
                "pywebpush_one_by_one": rate_of(rivals_command(rival, port), 1),
            }
        finally:
            sink.terminate()
            sink.wait()
    figures = {
        "two_processes_a_second": found["two_processes"]["a_second"],
        "times_pywebpush": found["two_processes"]["a_second"] / found["pywebpush_one_by_one"]["a_second"],
    }
    missed = [name for name, target in TARGETS.items() if figures[name] < target]
    print(json.dumps({**found, **figures, "missed": missed}, indent=1))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
