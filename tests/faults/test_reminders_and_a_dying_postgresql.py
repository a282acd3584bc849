"""PostgreSQL dies while reminders are claimed: what was half written is claimed anew, and the workers find back."""

from __future__ import annotations

import time

import pytest

from tests.faults.counts import count
from tests.faults.databases import PostgreSQLDatabase
from tests.faults.figures import Figure
from tests.faults.redis_server import RedisServer
from tests.faults.server import wait_until
from tests.faults.timekeepers import BEAT, WORKER

pytestmark = pytest.mark.fault

WORKERS = 2
A_ROUND = count(120, 400)
RESTARTS = count(3, 20)
RECOVERY_SECONDS = 60


def test_a_postgresql_that_dies_in_mid_claim(
    postgresql_rows: PostgreSQLDatabase, redis_server: RedisServer, make_timekeepers, figure: Figure
):
    keepers = make_timekeepers(postgresql_rows, redis=redis_server.address, tick=count(5, 0))
    for _ in range(WORKERS):
        keepers.start(*WORKER)
    keepers.start(*BEAT)
    slowest = 0.0
    for restart in range(RESTARTS):
        # Before anything of the claim is written, and when the half of it is.
        table = ("reminders_occurrence", "reminders_delivery")[restart % 2]
        with postgresql_rows.held_up(table):
            keepers.make_due(A_ROUND)
            wait_until("somebody claims", lambda table=table: postgresql_rows.is_claiming(table), RECOVERY_SECONDS)
            postgresql_rows.cluster.die()
        began = time.monotonic()
        postgresql_rows.cluster.start()
        assert keepers.number("occurrence") == restart * A_ROUND
        told = {"accepted": (restart + 1) * A_ROUND}
        wait_until("all is sent", lambda told=told: keepers.states() == told, RECOVERY_SECONDS)
        slowest = max(slowest, time.monotonic() - began)
    figure(f"PostgreSQL killed {RESTARTS} times in mid-claim: longest until all was sent", slowest, "s")
    # It died before anything of a round was sent.
    assert set(keepers.shown()) == {1}
    assert keepers.number("occurrence") == RESTARTS * A_ROUND
    assert keepers.number("reminder WHERE next_due_at <= CURRENT_TIMESTAMP") == 0
    assert keepers.all_live(), keepers.said()
