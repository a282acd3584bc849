"""Silence when it is already done."""

import uuid
from datetime import UTC, datetime, time

import pytest
import time_machine

from reminders.models import Delivery, Occurrence
from reminders.tasks import tick
from tests.exercises import factories as stretching
from tests.reminders.factories import keep
from tests.tracker import factories as tracking
from tracker.redflags import rules_by_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

# The days of 3-20, which is when the factories' logs and sessions are.
MORNING = datetime(2026, 3, 20, 5, tzinfo=UTC)
NOON, EVENING = "2026-03-20T12:00:00+01:00", "2026-03-20T22:30:00+01:00"


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def states():
    return list(Occurrence.objects.order_by("due_at").values_list("state", "reason"))


SILENT, SAID = ("answered", "already"), ("due", "")


def at(clock, moment):
    clock.move_to(datetime.fromisoformat(moment))
    tick()


def test_a_diary_that_was_written_is_not_asked_for(alice, clock):
    keep(alice, kind="log", text="", times=["11:00"])
    tracking.record(alice)
    at(clock, NOON)
    assert states() == [SILENT]
    row = Occurrence.objects.get()
    assert (row.answer, row.answered_at.isoformat()) == ("done", "2026-03-20T11:00:00+00:00")
    assert not Delivery.objects.exists()


def test_yesterdays_entry_and_anothers_silence_nothing(alice, charlie, clock):
    keep(alice, kind="log", text="", times=["11:00"])
    tracking.record(alice, occurred_at="2026-03-19T23:59:00+01:00")
    tracking.record(charlie)
    at(clock, NOON)
    assert states() == [SAID]


def test_of_twice_a_day_the_morning_silences_the_morning(alice, clock):
    keep(alice, kind="log", text="", times=["10:30", "11:00"])
    tracking.record(alice)
    at(clock, NOON)
    assert states() == [SILENT, SAID]


def test_a_deleted_entry_is_none(api, alice, clock):
    keep(alice, kind="log", text="", times=["11:00"])
    log = tracking.record(alice)
    api(alice).delete(f"/api/v1/logs/{log.pk}")
    at(clock, NOON)
    assert states() == [SAID]


def test_a_routine_that_was_done_is_silent_and_another_is_not(alice, clock):
    done, other = stretching.save(alice), stretching.save(alice)
    for routine in (done, other):
        keep(alice, kind="routine", routine=str(routine.pk), text="", times=["22:15"])
    stretching.record(alice, routine=str(done.pk))
    at(clock, EVENING)
    assert dict(Occurrence.objects.values_list("reminder__routine", "state")) == {done.pk: "answered", other.pk: "due"}


def test_not_today_is_not_done(alice, clock):
    routine = stretching.save(alice)
    keep(alice, kind="routine", routine=str(routine.pk), text="", times=["22:15"])
    items = [stretching.skipped("knee-to-chest"), stretching.skipped("bridge")]
    stretching.record(alice, routine=str(routine.pk), items=items)
    at(clock, EVENING)
    assert states() == [SAID]


def test_a_deleted_routine_is_not_reminded_of(api, alice, clock):
    routine = stretching.save(alice)
    keep(alice, kind="routine", routine=str(routine.pk), text="", times=["11:00"])
    api(alice).delete(f"/api/v1/routines/{routine.pk}")
    at(clock, NOON)
    assert states() == []


def plan(alice, **parts):
    found = stretching.set_for(alice, **parts)
    keep(alice, kind="prescription", prescription=str(found.pk), text="", times=["08:00", "22:15"], grace_minutes=1440)
    return found


def test_a_plan_is_silent_once_for_each_time_it_was_carried_out(alice, clock):
    found = plan(alice)
    stretching.record(alice, prescription=str(found.pk), prescription_version=1)
    at(clock, EVENING)
    assert states() == [SILENT, SAID]
    assert Occurrence.objects.get(state="due").wall.hour == 22


