"""A person's reminders: kept, changed and deleted like any document, and refused when nothing can come of them."""

import uuid

import pytest
import time_machine
from django.db import connection

from accounts.models import Revision
from exercises.catalogue import starters
from reminders.models import Reminder
from reminders.vocabulary import REMINDERS_A_PERSON
from tests.exercises import factories as stretching
from tests.people import make_person
from tests.reminders.factories import keep, reminder_body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

NOON = "2026-03-20T12:00:00+01:00"


def address(id=None):
    return f"/api/v1/reminders/{id or uuid.uuid4()}"


def errors(answer):
    return [(error["field"], error["code"]) for error in answer.json()["errors"]]


@time_machine.travel(NOON, tick=False)
def test_a_reminder_is_kept_under_the_devices_id_and_knows_when_it_is_due(api, alice):
    client, here = api(alice), address()
    answer = client.put(here, reminder_body())
    assert answer.status_code == 201
    kept = answer.json()
    assert {name: kept[name] for name in reminder_body()} == reminder_body()
    assert (kept["version"], kept["next_due_at"]) == (1, "2026-03-20T18:00:00+00:00")
    assert client.get(here).json() == kept
    again = client.put(here, reminder_body())
    assert (again.status_code, again.json()) == (200, kept)


@time_machine.travel(NOON, tick=False)
def test_a_short_body_gets_the_usual_rest(api, alice):
    short = {"kind": "log", "times": ["19:00"], "frequency": "daily", "starts_on": "2026-03-02", "time_zone": "UTC"}
    kept = api(alice).put(address(), short).json()
    assert {name: kept[name] for name in ("interval", "weekdays", "quiet", "grace_minutes", "active", "pause")} == {
        "interval": 1,
        "weekdays": [],
        "quiet": "defer",
        "grace_minutes": 120,
        "active": True,
        "pause": None,
    }


def test_times_days_and_channels_are_kept_in_order_and_once(api, alice):
    body = reminder_body(times=["19:00", "07:30", "19:00"], weekdays=["sun", "mon"], channels=["email", "push"])
    kept = api(alice).put(address(), body).json()
    assert (kept["times"], kept["weekdays"]) == (["07:30", "19:00"], ["mon", "sun"])
    assert kept["channels"] == ["push", "email"]


@time_machine.travel(NOON, tick=False)
def test_an_edit_finds_the_next_time_anew_and_keeps_the_version_before(api, alice):
    client, here = api(alice), address()
    client.put(here, reminder_body())
    edited = client.put(here, reminder_body(times=["13:00"], base_version=1)).json()
    assert (edited["version"], edited["next_due_at"]) == (2, "2026-03-20T12:00:00+00:00")
    assert Revision.objects.get(kind="reminder").body["times"] == ["07:30", "19:00"]
    off = client.put(here, reminder_body(times=["13:00"], active=False, base_version=2)).json()
    assert off["next_due_at"] is None


def test_an_edit_passes_over_nothing_that_is_due_and_not_claimed_yet(alice):
    with time_machine.travel("2026-03-20T07:29:00+01:00"):
        id = keep(alice).pk
    with time_machine.travel("2026-03-20T07:30:09+01:00"):
        assert (
            keep(alice, id, base_version=1, text="Other words").next_due_at.isoformat() == "2026-03-20T06:30:00+00:00"
        )
        assert keep(alice, id, base_version=2, times=["07:00"]).next_due_at.isoformat() == "2026-03-21T06:00:00+00:00"


@time_machine.travel(NOON, tick=False)
def test_two_devices_edits_come_together_and_a_rule_stays_whole(api, alice):
    client, here = api(alice), address()
    client.put(here, reminder_body())
    client.put(here, reminder_body(times=["08:00"], frequency="weekly", weekdays=["mon"], base_version=1))
    merged = client.put(here, reminder_body(channels=["email"], base_version=1)).json()
    assert (merged["times"], merged["frequency"], merged["channels"]) == (["08:00"], "weekly", ["email"])
    lost = client.put(here, reminder_body(starts_on="2026-03-03", base_version=1)).json()
    assert (lost["times"], lost["frequency"], lost["overwritten"]) == (["07:30", "19:00"], "daily", ["times"])


def test_one_that_follows_the_device_goes_by_the_persons_wall(alice):
    alice.time_zone = "Pacific/Auckland"
    with time_machine.travel(NOON):
        assert keep(alice, follow_device=True).next_due_at.isoformat() == "2026-03-20T18:30:00+00:00"
        assert keep(alice).next_due_at.isoformat() == "2026-03-20T18:00:00+00:00"


def test_a_deleted_reminder_is_due_no_more_and_its_tombstone_is_heard_of(api, alice):
    client, reminder = api(alice), keep(alice)
    assert client.delete(f"{address(reminder.pk)}?base_version=1").status_code == 204
    assert client.delete(f"{address(reminder.pk)}?base_version=1").status_code == 204
    assert client.get(address(reminder.pk)).status_code == 404
    assert client.get("/api/v1/reminders").json()["results"] == []
    since = reminder.received_at.isoformat()
    [tombstone] = client.get("/api/v1/reminders", {"changed_since": since}).json()["results"]
    assert (tombstone["id"], tombstone["version"], tombstone["next_due_at"]) == (str(reminder.pk), 2, None)
    again = client.put(address(reminder.pk), reminder_body(base_version=2))
    assert (again.status_code, again.json()["next_due_at"] is not None) == (200, True)


def test_a_list_takes_as_many_queries_for_twenty_as_for_one(api, alice, django_assert_num_queries):
    client = api(alice)
    for count in (1, 19):
        for _ in range(count):
            keep(alice)
        with django_assert_num_queries(4):  # session, person, reminders, what is held back
            client.get("/api/v1/reminders")


