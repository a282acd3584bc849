"""What arrives late, is moved, corrected or said again: it stands, unless the person settled that very thing."""

import importlib
import uuid
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.tracker.factories import answer, check_body, log_body, reading, record, saddle
from tracker.flagging import resolve_flag
from tracker.models import SHOWN, Flag, FlagSign

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, WEDNESDAY = (f"2026-03-{day}T08:00:00.000+01:00" for day in (16, 17, 18))
MONDAY_READ = "2026-03-16T08:01:00.000+01:00"


def standing(rule="saddle"):
    return [(flag.level, flag.state) for flag in Flag.objects.standing().filter(rule=rule)]


def do(client, flag, act, **body):
    return client.post(f"/api/v1/flags/{flag.pk}/{act}", body).json()


def put_check(client, answers, id=None, **parts):
    return client.put(f"/api/v1/red-flag-checks/{id or uuid.uuid4()}", check_body(answers, **parts)).json()


def put_log(client, id, **parts):
    return client.put(f"/api/v1/logs/{id}", log_body(**parts)).json()


def settled(owner, reason="checked", at=None, rule="saddle"):
    flag = Flag.objects.standing().get(rule=rule)
    moment = datetime.fromisoformat(at) if at else None
    Flag.objects.filter(pk=flag.pk).update(state="seen", seen_at=moment)
    return resolve_flag(owner=owner, by=owner, id=flag.pk, reason=reason, at=moment)


def days_on(days, start=TUESDAY):
    return (datetime.fromisoformat(start) + timedelta(days=days)).isoformat(timespec="milliseconds")


@pytest.mark.parametrize("reason", ["checked", "recovered", "other"])
def test_an_emergency_from_a_slow_clock_is_raised_after_another_was_settled(alice, reason):
    answer(alice, {"saddle": "new"}, answered_at=MONDAY)
    settled(alice, reason)
    slow = (timezone.now() - timedelta(hours=3)).isoformat()
    answer(alice, {"saddle": "new"}, answered_at=slow)
    assert standing() == [("E", "open")]


def test_what_was_settled_offline_was_not_what_another_device_had_sent_since_unread(api, alice):
    answer(alice, {"saddle": "new"}, answered_at=MONDAY)
    flag = Flag.objects.get()
    do(api(alice), flag, "seen", at=MONDAY_READ)
    answer(alice, {"saddle": "new"}, answered_at="2026-03-16T09:00:00.000+01:00")
    do(api(alice), flag, "resolve", reason="checked", at=TUESDAY)
    assert standing() == [("E", "open")]


def test_what_was_settled_offline_was_what_that_device_itself_had_noted_and_read(api, alice):
    client = api(alice)
    put_check(client, {"saddle": "new"}, answered_at=MONDAY, read_at=MONDAY_READ)
    assert do(client, Flag.objects.get(), "resolve", reason="checked", at=TUESDAY)["state"] == "resolved"


def test_an_entry_that_was_settled_and_is_moved_behind_that_stands(api, alice):
    client, id = api(alice), uuid.uuid4()
    put_log(client, id, occurred_at=MONDAY, readings=[saddle()])
    settled(alice, at=TUESDAY)
    put_log(client, id, occurred_at=MONDAY, readings=[saddle()], note="at home", base_version=1)
    assert standing() == []
    put_log(client, id, occurred_at=WEDNESDAY, readings=[saddle()], base_version=2)
    assert standing() == [("E", "open")]


def test_an_entry_of_before_in_which_the_saddle_is_marked_only_now_stands(api, alice):
    client, id = api(alice), uuid.uuid4()
    put_log(client, id, occurred_at=MONDAY, readings=[reading()])
    record(alice, occurred_at=MONDAY, readings=[saddle()])
    settled(alice, "other")
    put_log(client, id, occurred_at=MONDAY, readings=[reading(), saddle()], base_version=1)
    assert standing() == [("E", "open")]


