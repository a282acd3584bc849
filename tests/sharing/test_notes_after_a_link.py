"""A physiotherapist keeps what they wrote for themselves when a link has ended; that, and nothing else."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from sharing.ending import end_link
from sharing.models import Access, CareLink, Clinic, ClinicMember, PatientNote, StandIn
from tests.people import PASSWORD, link, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(api, alice, bob):
    """Alice's link with Bob, who has noted something in it."""
    found = CareLink.objects.get(owner=alice, physiotherapist=bob)
    address = f"/api/v1/patients/{alice.pk}/notes/{uuid.uuid4()}"
    assert api(bob).put(address, {"text": "Careful with the left."}, format="json").status_code == 201
    return found


def notes(held):
    return f"/api/v1/care-links/{held.pk}/notes"


@pytest.mark.parametrize("ender", ["alice", "bob"])
def test_the_notes_stay_theirs_to_read_when_the_link_has_ended(api, request, alice, bob, held, ender):
    end_link(by=request.getfixturevalue(ender), id=held.pk)
    read = Access.objects.count()
    answer = api(bob).get(notes(held))
    assert answer.status_code == 200
    [note] = answer.json()["results"]
    assert note["text"] == "Careful with the left."
    assert set(note) == {"id", "text", "created_at", "changed_at"}
    assert Access.objects.count() == read, "nothing of the patient's was read"


def test_all_else_stays_closed_and_nothing_is_written_any_more(api, alice, bob, held):
    end_link(by=alice, id=held.pk)
    client, id = api(bob), PatientNote.objects.get().pk
    for address in ("", "/notes", "/report", "/flags", "/prescriptions"):
        assert client.get(f"/api/v1/patients/{alice.pk}{address}").status_code == 404
    assert client.put(f"/api/v1/patients/{alice.pk}/notes/{id}", {"text": "More"}, format="json").status_code == 404
    assert client.put(notes(held), {"text": "More"}, format="json").status_code == 405
    assert PatientNote.objects.get().text == "Careful with the left."


def test_neither_the_patient_nor_a_stranger_nor_a_colleague_reads_them(api, alice, bob, charlie, held):
    colleague = make_person("dana")
    clinic = Clinic.objects.create(name="City")
    for one in (bob, colleague):
        ClinicMember.objects.create(clinic=clinic, owner=one)
    today = timezone.now().date()
    StandIn.objects.create(
        owner=alice, link=held, colleague=colleague, first_day=today, last_day=today + timedelta(days=7)
    )
    link(alice, charlie)
    for ended in (False, True):
        if ended:
            end_link(by=alice, id=held.pk)
        for person in (alice, charlie, colleague, make_person(f"stranger-{ended}")):
            assert api(person).get(notes(held)).status_code == 404, person.display_name
    assert api(bob).get(notes(held)).status_code == 200


def test_each_link_has_its_own_and_another_physiotherapist_has_none(api, alice, bob, charlie, held):
    end_link(by=alice, id=held.pk)
    again = link(alice, bob)
    assert api(bob).get(notes(again)).json()["results"] == []
    assert len(api(bob).get(notes(held)).json()["results"]) == 1
    assert api(charlie).get(notes(link(alice, charlie))).json()["results"] == []


def test_a_colleague_who_stood_in_keeps_what_they_wrote_themselves(api, alice, bob, held):
    dana = make_person("dana")
    clinic = Clinic.objects.create(name="City")
    for one in (bob, dana):
        ClinicMember.objects.create(clinic=clinic, owner=one)
    today = timezone.now().date()
    StandIn.objects.create(owner=alice, link=held, colleague=dana, first_day=today, last_day=today + timedelta(days=7))
    address = f"/api/v1/patients/{alice.pk}/notes/{uuid.uuid4()}"
    assert api(dana).put(address, {"text": "Sat well today."}, format="json").status_code == 201
    end_link(by=alice, id=held.pk)
    assert [one["text"] for one in api(dana).get(notes(held)).json()["results"]] == ["Sat well today."]
    assert [one["text"] for one in api(bob).get(notes(held)).json()["results"]] == ["Careful with the left."]


def test_nothing_is_kept_here_of_a_patient_who_has_deleted_the_account(api, alice, bob, held):
    end_link(by=alice, id=held.pk)
    assert api(alice).delete("/api/v1/me", {"password": PASSWORD}).status_code == 204
    assert api(bob).get(notes(held)).status_code == 404
    assert not PatientNote.objects.exists()
