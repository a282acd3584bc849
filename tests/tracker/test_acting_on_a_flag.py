"""What a person does with a flag: reads it, settles it, takes that back; and what is refused."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.tracker.factories import answer, check_body, log_body, record, saddle
from tests.tracker.test_the_life_of_a_flag import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    check_address,
    do,
    later,
    log_address,
    only,
    resolved,
)
from tracker.flagging import resolve_flag
from tracker.models import Flag, FlagChange, SymptomLog

pytestmark = pytest.mark.django_db


def test_reading_the_advice_is_kept_with_its_time(api, alice):
    record(alice, readings=[saddle()])
    seen = do(api(alice), only(), "seen", at="2026-03-20T07:31:00+01:00").json()
    assert (seen["state"], seen["seen_at"]) == ("seen", "2026-03-20T06:31:00+00:00")
    assert seen["changes"][-1]["by"] == "person"
    again = do(api(alice), only(), "seen").json()
    assert again == seen


def test_reading_it_offline_is_told_with_the_check(api, alice):
    client, log, check = api(alice), uuid.uuid4(), uuid.uuid4()
    client.put(log_address(log), log_body(readings=[saddle()]))
    read = check_body({"saddle": "no", "bladder": "new"}, entry=str(log), read_at="2026-03-20T08:01:00.000+01:00")
    client.put(check_address(check), read)
    assert list(Flag.objects.values_list("state", flat=True)) == ["seen", "seen"]
    client.put(check_address(check), {**read, "answers": {**read["answers"], "bowel": "new"}, "base_version": 1})
    assert Flag.objects.get(rule="bowel").state == "open"


def test_an_emergency_is_read_before_it_is_settled(api, alice):
    client = api(alice)
    record(alice, readings=[saddle()])
    refused = do(client, only(), "resolve", reason="checked")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "read_first")
    assert only().state == "open"
    do(client, only(), "seen")
    settled = do(client, only(), "resolve", reason="checked").json()
    assert (settled["state"], settled["reason"]) == ("resolved", "checked")
    assert settled["resolved_at"] is not None
    again = do(client, only(), "resolve", reason="mistake").json()
    assert again == settled
    assert do(client, only(), "seen").json() == settled


def test_what_cannot_wait_until_tomorrow_is_read_before_it_is_settled(api, alice):
    answer(alice, {"foot-drop": "new"})
    refused = do(api(alice), only(), "resolve", reason="mistake")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "read_first")
    do(api(alice), only(), "seen")
    assert do(api(alice), only(), "resolve", reason="mistake").json()["state"] == "resolved"


def test_what_can_wait_is_settled_without_being_confirmed_as_read(api, alice):
    answer(alice, {"calf-cramp": "new"})
    assert do(api(alice), only(), "resolve", reason="mistake").json()["state"] == "resolved"


def test_a_slip_of_the_hand_is_taken_back(api, alice):
    client = api(alice)
    record(alice, readings=[saddle()])
    resolved(alice, only())
    opened = do(client, only(), "reopen").json()
    assert (opened["state"], opened["reason"], opened["resolved_at"]) == ("reopened", None, None)
    assert do(client, only(), "reopen").json() == opened


def test_it_is_not_taken_back_beside_a_flag_of_the_same_sign(api, alice):
    record(alice, readings=[saddle()])
    first = resolved(alice, only())
    record(alice, occurred_at=later(), readings=[saddle()])
    refused = do(api(alice), first, "reopen")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "another_stands")


@pytest.mark.parametrize(
    ("act", "body", "field", "code"),
    [
        ("resolve", {}, "reason", "required"),
        ("resolve", {"reason": "corrected"}, "reason", "invalid_choice"),
        ("resolve", {"reason": "checked", "at": "soon"}, "at", "invalid_time"),
        ("resolve", {"reason": "checked", "becuase": 1}, "becuase", "unknown_field"),
        ("seen", {"at": "2026-03-20"}, "at", "invalid_time"),
        ("seen", {"when": 1}, "when", "unknown_field"),
        ("reopen", {"at": 5}, "at", "invalid_time"),
    ],
)
def test_a_bad_request_is_refused_by_name(api, alice, act, body, field, code):
    answer(alice, {"foot-drop": "new"})
    refused = do(api(alice), only(), act, **body)
    assert refused.status_code == 400
    assert [(fault["field"], fault["code"]) for fault in refused.json()["errors"]] == [(field, code)]
    assert only().state == "open"


def test_nothing_is_settled_ahead_of_time(api, alice):
    answer(alice, {"foot-drop": "new"})
    ahead = (timezone.now() + timedelta(hours=20)).isoformat()
    do(api(alice), only(), "seen", at=ahead)
    do(api(alice), only(), "resolve", reason="checked", at=ahead)
    assert only().seen_at <= timezone.now()
    assert only().resolved_at <= timezone.now()


def test_the_list_is_newest_first_in_pages_and_by_change(api, alice, django_assert_num_queries):
    client = api(alice)
    answer(alice, {"foot-drop": "new"}, answered_at=MONDAY)
    answer(alice, {"lump": "new"}, answered_at=WEDNESDAY)
    answer(alice, {"toes-up": "new"}, answered_at=TUESDAY)
    first = client.get("/api/v1/flags?page_size=2").json()
    assert [flag["rule"] for flag in first["results"]] == ["lump", "toes-up"]
    assert [flag["rule"] for flag in client.get(first["next"]).json()["results"]] == ["foot-drop"]
    since = Flag.objects.get(rule="lump").changed_at
    do(client, Flag.objects.get(rule="foot-drop"), "seen")
    changed = client.get("/api/v1/flags", {"changed_since": since.isoformat()}).json()
    assert [flag["rule"] for flag in changed["results"]] == ["lump", "toes-up", "foot-drop"]
    with django_assert_num_queries(4):  # session, person, flags, changes
        client.get("/api/v1/flags")


def test_what_failed_half_way_leaves_no_flag(alice, monkeypatch):
    def broken(**options):
        raise RuntimeError

    monkeypatch.setattr(FlagChange.objects, "create", broken)
    with pytest.raises(RuntimeError):
        record(alice, readings=[saddle()])
    assert not Flag.objects.exists()
    assert not SymptomLog.objects.exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"rule": "saddle"},
        {"level": "X"},
        {"state": "asleep"},
        {"state": "resolved", "reason": "checked"},
        {"reason": "checked"},
        {"state": "resolved", "reason": "because", "resolved_at": timezone.now()},
    ],
)
def test_the_database_holds_the_rules_itself(alice, columns):
    record(alice, readings=[saddle()])
    now = timezone.now()
    row = {"owner": alice, "rule": "bladder", "level": "E", "opened_at": now, "raised_at": now, "changed_at": now}
    with pytest.raises(IntegrityError), transaction.atomic():
        Flag.objects.create(**{**row, **columns})
    Flag.objects.create(**row)


def test_a_physiotherapist_who_settles_it_is_named_so_even_when_gone(api, alice, bob):
    record(alice, readings=[saddle()])
    Flag.objects.update(state="seen")
    resolve_flag(owner=alice, by=bob, id=only().pk, reason="checked")
    found = api(alice).get("/api/v1/flags").json()["results"][0]
    assert found["changes"][-1]["by"] == "physiotherapist"
    bob.delete()
    assert only().reason == "checked"
