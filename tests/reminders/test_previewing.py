"""The next times that the editor shows."""

import pytest
import time_machine

from reminders.models import Reminder
from tests.exercises import factories as stretching
from tests.reminders.factories import reminder_body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

HERE = "/api/v1/reminders/preview"


def due(answer):
    assert answer.status_code == 200
    return [(one["local_date"], one["slot"], one["due_at"]) for one in answer.json()["due"]]


def test_the_next_times_are_utc_and_counted_by_slot(api, alice):
    body = reminder_body(after="2026-03-28T12:00:00+01:00", count=3)
    assert due(api(alice).post(HERE, body)) == [
        ("2026-03-28", 1, "2026-03-28T18:00:00Z"),
        ("2026-03-29", 0, "2026-03-29T05:30:00Z"),
        ("2026-03-29", 1, "2026-03-29T17:00:00Z"),
    ]
    assert Reminder.objects.count() == 0


@time_machine.travel("2026-03-20T12:00:00+01:00")
def test_ten_from_now_on_unless_told(api, alice):
    found = due(api(alice).post(HERE, reminder_body()))
    assert (len(found), found[0]) == (10, ("2026-03-20", 1, "2026-03-20T18:00:00Z"))


def test_the_days_of_a_pause_and_after_the_end_are_left_out(api, alice):
    pause = {"from": "2026-03-21", "to": "2026-03-22"}
    body = reminder_body(times=["09:00"], pause=pause, ends_on="2026-03-24", after="2026-03-20T00:00:00+01:00")
    assert [day for day, *_ in due(api(alice).post(HERE, body))] == ["2026-03-20", "2026-03-23", "2026-03-24"]


def test_a_pause_of_a_lifetime_ends_the_search(api, alice):
    body = reminder_body(pause={"from": "2026-01-01", "to": "2100-12-31"}, after="2026-03-20T00:00:00+01:00")
    assert due(api(alice).post(HERE, body)) == []


def test_a_plan_is_due_on_its_own_days_only(api, alice):
    plan = stretching.set_for(alice, weekdays=["mon", "fri"], ends_on="2026-03-13")
    about = {"kind": "prescription", "prescription": str(plan.pk), "text": "", "times": ["09:00"]}
    body = reminder_body(**about, after="2026-03-05T00:00:00+01:00")
    assert [day for day, *_ in due(api(alice).post(HERE, body))] == ["2026-03-06", "2026-03-09", "2026-03-13"]


def test_a_plan_that_is_over_ends_the_search_however_rare_the_reminder(api, alice):
    plan = stretching.set_for(alice, ends_on="2026-03-13")
    about = {"kind": "prescription", "prescription": str(plan.pk), "text": "", "times": ["09:00"]}
    rare = {"frequency": "weekly", "interval": 365, "weekdays": ["sun"], "after": "2026-03-20T00:00:00+01:00"}
    assert due(api(alice).post(HERE, reminder_body(**about, **rare))) == []


def test_one_that_follows_the_device_goes_by_the_profile(api, alice):
    alice.time_zone = "America/New_York"
    alice.save()
    body = reminder_body(times=["09:00"], follow_device=True, after="2026-03-20T00:00:00+00:00", count=1)
    assert due(api(alice).post(HERE, body)) == [("2026-03-20", 0, "2026-03-20T13:00:00Z")]


@pytest.mark.parametrize(
    ("parts", "field", "code"),
    [
        ({"count": 0}, "count", "min_value"),
        ({"count": 51}, "count", "max_value"),
        ({"after": "tomorrow"}, "after", "invalid_time"),
        ({"after": "9999-12-31T23:59:00+00:00"}, "after", "too_late"),
    ],
)
def test_a_bad_question_is_refused(api, alice, parts, field, code):
    refused = api(alice).post(HERE, reminder_body(**parts))
    assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [(field, code)]
