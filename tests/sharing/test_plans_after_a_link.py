"""What a physiotherapist set who may set plans no more: the patient ends it, and nobody else can."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sharing.models import CareLink, Clinic, ClinicMember, StandIn
from tests.contracts.cast import BODIES, everything_of
from tests.people import link, make_person

pytestmark = pytest.mark.django_db

BODY = BODIES["put patients/<uuid:id>/prescriptions/<uuid:prescription>"]


@pytest.fixture
def plan(alice):
    return everything_of(alice)["prescription"]


def sets(api, setter, alice, plan):
    address = f"/api/v1/patients/{alice.pk}/prescriptions/{plan.pk}"
    return api(setter).put(address, {**BODY, "base_version": 1, "name": "Anew"}).json()


def test_once_the_last_link_has_ended_the_patient_ends_it_and_changes_nothing_else(api, alice, bob, plan):
    sets(api, bob, alice, plan)
    mine = f"/api/v1/prescriptions/{plan.pk}"
    kept = api(alice).get(mine).json()
    ended = {**kept, "base_version": kept["version"], "ends_on": "2099-12-31"}
    assert [api(alice).put(mine, ended).status_code, api(alice).delete(mine).status_code] == [403, 403]
    api(alice).delete(f"/api/v1/care-links/{CareLink.objects.get(physiotherapist=bob).pk}")
    refused = api(alice).put(mine, {**ended, "name": "Less"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "prescribed_by_another")

    taken = api(alice).put(mine, ended).json()
    assert (taken["ends_on"], taken["prescribed_by"], taken["version"]) == ("2099-12-31", "Bob", 3)
    # Let in again, it is his again.
    again = link(alice, bob)
    assert api(alice).put(mine, {**ended, "base_version": 3, "ends_on": None}).status_code == 403
    assert api(alice).delete(mine).status_code == 403
    api(bob).delete(f"/api/v1/care-links/{again.pk}")
    assert api(alice).delete(mine).status_code == 204


def test_what_a_stand_in_set_goes_with_the_link_not_with_their_days(api, alice, bob, plan):
    erin, clinic = make_person("erin"), Clinic.objects.create(name="By the river")
    for person in (bob, erin):
        ClinicMember.objects.create(clinic=clinic, owner=person)
    held, today = CareLink.objects.get(physiotherapist=bob), timezone.now().date()
    StandIn.objects.create(
        owner=alice, link=held, colleague=erin, first_day=today - timedelta(days=1), last_day=today + timedelta(days=1)
    )
    assert sets(api, erin, alice, plan)["prescribed_by"] == "Erin"
    StandIn.objects.update(first_day=today - timedelta(days=9), last_day=today - timedelta(days=5))
    mine = f"/api/v1/prescriptions/{plan.pk}"
    assert api(alice).delete(mine).status_code == 403
    api(alice).delete(f"/api/v1/care-links/{held.pk}")
    assert api(alice).delete(mine).status_code == 204


def test_who_may_set_plans_no_more_leaves_the_end_of_theirs_to_the_patient(api, alice, bob, plan):
    sets(api, bob, alice, plan)
    mine = f"/api/v1/prescriptions/{plan.pk}"
    consent = f"/api/v1/care-links/{CareLink.objects.get(physiotherapist=bob).pk}"
    scopes = api(alice).get("/api/v1/care-links").json()["results"][0]["scopes"]
    kept = api(alice).get(mine).json()
    ended = {**kept, "base_version": kept["version"], "ends_on": "2099-12-31"}
    assert [api(alice).put(mine, ended).status_code, api(alice).delete(mine).status_code] == [403, 403]

    api(alice).patch(consent, {"scopes": [scope for scope in scopes if scope != "prescribe"]})
    theirs = f"/api/v1/patients/{alice.pk}/prescriptions/{plan.pk}"
    assert api(bob).put(theirs, {**BODY, "base_version": kept["version"]}).status_code == 403
    refused = api(alice).put(mine, {**ended, "note": "Less"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "prescribed_by_another")
    taken = api(alice).put(mine, ended).json()
    assert (taken["ends_on"], taken["prescribed_by"], taken["version"]) == ("2099-12-31", "Bob", 3)

    # Given back, it is his again.
    api(alice).patch(consent, {"scopes": scopes})
    again = {**ended, "base_version": 3, "ends_on": None}
    assert [api(alice).put(mine, again).status_code, api(alice).delete(mine).status_code] == [403, 403]
    api(alice).patch(consent, {"scopes": ["symptoms"]})
    assert api(alice).delete(mine).status_code == 204


def test_another_link_of_theirs_that_lets_them_set_plans_keeps_it_theirs(api, alice, bob, plan):
    """Erin set it standing in for Bob, and is linked herself."""
    erin, clinic = make_person("erin"), Clinic.objects.create(name="By the river")
    for person in (bob, erin):
        ClinicMember.objects.create(clinic=clinic, owner=person)
    held, today = CareLink.objects.get(physiotherapist=bob), timezone.now().date()
    StandIn.objects.create(
        owner=alice, link=held, colleague=erin, first_day=today - timedelta(days=1), last_day=today + timedelta(days=1)
    )
    assert sets(api, erin, alice, plan)["prescribed_by"] == "Erin"
    own = link(alice, erin)
    mine = f"/api/v1/prescriptions/{plan.pk}"
    api(alice).patch(f"/api/v1/care-links/{held.pk}", {"scopes": ["exercises"]})
    assert api(alice).delete(mine).status_code == 403
    api(alice).patch(f"/api/v1/care-links/{own.pk}", {"scopes": ["exercises"]})
    assert api(alice).delete(mine).status_code == 204
