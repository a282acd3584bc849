"""Done, skip and snooze: the first answer stands."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from reminders.models import Delivery, Occurrence
from tests.reminders.factories import come_due, keep

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 3, 20, 7, 30, tzinfo=UTC)
NOW = DUE + timedelta(minutes=5)


@pytest.fixture
def occurrence(alice):
    with time_machine.travel(DUE, tick=False):
        row = come_due(keep(alice), DUE)
        Delivery.objects.create(
            owner=alice,
            occurrence=row,
            subject=str(row.pk),
            channel="inbox",
            state="accepted",
            send_at=DUE,
            expires_at=DUE + timedelta(hours=2),
            ended_at=DUE,
        )
        return row


@pytest.fixture(autouse=True)
def five_minutes_later():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def say(client, occurrence, answer, **parts):
    return client.put(f"/api/v1/occurrences/{occurrence.pk}/answer", {"answer": answer, **parts})


@pytest.mark.parametrize("answer", ["done", "skip"])
def test_an_answer_is_kept_with_its_time_and_may_be_repeated(api, alice, occurrence, answer):
    client = api(alice)
    pressed = "2026-03-20T08:32:00+01:00"
    first = say(client, occurrence, answer, answered_at=pressed)
    assert first.status_code == 200
    said = first.json()
    assert (said["state"], said["answer"], said["answered_at"]) == ("answered", answer, "2026-03-20T07:32:00+00:00")
    assert say(client, occurrence, answer, answered_at=pressed).json() == said


def test_the_first_answer_stands_and_the_other_device_is_told_which(api, alice, occurrence):
    client = api(alice)
    first = say(client, occurrence, "skip").json()
    for later in ("done", "snooze"):
        second = say(client, occurrence, later, **({"minutes": 10} if later == "snooze" else {}))
        assert (second.status_code, second.json()) == (200, first)


def test_a_snooze_is_told_again_at_its_time_by_the_same_ways(api, alice, occurrence):
    said = say(api(alice), occurrence, "snooze", minutes=30, answered_at="2026-03-20T08:34:00+01:00").json()
    assert (said["answer"], said["snoozed_until"]) == ("snooze", "2026-03-20T08:04:00+00:00")
    again = Delivery.objects.get(turn=1)
    until = datetime(2026, 3, 20, 8, 4, tzinfo=UTC)
    assert (again.channel, again.state, again.try_at, again.expires_at) == (
        *("inbox", "pending", until),
        until + timedelta(hours=2),
    )


def test_until_evening_is_seven_on_the_reminders_wall(api, alice, occurrence, five_minutes_later):
    client = api(alice)
    said = say(client, occurrence, "snooze", until="evening").json()
    assert said["snoozed_until"] == "2026-03-20T18:00:00+00:00"


def test_until_evening_in_the_evening_is_refused(api, alice, occurrence, five_minutes_later):
    five_minutes_later.move_to("2026-03-20T19:00:00+01:00")
    refused = say(api(alice), occurrence, "snooze", until="evening")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "evening_is_over")
    occurrence.refresh_from_db()
    assert occurrence.state == "due"


def test_done_ends_a_snooze_that_runs_and_a_second_snooze_does_not_lengthen_it(api, alice, occurrence):
    client = api(alice)
    first = say(client, occurrence, "snooze", minutes=10).json()
    assert say(client, occurrence, "snooze", minutes=60).json() == first
    assert say(client, occurrence, "done").json()["answer"] == "done"
    assert Delivery.objects.get(turn=1).state == "cancelled"


def test_a_snooze_that_has_run_out_can_be_snoozed_again(api, alice, occurrence, five_minutes_later):
    client = api(alice)
    say(client, occurrence, "snooze", minutes=10)
    five_minutes_later.move_to(NOW + timedelta(minutes=11))
    say(client, occurrence, "snooze", minutes=10)
    assert list(Delivery.objects.order_by("turn").values_list("turn", flat=True)) == [0, 1, 2]


def test_what_was_missed_can_still_be_said_to_be_done(api, alice, occurrence):
    Occurrence.objects.update(state="missed", reason="late")
    assert say(api(alice), occurrence, "done").json()["state"] == "answered"


def test_a_clock_that_runs_ahead_answers_now(api, alice, occurrence):
    said = say(api(alice), occurrence, "done", answered_at="2026-03-20T20:00:00+01:00").json()
    assert said["answered_at"] == "2026-03-20T07:35:00+00:00"


def test_nobody_elses_occurrence_can_be_answered(api, charlie, occurrence):
    assert say(api(charlie), occurrence, "done").status_code == 404
    occurrence.refresh_from_db()
    assert occurrence.state == "due"


@pytest.mark.parametrize(
    ("parts", "field", "code"),
    [
        ({"answer": "later"}, "answer", "invalid_choice"),
        ({"answer": "snooze"}, "minutes", "required"),
        ({"answer": "snooze", "minutes": 15}, "minutes", "invalid_choice"),
        ({"answer": "snooze", "minutes": 10, "until": "evening"}, "minutes", "required"),
        ({"answer": "snooze", "until": "noon"}, "until", "invalid_choice"),
        ({"answer": "done", "minutes": 10}, "minutes", "only_of_snooze"),
        ({"answer": "done", "answered_at": "2026-03-25T20:00:00+01:00"}, "answered_at", "too_late"),
        ({"answer": "done", "note": "x"}, "note", "unknown_field"),
        ({}, "answer", "required"),
    ],
)
def test_a_bad_answer_is_refused_and_changes_nothing(api, alice, occurrence, parts, field, code):
    refused = api(alice).put(f"/api/v1/occurrences/{occurrence.pk}/answer", parts)
    assert refused.status_code == 400
    assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [(field, code)]
    occurrence.refresh_from_db()
    assert occurrence.state == "due"


def test_the_list_holds_what_came_due_newest_first_without_what_is_held_back(api, alice, charlie, occurrence):
    reminder = occurrence.reminder
    earlier = come_due(reminder, DUE - timedelta(days=1))
    come_due(reminder, DUE - timedelta(days=2), send_at=NOW + timedelta(hours=1))
    come_due(keep(charlie), DUE)
    found = api(alice).get("/api/v1/occurrences").json()["results"]
    assert [one["id"] for one in found] == [str(occurrence.pk), str(earlier.pk)]
    assert (found[0]["kind"], found[0]["text"], found[0]["local_date"]) == ("custom", "Change the pillow", "2026-03-20")
    assert found[0]["deliveries"] == [{"channel": "inbox", "state": "accepted", "at": DUE.isoformat()}]
    of_a_day = api(alice).get("/api/v1/occurrences", {"from": "2026-03-19", "to": "2026-03-19"}).json()["results"]
    assert [one["id"] for one in of_a_day] == [str(earlier.pk)]


def test_a_list_takes_as_many_queries_for_twenty_as_for_one(api, alice, occurrence, django_assert_num_queries):
    client = api(alice)
    for days in (0, 19):
        for day in range(days):
            come_due(occurrence.reminder, DUE - timedelta(days=day + 1))
        with django_assert_num_queries(4):  # session, person, occurrences with reminders, deliveries
            client.get("/api/v1/occurrences")


def test_an_unknown_occurrence_is_404(api, alice):
    assert api(alice).put(f"/api/v1/occurrences/{uuid.uuid4()}/answer", {"answer": "done"}).status_code == 404
