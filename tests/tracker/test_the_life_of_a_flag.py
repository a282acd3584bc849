"""Raised once an episode by an entry or a check, seen, resolved, reopened; corrected, never deleted."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.tracker.factories import answer, check_body, log_body, reading, record, saddle
from tracker.flagging import resolve_flag
from tracker.models import Flag

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, WEDNESDAY = (f"2026-03-{day}T08:00:00.000+01:00" for day in (16, 17, 18))


def later():
    """After whatever was settled just now."""
    return (timezone.now() + timedelta(minutes=5)).isoformat()


def log_address(id):
    return f"/api/v1/logs/{id}"


def check_address(id):
    return f"/api/v1/red-flag-checks/{id}"


def only() -> Flag:
    return Flag.objects.get()


def life(flag: Flag) -> list[tuple]:
    return list(flag.changes.order_by("id").values_list("state", "level", "reason"))


def signs(flag: Flag) -> list[tuple]:
    return [(one["source"], one["answer"], one["level"], one["withdrawn"]) for one in flag.evidence["signs"]]


def do(client, flag, act, **body):
    return client.post(f"/api/v1/flags/{flag.pk}/{act}", body)


def resolved(owner, flag, reason="checked"):
    Flag.objects.filter(pk=flag.pk).update(state="seen")
    return resolve_flag(owner=owner, by=owner, id=flag.pk, reason=reason)


def test_an_entry_that_marks_the_saddle_raises_a_flag(api, alice):
    id = uuid.uuid4()
    taken = api(alice).put(log_address(id), log_body(occurred_at=MONDAY, readings=[saddle()]))
    assert taken.json()["flags"] == [{"rule": "saddle", "level": "E"}]
    (flag,) = api(alice).get("/api/v1/flags").json()["results"]
    assert (flag["rule"], flag["level"], flag["state"], flag["stream"]) == ("saddle", "E", "open", None)
    assert (flag["opened_at"], flag["seen_at"], flag["resolved_at"]) == ("2026-03-16T07:00:00+00:00", None, None)
    (sign,) = flag["evidence"]["signs"]
    assert sign == {
        "source": "log",
        "id": str(id),
        "answer": None,
        "level": "E",
        "at": "2026-03-16T07:00:00+00:00",
        "withdrawn": False,
    }
    assert [(change["state"], change["by"]) for change in flag["changes"]] == [("open", None)]
    assert api(alice).get(f"/api/v1/flags/{flag['id']}").json() == flag


def test_an_entry_without_a_sign_raises_nothing_and_looks_for_no_flag(alice):
    with CaptureQueriesContext(connection) as asked:
        record(alice)
    assert not [query for query in asked.captured_queries if "flag" in query["sql"]]
    assert not Flag.objects.exists()


def test_a_batch_raises_flags_too(api, alice):
    items = [{"id": str(uuid.uuid4()), **log_body(readings=[saddle()])} for _ in range(3)]
    assert [answer["status"] for answer in api(alice).post("/api/v1/logs/batch", items).json()] == [201] * 3
    assert len(only().evidence["signs"]) == 3


def test_one_episode_is_one_flag_whatever_speaks_for_it(alice):
    record(alice, occurred_at=TUESDAY, readings=[saddle()])
    record(alice, occurred_at=MONDAY, readings=[saddle()])
    answer(alice, {"saddle": "new"}, answered_at=WEDNESDAY)
    flag = only()
    assert signs(flag) == [("log", None, "E", False), ("log", None, "E", False), ("check", "new", "E", False)]
    assert flag.opened_at == datetime(2026, 3, 16, 7, tzinfo=UTC)
    assert life(flag) == [("open", "E", "")]


def test_every_sign_of_a_check_is_a_flag_of_its_own(alice):
    answer(alice, {"foot-drop": "new", "persists": "weeks", "saddle": "no"})
    assert set(Flag.objects.values_list("rule", "level")) == {("foot-drop", "D"), ("persists", "W")}


def test_what_gets_worse_after_it_was_read_is_open_again(api, alice):
    answer(alice, {"saddle": "unchanged"}, answered_at=MONDAY)
    do(api(alice), only(), "seen")
    answer(alice, {"saddle": "worse"}, answered_at=TUESDAY)
    assert life(only()) == [("open", "D", ""), ("seen", "D", ""), ("reopened", "E", "")]
    refused = do(api(alice), only(), "resolve", reason="checked")
    assert refused.json()["errors"][0]["code"] == "read_first"


def test_a_milder_answer_later_does_not_play_an_emergency_down(alice):
    answer(alice, {"saddle": "new"}, answered_at=MONDAY)
    answer(alice, {"saddle": "unchanged"}, answered_at=TUESDAY)
    answer(alice, {"saddle": "no"}, answered_at=WEDNESDAY)
    assert (only().level, only().state) == ("E", "open")


def test_what_could_wait_ends_with_a_later_no(alice):
    answer(alice, {"calf-cramp": "new", "foot-drop": "new"}, answered_at=TUESDAY)
    answer(alice, {"calf-cramp": "no"}, answered_at=MONDAY)
    assert Flag.objects.standing().count() == 2
    answer(alice, {"calf-cramp": "no", "foot-drop": "no"}, answered_at=WEDNESDAY)
    assert [flag.rule for flag in Flag.objects.standing()] == ["foot-drop"]
    assert life(Flag.objects.get(rule="calf-cramp"))[-1] == ("resolved", "W", "recovered")
    answer(alice, {"calf-cramp": "new"}, answered_at="2026-03-19T08:00:00.000+01:00")
    assert Flag.objects.filter(rule="calf-cramp").count() == 2


def test_a_sign_that_arrives_after_the_no_that_followed_it_is_over_too(alice):
    answer(alice, {"calf-cramp": "no", "foot-drop": "no"}, answered_at=TUESDAY)
    answer(alice, {"calf-cramp": "new", "foot-drop": "new"}, answered_at=MONDAY)
    assert [flag.rule for flag in Flag.objects.standing()] == ["foot-drop"]
    assert Flag.objects.get(rule="calf-cramp").resolved_at == datetime(2026, 3, 17, 7, tzinfo=UTC)
    answer(alice, {"calf-cramp": "new"}, answered_at=WEDNESDAY)
    assert Flag.objects.standing().filter(rule="calf-cramp").exists()


def test_correcting_the_entry_resolves_the_flag_and_keeps_it(api, alice):
    client, id = api(alice), uuid.uuid4()
    client.put(log_address(id), log_body(readings=[saddle()]))
    client.put(log_address(id), log_body(readings=[reading()], base_version=1))
    flag = only()
    assert life(flag) == [("open", "E", ""), ("resolved", "E", "corrected")]
    assert signs(flag) == [("log", None, "E", True)]
    client.put(log_address(id), log_body(readings=[saddle()], base_version=2))
    assert life(only())[-1] == ("reopened", "E", "")
    assert client.delete(f"{log_address(id)}?base_version=3").status_code == 204
    assert life(only())[-1] == ("resolved", "E", "corrected")


def test_correcting_one_of_two_entries_leaves_the_flag(api, alice):
    client, id = api(alice), uuid.uuid4()
    client.put(log_address(id), log_body(readings=[saddle()]))
    record(alice, readings=[saddle()])
    client.delete(log_address(id))
    assert only().state == "open"
    assert sorted(sign[-1] for sign in signs(only())) == [False, True]


def test_correcting_an_answer_turns_one_flag_into_another(api, alice):
    client, id = api(alice), uuid.uuid4()
    client.put(check_address(id), check_body({"saddle": "new", "lump": "new"}))
    client.put(check_address(id), check_body({"saddle": "unchanged", "lump": "no", "bowel": "new"}, base_version=1))
    found = {flag.rule: (flag.state, flag.level, flag.reason) for flag in Flag.objects.all()}
    assert found == {
        "saddle": ("open", "D", ""),
        "lump": ("resolved", "W", "corrected"),
        "bowel": ("open", "E", ""),
    }


def test_editing_the_words_of_an_entry_does_not_wake_what_is_settled(api, alice):
    client, id = api(alice), uuid.uuid4()
    client.put(log_address(id), log_body(readings=[saddle()]))
    resolved(alice, only())
    client.put(log_address(id), log_body(readings=[saddle()], note="at the clinic", base_version=1))
    assert (only().state, only().reason) == ("resolved", "checked")


def test_a_new_mark_after_it_was_settled_is_a_new_episode(alice):
    record(alice, readings=[saddle()])
    resolved(alice, only())
    record(alice, occurred_at=later(), readings=[saddle()])
    assert sorted(Flag.objects.values_list("state", flat=True)) == ["open", "resolved"]


@pytest.mark.parametrize("reason", ["checked", "recovered", "mistake", "other"])
def test_what_arrives_after_it_was_settled_is_raised_anew_however_early_it_is_dated(alice, reason):
    record(alice, occurred_at=TUESDAY, readings=[saddle()])
    resolved(alice, only(), reason)
    record(alice, occurred_at=MONDAY, readings=[saddle()])
    assert Flag.objects.filter(reason=reason).count() == 1
    assert Flag.objects.standing().get().level == "E"


def test_what_arrives_late_and_is_worse_wakes_it(alice):
    answer(alice, {"saddle": "unchanged"}, answered_at=TUESDAY)
    resolved(alice, only())
    answer(alice, {"saddle": "new"}, answered_at=MONDAY)
    assert life(only())[-1] == ("reopened", "E", "")


def test_unchanged_since_a_doctor_checked_it_raises_nothing_but_getting_worse_does(alice):
    answer(alice, {"saddle": "new"}, answered_at=MONDAY)
    resolved(alice, only())
    now = later()
    answer(alice, {"saddle": "unchanged"}, answered_at=now)
    assert (only().state, len(only().evidence["signs"])) == ("resolved", 2)
    answer(alice, {"saddle": "worse"}, answered_at=now)
    assert Flag.objects.standing().get().level == "E"


def test_unchanged_after_it_was_settled_without_a_check_is_raised(alice):
    answer(alice, {"saddle": "new"}, answered_at=MONDAY)
    resolved(alice, only(), "recovered")
    answer(alice, {"saddle": "unchanged"}, answered_at=later())
    assert Flag.objects.standing().get().level == "D"


@pytest.mark.parametrize("check_first", [True, False])
def test_a_check_says_more_precisely_what_the_entry_marked(api, alice, check_first):
    client, log, check = api(alice), uuid.uuid4(), uuid.uuid4()
    puts = [
        lambda: client.put(log_address(log), log_body(readings=[saddle()])),
        lambda: client.put(check_address(check), check_body({"saddle": "unchanged"}, entry=str(log))),
    ]
    for put in reversed(puts) if check_first else puts:
        assert put().status_code == 201
    assert (only().level, only().state) == ("D", "open")
    client.delete(check_address(check))
    assert (only().level, only().state) == ("E", "open")
    assert [one for one in signs(only()) if not one[-1]] == [("log", None, "E", False)]


@pytest.mark.parametrize("said", ["no", "unsure"])
def test_a_check_that_knows_no_better_leaves_the_mark(alice, said):
    log = record(alice, readings=[saddle()])
    answer(alice, {"saddle": said}, entry=str(log.pk))
    assert (only().level, only().state) == ("E", "open")
    assert ("log", None, "E", False) in signs(only())


def test_a_yes_that_is_not_answered_further_is_told_as_that_and_answered_further_it_says_more(alice):
    check = answer(alice, {"saddle": "yes"}, answered_at=MONDAY)
    assert (only().level, only().state) == ("E", "open")
    assert [sign[1] for sign in signs(only())] == ["yes"]
    resolved(alice, only())
    answer(alice, {"saddle": "yes"}, answered_at=TUESDAY)
    assert Flag.objects.standing().get().level == "E"
    assert check.answers == {"saddle": "yes"}


def test_a_mark_that_is_unchanged_since_a_doctor_checked_it_is_settled(alice):
    answer(alice, {"saddle": "new"}, answered_at=MONDAY)
    resolved(alice, only())
    now = later()
    log = record(alice, occurred_at=now, readings=[saddle()])
    answer(alice, {"saddle": "unchanged"}, answered_at=now, entry=str(log.pk))
    assert not Flag.objects.standing().exists()
    assert life(Flag.objects.get(reason="known")) == [("open", "E", ""), ("resolved", "D", "known")]