def test_a_plan_that_is_done_for_the_day_is_silent_however_often_it_reminds(alice, clock):
    found = plan(alice, times_a_day=1)
    stretching.record(alice, prescription=str(found.pk), prescription_version=1)
    at(clock, EVENING)
    assert states() == [SILENT, SILENT]


@pytest.mark.parametrize("parts", [{"weekdays": ["mon"]}, {"ends_on": "2026-03-19"}, {"starts_on": "2026-03-21"}])
def test_a_plan_rests_on_its_days_of_rest(alice, clock, parts):
    plan(alice, **parts)
    at(clock, EVENING)
    assert states() == []


def everything(*, but=()):
    return {rule: "no" for rule in rules_by_id() if rule not in but}


def test_the_weekly_questions_are_asked_a_week_after_the_last_round(alice, clock):
    keep(alice, kind="weekly", text="", times=["11:00"])
    tracking.answer(alice, everything(), answered_at="2026-03-14T08:00:00.000+01:00")
    at(clock, NOON)
    at(clock, "2026-03-21T12:00:00+01:00")
    assert states() == [SILENT, SAID]


@pytest.mark.parametrize(
    ("but", "expected"),
    [({"sexual", "self-harm"}, [SILENT]), ({"saddle"}, [SAID]), (rules_by_id().keys() - {"saddle"}, [SAID])],
)
def test_the_weekly_questions_are_done_when_all_but_the_private_ones_are_answered(alice, clock, but, expected):
    keep(alice, kind="weekly", text="", times=["11:00"])
    tracking.answer(alice, everything(but=but))
    at(clock, NOON)
    assert states() == expected


def test_the_weekly_questions_are_done_for_a_week_when_it_was_said_how_the_week_was(alice, clock):
    keep(alice, kind="weekly", text="", times=["11:00"])
    tracking.measure(alice, answered_at="2026-03-14T08:00:00.000+01:00")
    at(clock, NOON)
    at(clock, "2026-03-21T12:00:00+01:00")
    assert states() == [SILENT, SAID]


def test_how_anothers_week_was_silences_nothing(alice, charlie, clock):
    keep(alice, kind="weekly", text="", times=["11:00"])
    tracking.measure(charlie)
    at(clock, NOON)
    assert states() == [SAID]


def test_what_is_hard_to_do_and_a_deleted_week_are_no_weekly_questions(api, alice, clock):
    keep(alice, kind="weekly", text="", times=["11:00"])
    tracking.measure(alice, activities=[{"name": "Stairs", "rating": 3}], answered_at="2026-03-20T08:00:00.000+01:00")
    deleted = tracking.measure(alice, answered_at="2026-03-20T08:00:00.000+01:00")
    api(alice).delete(f"/api/v1/measures/{deleted.pk}?base_version=1")
    at(clock, NOON)
    assert states() == [SAID]


def test_questions_that_an_entry_gave_the_reason_for_are_no_round(alice, clock):
    keep(alice, kind="weekly", text="", times=["11:00"])
    tracking.answer(alice, entry=str(uuid.uuid4()))
    at(clock, NOON)
    assert states() == [SAID]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, [SAID]),
        ({"pain_next_morning": 2}, [SILENT]),
        ({"next_morning_declined": True}, [SILENT]),
        ({"items": [stretching.skipped("bridge")]}, []),
    ],
)
def test_the_morning_after_is_asked_for_where_there_was_a_session(alice, clock, parts, expected):
    clock.move_to(datetime.fromisoformat(EVENING))
    keep(alice, kind="morning", text="", times=["08:00"])
    stretching.record(alice, **parts)
    at(clock, "2026-03-21T08:00:00+01:00")
    assert states() == expected


def test_what_is_done_while_it_waits_is_not_told_any_more(alice, clock, email):
    alice.quiet_from, alice.quiet_to = time(6), time(9)
    alice.save()
    keep(alice, kind="log", text="", times=["07:00"], channels=["email"])
    at(clock, "2026-03-20T07:00:00+01:00")
    assert states() == [SAID]
    tracking.record(alice)
    at(clock, "2026-03-20T09:00:30+01:00")
    assert states() == [SILENT]
    assert email.taken == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {"cancelled"}
