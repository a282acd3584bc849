"""What an operator's Prometheus reads."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from reminders.models import Delivery
from reminders.sending import Came, Sent
from reminders.tasks import tick
from tests.reminders.factories import keep

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 3, 20, 6, 30, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(DUE - timedelta(hours=1), tick=False) as traveller:
        yield traveller


def read(client):
    answer = client.get("/metrics")
    assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (200, "text/plain")
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_it_says_what_is_due_how_late_and_what_became_of_it(alice, client, clock, email):
    keep(alice, channels=["email"], times=["07:30"])
    keep(alice, channels=["email"], times=["07:30"])
    assert read(client) == {
        "unpinch_tick_age_seconds": float("inf"),
        "unpinch_reminders_due": 0,
        "unpinch_reminders_lag_seconds": 0,
        "unpinch_deliveries_waiting": 0,
        "unpinch_deliveries_lag_seconds": 0,
    }
    clock.move_to(DUE + timedelta(seconds=40))
    late = read(client)
    assert (late["unpinch_reminders_due"], late["unpinch_reminders_lag_seconds"]) == (2, 40)
    email.answers = [Sent(Came.ACCEPTED), Sent(Came.FAILED, "refused")]
    tick()
    clock.shift(5)
    after = read(client)
    assert (after["unpinch_reminders_due"], after["unpinch_tick_age_seconds"]) == (0, 5)
    assert after['unpinch_deliveries_last_hour{channel="email",state="accepted"}'] == 1
    assert after['unpinch_deliveries_last_hour{channel="email",state="failed"}'] == 1
    assert after['unpinch_deliveries_last_hour{channel="inbox",state="accepted"}'] == 2
    clock.shift(2 * 60 * 60)
    assert not any(name.startswith("unpinch_deliveries_last_hour") for name in read(client))


def test_what_waits_to_be_sent_is_said_too(alice, client, clock, email):
    keep(alice, channels=["email"], times=["07:30"])
    clock.move_to(DUE)
    email.answers = [Sent(Came.RETRY, "busy", timedelta(seconds=30))]
    tick()
    clock.shift(90)
    waiting = read(client)
    assert (waiting["unpinch_deliveries_waiting"], waiting["unpinch_deliveries_lag_seconds"]) == (1, 60)


@pytest.mark.parametrize(
    "asked", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, {"HTTP_FORWARDED": "for=192.0.2.7"}]
)
def test_nobody_else_is_told(client, asked):
    assert client.get("/metrics", **asked).status_code == 404


def test_it_names_nobody(alice, client, clock):
    keep(alice, times=["07:30"])
    clock.move_to(DUE)
    tick()
    text = client.get("/metrics").content.decode()
    for secret in (alice.email, str(alice.pk), *map(str, Delivery.objects.values_list("subject", flat=True))):
        assert secret not in text
