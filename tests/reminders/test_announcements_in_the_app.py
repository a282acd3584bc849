"""What was told stands in the app, and there people choose how they hear of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from reminders.models import NewsChoice
from reminders.sending import Came, Sent
from reminders.tasks import tick
from tests.reminders.announcing import A_WHILE, MILD, URGENT, raise_flag

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        # From now on what comes up is news.
        tick()
        traveller.shift(timedelta(minutes=1))
        yield traveller


def tick_later(clock, later=A_WHILE):
    clock.shift(later)
    tick()


class TestTheList:
    def test_it_says_what_was_told_and_when(self, api, alice, clock, push):
        flag = raise_flag(alice)
        tick_later(clock)
        raise_flag(alice, MILD)
        push.answers = [Sent(Came.RETRY, "busy", timedelta(minutes=2))]
        tick_later(clock)
        later, first = api(alice).get("/api/v1/announcements").json()["results"]
        assert (first["kind"], [one["target"] for one in first["news"]]) == ("urgent", [str(flag.pk)])
        assert first["news"][0]["noted_at"] == "2026-03-20T12:01:00+00:00"
        assert {one["channel"]: one["state"] for one in first["deliveries"]} == {
            "inbox": "accepted",
            "push": "accepted",
        }
        assert {one["channel"]: one["state"] for one in later["deliveries"]} == {"inbox": "accepted", "push": "pending"}
        assert "foot" not in str(first)

    def test_it_is_everybodys_own(self, api, alice, bob, clock, push):
        raise_flag(alice)
        tick_later(clock)
        assert api(bob).get("/api/v1/announcements").json()["results"] == []

    def test_it_costs_as_much_for_many_as_for_one(self, api, alice, clock, push, django_assert_num_queries):
        client = api(alice)
        for answers in (URGENT, MILD, {"saddle": "new"}):
            raise_flag(alice, answers)
            tick_later(clock)
            with django_assert_num_queries(5):  # session and person, the list, its news, its deliveries
                client.get("/api/v1/announcements")


class TestTheChoice:
    def test_nothing_breaks_quiet_hours_unless_it_was_allowed(self, api, alice):
        client = api(alice)
        chosen = client.get("/api/v1/announcement-ways").json()
        usual = {"flag": ["push"], "prescription": ["push"], "message": ["push"]}
        assert chosen == {**usual, "urgent_breaks_quiet": False}
        assert client.patch("/api/v1/announcement-ways", {"urgent_breaks_quiet": True}, format="json").json() == {
            **usual,
            "urgent_breaks_quiet": True,
        }
        changed = client.patch("/api/v1/announcement-ways", {"message": ["email", "push"]}, format="json").json()
        assert changed == {**usual, "message": ["push", "email"], "urgent_breaks_quiet": True}
        assert client.get("/api/v1/announcement-ways").json() == changed

    @pytest.mark.parametrize(
        "body",
        [
            {"flag": ["pigeon"]},
            {"flag": "push"},
            {"flag": None},
            {"urgent_breaks_quiet": "perhaps"},
            {"urgent_breaks_quiet": None},
            {"digest": []},
        ],
    )
    def test_a_bad_one_is_refused_and_changes_nothing(self, api, alice, body):
        assert api(alice).patch("/api/v1/announcement-ways", body, format="json").status_code == 400
        assert not NewsChoice.objects.exists()