@pytest.mark.parametrize(("before", "now"), [("new", "worse"), ("unsure", "new"), ("unchanged", "new")])
def test_an_answer_that_was_settled_and_is_made_worse_stands(api, alice, before, now):
    client, id = api(alice), uuid.uuid4()
    put_check(client, {"saddle": before}, id, answered_at=MONDAY)
    settled(alice)
    put_check(client, {"saddle": before, "lump": "no"}, id, answered_at=MONDAY, base_version=1)
    assert standing() == []
    put_check(client, {"saddle": now}, id, answered_at=MONDAY, base_version=2)
    assert [level for level, _ in standing()] == ["E"]


@pytest.mark.parametrize("check_first", [True, False])
def test_a_mark_whose_check_was_read_is_read_whichever_arrives_first(api, alice, check_first):
    client, log, check = api(alice), uuid.uuid4(), uuid.uuid4()
    read = {"entry": str(log), "answered_at": MONDAY, "read_at": MONDAY_READ}
    puts = [
        lambda: put_log(client, log, occurred_at=MONDAY, readings=[saddle()]),
        lambda: put_check(client, {"saddle": "unsure", "bladder": "no"}, check, **read),
    ]
    for put in reversed(puts) if check_first else puts:
        put()
    assert standing() == [("E", "seen")]


@pytest.mark.parametrize("check_first", [True, False])
def test_a_mark_whose_check_was_settled_is_settled_with_it(api, alice, check_first):
    client, log, check = api(alice), uuid.uuid4(), uuid.uuid4()
    if not check_first:
        put_log(client, log, occurred_at=MONDAY, readings=[saddle()])
    put_check(client, {"saddle": "unsure"}, check, entry=str(log), answered_at=MONDAY, read_at=MONDAY_READ)
    settled(alice)
    put_log(client, log, occurred_at=MONDAY, readings=[saddle()])
    assert standing() == []
    # Without the check the mark speaks for itself, and was settled.
    assert client.delete(f"/api/v1/red-flag-checks/{check}").status_code == 204
    assert standing() == []


def test_unchanged_stays_quiet_for_90_days_after_a_doctor_looked_and_is_then_asked_about_again(alice):
    answer(alice, {"saddle": "new"}, answered_at=MONDAY)
    settled(alice, at=TUESDAY)
    for days in (7, 60, 89):
        answer(alice, {"saddle": "unchanged"}, answered_at=days_on(days))
    assert standing() == []
    answer(alice, {"saddle": "unchanged"}, answered_at=days_on(90))
    assert standing() == [("D", "open")]
    settled(alice, at=days_on(91))
    answer(alice, {"saddle": "unchanged"}, answered_at=days_on(180))
    assert standing() == []
    answer(alice, {"saddle": "unchanged"}, answered_at=days_on(181))
    assert standing() == [("D", "open")]


@pytest.mark.parametrize("news_first", [True, False])
def test_unchanged_is_not_quiet_any_more_once_something_new_was_said(alice, news_first):
    answer(alice, {"saddle": "new"}, answered_at=MONDAY)
    settled(alice, at=TUESDAY)
    said = [("worse", days_on(1)), ("unchanged", days_on(3))]
    for now, at in said if news_first else reversed(said):
        answer(alice, {"saddle": now}, answered_at=at)
    assert standing() == [("E", "open")]
    # What was settled is the one that got worse: that it is as it was since is about that one.
    settled(alice, "recovered", at=days_on(2))
    assert standing() == [("D", "open")]


@pytest.mark.parametrize(("now", "raised"), [("new", 1), ("worse", 1), ("unsure", 1), ("unchanged", 0)])
def test_after_a_doctor_has_looked_new_and_worse_raise_and_the_same_does_not(alice, now, raised):
    answer(alice, {"saddle": "new"}, answered_at=MONDAY)
    settled(alice, at=TUESDAY)
    answer(alice, {"saddle": now}, answered_at=WEDNESDAY)
    assert len(standing()) == raised


