"""What was between a patient and a physiotherapist is the patient's: it goes with the patient, and with nobody else."""

from __future__ import annotations

import uuid

import pytest

from exercises.loading import load_catalogue
from sharing.models import Acknowledgement, CareLink, Message
from tests.tracker.factories import answer
from tracker.models import Flag

pytestmark = pytest.mark.django_db

PASSWORD = {"password": "a long enough passphrase"}


@pytest.fixture
def held(alice, bob, api):
    """A link over which both wrote, and a flag that was noted."""
    load_catalogue()
    answer(alice, {"saddle": "new"})
    held = CareLink.objects.get()
    flag = Flag.objects.get()
    noted = {"id": str(uuid.uuid4()), "text": "Go to the hospital now."}
    assert api(bob).post(f"/api/v1/patients/{alice.pk}/flags/{flag.pk}/acknowledge", noted).status_code == 200
    said = {"link": str(held.pk), "text": "I am on my way."}
    assert api(alice).put(f"/api/v1/messages/{uuid.uuid4()}", said).status_code == 201
    return held


def test_the_patient_keeps_what_was_written_when_the_physiotherapist_leaves(api, alice, bob, held):
    assert api(bob).delete("/api/v1/me", PASSWORD).status_code == 204
    client = api(alice)
    messages = client.get("/api/v1/messages", {"link": str(held.pk)}).json()["results"]
    assert [(one["sender"], one["text"]) for one in messages] == [
        ("patient", "I am on my way."),
        (None, "Go to the hospital now."),
    ]
    [noted] = client.get("/api/v1/acknowledgements").json()["results"]
    assert (noted["by"], noted["text"]) == (None, "Go to the hospital now.")
    for address in ("care-links", "conversations"):
        [link] = client.get(f"/api/v1/{address}").json()["results"]
        assert link["other"] == {"id": None, "name": ""}
        assert link["ended_at"] is not None


def test_a_link_to_somebody_who_has_left_lives_no_more(api, alice, bob, held):
    ended = CareLink.objects.create(owner=bob, physiotherapist=alice, accepted_at=held.accepted_at)
    assert api(bob).delete("/api/v1/me", PASSWORD).status_code == 204
    held.refresh_from_db()
    assert (held.lives, held.physiotherapist) == (False, None)
    assert not CareLink.objects.filter(pk=ended.pk).exists()
    refused = api(alice).put(f"/api/v1/messages/{uuid.uuid4()}", {"link": str(held.pk), "text": "Still there?"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "ended")


def test_a_link_that_had_ended_keeps_its_day(api, alice, bob, held):
    api(alice).delete(f"/api/v1/care-links/{held.pk}")
    held.refresh_from_db()
    assert api(bob).delete("/api/v1/me", PASSWORD).status_code == 204
    assert CareLink.objects.get().ended_at == held.ended_at


def test_everything_goes_with_the_patient(api, alice, bob, held):
    assert api(alice).delete("/api/v1/me", PASSWORD).status_code == 204
    assert not CareLink.objects.exists()
    assert not Message.objects.exists()
    assert not Acknowledgement.objects.exists()
    assert api(bob).get("/api/v1/conversations").json()["results"] == []
