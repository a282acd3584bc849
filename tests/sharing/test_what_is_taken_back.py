"""What a patient takes back between the look and the deed holds for the deed, and who looks is written down."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.http import Http404
from rest_framework.exceptions import PermissionDenied

from exercises.loading import load_catalogue
from sharing.acknowledging import acknowledge
from sharing.care import care_of, hold
from sharing.ending import change_consent, end_link
from sharing.models import Access, Acknowledgement, CareLink, Clinic, ClinicMember, StandIn
from sharing.noting import write_note
from tests.people import make_person
from tests.tracker.factories import answer, reading, record
from tracker.models import Flag

TODAY = date(2026, 3, 20)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2026-03-20T12:00:00+01:00", tick=False):
        load_catalogue()
        yield


@pytest.fixture
def held(alice, bob):
    return CareLink.objects.get()


@pytest.fixture
def clinic(bob, charlie):
    found = Clinic.objects.create(name="Hip and Back")
    ClinicMember.objects.create(clinic=found, owner=bob, manages=True)
    ClinicMember.objects.create(clinic=found, owner=charlie)
    return found


@pytest.fixture
def stand_in(api, bob, charlie, clinic, held):
    days = {"colleague": str(charlie.pk), "first_day": "2026-03-20", "last_day": "2026-04-10"}
    made = api(bob).post(f"/api/v1/care-links/{held.pk}/stand-ins", days)
    assert made.status_code == 201
    return f"/api/v1/care-links/{held.pk}/stand-ins/{made.json()['id']}"


def test_a_scope_taken_back_in_between_is_closed(alice, bob, held):
    answer(alice, {"saddle": "new"}, answered_at="2026-03-17T08:00:00+01:00")
    care = care_of(bob, alice.pk)
    assert hold(care, "flags") == held
    change_consent(by=alice, id=held.pk, changes={"scopes": ["diary"]})
    with pytest.raises(PermissionDenied):
        acknowledge(care=care, flag=Flag.objects.get().pk, id=uuid.uuid4(), text="I have seen it.")
    with pytest.raises(PermissionDenied):
        hold(care, "prescribe")
    assert not Acknowledgement.objects.exists()


def test_a_stand_in_taken_back_in_between_writes_nothing(api, alice, charlie, stand_in):
    care = care_of(charlie, alice.pk)
    write_note(care=care, id=uuid.uuid4(), text="Rang at noon")
    assert api(alice).delete(stand_in).status_code == 204
    with pytest.raises(Http404):
        write_note(care=care, id=uuid.uuid4(), text="Rang again")


def logged():
    return list(Access.objects.order_by("at", "id").values_list("reader__display_name", "what", "outcome", "times"))


def test_a_stand_in_who_tries_again_is_in_the_patients_log(api, alice, charlie, stand_in):
    address = f"/api/v1/patients/{alice.pk}/report"
    assert api(charlie).get(address).status_code == 200
    api(alice).delete(stand_in)
    assert api(charlie).get(address).status_code == 404
    assert logged() == [("Charlie", "report", "opened", 1), ("Charlie", "report", "ended", 1)]
    stranger = make_person("hedy")
    assert api(stranger).get(address).status_code == 404
    assert len(logged()) == 2


def test_who_left_the_clinic_stands_in_no_more_when_back(api, alice, charlie, clinic, stand_in):
    address = f"/api/v1/patients/{alice.pk}"
    assert api(charlie).get(address).status_code == 200
    assert api(charlie).delete(f"/api/v1/clinics/{clinic.pk}/members/{charlie.pk}").status_code == 204
    ClinicMember.objects.create(clinic=clinic, owner=charlie)
    assert api(charlie).get(address).status_code == 404
    assert StandIn.objects.get().withdrawn_at is not None


def test_who_shares_another_clinic_goes_on_standing_in(api, alice, bob, charlie, clinic, stand_in):
    other = Clinic.objects.create(name="By the river")
    for one in (bob, charlie):
        ClinicMember.objects.create(clinic=other, owner=one)
    assert api(bob).delete(f"/api/v1/clinics/{clinic.pk}/members/{bob.pk}").status_code == 204
    assert api(charlie).get(f"/api/v1/patients/{alice.pk}").status_code == 200


def test_the_last_message_in_a_list_of_conversations_is_read_too(api, alice, bob, held):
    assert api(bob).get("/api/v1/conversations").status_code == 200
    assert logged() == []
    api(alice).put(f"/api/v1/messages/{uuid.uuid4()}", {"link": str(held.pk), "text": "It was a bad night"})
    for person in (alice, bob, bob):
        assert "bad night" in api(person).get("/api/v1/conversations").content.decode()
    assert logged() == [("Bob", "messages", "opened", 2)]
    Access.objects.all().delete()
    end_link(by=alice, id=held.pk)
    assert "bad night" in api(bob).get("/api/v1/conversations").content.decode()
    assert logged() == [("Bob", "messages", "opened", 1)]


def test_no_good_news_for_who_sees_no_signs(api, alice, bob):
    for back in range(1, 28):
        worst = 8 if back > 13 else 2
        moment = f"{(TODAY - timedelta(days=back)).isoformat()}T08:00:00+01:00"
        record(alice, occurred_at=moment, readings=[reading(pain=worst, numbness=worst)])
    for scopes, group in ((["symptoms", "flags"], "good-news"), (["symptoms"], "quiet")):
        CareLink.objects.update(scopes=scopes)
        assert api(bob).get(f"/api/v1/patients/{alice.pk}").json()["group"] == group


def test_who_may_only_prescribe_learns_nothing_of_the_diary(api, alice, bob):
    record(alice, occurred_at="2026-03-01T08:00:00+01:00")
    for scopes, last, reasons in ((["symptoms", "prescribe"], "2026-03-01", 1), (["prescribe"], None, 0)):
        CareLink.objects.update(scopes=scopes, accepted_at="2026-01-01T00:00:00Z")
        row = api(bob).get(f"/api/v1/patients/{alice.pk}").json()
        assert (row["last_entry"], len(row["reasons"])) == (last, reasons)


def test_a_first_day_in_the_future_is_refused(api, alice, charlie, held):
    token = api(charlie).post("/api/v1/invitations", {"role": "physiotherapist"}).json()["url"].split("#")[1]
    asked = [
        (api(alice).post, "/api/v1/invitations", {"role": "patient"}, 201),
        (api(alice).patch, f"/api/v1/care-links/{held.pk}", {}, 200),
        (api(alice).post, "/api/v1/invitations/accept", {"token": token, "scopes": ["flags"]}, 201),
    ]
    for ask, address, body, done in asked:
        refused = ask(address, {**body, "sees_from": "2026-03-21"})
        assert refused.status_code == 400
        error = refused.json()["errors"][0]
        assert (error["field"], error["code"]) == ("sees_from", "in_the_future")
        assert ask(address, {**body, "sees_from": "2026-03-20"}).status_code == done


def test_a_message_waits_since_the_patients_own_date(api, alice, bob, held):
    with time_machine.travel("2026-03-19T23:30:00Z", tick=False):
        api(alice).put(f"/api/v1/messages/{uuid.uuid4()}", {"link": str(held.pk), "text": "Awake again"})
    [reason] = [
        one for one in api(bob).get(f"/api/v1/patients/{alice.pk}").json()["reasons"] if one["reason"] == "message"
    ]
    assert reason["since"] == "2026-03-20"
