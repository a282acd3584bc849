"""The Procfile's commands on a real PostgreSQL and Redis: they keep the time, and SIGTERM drains them."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable

import pytest

from tests.faults.client import Client
from tests.faults.databases import Database
from tests.faults.redis_server import RedisServer
from tests.faults.server import free_port, wait_until
from tests.faults.timekeepers import Timekeepers
from tests.procfile import commands

pytestmark = pytest.mark.fault

PEOPLE = 120
BACK_SECONDS = 60


@pytest.fixture
def keepers(
    postgresql_rows: Database, redis_server: RedisServer, make_timekeepers: Callable[..., Timekeepers]
) -> Timekeepers:
    return make_timekeepers(postgresql_rows, redis=redis_server.address, tick=2)


def start(keepers: Timekeepers, name: str, **environment: str) -> subprocess.Popen[bytes]:
    """By a shell, as whatever reads a Procfile does it."""
    keepers.environment |= environment
    keepers.start("sh", "-c", commands()[name])
    return keepers.running[-1][1]


def drained(process: subprocess.Popen[bytes], keepers: Timekeepers) -> None:
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0, keepers.said()


def test_a_reminder_goes_through_and_the_web_server_says_that_all_is_well(keepers: Timekeepers):
    port = free_port()
    web = start(keepers, "web", PORT=str(port), HOST="127.0.0.1")
    worker, beat = start(keepers, "worker"), start(keepers, "beat")
    keepers.make_due(1)
    wait_until("it is sent", lambda: keepers.states() == {"accepted": 1}, BACK_SECONDS)
    assert keepers.shown() == [1]
    client = Client(f"http://localhost:{port}")
    _, health = wait_until(
        "all is well", lambda: (found := client.ask("GET", "/healthz"))[1]["status"] == "ok" and found
    )
    assert (health["database"], health["broker"]) == ("ok", "ok")
    assert client.sign_up().ask("GET", "/api/v1/reminders")[0] == 200
    for process in (beat, worker, web):
        drained(process, keepers)
    assert not keepers.family()[len(keepers.running) :]


def test_a_worker_that_is_told_to_stop_ends_what_it_is_at_and_leaves_the_rest(keepers: Timekeepers):
    first = start(keepers, "worker")
    start(keepers, "beat")
    keepers.make_due(PEOPLE)
    wait_until("something is sent", lambda: sum(keepers.shown()) > 0, BACK_SECONDS)
    drained(first, keepers)
    # Whatever went out is written down: nobody is told a second time.
    assert keepers.states().get("accepted", 0) == sum(keepers.shown())
    start(keepers, "worker")
    wait_until("all is sent", lambda: keepers.states() == {"accepted": PEOPLE}, BACK_SECONDS)
    assert set(keepers.shown()) == {1}
