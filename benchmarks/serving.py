"""A real server on a database of its own, and a client that keeps it busy over loopback."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The tests' own way of starting processes; run as a script, the root is not on the path yet.
sys.path.insert(0, str(ROOT))

from tests.processes import free_port, running, until  # noqa: E402

# (method, path, body)
Request = tuple[str, str, dict | None]


@dataclass
class Server:
    port: int
    pid: int
    headers: dict[str, str]


@contextlib.contextmanager
def server(seed: str, threads: int = 2) -> Iterator[Server]:
    """Granian with one worker, as `make run` starts it, over the rows that `benchmarks.<seed>` makes."""
    with tempfile.TemporaryDirectory(prefix="unpinch-bench-") as folder:
        port = free_port()
        environment = {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "benchmarks.settings", "PORT": str(port)}
        env = {**os.environ, **environment}
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "migrate", "-v0", "--run-syncdb"], cwd=ROOT, env=env, check=True)
        made = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{seed}"], cwd=ROOT, env=env, check=True, capture_output=True, text=True
        )
        session = json.loads(made.stdout.splitlines()[-1])
        token = "b" * 32
        headers = {
            "Host": f"localhost:{port}",
            "Cookie": f"unpinch_session_{port}={session}; csrftoken={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/json",
        }
        command = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--port", str(port)]
        command += ["--workers", "1", "--blocking-threads", str(threads), "benchmarks.wsgi:application"]
        with running(command, **environment) as process:
            until(lambda: ask(port, headers, ("GET", "/api/v1/me", None)) == 200, "the server")
            yield Server(port, process.pid, headers)


def ask(port: int, headers: dict[str, str], request: Request) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        return send(connection, headers, request)
    except OSError:
        return 0
    finally:
        connection.close()


def send(connection: http.client.HTTPConnection, headers: dict[str, str], request: Request) -> int:
    method, path, body = request
    connection.request(method, path, json.dumps(body) if body is not None else None, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def throughput(target: Server, make: Callable[[], Request], seconds: float, connections: int = 4) -> float:
    """Answers a second over `seconds`, from a few kept connections. Any answer but a 2xx ends the run."""
    counts: queue.Queue[int | str] = queue.Queue()
    start = threading.Barrier(connections + 1)

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=20)
        done = 0
        start.wait()
        until_ = time.monotonic() + seconds
        while time.monotonic() < until_:
            status = send(connection, target.headers, make())
            if not 200 <= status < 300:
                counts.put(f"answered {status}")
                return
            done += 1
        counts.put(done)

    workers = [threading.Thread(target=work) for _ in range(connections)]
    for worker in workers:
        worker.start()
    start.wait()
    for worker in workers:
        worker.join()
    found = [counts.get() for _ in workers]
    faults = [count for count in found if isinstance(count, str)]
    if faults:
        raise SystemExit(f"benchmark: the server {faults[0]}")
    return sum(count for count in found if isinstance(count, int)) / seconds


def compare(target: Server, ours: Callable[[], Request], bare: Callable[[], Request], rounds: int = 7) -> dict:
    """Ours and bare in turns, so that whatever else the machine does falls on both: medians, and the median ratio."""
    pairs = [(throughput(target, ours, 1.5), throughput(target, bare, 1.5)) for _ in range(rounds + 1)][1:]
    return {
        "ours_per_second": round(statistics.median(one for one, _ in pairs)),
        "bare_per_second": round(statistics.median(other for _, other in pairs)),
        "ratio": round(statistics.median(one / other for one, other in pairs), 3),
    }


def resident_megabytes(pid: int) -> dict[int, float]:
    """Resident memory of the process and its children, in MB."""
    found = {}
    for process in [pid, *children(pid)]:
        status = Path(f"/proc/{process}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        found[process] = int(line.split()[1]) / 1024
    return found


def children(pid: int) -> list[int]:
    direct = [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [process for child in direct for process in (child, *children(child))]


def new_id() -> str:
    return str(uuid.uuid4())
