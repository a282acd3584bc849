"""The next time that the list of reminders tells: the one that will really ring."""

import pytest
import time_machine

from reminders.answering import answer_occurrence
from reminders.models import Occurrence
from reminders.tasks import tick
from reminders.travelling import travel_along
from tests.exercises import factories as stretching
from tests.reminders.factories import keep, reminder_body
from tests.tracker import factories as tracking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

# The day of the factories' logs and sessions.
NOON = "2026-03-20T12:00:00+01:00"
TODAY, TOMORROW = "2026-03-20T18:00:00+00:00", "2026-03-21T18:00:00+00:00"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def told(api, alice):
    def ask():
        (one,) = api(alice).get("/api/v1/reminders").json()["results"]
        return one["next_told_at"], one["next_done"]

    return ask


def of_diary(owner, **parts):
    return keep(owner, **{"kind": "log", "text": "", "times": ["19:00"], **parts})


def test_with_nothing_written_it_is_the_time_that_it_is_due(alice, told):
    of_diary(alice)
    assert told() == (TODAY, False)


def test_once_todays_entry_is_written_it_is_tomorrows(alice, told):
    of_diary(alice)
    tracking.record(alice)
    assert told() == (TOMORROW, True)


def test_of_two_times_a_day_one_entry_silences_one(alice, told, noon):
    noon.move_to("2026-03-20T08:00:00+01:00")
    of_diary(alice, times=["11:00", "19:00"])
    tracking.record(alice, occurred_at="2026-03-20T07:30:00+01:00")
    assert told() == (TODAY, True)


def test_anothers_entry_silences_nothing(alice, charlie, told):
    of_diary(alice)
    tracking.record(charlie)
    assert told() == (TODAY, False)


def test_own_words_are_never_done(alice, told):
    keep(alice, times=["19:00"])
    tracking.record(alice)
    assert told() == (TODAY, False)


def test_a_plan_that_is_done_today_speaks_on_its_next_day(alice, told):
    plan = stretching.set_for(alice, weekdays=["mon", "fri"])
    keep(alice, kind="prescription", prescription=str(plan.pk), text="", times=["22:30"])
    assert told() == ("2026-03-20T21:30:00+00:00", False)
    stretching.record(alice, prescription=str(plan.pk))
    assert told() == ("2026-03-23T21:30:00+00:00", True)


def test_a_day_of_rest_is_passed_over_and_nothing_was_done_on_it(alice, told):
    plan = stretching.set_for(alice, weekdays=["mon"])
    keep(alice, kind="prescription", prescription=str(plan.pk), text="", times=["19:00"])
    assert told() == ("2026-03-23T18:00:00+00:00", False)


def test_a_plan_that_is_over_speaks_no_more(alice, told):
    plan = stretching.set_for(alice, ends_on="2026-03-13")
    keep(alice, kind="prescription", prescription=str(plan.pk), text="", times=["19:00"])
    assert told() == (None, False)


def test_the_morning_after_asks_only_after_a_session(alice, told, noon):
    noon.move_to("2026-03-20T06:00:00+01:00")
    keep(alice, kind="morning", text="", times=["08:00"])
    # Whether there will be a session today nobody knows yet.
    assert told() == ("2026-03-21T07:00:00+00:00", False)


def test_the_weeks_questions_are_silent_for_a_week(alice, told):
    keep(alice, kind="weekly", text="", times=["19:00"], frequency="weekly", weekdays=["sun"])
    assert told() == ("2026-03-22T18:00:00+00:00", False)
    tracking.measure(alice, answered_at="2026-03-20T11:00:00.000+01:00")
    assert told() == ("2026-03-29T17:00:00+00:00", True)


@pytest.mark.parametrize(
    ("quiet", "at"), [("defer", "2026-03-21T06:00:00+00:00"), ("drop", "2026-03-21T08:00:00+00:00")]
)
def test_quiet_hours_put_it_off_or_leave_it_out(alice, told, noon, quiet, at):
    noon.move_to("2026-03-20T22:00:00+01:00")
    alice.quiet_from, alice.quiet_to = "22:00", "07:00"
    alice.save()
    keep(alice, times=["06:30", "09:00"], quiet=quiet)
    assert told() == (at, False)


def test_a_holiday_is_passed_over_however_long(alice, told):
    keep(alice, times=["19:00"], pause={"from": "2026-03-20", "to": "2031-03-20"})
    assert told() == ("2031-03-21T18:00:00+00:00", False)


def test_one_that_is_off_or_over_speaks_no_more(alice, api):
    keep(alice, active=False)
    keep(alice, ends_on="2026-03-19")
    rows = api(alice).get("/api/v1/reminders").json()["results"]
    assert [one["next_told_at"] for one in rows] == [None, None]


