"""Redis is a doorbell: killed with all that it knew, or away for a while, it loses no reminder and doubles none."""

from __future__ import annotations

import time

import pytest

from tests.faults.counts import count
from tests.faults.databases import Database
from tests.faults.figures import Figure
from tests.faults.redis_server import RedisServer
from tests.faults.server import wait_until
from tests.faults.timekeepers import BEAT, WORKER, Timekeepers

pytestmark = pytest.mark.fault

WORKERS = 2
A_ROUND = count(80, 300)
KILLS = count(3, 20)
GONE_SECONDS = count(10, 300)
TICK = count(5, 0)
BACK_SECONDS = 90


@pytest.fixture
def keepers(postgresql_rows: Database, redis_server: RedisServer, make_timekeepers) -> Timekeepers:
    found = make_timekeepers(postgresql_rows, redis=redis_server.address, tick=TICK)
    for _ in range(WORKERS):
        found.start(*WORKER)
    found.start(*BEAT)
    wait_until("the clock ticks", redis_server.has_handed_something_out, 60)
    return found


def start_again(redis_server: RedisServer) -> float:
    """Seconds until somebody works at its word again."""
    began = time.monotonic()
    redis_server.start()
    wait_until("a worker takes a message", redis_server.has_handed_something_out, BACK_SECONDS)
    return time.monotonic() - began


def all_are_told_once(keepers: Timekeepers, redis_server: RedisServer, people: int) -> None:
    wait_until("all is sent", lambda: keepers.states() == {"accepted": people}, BACK_SECONDS)
    # No process died, so there is no excuse for a second one.
    assert set(keepers.shown()) == {1}
    assert keepers.number("occurrence") == people
    assert keepers.all_live(), keepers.said()
    wait_until("nobody is deaf", lambda: redis_server.listeners() == WORKERS, BACK_SECONDS)


def test_a_redis_that_is_killed_while_they_send(keepers: Timekeepers, redis_server: RedisServer, figure: Figure):
    slowest = 0.0
    for kill in range(KILLS):
        keepers.make_due(A_ROUND)
        wait_until("something is sent", lambda sent=kill * A_ROUND: sum(keepers.shown()) > sent, BACK_SECONDS)
        redis_server.kill()
        slowest = max(slowest, start_again(redis_server))
        wait_until("the rest is sent", lambda all=(kill + 1) * A_ROUND: sum(keepers.shown()) >= all, BACK_SECONDS)
    all_are_told_once(keepers, redis_server, KILLS * A_ROUND)
    figure(f"Redis killed {KILLS} times: longest until a worker took a message again", slowest, "s")


def test_a_redis_that_is_gone_for_a_while(keepers: Timekeepers, redis_server: RedisServer, figure: Figure):
    redis_server.kill()
    gone = time.monotonic()
    keepers.make_due(A_ROUND)
    # This long it is away: nothing is waited for.
    time.sleep(max(0, GONE_SECONDS - (time.monotonic() - gone)))
    began = time.monotonic()
    figure(f"Redis gone for {GONE_SECONDS} s: until a worker took a message again", start_again(redis_server), "s")
    all_are_told_once(keepers, redis_server, A_ROUND)
    assert time.monotonic() - began < BACK_SECONDS
