"""Reminders in other calendars: by a secret address, in RFC 5545, the same events again and again."""

from datetime import UTC, datetime, timedelta
from uuid import uuid5

import pytest
import time_machine
from django.test import Client

from reminders.ics import Event, calendar
from reminders.keeping import delete_reminder
from reminders.models import CalendarFeed
from tests.exercises import factories as stretching
from tests.reminders.calendars import instants_by_file, instants_by_library
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


def text_at(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.content


def read(path):
    return events(text_at(path).decode())


def shown(path):
    """When another program shows something in the two months from yesterday on."""
    window = NOW - timedelta(days=1), NOW + timedelta(days=60)
    found = instants_by_library(text_at(path), *window)
    assert instants_by_file(text_at(path), *window) == found
    return [f"{start:%Y%m%dT%H%M%SZ}" for start in found]


def test_it_shows_the_next_two_months_by_the_engines_own_times(api, alice):
    keep(alice, times=["02:30"], text=PRIVATE)
    path = opened(api(alice))
    starts = shown(path)
    # Over the night in which the clock is put forward.
    assert starts[8:11] == ["20260328T013000Z", "20260329T013000Z", "20260330T003000Z"]
    assert len(starts) == 61
    assert {event["SUMMARY"] for event in read(path)} == {"Your reminder"}


def test_it_is_one_rule_a_time_of_the_day_in_the_persons_own_zone(api, alice):
    keep(alice, times=["07:30", "19:00"], frequency="weekly", interval=2, weekdays=["mon", "fri"], ends_on="2026-06-30")
    path = opened(api(alice))
    found = read(path)
    assert [event["DTSTART;TZID=Europe/Berlin"] for event in found] == ["20260320T073000", "20260320T190000"]
    rule = "FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=MO,FR;UNTIL=20260630T215959Z"
    assert [event["RRULE"] for event in found] == [rule, rule]
    assert b"BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin" in text_at(path)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in text_at(path)


def test_what_follows_the_device_goes_by_the_wall_where_the_person_is(api, alice):
    keep(alice, times=["19:00"], follow_device=True)
    client = api(alice)
    path = opened(client)
    assert client.patch("/api/v1/me", {"time_zone": "Pacific/Apia"}).status_code == 200
    (event,) = read(path)
    assert event["DTSTART;TZID=Pacific/Apia"] == "20260321T190000"
    assert client.patch("/api/v1/me", {"time_zone": "UTC"}).status_code == 200
    (event,) = read(path)
    assert event["DTSTART"] == "20260320T190000Z"
    assert b"VTIMEZONE" not in text_at(path)


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
    assert int(before[uid]["SEQUENCE"]) < int(after[uid]["SEQUENCE"])
    assert before[uid]["LAST-MODIFIED"] < after[uid]["LAST-MODIFIED"]
    assert "DTSTART;TZID=Europe/Berlin" in before[uid]
    assert "DTSTART;TZID=Europe/London" in after[uid]


def test_an_event_stays_the_same_one_whatever_other_times_come_and_go(api, alice):
    reminder = keep(alice, times=["19:00"])
    path = opened(api(alice))
    keep(alice, reminder.pk, base_version=1, times=["07:30", "19:00"])
    assert f"{uuid5(reminder.pk, '19:00')}@localhost" in {event["UID"] for event in read(path)}


def test_what_is_off_paused_over_or_deleted_is_not_in_it(api, alice):
    path = opened(api(alice))
    keep(alice, active=False)
    keep(alice, times=["19:00"], ends_on="2026-03-18")
    gone = keep(alice)
    delete_reminder(owner=alice, id=gone.pk, base_version=None)
    keep(alice, times=["19:00"], ends_on="2026-03-23", pause={"from": "2026-03-19", "to": "2026-03-22"})
    assert [start[:8] for start in shown(path)] == ["20260323"]


def test_a_pause_to_come_is_left_out_of_the_rule(api, alice):
    path = opened(api(alice))
    keep(alice, times=["19:00"], ends_on="2026-03-26", pause={"from": "2026-03-22", "to": "2026-03-24"})
    assert [start[:8] for start in shown(path)] == ["20260320", "20260321", "20260325", "20260326"]
    (event,) = read(path)
    assert event["EXDATE;TZID=Europe/Berlin"] == "20260322T190000,20260323T190000,20260324T190000"


@pytest.mark.usefixtures("catalogue")
def test_a_plan_shows_on_its_days(api, alice):
    plan = stretching.set_for(alice, weekdays=["mon"], ends_on="2026-04-06")
    keep(alice, kind="prescription", prescription=str(plan.pk), text="", times=["09:00"])
    path = opened(api(alice))
    assert [start[:8] for start in shown(path)] == ["20260323", "20260330", "20260406"]
    (event,) = read(path)
    assert event["SUMMARY"] == "Time for your routine"
    assert event["RRULE"] == "FREQ=DAILY;BYDAY=MO;UNTIL=20260406T215959Z"


def test_every_line_is_short_ends_as_it_should_and_cuts_no_character(alice):
    title = "Zeit für Übungen; später, nach dem Tee\n" * 5
    text = calendar("Ünpinch", [Event("a@b", "UTC", NOW, "", [], [], title, 1, NOW)])
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
    # A rule a time; no change of the clocks falls into the day.
    assert len(read(opened(api(alice)))) == 80