def test_an_answer_of_its_own_said_again_is_no_news_when_it_began_before_the_doctor_looked(alice):
    answer(alice, {"implant": "out-of-joint", "persists": "weeks"}, answered_at=MONDAY)
    settled(alice, at=TUESDAY, rule="implant")
    settled(alice, at=TUESDAY, rule="persists")
    since = {"implant": "2026-03-16"}
    again = "2026-03-17T20:00:00.000+01:00"
    answer(alice, {"implant": "out-of-joint", "persists": "weeks"}, since=since, answered_at=again)
    assert not Flag.objects.standing().exists()
    answer(alice, {"implant": "new"}, answered_at=WEDNESDAY)
    assert standing("implant") == [("W", "open")]
    answer(alice, {"implant": "out-of-joint"}, answered_at=WEDNESDAY)
    assert standing("implant") == [("E", "open")]


def test_a_deleted_entry_speaks_nowhere_any_more_nor_for_what_was_settled(api, alice):
    client, log, check = api(alice), uuid.uuid4(), uuid.uuid4()
    put_log(client, log, occurred_at=MONDAY, readings=[saddle()])
    put_check(client, {"saddle": "new"}, check, answered_at=MONDAY)
    settled(alice)
    client.delete(f"/api/v1/logs/{log}")
    client.delete(f"/api/v1/red-flag-checks/{check}")
    flag = Flag.objects.get()
    assert (flag.state, flag.reason) == ("resolved", "checked")
    assert [sign["withdrawn"] for sign in flag.evidence["signs"]] == [True, True]
    put_check(client, {"saddle": "new"}, answered_at=MONDAY)
    assert standing() == [("E", "open")]


def test_years_of_marks_make_neither_a_long_answer_nor_more_work(api, alice):
    record(alice, occurred_at=MONDAY, readings=[saddle()])
    flag = Flag.objects.get()

    def queries():
        with CaptureQueriesContext(connection) as asked:
            record(alice, occurred_at=TUESDAY, readings=[saddle()])
        return [query["sql"] for query in asked.captured_queries]

    few = queries()
    at = datetime.fromisoformat(MONDAY)
    FlagSign.objects.bulk_create(
        FlagSign(flag=flag, source="log", source_id=uuid.uuid4(), level="E", at=at, heard_at=at) for _ in range(3000)
    )
    many = queries()
    assert len(many) == len(few)
    found = api(alice).get("/api/v1/flags").json()["results"][0]["evidence"]
    assert (len(found["signs"]), found["count"]) == (SHOWN, 3003)
    assert max(len(sql) for sql in many) < 20_000


def test_marks_that_are_not_shown_any_more_still_hold_the_flag(api, alice):
    client, ids = api(alice), [uuid.uuid4() for _ in range(SHOWN + 1)]
    for place, id in enumerate(ids):
        put_log(client, id, occurred_at=days_on(place), readings=[saddle()])
    for id in ids[1:]:
        client.delete(f"/api/v1/logs/{id}")
    assert standing() == [("E", "open")]
    client.delete(f"/api/v1/logs/{ids[0]}")
    assert standing() == []


def test_a_write_asks_as_often_however_many_checks_and_episodes_there_were(alice):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            answer(alice, {"saddle": "new", "lump": "no"}, answered_at=WEDNESDAY)
        settled(alice, "other")
        return len(asked.captured_queries)

    first = queries()
    for _ in range(20):
        queries()
    assert queries() <= first


def test_signs_written_before_they_had_rows_get_theirs(alice):
    record(alice, occurred_at=MONDAY, readings=[saddle()])
    answer(alice, {"saddle": "unchanged"}, answered_at=TUESDAY)
    before = Flag.objects.get().evidence["signs"]
    rows = list(FlagSign.objects.order_by("at").values("source", "source_id", "answer", "level", "at", "withdrawn"))
    FlagSign.objects.all().delete()
    Flag.objects.update(evidence={"signs": before})
    importlib.import_module("tracker.migrations.0004_signs_of_a_flag").write_rows(apps, None)
    assert list(FlagSign.objects.order_by("at").values(*rows[0])) == rows
    assert Flag.objects.get().evidence == {"signs": before, "count": 2}
