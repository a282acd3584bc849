"""Putting a trend off, choosing how readily trends are told, and hearing what became better."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.tracker.factories import answer
from tests.tracker.test_trend_flags import life, numb, of, steady, write_at_once
from tracker.models import Flag, TrendCourse

pytestmark = pytest.mark.django_db


@pytest.fixture
def flag(alice) -> Flag:
    write_at_once(alice, numb([*steady(60), *steady(20, 6)]))
    return of(alice, "sustained-worsening")


def in_days(days: int) -> str:
    return (timezone.now() + timedelta(days)).isoformat()


def snooze(client, flag, days=14, reason="appointment", until=None):
    return client.post(f"/api/v1/flags/{flag.pk}/snooze", {"until": until or in_days(days), "reason": reason})


def test_a_trend_can_be_put_off_for_a_reason_and_counts_as_read(api, alice, flag):
    until = in_days(14)
    told = snooze(api(alice), flag, until=until).json()
    assert (told["state"], told["reason"]) == ("seen", None)
    assert told["snoozed_until"][:19] == until[:19]
    assert [(one["state"], one["reason"], one["by"]) for one in told["changes"]] == [
        ("open", None, None),
        ("seen", None, "person"),
        ("seen", "appointment", "person"),
    ]
    assert snooze(api(alice), flag, until=until).json() == told


def test_settling_or_reopening_ends_the_snooze(api, alice, flag):
    client = api(alice)
    snooze(client, flag)
    settled = client.post(f"/api/v1/flags/{flag.pk}/resolve", {"reason": "checked"}).json()
    assert settled["snoozed_until"] is None
    refused = snooze(client, flag)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "settled")


def test_a_trend_that_was_put_off_can_be_read_when_it_is_due_and_not_before(api, alice, flag):
    client = api(alice)
    until = snooze(client, flag, days=3).json()["snoozed_until"]
    assert client.post(f"/api/v1/flags/{flag.pk}/seen", {}).json()["snoozed_until"] == until
    snooze(client, flag, until=in_days(-1))
    read = client.post(f"/api/v1/flags/{flag.pk}/seen", {}).json()
    assert (read["state"], read["snoozed_until"], read["changes"][-1]["reason"]) == ("seen", None, None)
    assert client.post(f"/api/v1/flags/{flag.pk}/seen", {}).json() == read


def test_a_snooze_that_arrives_after_its_end_is_taken(api, alice, flag):
    assert snooze(api(alice), flag, days=-1).status_code == 200


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"until": in_days(91), "reason": "waiting"}, "until", "too_late"),
        ({"until": in_days(1), "reason": "lazy"}, "reason", "invalid_choice"),
        ({"until": "soon", "reason": "waiting"}, "until", "invalid_time"),
        ({"reason": "waiting"}, "until", "required"),
    ],
)
def test_a_bad_snooze_is_refused_and_changes_nothing(api, alice, flag, body, field, code):
    refused = api(alice).post(f"/api/v1/flags/{flag.pk}/snooze", body)
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["field"], error["code"]) == (400, field, code)
    assert life(of(alice, "sustained-worsening")) == [("open", "")]


def test_a_red_flag_cannot_be_put_off(api, alice):
    answer(alice, {"foot-drop": "new"})
    refused = snooze(api(alice), Flag.objects.get())
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "not_a_trend")
    assert Flag.objects.get().snoozed_until is None


def test_a_new_person_has_the_standard_and_its_rate(api, alice):
    assert api(alice).get("/api/v1/trends").json() == {
        "sensitivity": "standard",
        "false_alarms_per_year": {"fewer": 0.25, "standard": 0.5, "more": 1.0},
        "improvements": [],
    }


def test_more_tells_sooner_and_going_back_takes_back(api, alice):
    client = api(alice)
    write_at_once(alice, numb([*steady(60), *steady(18, 4)]))
    assert not Flag.objects.exists()
    assert client.patch("/api/v1/trends", {"sensitivity": "more"}).json()["sensitivity"] == "more"
    flag = of(alice, "sustained-worsening")
    assert (flag.state, flag.evidence["false_alarms_per_year"]) == ("open", 1.0)
    client.patch("/api/v1/trends", {"sensitivity": "fewer"})
    flag.refresh_from_db()
    assert (flag.state, flag.reason) == ("resolved", "sensitivity")
    client.patch("/api/v1/trends", {"sensitivity": "more"})
    flag.refresh_from_db()
    assert flag.state == "open"


def test_an_unknown_sensitivity_is_refused(api, alice):
    refused = api(alice).patch("/api/v1/trends", {"sensitivity": "all"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "invalid_choice")
    assert not TrendCourse.objects.exists()


def test_what_became_better_is_told_without_a_flag(api, alice):
    write_at_once(alice, numb([*steady(60, 6), *steady(25, 3)]))
    (better,) = api(alice).get("/api/v1/trends").json()["improvements"]
    assert better["stream"] == "numbness"
    assert 5.5 < better["baseline"] < 6.5
    assert 2.5 < better["recent"] < 4
    assert 0 < better["below"] <= better["entries"]
    assert not Flag.objects.exists()
