"""Clinics, and colleagues who stand in for each other where the patient sees it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from sharing.models import CareLink, Clinic, ClinicMember, Practice, StandIn
from tests.people import link, make_person

pytestmark = pytest.mark.django_db
CLINICS = "/api/v1/clinics"
# Of the patient's, who lives there.
TODAY = datetime.now(ZoneInfo("Europe/Berlin")).date()


def days(first=0, last=2):
    return {
        "first_day": (TODAY + timedelta(days=first)).isoformat(),
        "last_day": (TODAY + timedelta(days=last)).isoformat(),
    }


def code_of(answer):
    return answer.json()["errors"][0]["code"]


def founded(client, name="By the river"):
    answer = client.post(CLINICS, {"name": name})
    assert answer.status_code == 201
    return answer.json()


def token_for(client, clinic):
    answer = client.post(f"{CLINICS}/{clinic['id']}/invitations")
    assert answer.status_code == 201, answer.content
    return answer.json()["url"].split("#")[1]


@pytest.fixture
def erin(bob):
    return make_person("erin")


@pytest.fixture
def clinic(api, bob, erin):
    found = founded(api(bob))
    assert api(erin).post(f"{CLINICS}/join", {"token": token_for(api(bob), found)}).status_code == 200
    return found


@pytest.fixture
def held(alice, bob):
    return CareLink.objects.get()


def naming(client, held, colleague, **parts):
    body = {"colleague": str(colleague.pk), **days(), **parts}
    return client.post(f"/api/v1/care-links/{held.pk}/stand-ins", body)


def test_a_clinic_is_founded_and_lets_a_colleague_in(api, bob, erin, clinic):
    for person, manages in ((bob, True), (erin, False)):
        [found] = api(person).get(CLINICS).json()["results"]
        assert (found["name"], found["manages"]) == ("By the river", manages)
        assert [one["name"] for one in found["members"]] == ["Bob", "Erin"]


def test_an_invitation_lets_one_in_and_only_one(api, bob, erin, charlie, clinic):
    token = token_for(api(bob), clinic)
    # Who is there already uses nothing up.
    assert api(erin).post(f"{CLINICS}/join", {"token": token}).status_code == 200
    dana = make_person("dana")
    assert [api(dana).post(f"{CLINICS}/join", {"token": token}).status_code for _ in range(2)] == [200, 200]
    assert api(charlie).post(f"{CLINICS}/join", {"token": token}).status_code == 404
    assert ClinicMember.objects.count() == 3


def test_only_who_manages_it_lets_in_and_sends_away(api, bob, erin, charlie, clinic):
    address = f"{CLINICS}/{clinic['id']}"
    refused = [api(erin).post(f"{address}/invitations"), api(erin).delete(f"{address}/members/{bob.pk}")]
    assert [(one.status_code, code_of(one)) for one in refused] == [(403, "not_manager")] * 2
    assert api(charlie).post(f"{address}/invitations").status_code == 404
    assert api(charlie).delete(f"{address}/members/{charlie.pk}").status_code == 404
    assert api(bob).delete(f"{address}/members/{charlie.pk}").status_code == 404
    assert api(bob).delete(f"{address}/members/{erin.pk}").status_code == 204
    assert api(erin).get(CLINICS).json()["results"] == []


def test_when_the_manager_leaves_another_manages_and_the_last_one_closes_it(api, bob, erin, clinic):
    address = f"{CLINICS}/{clinic['id']}/members"
    assert api(bob).delete(f"{address}/{bob.pk}").status_code == 204
    assert api(erin).get(CLINICS).json()["results"][0]["manages"] is True
    assert api(erin).delete(f"{address}/{erin.pk}").status_code == 204
    assert not Clinic.objects.exists()


@pytest.mark.usefixtures("clinic")
def test_a_colleague_is_named_and_the_patient_sees_who(api, alice, bob, erin, held):
    answers = [naming(api(bob), held, erin) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    [shown] = api(alice).get("/api/v1/care-links").json()["results"]
    assert [(one["colleague"]["name"], one["last_day"]) for one in shown["stand_ins"]] == [("Erin", days()["last_day"])]
    assert api(erin).get(f"/api/v1/patients/{alice.pk}").status_code == 200


@pytest.mark.usefixtures("clinic")
@pytest.mark.parametrize("who", ["alice", "bob", "erin"])
def test_any_of_the_three_ends_it_at_once(api, request, alice, bob, erin, charlie, held, who):
    made = naming(api(bob), held, erin).json()
    address = f"/api/v1/care-links/{held.pk}/stand-ins/{made['id']}"
    assert api(charlie).delete(address).status_code == 404
    client = api(request.getfixturevalue(who))
    assert [client.delete(address).status_code for _ in range(2)] == [204, 204]
    assert api(erin).get(f"/api/v1/patients/{alice.pk}").status_code == 404
    assert api(alice).get("/api/v1/care-links").json()["results"][0]["stand_ins"] == []


@pytest.mark.usefixtures("clinic")
@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (days(2, 1), "ends_before_start"),
        (days(-5, -2), "in_the_past"),
        (days(0, 92), "too_long"),
        ({"first_day": "soon"}, "invalid"),
        ({"reason": "holiday"}, "unknown_field"),
    ],
)
def test_bad_days_are_refused(api, bob, erin, held, parts, code):
    refused = naming(api(bob), held, erin, **parts)
    assert (refused.status_code, code_of(refused)) == (400, code)
    assert not StandIn.objects.exists()


@pytest.mark.usefixtures("clinic")
def test_one_sees_which_clinic_and_who_invites_before_joining(api, bob, erin, charlie):
    found = founded(api(bob))
    token = token_for(api(bob), found)
    look = {"name": "By the river", "by": "Bob"}
    assert [api(erin).post(f"{CLINICS}/look", {"token": token}).json() for _ in range(2)] == [look, look]
    assert api(erin).post(f"{CLINICS}/join", {"token": token}).status_code == 200
    # The answer may have got lost: who joined looks again.
    assert api(erin).post(f"{CLINICS}/look", {"token": token}).json() == look
    assert api(charlie).post(f"{CLINICS}/look", {"token": token}).status_code == 404
    assert api(charlie).post(f"{CLINICS}/look", {"token": "a guess"}).status_code == 404


def test_nobody_without_a_name_works_at_a_clinic(api, bob):
    nameless = make_person("dana")
    User.objects.filter(pk=nameless.pk).update(display_name="")
    token = token_for(api(bob), founded(api(bob)))
    refused = [api(nameless).post(f"{CLINICS}/join", {"token": token}), api(nameless).post(CLINICS, {"name": "Mine"})]
    assert [(one.status_code, code_of(one)) for one in refused] == [(400, "unnamed")] * 2
    assert (Clinic.objects.count(), ClinicMember.objects.count(), Practice.objects.count()) == (1, 1, 1)
    # The invitation is not used up by that.
    api(nameless).patch("/api/v1/me", {"display_name": "Dana"})
    assert api(nameless).post(f"{CLINICS}/join", {"token": token}).status_code == 200


@pytest.mark.usefixtures("clinic")
def test_nobody_without_a_name_stands_in(api, bob, erin, held):
    api(erin).patch("/api/v1/me", {"display_name": ""})
    refused = naming(api(bob), held, erin)
    assert (refused.status_code, code_of(refused)) == (400, "nameless_colleague")
    assert refused.json()["errors"][0]["field"] == "colleague"
    assert not StandIn.objects.exists()


def test_nobody_from_outside_stands_in(api, alice, bob, charlie, held):
    for nobody in (charlie, bob, alice):
        refused = naming(api(bob), held, nobody)
        assert (refused.status_code, code_of(refused)) == (400, "no_colleague")
    assert not StandIn.objects.exists()


@pytest.mark.usefixtures("clinic")
def test_only_the_linked_physiotherapist_names_one_and_only_while_linked(api, alice, bob, erin, held):
    for other in (alice, erin):
        assert naming(api(other), held, bob).status_code == 404
    assert naming(api(bob), link(make_person("frank"), erin), erin).status_code == 404
    api(alice).delete(f"/api/v1/care-links/{held.pk}")
    assert naming(api(bob), held, erin).status_code == 404


def test_a_colleague_who_stands_in_cannot_name_another_or_open_more(api, alice, bob, erin, clinic, held):
    naming(api(bob), held, erin)
    dana = make_person("dana")
    ClinicMember.objects.create(clinic_id=uuid.UUID(clinic["id"]), owner=dana)
    assert naming(api(erin), held, dana).status_code == 404
    assert api(erin).patch(f"/api/v1/care-links/{held.pk}", {"sees_from": None}).status_code == 404
    assert api(erin).delete(f"/api/v1/care-links/{held.pk}").status_code == 404
    assert api(erin).get(f"/api/v1/patients/{alice.pk}/notes").json()["results"] == []


def test_who_stands_in_reads_and_answers_the_patients_messages(api, alice, bob, erin, clinic, held):
    stands = naming(api(bob), held, erin).json()
    said = {"link": str(held.pk), "text": "I cannot feel my foot."}
    assert api(alice).put(f"/api/v1/messages/{uuid.uuid4()}", said).status_code == 201
    client = api(erin)

    def waiting():
        return [one["reason"] for one in client.get(f"/api/v1/patients/{alice.pk}").json()["reasons"]]

    assert "message" in waiting()
    [message] = client.get("/api/v1/messages", {"link": str(held.pk)}).json()["results"]
    assert message["text"] == "I cannot feel my foot."
    assert ("messages", "erin") in [
        (one["what"], one["reader_name"].lower()) for one in api(alice).get("/api/v1/accesses").json()["results"]
    ]
    read = {"link": str(held.pk), "until": message["created_at"]}
    assert client.post("/api/v1/messages/read", read).json() == {"marked": 1}
    assert "message" not in waiting()
    answered = client.put(f"/api/v1/messages/{uuid.uuid4()}", {"link": str(held.pk), "text": "Come in today."})
    assert (answered.status_code, answered.json()["sender"]) == (201, "stand-in")
    api(alice).delete(f"/api/v1/care-links/{held.pk}/stand-ins/{stands['id']}")
    assert client.get("/api/v1/messages", {"link": str(held.pk)}).status_code == 404
    assert client.put(f"/api/v1/messages/{uuid.uuid4()}", said).status_code == 404
    assert client.post("/api/v1/messages/read", read).status_code == 404


def test_who_stands_in_finds_what_the_patient_wrote_among_their_conversations(api, alice, bob, erin, clinic, held):
    said = {"link": str(held.pk), "text": "May I swim?"}
    assert api(alice).put(f"/api/v1/messages/{uuid.uuid4()}", said).status_code == 201

    def conversations(person):
        return api(person).get("/api/v1/conversations").json()["results"]

    assert conversations(erin) == []
    stands = naming(api(bob), held, erin).json()
    [found] = conversations(erin)
    assert (found["other"]["name"], found["in_place_of"], found["unread"]) == ("Alice", "Bob", 1)
    assert found["last"]["text"] == "May I swim?"
    reads = api(alice).get("/api/v1/accesses").json()["results"]
    assert ("messages", "Erin") in [(one["what"], one["reader_name"]) for one in reads]
    for person in (alice, bob):
        [own] = conversations(person)
        assert own["in_place_of"] is None
    api(alice).delete(f"/api/v1/care-links/{held.pk}/stand-ins/{stands['id']}")
    assert conversations(erin) == []


def test_a_colleague_who_does_not_stand_in_reads_no_messages(api, bob, erin, clinic, held):
    assert api(erin).get("/api/v1/messages", {"link": str(held.pk)}).status_code == 404
    assert naming(api(bob), held, erin, **days(2, 4)).status_code == 201
    assert api(erin).get("/api/v1/messages", {"link": str(held.pk)}).status_code == 404
