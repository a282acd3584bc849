"""People who act on one link at the same moment: on PostgreSQL, where two writers really run at once."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.db import connection, connections, transaction

from sharing.ending import change_consent
from sharing.models import Acknowledgement, CareLink, ClinicMember, Invitation, Message
from tests.contracts.cast import BODIES, everything_of
from tests.exercises.test_prescribing_at_the_same_moment import somebody_waits
from tests.people import make_person
from tests.processes import until
from tests.tracker.test_at_the_same_moment import together

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
]
INVITATIONS = "/api/v1/invitations"


@pytest.fixture(autouse=True)
def two_writers(transactional_db) -> None:
    assert connection.vendor == "postgresql", "needs two writers at once: set DATABASE_URL to a PostgreSQL"


def invited(client):
    return client.post(INVITATIONS, {"role": "patient"}).json()["url"].split("#")[1]


def posting(client, address, body):
    return lambda: client.post(address, body).status_code


def putting(client, address, body):
    return lambda: client.put(address, body).status_code


def accepting(client, token):
    return posting(client, f"{INVITATIONS}/accept", {"token": token})


@pytest.mark.parametrize("turn", range(5))
def test_an_invitation_links_one_of_those_who_accept_at_once(api, alice, turn):
    token = invited(api(alice))
    people = [make_person(f"physio{n}") for n in range(5)]
    answers = together([accepting(api(person), token) for person in people])
    assert sorted(answers) == [201, 404, 404, 404, 404]
    assert CareLink.objects.get() == Invitation.objects.get().link


@pytest.mark.parametrize("turn", range(5))
def test_one_person_who_taps_twice_is_linked_once(api, alice, charlie, turn):
    tokens = [invited(api(alice)), invited(api(alice))]
    answers = together([accepting(api(charlie), token) for token in tokens for _ in range(3)])
    assert answers.count(201) == 1
    assert set(answers) <= {200, 201, 400}
    assert CareLink.objects.filter(physiotherapist=charlie).count() == 1


@pytest.mark.parametrize("turn", range(5))
def test_a_flag_that_is_noted_twice_at_once_is_noted_once(api, alice, bob, turn):
    flag, id = everything_of(alice)["flag"], uuid.uuid4()
    address = f"/api/v1/patients/{alice.pk}/flags/{flag.pk}/acknowledge"
    silent = [posting(api(bob), address, {"id": str(uuid.uuid4())}) for _ in range(3)]
    assert together(silent) == [200, 200, 200]
    assert Acknowledgement.objects.count() == 1
    said = [posting(api(bob), address, {"id": str(id), "text": "Ring me."}) for _ in range(3)]
    assert together(said) == [200, 200, 200]
    assert (Acknowledgement.objects.count(), Message.objects.filter(pk=id).count()) == (2, 1)


@pytest.mark.parametrize("turn", range(5))
def test_nothing_is_written_through_a_link_after_its_end(api, alice, bob, turn):
    rows, held = everything_of(alice), CareLink.objects.get(physiotherapist=bob)
    plan = f"/api/v1/patients/{alice.pk}/prescriptions/{rows['prescription'].pk}"
    body = {**BODIES["put patients/<uuid:id>/prescriptions/<uuid:prescription>"], "base_version": 1, "name": "Anew"}
    reader = api(bob)
    writes = [
        putting(api(bob), plan, body),
        putting(api(bob), f"/api/v1/messages/{uuid.uuid4()}", {"link": str(held.pk), "text": "x"}),
        putting(api(bob), f"/api/v1/patients/{alice.pk}/notes/{uuid.uuid4()}", {"text": "x"}),
        lambda: reader.get(f"/api/v1/patients/{alice.pk}/flags").status_code,
    ]
    patient = api(alice)
    answers = together([lambda: patient.delete(f"/api/v1/care-links/{held.pk}").status_code, *writes])
    assert answers[0] == 204
    assert set(answers[1:]) <= {200, 201, 400, 404}
    held.refresh_from_db()
    assert all(one.created_at <= held.ended_at for one in Message.objects.filter(link=held))
    # Another message: the same one again would be a repeat of what may have got through before the end.
    writes[1] = putting(api(bob), f"/api/v1/messages/{uuid.uuid4()}", {"link": str(held.pk), "text": "x"})
    assert [write() for write in writes] == [404, 400, 404, 404]


@pytest.mark.parametrize("turn", range(5))
def test_a_clinic_lets_one_in_by_one_invitation(api, bob, turn):
    clinic = api(bob).post("/api/v1/clinics", {"name": "By the river"}).json()
    url = api(bob).post(f"/api/v1/clinics/{clinic['id']}/invitations").json()["url"]
    people = [make_person(f"physio{n}") for n in range(4)]
    body = {"token": url.split("#")[1]}
    answers = together([posting(api(one), "/api/v1/clinics/join", body) for one in people])
    assert sorted(answers) == [200, 404, 404, 404]
    assert ClinicMember.objects.count() == 2


def test_a_plan_is_ended_by_the_patient_only_while_nobody_else_may(api, alice, bob):
    """She ends it on one device while another gives its physiotherapist back that he may set plans."""
    plan, held = everything_of(alice)["prescription"], CareLink.objects.get(physiotherapist=bob)
    theirs, mine = f"/api/v1/patients/{alice.pk}/prescriptions/{plan.pk}", f"/api/v1/prescriptions/{plan.pk}"
    body = {**BODIES["put patients/<uuid:id>/prescriptions/<uuid:prescription>"], "base_version": 1, "name": "Anew"}
    kept = api(bob).put(theirs, body).json()
    CareLink.objects.filter(pk=held.pk).update(scopes=["symptoms"])
    ended = {**{name: kept[name] for name in body if name in kept}, "base_version": 2, "ends_on": "2099-12-31"}
    patient, answers = api(alice), []

    def end() -> None:
        try:
            answers.append(patient.put(mine, ended).status_code)
        finally:
            connections.close_all()

    device = threading.Thread(target=end)
    with transaction.atomic():
        change_consent(by=alice, id=held.pk, changes={"scopes": ["symptoms", "prescribe"]})
        device.start()
        until(somebody_waits, "the end of the plan")
    device.join()
    assert answers == [403]
    assert api(bob).put(theirs, {**body, "base_version": 2, "name": "Once more"}).json()["version"] == 3


@pytest.mark.parametrize("turn", range(5))
def test_whoever_writes_a_plan_first_nobody_waits_for_ever(api, alice, bob, turn):
    plan, held = everything_of(alice)["prescription"], CareLink.objects.get(physiotherapist=bob)
    theirs, mine = f"/api/v1/patients/{alice.pk}/prescriptions/{plan.pk}", f"/api/v1/prescriptions/{plan.pk}"
    body = {**BODIES["put patients/<uuid:id>/prescriptions/<uuid:prescription>"], "base_version": 1, "name": "Anew"}
    api(bob).put(theirs, body)
    CareLink.objects.filter(pk=held.pk).update(scopes=["symptoms"])
    patient, back = api(alice), {"scopes": ["symptoms", "prescribe"]}
    answers = together(
        [
            lambda: patient.delete(f"{mine}?base_version=2").status_code,
            lambda: api(alice).patch(f"/api/v1/care-links/{held.pk}", back).status_code,
            putting(api(bob), theirs, {**body, "base_version": 2, "name": "Once more"}),
        ]
    )
    # Only one of the two had the last word on it.
    assert answers[1] == 200
    assert (answers[0], answers[2]) in {(204, 403), (204, 409), (403, 200), (403, 403)}
