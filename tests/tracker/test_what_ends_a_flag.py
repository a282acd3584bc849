"""A flag ends with a "no" that is later than all that speaks for it, and never against a person who says otherwise."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.tracker.factories import answer, check_body, record, saddle
from tracker.flagging import resolve_flag
from tracker.models import Flag

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (f"2026-03-{day}T08:00:00.000+01:00" for day in (16, 17, 18, 19))


def address(id=None):
    return f"/api/v1/red-flag-checks/{id or uuid.uuid4()}"


def do(client, flag, act, **body):
    return client.post(f"/api/v1/flags/{flag.pk}/{act}", body)


def only() -> Flag:
    return Flag.objects.get()


def from_now(**span) -> str:
    return (timezone.now() + timedelta(**span)).isoformat(timespec="milliseconds")


def test_what_was_corrected_is_not_reopened(api, alice):
    client, id = api(alice), uuid.uuid4()
    client.put(address(id), check_body({"calf-cramp": "new"}))
    client.put(address(id), check_body({"calf-cramp": "no"}, base_version=1))
    refused = do(client, only(), "reopen")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "corrected")
    assert (only().state, only().reason) == ("resolved", "corrected")


def test_a_flag_for_which_nothing_speaks_holds_up_no_later_check(api, alice):
    client, id = api(alice), uuid.uuid4()
    client.put(address(id), check_body({"calf-cramp": "new"}))
    client.put(address(id), check_body({"calf-cramp": "no"}, base_version=1))
    # As it could be reopened once.
    Flag.objects.update(state="reopened", reason="", resolved_at=None)
    assert client.put(address(), check_body({"saddle": "new"})).status_code == 201
    assert Flag.objects.standing().filter(rule="saddle").exists()


def test_what_a_person_reopened_ends_only_with_a_later_no(api, alice):
    answer(alice, {"calf-cramp": "new"}, answered_at=MONDAY)
    answer(alice, {"calf-cramp": "no"}, answered_at=TUESDAY)
    assert do(api(alice), only(), "reopen").json()["state"] == "reopened"
    answer(alice, {"saddle": "no"}, answered_at=WEDNESDAY)
    assert only().state == "reopened"
    answer(alice, {"calf-cramp": "no"}, answered_at=from_now(minutes=5))
    assert (only().state, only().reason) == ("resolved", "recovered")


def test_what_a_person_reopened_is_not_closed_again_because_it_is_unchanged(api, alice):
    answer(alice, {"saddle": "unchanged"}, answered_at=MONDAY)
    Flag.objects.update(state="seen")
    resolve_flag(owner=alice, by=alice, id=only().pk, reason="checked")
    log = record(alice, occurred_at=from_now(minutes=2), readings=[saddle()])
    answer(alice, {"saddle": "unchanged"}, answered_at=from_now(minutes=2), entry=str(log.pk))
    known = Flag.objects.get(reason="known")
    assert do(api(alice), known, "reopen").json()["state"] == "reopened"
    answer(alice, {"saddle": "unchanged"}, answered_at=from_now(minutes=5))
    known.refresh_from_db()
    assert known.state == "reopened"


def test_a_check_that_lets_go_of_its_entry_leaves_the_emergency_that_the_entry_marked(api, alice):
    client, id = api(alice), uuid.uuid4()
    log = record(alice, readings=[saddle()])
    client.put(address(id), check_body({"saddle": "unchanged"}, entry=str(log.pk)))
    assert (only().level, only().state) == ("D", "open")
    client.put(address(id), check_body({"saddle": "no"}, entry=None, base_version=1))
    assert (only().level, only().state) == ("E", "open")


def test_a_no_of_a_fast_clock_ends_nothing_that_came_after_it(alice):
    answer(alice, {"calf-cramp": "no"}, answered_at=from_now(hours=23))
    answer(alice, {"calf-cramp": "new"}, answered_at=from_now(minutes=1))
    assert only().state == "open"


def test_a_sign_of_a_fast_clock_ends_with_the_next_no(alice):
    answer(alice, {"calf-cramp": "new"}, answered_at=from_now(hours=23))
    answer(alice, {"calf-cramp": "no"}, answered_at=from_now(hours=1))
    assert (only().state, only().reason) == ("resolved", "recovered")


def test_a_no_that_is_deleted_has_ended_nothing(api, alice):
    client, id = api(alice), uuid.uuid4()
    answer(alice, {"calf-cramp": "new"}, answered_at=MONDAY)
    client.put(address(id), check_body({"calf-cramp": "no", "lump": "no"}, answered_at=TUESDAY))
    assert only().state == "resolved"
    client.delete(address(id))
    assert only().state == "reopened"


@pytest.mark.parametrize(
    "corrected",
    [{"answers": {"lump": "no"}}, {"answered_at": "2026-03-15T08:00:00.000+01:00"}],
    ids=lambda parts: next(iter(parts)),
)
def test_a_no_that_is_corrected_has_ended_nothing(api, alice, corrected):
    client, id = api(alice), uuid.uuid4()
    answer(alice, {"calf-cramp": "new"}, answered_at=MONDAY)
    body = check_body({"calf-cramp": "no", "lump": "no"}, answered_at=TUESDAY)
    client.put(address(id), body)
    client.put(address(id), {**body, **corrected, "base_version": 1})
    assert only().state == "reopened"


def test_another_no_holds_what_the_deleted_one_ended(api, alice):
    client, id = api(alice), uuid.uuid4()
    answer(alice, {"calf-cramp": "new"}, answered_at=MONDAY)
    client.put(address(id), check_body({"calf-cramp": "no"}, answered_at=TUESDAY))
    answer(alice, {"calf-cramp": "no"}, answered_at=WEDNESDAY)
    client.delete(address(id))
    assert (only().state, only().reason) == ("resolved", "recovered")


def test_what_the_person_settled_does_not_hang_on_a_no(api, alice):
    client, id = api(alice), uuid.uuid4()
    answer(alice, {"calf-cramp": "new"}, answered_at=MONDAY)
    do(client, only(), "resolve", reason="recovered")
    client.put(address(id), check_body({"calf-cramp": "no"}, answered_at=TUESDAY))
    client.delete(address(id))
    assert only().state == "resolved"


def test_a_deleted_no_raises_nothing_beside_the_episode_that_stands(api, alice):
    client, id = api(alice), uuid.uuid4()
    answer(alice, {"calf-cramp": "new"}, answered_at=MONDAY)
    client.put(address(id), check_body({"calf-cramp": "no"}, answered_at=TUESDAY))
    answer(alice, {"calf-cramp": "new"}, answered_at=THURSDAY)
    assert client.delete(address(id)).status_code == 204
    assert sorted(Flag.objects.values_list("state", flat=True)) == ["open", "resolved"]
