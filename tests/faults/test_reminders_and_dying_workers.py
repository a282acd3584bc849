"""Many are due in one minute and workers are killed while they send: nothing is lost or recorded twice."""

from __future__ import annotations

import random
import time

import pytest

from tests.faults.counts import count
from tests.faults.databases import Database
from tests.faults.figures import Figure
from tests.faults.redis_server import RedisServer
from tests.faults.server import wait_until
from tests.faults.timekeepers import BEAT, EMBEDDED, WORKER, Timekeepers

pytestmark = pytest.mark.fault

PEOPLE = count(600, 10_000)
KILLS = count(6, 50)
WORKERS = 2
# So long that only what never comes is missed: how fast it goes is told by the figures.
LONGEST = count(120, 1800)


def test_on_sqlite_with_the_embedded_schedulers(sqlite: Database, make_timekeepers, figure: Figure) -> None:
    keepers = make_timekeepers(sqlite, tick=5)
    keepers.make_due(PEOPLE)
    for _ in range(WORKERS):
        keepers.start(*EMBEDDED)
    survive_kills(keepers, "SQLite", figure)
    assert sqlite.rows("PRAGMA integrity_check") == [("ok",)]


def test_on_postgresql_with_celery_and_redis(
    postgresql_rows: Database, redis_server: RedisServer, make_timekeepers, figure: Figure
) -> None:
    keepers = make_timekeepers(postgresql_rows, redis=redis_server.address, tick=5)
    keepers.make_due(PEOPLE)
    for _ in range(WORKERS):
        keepers.start(*WORKER)
    keepers.start(*BEAT)
    survive_kills(keepers, "PostgreSQL", figure)


def survive_kills(keepers: Timekeepers, name: str, figure: Figure) -> None:
    chance, began = random.Random(5), time.monotonic()
    most = max(15, PEOPLE // KILLS)
    for kill in range(KILLS):
        enough = min(sum(keepers.shown()) + chance.randint(3, most), PEOPLE - KILLS + kill)
        wait_until("something is sent", lambda enough=enough: sum(keepers.shown()) >= enough, LONGEST)
        keepers.kill(kill % WORKERS)
    wait_until("all is sent", lambda: keepers.states() == {"accepted": PEOPLE}, LONGEST)
    shown = keepers.shown()
    extra = sum(shown) - PEOPLE
    figure(f"{PEOPLE} due at once on {name}, {KILLS} kills: sent too often", extra, "pushes")
    figure(f"{PEOPLE} due at once on {name}, {KILLS} kills: until the last was sent", time.monotonic() - began, "s")
    assert min(shown) >= 1
    assert extra <= KILLS
    assert keepers.number("occurrence") == PEOPLE
    assert keepers.number("delivery WHERE channel = 'inbox' AND state = 'accepted'") == PEOPLE
    assert keepers.number("delivery") == 2 * PEOPLE
    assert keepers.number("reminder WHERE next_due_at <= CURRENT_TIMESTAMP") == 0
    assert keepers.all_live(), keepers.said()