def test_many_are_asked_about_at_once(api, alice, django_assert_num_queries):
    client = api(alice)
    for hour in range(8, 20):
        of_diary(alice, times=[f"{hour:02}:30"])
    with django_assert_num_queries(5):  # session, person, reminders, what is held back, entries
        client.get("/api/v1/reminders")


def test_the_editor_shows_which_of_the_next_times_is_done_already(api, alice):
    tracking.record(alice)
    body = reminder_body(kind="log", text="", times=["19:00"], count=3)
    due = api(alice).post("/api/v1/reminders/preview", body).json()["due"]
    assert [one["done"] for one in due] == [True, False, False]


def test_what_quiet_hours_hold_back_rings_before_the_next_is_due(alice, told, noon):
    alice.quiet_from, alice.quiet_to = "22:00", "07:00"
    alice.save()
    of_diary(alice, times=["22:30"], quiet="defer")
    morning = "2026-03-21T06:00:00+00:00"
    assert told() == (morning, False)
    noon.move_to("2026-03-20T22:31:00+01:00")
    tick()
    assert told() == (morning, False)
    tracking.record(alice, occurred_at="2026-03-20T22:40:00+01:00")
    assert told()[0] == "2026-03-22T06:00:00+00:00"


def test_what_was_put_off_rings_before_the_next_is_due(alice, api, told, noon):
    of_diary(alice, times=["12:30"])
    noon.move_to("2026-03-20T12:31:00+01:00")
    tick()
    (one,) = api(alice).get("/api/v1/occurrences").json()["results"]
    put_off = {"answer": "snooze", "minutes": 30, "answered_at": "2026-03-20T12:31:00+01:00"}
    assert api(alice).put(f"/api/v1/occurrences/{one['id']}/answer", put_off).status_code == 200
    assert told() == ("2026-03-20T12:01:00+00:00", False)


@pytest.mark.parametrize(
    ("change", "at"),
    [({"active": False}, None), ({"pause": {"from": "2026-03-19", "to": "2026-03-20"}}, "2026-03-21T11:30:00+00:00")],
)
def test_what_was_put_off_stays_silent_once_it_is_off_or_rests(alice, told, noon, change, at):
    kept = keep(alice, times=["12:30"])
    noon.move_to("2026-03-20T12:31:00+01:00")
    tick()
    answer_occurrence(owner=alice, id=Occurrence.objects.get().pk, answer="snooze", answered_at=None, minutes=30)
    keep(alice, kept.pk, base_version=1, times=["12:30"], **change)
    assert told() == (at, False)


def test_of_two_that_are_held_back_the_one_that_is_not_done_rings(alice, told, noon):
    alice.quiet_from, alice.quiet_to = "12:00", "22:00"
    alice.save()
    # The evening's is put off to 22:00, too; by then what the first asks for is written.
    of_diary(alice, times=["13:00", "19:00"])
    noon.move_to("2026-03-20T19:01:00+01:00")
    tick()
    tracking.record(alice, occurred_at="2026-03-20T18:30:00+01:00")
    assert told() == ("2026-03-20T21:00:00+00:00", False)
    tracking.record(alice, occurred_at="2026-03-20T18:40:00+01:00")
    assert told()[0] == "2026-03-21T21:00:00+00:00"


def test_after_a_journey_west_an_edit_foretells_nothing_that_was_told(alice, told, noon):
    alice.time_zone = "Europe/Berlin"
    alice.save()
    kept = keep(alice, times=["19:00"], follow_device=True)
    noon.move_to("2026-03-20T19:00:00+01:00")
    tick()
    alice.time_zone = "Pacific/Honolulu"
    alice.save()
    travel_along(alice)
    keep(alice, kept.pk, base_version=1, times=["06:00", "19:00"], follow_device=True)
    # Not this evening there: on that date it was seven in Berlin already. Six in the morning is new, tomorrow.
    assert told()[0] == "2026-03-21T16:00:00+00:00"


def test_after_a_journey_it_rings_when_the_night_there_is_over(alice, push, told, noon):
    alice.time_zone, alice.quiet_from, alice.quiet_to = "Europe/Berlin", "22:00", "07:00"
    alice.save()
    keep(alice, times=["22:30"], channels=["push"])
    noon.move_to("2026-03-20T22:31:00+01:00")
    tick()
    assert told()[0] == "2026-03-21T06:00:00+00:00"
    alice.time_zone = "America/New_York"
    alice.save()
    assert told()[0] == "2026-03-21T11:00:00+00:00"
    noon.move_to("2026-03-21T06:00:00+00:00")
    tick()
    assert (told()[0], push.taken) == ("2026-03-21T11:00:00+00:00", [])
