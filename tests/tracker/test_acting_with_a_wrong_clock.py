"""A device with a fast clock settles nothing that another device noted while it was offline, and that nobody read."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.tracker.factories import answer
from tracker.models import Flag

pytestmark = pytest.mark.django_db

SAID = {"resolve": {"reason": "checked"}, "seen": {}}


def iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def answered(owner, hours_ago: float, said: str, **parts):
    """Answered and sent so long ago, by a device whose clock is right."""
    moment = timezone.now() - timedelta(hours=hours_ago)
    with time_machine.travel(moment):
        return answer(owner, {"saddle": said}, answered_at=iso(moment), **parts)


def say(client, act, **parts):
    """Of the saddle, by its name."""
    answered = client.post(f"/api/v1/flags/{act}", {"rules": ["saddle"], **SAID[act], **parts})
    assert answered.status_code == 200
    return sorted(one["state"] for one in answered.json()["results"])


def in_hours(hours: float) -> str:
    return iso(timezone.now() + timedelta(hours=hours))


@pytest.mark.parametrize("act", ["resolve", "seen"])
def test_what_a_fast_clock_did_offline_does_not_swallow_what_came_unread_since(api, alice, act):
    answered(alice, 5, "new")
    # Three hours ago, with a clock that is four hours fast; an hour ago another device answered "worse".
    at = in_hours(1)
    answered(alice, 1, "worse")
    assert say(api(alice), act, at=at) == ["open"]
    assert say(api(alice), act) == ["resolved" if act == "resolve" else "seen"]


def test_what_came_unread_after_the_flag_was_read_stands_in_a_flag_of_its_own(api, alice):
    answered(alice, 5, "new", read_at=in_hours(-5))
    assert Flag.objects.get().state == "seen"
    answered(alice, 1, "new")
    for _ in ("sent", "sent again"):
        assert "open" in say(api(alice), "resolve", at=in_hours(1))
    assert sorted(Flag.objects.values_list("state", flat=True)) == ["open", "resolved"]


def test_what_its_own_advice_was_read_for_is_settled_by_a_fast_clock(api, alice):
    answered(alice, 5, "new", read_at=in_hours(-5))
    answered(alice, 1, "worse", read_at=in_hours(-1))
    assert say(api(alice), "resolve", at=in_hours(1)) == ["resolved"]


def test_a_fast_clock_does_not_settle_again_what_was_reopened(api, alice):
    answered(alice, 5, "new")
    assert say(api(alice), "resolve") == ["resolved"]
    path = f"/api/v1/flags/{Flag.objects.get().pk}/reopen"
    assert api(alice).post(path, {}).json()["state"] == "reopened"
    assert say(api(alice), "resolve", at=in_hours(1)) == ["reopened"]
    assert say(api(alice), "resolve", at=in_hours(4), sent_at=in_hours(4)) == ["resolved"]


@pytest.mark.parametrize("fast", [4, -4])
def test_a_device_that_says_what_its_clock_shows_is_believed_when_it_was(api, alice, fast):
    answered(alice, 5, "new")
    answered(alice, 1, "worse")
    shows = in_hours(fast)
    # Three hours ago it had read the first; now it has read the second, too.
    assert say(api(alice), "resolve", at=in_hours(fast - 3), sent_at=shows) == ["open"]
    assert say(api(alice), "seen", at=shows, sent_at=shows) == ["seen"]
    assert say(api(alice), "resolve", at=shows, sent_at=shows) == ["resolved"]


def test_a_clock_that_cannot_be_is_not_believed(api, alice):
    answered(alice, 5, "new")
    assert say(api(alice), "seen", at=in_hours(-1), sent_at="9999-12-31T00:00:00Z") == ["seen"]
    refused = api(alice).post("/api/v1/flags/seen", {"rules": ["saddle"], "sent_at": "soon"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "sent_at")


def test_a_reopening_sent_late_does_not_undo_what_another_device_settled_since(api, alice):
    answered(alice, 5, "new")
    client = api(alice)
    assert say(client, "resolve", at=in_hours(-1)) == ["resolved"]
    path = f"/api/v1/flags/{Flag.objects.get().pk}/reopen"
    assert client.post(path, {"at": in_hours(-2)}).json()["state"] == "resolved"
    assert client.post(path, {"at": in_hours(-0.5)}).json()["state"] == "reopened"
