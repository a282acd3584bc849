"""`make run` as an operator meets it: what it says when it cannot start, and that nothing of it is left behind."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.client import Client, a_log, new_id
from tests.faults.figures import Figure
from tests.faults.server import ROOT, clean_environment, free_port, wait_until

pytestmark = pytest.mark.fault

# Of CPU, as a loaded machine takes its time for the same work. On a quiet one it is about four, and as many seconds.
SECOND_START_CPU_SECONDS = 10.0
# A second start has everything it needs: whoever asks the network now gets an error at once.
NO_NETWORK = {
    "PIP_NO_INDEX": "1",
    "npm_config_offline": "true",
    "http_proxy": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
}


class Run:
    """One `make run`, started as from a terminal of its own."""

    def __init__(self, data_dir: Path, out: Path, port: int | None = None) -> None:
        self.data_dir, self.out, self.port = data_dir, out, port or free_port()
        self.started = time.monotonic()
        with out.open("w") as terminal:
            self.process = subprocess.Popen(
                ["make", "--no-print-directory", "run"],
                cwd=ROOT,
                env=clean_environment(PORT=str(self.port), DATA_DIR=str(data_dir), **NO_NETWORK),
                stdin=subprocess.DEVNULL,
                stdout=terminal,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def printed(self) -> str:
        return self.out.read_text()

    def wait_until_it_runs(self) -> float:
        """Seconds from the command to the printed address."""
        wait_until(
            "make run prints its address or ends",
            lambda: "Unpinch is running" in self.printed() or self.process.poll() is not None,
            60,
        )
        assert f"Unpinch is running: {self.address}" in self.printed(), self.printed()
        return time.monotonic() - self.started

    def processes(self) -> list[int]:
        """All that run for this DATA_DIR, whoever their parent is by now."""
        ours = f"DATA_DIR={self.data_dir}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdigit() and ours in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
        return found

    def cpu_seconds(self) -> float:
        """Of all its processes, and of those that they saw end."""
        ticks = 0
        for pid in self.processes():
            with contextlib.suppress(OSError):
                # After the name, which may hold anything: utime, stime, cutime and cstime are fields 14 to 17.
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += sum(map(int, fields[11:15]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def ends_without_a_trace(self) -> None:
        self.process.wait(timeout=20)
        assert self.processes() == []
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", self.port)) != 0


@pytest.fixture
def make_run(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def start(data_dir: Path | None = None, port: int | None = None) -> Run:
        number = len(runs)
        runs.append(Run(data_dir or tmp_path / f"data-{number}", tmp_path / f"run-{number}.out", port))
        return runs[-1]

    yield start
    for run in runs:
        for pid in run.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        run.process.wait(timeout=20)


def says_one_clear_line(run: Run, expected: str) -> None:
    assert run.process.wait(timeout=30) != 0
    # The last line is make's own, that the command failed.
    lines = [line for line in run.printed().splitlines() if not line.startswith("make: ***")]
    assert len(lines) == 1, run.printed()
    assert re.fullmatch(f"unpinch: {expected}", lines[0]), lines[0]
    assert run.processes() == []


def test_a_taken_port_is_one_clear_line(make_run: Callable[..., Run]):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        says_one_clear_line(make_run(port=port), f"cannot listen on port {port} .*in use.* Set PORT to another one.")


def test_a_data_dir_that_cannot_be_written_is_one_clear_line(make_run: Callable[..., Run], tmp_path: Path):
    # A path below a file is refused to root too.
    (tmp_path / "file").write_text("")
    says_one_clear_line(make_run(tmp_path / "file" / "data"), "cannot write to DATA_DIR .*: .*")


def test_too_old_a_python_is_one_clear_line():
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); sys.argv = ['bootstrap.py', 'run'];"
        "runpy.run_path('tools/bootstrap.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend],
        cwd=ROOT,
        env=clean_environment(PATH="/nowhere"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "unpinch: Python 3.11 or newer is needed, this is 3.9: install python3.11.\n"


@pytest.mark.parametrize("how", ["SIGTERM", "Ctrl-C"])
def test_it_stops_whole_and_starts_again_fast_with_the_same_key(make_run: Callable[..., Run], figure: Figure, how: str):
    first = make_run()
    first.wait_until_it_runs()
    key = first.data_dir / "secret.key"
    assert key.stat().st_mode & 0o777 == 0o600
    content = key.read_text()
    assert len(content) >= 50
    device = Client(first.address).sign_up()
    id = new_id()
    device.put_log(id, a_log())
    assert len(first.processes()) >= 3
    if how == "SIGTERM":
        first.process.terminate()
    else:
        # A terminal sends it to all of its foreground processes.
        os.killpg(first.process.pid, signal.SIGINT)
    first.ends_without_a_trace()
    assert "Traceback" not in first.printed()

    second = make_run(first.data_dir, first.port)
    seconds = second.wait_until_it_runs()
    used = second.cpu_seconds()
    figure("second start, without a network", seconds, "s")
    figure("CPU of a second start", used, "s")
    assert 0 < used < SECOND_START_CPU_SECONDS
    assert key.read_text() == content
    # The same key and the same rows: she is still signed in.
    assert [log["id"] for log in device.logs()] == [id]


def test_two_instances_live_side_by_side(make_run: Callable[..., Run]):
    ours, theirs = make_run(), make_run()
    for run in (ours, theirs):
        run.wait_until_it_runs()
    here, there = Client(ours.address).sign_up(), Client(theirs.address).sign_up()
    id = new_id()
    here.put_log(id, a_log())
    assert there.logs() == []
    # Browsers send a host's cookies to all of its ports: one must not sign the other out.
    names = [{cookie.name for cookie in client.cookies if "session" in cookie.name} for client in (here, there)]
    assert not names[0] & names[1]
    assert (ours.data_dir / "secret.key").read_text() != (theirs.data_dir / "secret.key").read_text()
    theirs.process.terminate()
    theirs.ends_without_a_trace()
    assert [log["id"] for log in here.logs()] == [id]
