"""Signs are read and settled by their names, on a device that does not know their flags."""

import uuid

import pytest

from tests.tracker.factories import answer, check_body, record, saddle
from tracker.models import Flag

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, WEDNESDAY = (f"2026-03-{day}T08:00:00.000+01:00" for day in (16, 17, 18))


def say(client, act, *rules, **body):
    return client.post(f"/api/v1/flags/{act}", {"rules": list(rules), **body})


def states() -> dict[str, str]:
    return dict(Flag.objects.values_list("rule", "state"))


def test_a_sign_is_read_by_its_name(api, alice):
    record(alice, occurred_at=MONDAY, readings=[saddle()])
    answer(alice, {"foot-drop": "new"}, answered_at=MONDAY)
    answered = say(api(alice), "seen", "saddle", at=TUESDAY).json()["results"]
    assert [(one["rule"], one["state"]) for one in answered] == [("saddle", "seen")]
    assert states() == {"saddle": "seen", "foot-drop": "open"}
    assert say(api(alice), "seen", "saddle", at=WEDNESDAY).json()["results"] == answered


def test_what_was_noted_later_has_not_been_read(api, alice):
    record(alice, occurred_at=WEDNESDAY, readings=[saddle()])
    assert say(api(alice), "seen", "saddle", at=TUESDAY).json()["results"][0]["state"] == "open"


def test_settling_a_sign_counts_as_having_read_it(api, alice):
    answer(alice, {"saddle": "new", "toes-up": "new"}, answered_at=MONDAY)
    results = say(api(alice), "resolve", "saddle", "toes-up", reason="checked", at=TUESDAY).json()["results"]
    assert {one["rule"]: (one["state"], one["reason"]) for one in results} == {
        "saddle": ("resolved", "checked"),
        "toes-up": ("resolved", "checked"),
    }
    steps = [change.state for change in Flag.objects.get(rule="saddle").changes.order_by("id")]
    assert steps == ["open", "seen", "resolved"]
    assert say(api(alice), "resolve", "saddle", reason="mistake", at=WEDNESDAY).json()["results"] == []
    assert Flag.objects.get(rule="saddle").reason == "checked"


def test_a_sign_noted_after_it_was_settled_stands(api, alice):
    answer(alice, {"saddle": "new"}, answered_at=MONDAY)
    answer(alice, {"saddle": "new"}, answered_at=WEDNESDAY)
    results = say(api(alice), "resolve", "saddle", reason="checked", at=TUESDAY).json()["results"]
    assert sorted(one["state"] for one in results) == ["open", "resolved"]


def test_what_turned_into_an_emergency_since_stands_unread(api, alice):
    answer(alice, {"implant": "new"}, answered_at=MONDAY)
    answer(alice, {"implant": "out-of-joint"}, answered_at=WEDNESDAY)
    results = say(api(alice), "resolve", "implant", reason="other", at=TUESDAY).json()["results"]
    assert [(one["level"], one["state"]) for one in results] == [("E", "open")]


def test_a_trend_and_another_persons_sign_are_left_alone(api, alice, bob):
    answer(bob, {"saddle": "new"}, answered_at=MONDAY)
    trend = {"level": "W", "opened_at": MONDAY, "raised_at": MONDAY, "changed_at": MONDAY, "evidence": {"over": None}}
    Flag.objects.create(owner=alice, rule="sustained-worsening", stream="pain", **trend)
    assert say(api(alice), "resolve", "saddle", "sustained-worsening", reason="other").json()["results"] == []
    assert states() == {"saddle": "open", "sustained-worsening": "open"}


@pytest.mark.parametrize(
    "body", [{}, {"rules": []}, {"rules": "saddle"}, {"rules": [["saddle"]]}, {"rules": ["x" * 41]}]
)
def test_without_rules_nothing_is_settled(api, alice, body):
    refused = api(alice).post("/api/v1/flags/resolve", {"reason": "other", **body})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"].startswith("rules")


def test_nobody_settles_signs_without_signing_in(api):
    assert say(api(), "resolve", "saddle", reason="other").status_code == 401
    assert say(api(), "seen", "saddle").status_code == 401


def test_a_check_that_arrives_after_its_settlement_is_not_lost(api, alice):
    assert say(api(alice), "resolve", "saddle", reason="checked", at=TUESDAY).json()["results"] == []
    api(alice).put(f"/api/v1/red-flag-checks/{uuid.uuid4()}", check_body({"saddle": "new"}, answered_at=MONDAY))
    assert states() == {"saddle": "open"}
