"""A patient and a physiotherapist find each other: by an invitation that works once, with the patient's consent."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from accounts.models import User
from sharing.models import CareLink, Invitation, Practice
from sharing.vocabulary import SCOPES

pytestmark = pytest.mark.django_db
INVITATIONS = "/api/v1/invitations"


def invited(client, role="patient", **parts):
    answer = client.post(INVITATIONS, {"role": role, **parts})
    assert answer.status_code == 201, answer.json()
    return answer.json()


def token_of(invitation):
    return invitation["url"].split("#")[1]


def accepting(client, invitation, **parts):
    return client.post(f"{INVITATIONS}/accept", {"token": token_of(invitation), **parts})


def code_of(answer):
    return answer.json()["errors"][0]["code"]


@time_machine.travel("2026-03-20T12:00:00+01:00")
def test_a_patient_invites_and_opens_everything_from_today_on(api, alice, charlie):
    invitation = invited(api(alice))
    assert (invitation["scopes"], invitation["sees_from"]) == (list(SCOPES), "2026-03-20")
    answer = accepting(api(charlie), invitation)
    assert answer.status_code == 201
    link = CareLink.objects.get()
    assert (link.owner, link.physiotherapist, link.sees_from, link.lives) == (alice, charlie, date(2026, 3, 20), True)
    assert answer.json()["other"] == {"id": str(alice.pk), "name": "Alice"}
    assert Practice.objects.get().owner == charlie


def test_the_secret_is_behind_the_hash_and_kept_as_its_hash(api, alice):
    invitation = invited(api(alice))
    token = token_of(invitation)
    assert invitation["url"] == f"http://testserver/invite#{token}"
    assert len(token) == 43
    assert "<svg" in invitation["qr"]
    assert token not in str(Invitation.objects.values().get())
    listed = api(alice).get(INVITATIONS)
    assert token not in listed.content.decode()
    assert [one["id"] for one in listed.json()["results"]] == [invitation["id"]]


def test_what_one_says_yes_to_is_shown_before(api, alice, charlie):
    invitation = invited(api(alice), scopes=["prescribe", "symptoms", "symptoms"], sees_from=None)
    looked = api(charlie).post(f"{INVITATIONS}/look", {"token": token_of(invitation)})
    shown = looked.json()
    assert (shown["name"], shown["role"], shown["yours"]) == ("Alice", "patient", False)
    assert (shown["scopes"], shown["sees_from"]) == (["symptoms", "prescribe"], None)
    assert str(alice.email) not in looked.content.decode()
    assert accepting(api(charlie), invitation).status_code == 201
    assert api(charlie).post(f"{INVITATIONS}/look", {"token": token_of(invitation)}).status_code == 404


def test_a_physiotherapist_invites_and_the_patient_chooses(api, alice, charlie):
    invitation = invited(api(charlie), role="physiotherapist")
    assert (invitation["scopes"], invitation["sees_from"]) == (None, None)
    without = accepting(api(alice), invitation)
    assert (without.status_code, without.json()["errors"][0]["field"]) == (400, "scopes")
    answer = accepting(api(alice), invitation, scopes=["flags"], sees_from="2026-01-01")
    assert (answer.status_code, answer.json()["role"]) == (201, "patient")
    link = CareLink.objects.get()
    assert (link.owner, link.scopes, link.sees_from) == (alice, ["flags"], date(2026, 1, 1))


def test_nobody_chooses_for_the_patient(api, alice, charlie):
    refused = api(charlie).post(INVITATIONS, {"role": "physiotherapist", "scopes": ["symptoms"]})
    assert (refused.status_code, code_of(refused)) == (400, "not_yours_to_choose")
    invitation = invited(api(alice), scopes=["symptoms"])
    for more in ({"scopes": ["symptoms", "prescribe"]}, {"sees_from": None}):
        refused = accepting(api(charlie), invitation, **more)
        assert (refused.status_code, code_of(refused)) == (400, "not_yours_to_choose")
    assert not CareLink.objects.exists()


def test_it_works_once(api, alice, bob, charlie):
    invitation = invited(api(alice))
    first = accepting(api(charlie), invitation)
    again = accepting(api(charlie), invitation)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert accepting(api(bob), invitation).status_code == 404
    assert accepting(api(alice), invitation).status_code == 404
    assert CareLink.objects.filter(physiotherapist=charlie).count() == 1


def test_nobody_links_to_themselves(api, alice):
    invitation = invited(api(alice))
    refused = accepting(api(alice), invitation)
    assert (refused.status_code, code_of(refused)) == (400, "yourself")
    assert api(alice).post(f"{INVITATIONS}/look", {"token": token_of(invitation)}).json()["yours"] is True


def test_two_people_have_one_living_link(api, alice, bob):
    invitation = invited(api(alice))
    refused = accepting(api(bob), invitation)
    assert (refused.status_code, code_of(refused)) == (400, "linked_already")
    assert CareLink.objects.count() == 1
    api(bob).delete(f"/api/v1/care-links/{CareLink.objects.get().pk}")
    assert accepting(api(bob), invitation).status_code == 201


def test_what_was_taken_back_or_has_passed_opens_nothing(api, alice, charlie):
    gone = invited(api(alice))
    assert api(charlie).delete(f"{INVITATIONS}/{gone['id']}").status_code == 404
    assert api(alice).delete(f"{INVITATIONS}/{gone['id']}").status_code == 204
    assert api(alice).delete(f"{INVITATIONS}/{gone['id']}").status_code == 204
    with time_machine.travel("2026-03-01T12:00:00Z"):
        old = invited(api(alice))
    with time_machine.travel("2026-03-15T12:00:01Z"):
        assert [accepting(api(charlie), one).status_code for one in (gone, old)] == [404, 404]
    assert not CareLink.objects.exists()


def test_who_guesses_is_stopped(api, charlie):
    client = api(charlie)
    answers = [client.post(f"{INVITATIONS}/look", {"token": f"guess-{n}"}).status_code for n in range(61)]
    assert set(answers[:60]) == {404}
    assert answers[60] == 429
    assert client.post(f"{INVITATIONS}/accept", {"token": "another"}).status_code == 429


def test_no_more_wait_than_somebody_can_oversee(api, alice):
    client = api(alice)
    for _ in range(20):
        invited(client)
    refused = client.post(INVITATIONS, {"role": "patient"})
    assert (refused.status_code, code_of(refused)) == (400, "too_many")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"role": "doctor"},
        {"role": "patient", "scopes": []},
        {"role": "patient", "scopes": ["everything"]},
        {"role": "patient", "sees_from": "yesterday"},
        {"role": "patient", "sees_from": "1066-10-14"},
        {"role": "patient", "token": "mine"},
    ],
)
def test_a_bad_invitation_is_refused(api, alice, body):
    assert api(alice).post(INVITATIONS, body).status_code == 400
    assert not Invitation.objects.exists()


def test_the_patient_opens_less_and_the_physiotherapist_does_not_open_more(api, alice, bob):
    link = CareLink.objects.get()
    address = f"/api/v1/care-links/{link.pk}"
    refused = api(bob).patch(address, {"sees_from": None})
    assert (refused.status_code, code_of(refused)) == (403, "not_yours_to_choose")
    changed = api(alice).patch(address, {"scopes": ["flags"], "sees_from": "2026-02-01"})
    assert (changed.json()["scopes"], changed.json()["sees_from"]) == (["flags"], "2026-02-01")
    api(alice).delete(address)
    late = api(alice).patch(address, {"scopes": ["symptoms"]})
    assert (late.status_code, code_of(late)) == (400, "ended")


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_either_ends_it_and_both_see_who_did(api, request, alice, bob, who):
    link = CareLink.objects.get()
    person = request.getfixturevalue(who)
    assert [api(person).delete(f"/api/v1/care-links/{link.pk}").status_code for _ in range(2)] == [204, 204]
    for side in (alice, bob):
        [seen] = api(side).get("/api/v1/care-links").json()["results"]
        assert seen["ended_at"] is not None
        assert seen["ended_by"] == ("patient" if who == "alice" else "physiotherapist")


def test_who_is_both_sees_both_sides(api, alice, bob):
    invitation = invited(api(bob))
    assert accepting(api(alice), invitation).status_code == 201
    roles = [one["role"] for one in api(alice).get("/api/v1/care-links").json()["results"]]
    assert sorted(roles) == ["patient", "physiotherapist"]


def test_nobody_without_a_name_treats_others(api, alice, charlie):
    User.objects.filter(pk=charlie.pk).update(display_name="")
    invitation = invited(api(alice))
    refused = [accepting(api(charlie), invitation), api(charlie).post(INVITATIONS, {"role": "physiotherapist"})]
    assert [(one.status_code, code_of(one)) for one in refused] == [(400, "unnamed")] * 2
    assert not CareLink.objects.exists()
    assert not Practice.objects.exists()
    api(charlie).patch("/api/v1/me", {"display_name": "Charlie"})
    assert accepting(api(charlie), invitation).status_code == 201