def test_a_starter_and_ones_own_routine_and_plan_can_be_reminded_of(api, alice):
    client = api(alice)
    for routine in (next(iter(starters())), stretching.save(alice).pk):
        kept = client.put(address(), reminder_body(kind="routine", routine=str(routine), text=""))
        assert (kept.status_code, kept.json()["routine"]) == (201, str(routine))
    plan = stretching.set_for(alice).pk
    kept = client.put(address(), reminder_body(kind="prescription", prescription=str(plan), text=""))
    assert (kept.status_code, kept.json()["prescription"]) == (201, str(plan))


def test_anothers_routine_and_plan_are_none(api, alice, charlie):
    routine, plan = stretching.save(alice).pk, stretching.set_for(alice).pk
    client = api(charlie)
    refused = client.put(address(), reminder_body(kind="routine", routine=str(routine)))
    assert (refused.status_code, errors(refused)) == (400, [("routine", "unknown_routine")])
    refused = client.put(address(), reminder_body(kind="prescription", prescription=str(plan)))
    assert (refused.status_code, errors(refused)) == (400, [("prescription", "unknown_prescription")])
    assert Reminder.objects.count() == 0


def test_one_more_than_the_limit_is_refused_and_a_deleted_one_makes_room(api, alice):
    client = api(alice)
    kept = [keep(alice) for _ in range(REMINDERS_A_PERSON)]
    refused = client.put(address(), reminder_body())
    assert (refused.status_code, errors(refused)) == (400, [(None, "too_many_reminders")])
    assert Reminder.objects.count() == REMINDERS_A_PERSON
    # An edit adds none.
    assert client.put(address(kept[0].pk), reminder_body(text="Other", base_version=1)).status_code == 200
    client.delete(address(kept[1].pk))
    assert client.put(address(), reminder_body()).status_code == 201


def test_erasing_a_person_takes_their_reminders_along(api, alice):
    other = keep(make_person("dora"))
    keep(alice)
    gone = api(alice).delete("/api/v1/me", {"password": "a long enough passphrase"})
    assert gone.status_code == 204
    assert list(Reminder.objects.all()) == [other]
    connection.check_constraints()


BAD = {
    "unknown kind": (reminder_body(kind="sleep"), "kind", "invalid_choice"),
    "a routine's without one": (reminder_body(kind="routine"), "routine", "wrong_for_kind"),
    "a routine on a log": (reminder_body(kind="log", routine=str(uuid.uuid4())), "routine", "wrong_for_kind"),
    "routine no id": (reminder_body(kind="routine", routine="x"), "routine", "invalid"),
    "a plan's without one": (reminder_body(kind="prescription"), "prescription", "wrong_for_kind"),
    "no own words": (reminder_body(text=" "), "text", "blank"),
    "long words": (reminder_body(text="x" * 201), "text", "max_length"),
    "no times": (reminder_body(times=[]), "times", "min_length"),
    "nine times": (reminder_body(times=[f"{hour:02}:00" for hour in range(9)]), "times", "max_length"),
    "24:00": (reminder_body(times=["24:00"]), "times.0", "invalid"),
    "7:30": (reminder_body(times=["08:00", "7:30"]), "times.1", "invalid"),
    "half past seven": (reminder_body(times=["07:30:00"]), "times.0", "invalid"),
    "times null": (reminder_body(times=None), "times", "null"),
    "hourly": (reminder_body(frequency="hourly"), "frequency", "invalid_choice"),
    "every 0 days": (reminder_body(interval=0), "interval", "min_value"),
    "every 366 days": (reminder_body(interval=366), "interval", "max_value"),
    "every 1.5 days": (reminder_body(interval=1.5), "interval", "invalid"),
    "unknown weekday": (reminder_body(weekdays=["monday"]), "weekdays.0", "invalid_choice"),
    "a start that is no date": (reminder_body(starts_on="2026-02-30"), "starts_on", "invalid"),
    "a start long ago": (reminder_body(starts_on="1999-12-31"), "starts_on", "too_early"),
    "an end before the start": (reminder_body(ends_on="2026-03-01"), "ends_on", "ends_before_start"),
    "a zone that does not exist": (reminder_body(time_zone="Europe/Bonn"), "time_zone", "invalid_time_zone"),
    "unknown channel": (reminder_body(channels=["sms"]), "channels.0", "invalid_choice"),
    "unknown quiet": (reminder_body(quiet="shout"), "quiet", "invalid_choice"),
    "a grace of 4 minutes": (reminder_body(grace_minutes=4), "grace_minutes", "min_value"),
    "a pause that ends before it begins": (
        reminder_body(pause={"from": "2026-04-02", "to": "2026-04-01"}),
        "pause.to",
        "before_from",
    ),
    "half a pause": (reminder_body(pause={"from": "2026-04-02"}), "pause.to", "required"),
    "misspelt field": (reminder_body(weekday=["mon"]), "weekday", "unknown_field"),
    "no object": ([], None, "invalid"),
    "never a Monday": (reminder_body(interval=7, weekdays=["tue"]), "frequency", "never_due"),
    "no Friday before the end": (
        reminder_body(frequency="weekly", weekdays=["fri"], ends_on="2026-03-05"),
        "frequency",
        "never_due",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_reminder_is_refused_at_its_field_and_nothing_is_written(api, alice, name):
    body, field, code = BAD[name]
    client = api(alice)
    for refused in (client.put(address(), body), client.post("/api/v1/reminders/preview", body)):
        assert refused.status_code == 400
        assert errors(refused) == [(field, code)]
    assert Reminder.objects.count() == 0
