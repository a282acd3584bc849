"""Nothing from before the first day that a link shows comes out by a side door."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine

from exercises.loading import load_catalogue
from exercises.models import Prescription
from sharing.evidence import evidence_since
from sharing.models import CareLink
from tests.contracts.cast import BODIES
from tests.exercises import factories as stretching
from tests.tracker.factories import answer
from tracker.models import Flag

pytestmark = pytest.mark.django_db

MARCH_20 = datetime.fromisoformat("2026-03-20T00:00:00+01:00")
EARLIER = "What speaks for it is from before the days that are shown."
BODY = BODIES["put patients/<uuid:id>/prescriptions/<uuid:prescription>"]


@pytest.fixture(autouse=True)
def from_today_on(alice, bob):
    with time_machine.travel("2026-03-20T12:00:00+01:00", tick=False):
        load_catalogue()
        CareLink.objects.update(sees_from=date(2026, 3, 20))
        yield


def flag_and_report(client, alice):
    [flag] = client.get(f"/api/v1/patients/{alice.pk}/flags").json()["results"]
    [reported] = client.get(f"/api/v1/patients/{alice.pk}/report").json()["flags"]
    return flag["evidence"], reported["because"]


def test_an_earlier_sign_is_neither_listed_nor_told_in_the_report(api, alice, bob):
    answer(alice, {"saddle": "new"}, answered_at="2026-03-17T08:00:00+01:00")
    evidence, because = flag_and_report(api(bob), alice)
    assert (evidence["signs"], evidence["count"], because) == ([], 0, EARLIER)
    answer(alice, {"saddle": "worse"}, answered_at="2026-03-20T11:00:00+01:00")
    evidence, because = flag_and_report(api(bob), alice)
    assert [sign["answer"] for sign in evidence["signs"]] == ["worse"]
    assert "20 Mar" in because
    assert "17 Mar" not in because


def test_of_a_trend_that_began_earlier_no_figure_is_shown(api, alice, bob):
    began = datetime.fromisoformat("2026-03-02T12:00:00+00:00")
    figures = {"baseline": 2.0, "recent": 4.5, "above": 9, "entries": 11, "region": "calf", "side": "left"}
    Flag.objects.create(
        owner=alice,
        rule="sustained-worsening",
        level="W",
        stream="numbness",
        opened_at=began,
        raised_at=began,
        changed_at=began,
        evidence={"since": "2026-03-02", "day": "2026-03-12", **figures},
    )
    assert flag_and_report(api(bob), alice) == ({"earlier": True}, EARLIER)
    CareLink.objects.update(sees_from=date(2026, 3, 2))
    evidence, because = flag_and_report(api(bob), alice)
    assert (evidence["baseline"], because != EARLIER) == (2.0, True)


@pytest.mark.parametrize(
    ("evidence", "left"),
    [
        ({"since": "2026-03-19", "day": "2026-03-21", "baseline": 2}, {"earlier": True}),
        ({"since": "2026-03-20", "day": "2026-03-21"}, {"since": "2026-03-20", "day": "2026-03-21"}),
        ({}, {}),
        ({"signs": [], "count": 0}, {"signs": [], "count": 0}),
        ({"signs": [{"at": "2026-03-19T22:59:59+00:00"}], "count": 1}, {"signs": [], "count": 0, "earlier": True}),
        (
            {"signs": [{"at": "2026-03-19T23:00:00+00:00"}], "count": 1},
            {"signs": [{"at": "2026-03-19T23:00:00+00:00"}], "count": 1},
        ),
    ],
)
def test_what_is_left_of_the_evidence(evidence, left):
    assert evidence_since(evidence, MARCH_20) == left
    assert evidence_since(evidence, None) == evidence


def test_a_plan_that_ended_before_is_not_there_to_be_changed_or_deleted(api, alice, bob):
    plan = stretching.set_for(alice, starts_on="2026-02-01", ends_on="2026-02-20", note="after the operation")
    address = f"/api/v1/patients/{alice.pk}/prescriptions"
    assert api(bob).get(address).json()["results"] == []
    for body in (BODY, {**BODY, "base_version": 1}):
        refused = api(bob).put(f"{address}/{plan.pk}", body)
        assert (refused.status_code, b"operation" in refused.content) == (404, False)
    assert api(bob).delete(f"{address}/{plan.pk}?base_version=1").status_code == 404
    assert Prescription.objects.present().get().version == 1
    CareLink.objects.update(sees_from=date(2026, 2, 20))
    assert api(bob).delete(f"{address}/{plan.pk}?base_version=1").status_code == 204


def test_a_plan_that_was_deleted_before_comes_by_no_change(api, alice, bob):
    with time_machine.travel("2026-02-01T12:00:00+01:00", tick=False):
        plan = stretching.set_for(alice, starts_on="2026-02-01", note="after the operation")
        kept = stretching.set_for(alice, starts_on="2026-02-01")
    with time_machine.travel("2026-02-10T12:00:00+01:00", tick=False):
        assert api(alice).delete(f"/api/v1/prescriptions/{plan.pk}?base_version=1").status_code == 204
    address = f"/api/v1/patients/{alice.pk}/prescriptions?changed_since=2026-01-01T00:00:00Z"
    assert [one["id"] for one in api(bob).get(address).json()["results"]] == [str(kept.pk)]
    # What is deleted while it is shown still has to reach whoever holds it.
    assert api(alice).delete(f"/api/v1/prescriptions/{kept.pk}?base_version=1").status_code == 204
    assert [one["id"] for one in api(bob).get(address).json()["results"]] == [str(kept.pk)]
