"""Reminders in other calendars: by a secret address, in RFC 5545, the same events again and again."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from reminders.ics import Event, calendar
from reminders.keeping import delete_reminder
from reminders.models import CalendarFeed, Occurrence
from reminders.tasks import tick
from tests.exercises import factories as stretching
from tests.reminders.factories import keep

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
PRIVATE = "Saddle feels numb again"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def opened(client):
    made = client.post("/api/v1/calendar-feed")
    assert made.status_code == 201
    return made.json()["url"].removeprefix("http://localhost:8000")


def events(text):
    """Each event's properties, read as RFC 5545 says: lines unfolded, those of the alarm left out."""
    found, current, alarm = [], None, False
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            current = {}
        elif line == "END:VEVENT":
            found.append(current)
            current = None
        elif line in ("BEGIN:VALARM", "END:VALARM"):
            alarm = line.startswith("BEGIN")
        elif current is not None and not alarm:
            current[name] = value
    return found


def read(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    return events(answer.content.decode())


def test_it_shows_the_next_two_months_by_the_engines_own_times(api, alice):
    keep(alice, times=["02:30"], text=PRIVATE)
    found = read(opened(api(alice)))
    starts = [event["DTSTART"] for event in found]
    # Over the night in which the clock is put forward.
    assert starts[8:11] == ["20260328T013000Z", "20260329T013000Z", "20260330T003000Z"]
    assert len(starts) == 61
    assert {event["SUMMARY"] for event in found} == {"Your reminder"}


def test_nothing_private_is_in_it(api, alice):
    keep(alice, text=PRIVATE)
    text = Client().get(opened(api(alice))).content.decode()
    for secret in (PRIVATE, "numb", alice.email, alice.display_name, str(alice.pk)):
        assert secret not in text


def test_an_event_stays_the_same_one_and_a_change_is_a_change_of_it(api, alice, clock):
    reminder = keep(alice, times=["19:00"])
    path = opened(api(alice))
    before = {event["UID"]: event for event in read(path)}
    clock.shift(timedelta(hours=1))
    assert {event["UID"]: event for event in read(path)} == before
    keep(alice, reminder.pk, base_version=1, times=["19:00"], time_zone="Europe/London")
    after = {event["UID"]: event for event in read(path)}
    assert after.keys() == before.keys()
    uid = next(iter(after))
    assert (before[uid]["SEQUENCE"], after[uid]["SEQUENCE"]) == ("1", "2")
    assert before[uid]["DTSTART"] != after[uid]["DTSTART"]


def test_an_event_bears_the_id_of_what_comes_due(api, alice, clock):
    keep(alice, times=["19:00"])
    uids = {event["UID"] for event in read(opened(api(alice)))}
    clock.shift(timedelta(hours=7))
    tick()
    assert f"{Occurrence.objects.get().pk}@localhost" in uids


def test_what_is_off_paused_over_or_deleted_is_not_in_it(api, alice):
    path = opened(api(alice))
    keep(alice, active=False)
    keep(alice, times=["19:00"], ends_on="2026-03-18")
    gone = keep(alice)
    delete_reminder(owner=alice, id=gone.pk, base_version=None)
    keep(alice, times=["19:00"], ends_on="2026-03-23", pause={"from": "2026-03-19", "to": "2026-03-22"})
    assert [event["DTSTART"][:8] for event in read(path)] == ["20260323"]


@pytest.mark.usefixtures("catalogue")
def test_a_plan_shows_on_its_days(api, alice):
    plan = stretching.set_for(alice, weekdays=["mon"], ends_on="2026-04-06")
    keep(alice, kind="prescription", prescription=str(plan.pk), text="", times=["09:00"])
    assert [event["DTSTART"][:8] for event in read(opened(api(alice)))] == ["20260323", "20260330", "20260406"]


def test_every_line_is_short_ends_as_it_should_and_cuts_no_character(alice):
    title = "Zeit für Übungen; später, nach dem Tee\n" * 5
    text = calendar("Ünpinch", [Event("a@b", NOW, title, 1, NOW)])
    lines = text.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()
    assert b"\n" not in text.replace(b"\r\n", b"")
    [event] = events(text.decode())
    assert event["SUMMARY"] == title.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def test_only_the_hash_of_the_address_is_kept_and_it_is_said_once(api, alice):
    client = api(alice)
    token = opened(client).removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) == 43
    assert token not in str(CalendarFeed.objects.values().get())
    again = client.get("/api/v1/calendar-feed").json()
    assert (again["url"], again["made_at"]) == (None, NOW.isoformat())


def test_a_new_address_closes_the_old_one_and_closing_closes_it(api, alice):
    client = api(alice)
    old, new = opened(client), opened(client)
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    assert client.delete("/api/v1/calendar-feed").status_code == 204
    assert Client().get(new).status_code == 404
    assert client.get("/api/v1/calendar-feed").json() == {"made_at": None, "url": None}


@pytest.mark.parametrize("path", ["/calendar/x.ics", f"/calendar/{'a' * 5000}.ics"])
def test_any_other_address_is_404(path):
    assert Client().get(path).status_code == 404


def test_an_erased_persons_calendar_is_gone(api, alice):
    client = api(alice)
    path = opened(client)
    client.delete("/api/v1/me", {"password": "a long enough passphrase"})
    assert Client().get(path).status_code == 404


def test_a_calendar_of_everything_is_bounded(api, alice):
    for _ in range(10):
        keep(alice, times=[f"{hour:02}:00" for hour in range(8, 16)])
    assert len(read(opened(api(alice)))) == 3000
