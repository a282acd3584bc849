"""What somebody read or settled on a device that was offline is about what they knew then, and about nothing since."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.tracker.factories import answer, check_body, record, saddle
from tracker.models import Flag

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, WEDNESDAY = (f"2026-03-{day}T08:00:00.000+01:00" for day in (16, 17, 18))
MONDAY_READ, TUESDAY_NOON = "2026-03-16T08:01:00.000+01:00", "2026-03-17T12:00:00.000+01:00"


def do(client, flag, act, **body):
    return client.post(f"/api/v1/flags/{flag.pk}/{act}", body).json()


def only() -> Flag:
    return Flag.objects.get()


def put_check(client, answers, **parts):
    return client.put(f"/api/v1/red-flag-checks/{uuid.uuid4()}", check_body(answers, **parts))


@pytest.mark.parametrize("settled_first", [True, False])
def test_a_sign_noted_after_it_was_settled_stands_whichever_arrives_first(api, alice, settled_first):
    client = api(alice)
    record(alice, occurred_at=MONDAY, readings=[saddle()])
    first = only()
    do(client, first, "seen", at=MONDAY_READ)
    acts = [
        lambda: record(alice, occurred_at=WEDNESDAY, readings=[saddle()]),
        lambda: do(client, first, "resolve", reason="checked", at=TUESDAY_NOON),
    ]
    for act in reversed(acts) if settled_first else acts:
        act()
    first.refresh_from_db()
    assert (first.state, first.reason, len(first.evidence["signs"])) == ("resolved", "checked", 1)
    anew = Flag.objects.standing().get()
    assert (anew.level, anew.state, len(anew.evidence["signs"])) == ("E", "open", 1)
    assert anew.opened_at.isoformat() == "2026-03-18T07:00:00+00:00"
    assert [change.state for change in anew.changes.all()] == ["open"]
    do(client, first, "resolve", reason="checked", at=TUESDAY_NOON)
    assert Flag.objects.standing().get() == anew


def test_what_was_settled_before_anything_was_noted_settles_nothing(api, alice):
    answer(alice, {"calf-cramp": "new"}, answered_at=TUESDAY)
    assert do(api(alice), only(), "resolve", reason="checked", at=MONDAY)["state"] == "open"


def test_a_fast_clock_does_not_keep_its_own_signs_from_being_read_and_settled(api, alice):
    ahead = (timezone.now() + timedelta(hours=3)).isoformat(timespec="milliseconds")
    answer(alice, {"saddle": "new"}, answered_at=ahead)
    assert do(api(alice), only(), "seen", at=ahead)["state"] == "seen"
    assert do(api(alice), only(), "resolve", reason="checked")["state"] == "resolved"


def test_settling_it_again_does_not_close_what_has_been_reopened_since(api, alice):
    client = api(alice)
    answer(alice, {"saddle": "unchanged"}, answered_at=TUESDAY)
    flag = only()
    do(client, flag, "seen")
    said = {"reason": "checked", "at": (timezone.now() - timedelta(minutes=1)).isoformat()}
    assert do(client, flag, "resolve", **said)["state"] == "resolved"
    answer(alice, {"saddle": "new"}, answered_at=MONDAY)
    assert only().state == "reopened"
    # It was sent again, because the answer to the first was lost.
    assert do(client, flag, "resolve", **said)["state"] == "reopened"


def test_who_read_it_before_it_got_worse_has_not_read_the_emergency(api, alice):
    answer(alice, {"saddle": "unchanged"}, answered_at=MONDAY)
    answer(alice, {"saddle": "worse"}, answered_at=WEDNESDAY)
    assert do(api(alice), only(), "seen", at=MONDAY_READ)["state"] == "open"
    assert do(api(alice), only(), "seen", at="2026-03-18T08:01:00.000+01:00")["state"] == "seen"


def test_reading_the_advice_for_a_milder_answer_does_not_confirm_the_emergency(api, alice):
    answer(alice, {"saddle": "new"}, answered_at=MONDAY)
    put_check(api(alice), {"saddle": "unchanged"}, answered_at=MONDAY, read_at=MONDAY_READ)
    assert (only().level, only().state) == ("E", "open")
    put_check(api(alice), {"saddle": "new"}, answered_at=MONDAY, read_at=MONDAY_READ)
    assert only().state == "seen"


def test_an_emergency_that_got_worse_after_it_was_read_is_open_again(api, alice):
    client = api(alice)
    answer(alice, {"saddle": "new"}, answered_at=MONDAY)
    do(client, only(), "seen", at=TUESDAY)
    answer(alice, {"saddle": "new"}, answered_at=WEDNESDAY)
    assert only().state == "seen"
    # Noted before it was read, however late it arrives.
    answer(alice, {"saddle": "worse"}, answered_at=MONDAY_READ)
    assert only().state == "seen"
    answer(alice, {"saddle": "worse"}, answered_at=WEDNESDAY)
    assert only().state == "reopened"
    assert do(client, only(), "seen", at=TUESDAY_NOON)["state"] == "reopened"
