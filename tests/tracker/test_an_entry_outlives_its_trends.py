"""When the trends cannot be followed, the entry and what needs a doctor are kept, and the trends wait."""

import logging
import uuid

import pytest

from tests.tracker.factories import log_body, reading, record, saddle
from tests.tracker.test_trend_flags import numb, steady
from tracker.models import Flag, SymptomLog, TrendCheckpoint, TrendCourse
from tracker.tasks import catch_up_trends

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken(alice):
    """Trends that fail for real: a checkpoint that nobody can read."""
    for parts in numb(steady(40)):
        record(alice, **parts)
    kept = list(TrendCheckpoint.objects.for_user(alice).values_list("pk", "states"))
    assert kept
    TrendCheckpoint.objects.update(states={"numbness": {"secret": "numb since the clinic"}})

    def mend():
        for pk, states in kept:
            TrendCheckpoint.objects.filter(pk=pk).update(states=states)

    return mend


def test_a_mark_on_the_saddle_is_kept_and_raised_though_the_trends_fail(api, alice, broken, caplog):
    client, here = api(alice), f"/api/v1/logs/{uuid.uuid4()}"
    with caplog.at_level(logging.ERROR):
        taken = client.put(here, log_body(occurred_at="2026-03-20T07:30:00+01:00", readings=[saddle(), reading()]))
    assert taken.status_code == 201
    assert Flag.objects.standing().get(rule="saddle").level == "E"
    assert TrendCourse.objects.get(owner=alice).pending_from.isoformat() == "2026-03-20"
    assert "Trends could not be followed" in caplog.text
    assert "clinic" not in caplog.text
    assert client.delete(here).status_code == 204
    assert not Flag.objects.standing().filter(rule="saddle").exists()


def test_so_is_a_batch(api, alice, broken):
    items = [{"id": str(uuid.uuid4()), **log_body(readings=[saddle()])}]
    answered = api(alice).post("/api/v1/logs/batch", items)
    assert (answered.status_code, [one["status"] for one in answered.json()]) == (200, [201])
    assert Flag.objects.standing().filter(rule="saddle").exists()


def test_the_trends_are_followed_up_once_they_can_be_and_hold_up_nobody_else(alice, bob, broken):
    record(alice, readings=[saddle()])
    record(bob)
    TrendCourse.objects.filter(owner=bob).update(pending_from="2026-03-20")
    catch_up_trends()
    waiting = dict(TrendCourse.objects.values_list("owner", "pending_from"))
    assert waiting[alice.pk] is not None
    assert waiting[bob.pk] is None
    broken()
    catch_up_trends()
    assert TrendCourse.objects.get(owner=alice).pending_from is None
    assert SymptomLog.objects.filter(owner=alice).count() == 41
