"""One door to a patient's things: whoever comes through is in the log, and a link that ended opens nothing more."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Revision
from accounts.zones import local_date
from exercises.models import Prescription
from sharing.models import Access, Acknowledgement, CareLink, Clinic, ClinicMember, Message, StandIn
from tests.contracts.cast import BODIES, CARED, everything_of
from tests.contracts.test_refusals import ask
from tests.people import link, make_person

pytestmark = pytest.mark.django_db

KINDS = {
    "": "triage",
    "/report": "report",
    "/report.pdf": "pdf",
    "/prescriptions": "prescriptions",
    "/flags": "flags",
    "/stops": "stops",
    "/notes": "triage",
}


@pytest.fixture
def rows(alice, bob):
    found = everything_of(alice)
    CareLink.objects.update(sees_from=date(2026, 1, 1))
    return found


def asked(client, address, alice, rows, note=None):
    method, route = address.split(" ")
    return ask(client, route, method, alice.pk, prescription=rows["prescription"].pk, flag=rows["flag"].pk, note=note)


def kind_of(address):
    part = address.split("<uuid:id>")[1]
    return next(KINDS[name] for name in sorted(KINDS, key=len, reverse=True) if part.startswith(name))


@pytest.fixture
def as_edits(monkeypatch):
    monkeypatch.setitem(
        BODIES,
        "put patients/<uuid:id>/prescriptions/<uuid:prescription>",
        {**BODIES["put patients/<uuid:id>/prescriptions/<uuid:prescription>"], "base_version": 1, "name": "Anew"},
    )


@pytest.mark.parametrize("address", sorted(CARED))
def test_every_read_is_in_the_patients_log_and_none_comes_after_the_end(api, alice, bob, rows, as_edits, address):
    client, note = api(bob), uuid.uuid4()
    if address.startswith("delete") and "note" in address:
        client.put(f"/api/v1/patients/{alice.pk}/notes/{note}", {"text": "First"})
        Access.objects.all().delete()
    answer = asked(client, address, alice, rows, note)
    assert answer.status_code in (200, 201, 204), answer.content
    seen = Access.objects.get()
    assert (seen.owner, seen.reader, seen.reader_name, seen.outcome) == (alice, bob, "Bob", "opened")
    assert (seen.what, seen.link.physiotherapist) == (kind_of(address), bob)

    api(alice).delete(f"/api/v1/care-links/{seen.link_id}")
    assert asked(client, address, alice, rows, note).status_code == 404
    refused = Access.objects.exclude(pk=seen.pk).get()
    assert (refused.owner, refused.reader, refused.outcome) == (alice, bob, "ended")


def test_the_list_is_in_the_log_of_everybody_on_it_once_a_visit(api, alice, bob):
    other = make_person("hedy")
    link(other, bob)
    for _ in range(3):
        assert len(api(bob).get("/api/v1/patients").json()["results"]) == 2
    for patient in (alice, other):
        assert [(one.what, one.times) for one in Access.objects.filter(owner=patient)] == [("triage", 3)]
    assert Access.objects.get(owner=alice).last_at > Access.objects.get(owner=alice).at
    api(bob).get("/api/v1/patients", {"q": "hed"})
    assert [Access.objects.get(owner=patient).times for patient in (alice, other)] == [3, 4]


def test_a_stranger_who_guesses_leaves_no_trace(api, alice, charlie):
    assert api(charlie).get(f"/api/v1/patients/{alice.pk}").status_code == 404
    assert not Access.objects.exists()


@pytest.mark.parametrize(
    ("scopes", "open_to"),
    [
        (["symptoms"], {"", "/report", "/report.pdf", "/notes"}),
        (["flags"], {"", "/report", "/report.pdf", "/notes", "/flags"}),
        (["exercises"], {"", "/report", "/report.pdf", "/notes", "/prescriptions", "/stops"}),
        (["prescribe"], {"", "/notes", "/prescriptions"}),
    ],
)
def test_what_the_patient_did_not_open_stays_shut(api, alice, bob, rows, scopes, open_to):
    CareLink.objects.update(scopes=scopes)
    answers = {part: api(bob).get(f"/api/v1/patients/{alice.pk}{part}") for part in KINDS}
    assert {part for part, answer in answers.items() if answer.status_code == 200} == open_to
    for part in KINDS.keys() - open_to:
        assert (answers[part].status_code, answers[part].json()["errors"][0]["code"]) == (403, "not_in_scope")
    if "/report" in open_to:
        assert answers["/report"].json()["sections"] == scopes
    if "flags" not in scopes:
        reasons = [one["reason"] for one in answers[""].json()["reasons"]]
        assert "red-flag" not in reasons


def test_who_may_not_prescribe_does_not(api, alice, bob, rows):
    CareLink.objects.update(scopes=["exercises"])
    address = f"/api/v1/patients/{alice.pk}/prescriptions/{rows['prescription'].pk}"
    body = BODIES["put patients/<uuid:id>/prescriptions/<uuid:prescription>"]
    answers = [api(bob).put(address, {**body, "base_version": 1, "name": "Anew"}), api(bob).delete(address)]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert (Prescription.objects.get().version, Prescription.objects.get().deleted_at) == (1, None)


def test_the_days_before_the_consent_stay_shut(api, alice, bob, rows):
    CareLink.objects.update(sees_from=date(2026, 3, 21))
    report = api(bob).get(f"/api/v1/patients/{alice.pk}/report", {"from": "2026-01-01", "to": "2026-03-31"}).json()
    assert (report["period"]["start"], report["period"]["logged"]) == ("2026-03-21", 0)
    # The flag still stands, so that it is shown; what was noted before is not.
    [flag] = api(bob).get(f"/api/v1/patients/{alice.pk}/flags").json()["results"]
    assert flag["evidence"]["signs"] == []
    CareLink.objects.update(sees_from=None)
    [flag] = api(bob).get(f"/api/v1/patients/{alice.pk}/flags").json()["results"]
    assert len(flag["evidence"]["signs"]) == 1
    report = api(bob).get(f"/api/v1/patients/{alice.pk}/report", {"from": "2026-01-01", "to": "2026-03-31"}).json()
    assert (report["period"]["start"], report["period"]["logged"]) == ("2026-01-01", 1)


def test_what_the_physiotherapist_sets_is_theirs_and_in_the_history(api, alice, bob, rows):
    address = f"patients/{alice.pk}/prescriptions/{rows['prescription'].pk}"
    body = BODIES["put patients/<uuid:id>/prescriptions/<uuid:prescription>"]
    rule = {"ease_at": 3, "stop_at": 5, "ease_rise": 1, "stop_rise": 2}
    changed = api(bob).put(f"/api/v1/{address}", {**body, "base_version": 1, "pain_rule": rule})
    assert (changed.status_code, changed.json()["version"], changed.json()["pain_rule"]) == (200, 2, rule)
    own = api(alice).get("/api/v1/prescriptions").json()["results"][0]
    assert (own["prescribed_by"], own["pain_rule"]) == ("Bob", rule)
    mine = f"/api/v1/prescriptions/{rows['prescription'].pk}"
    refused = api(alice).put(mine, {**body, "base_version": 2, "name": "Less"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "prescribed_by_another")
    assert Revision.objects.filter(document_id=rows["prescription"].pk).count() == 1
    assert api(bob).delete(f"/api/v1/{address}").status_code == 204
    assert api(bob).get(f"/api/v1/patients/{alice.pk}/prescriptions").json()["results"] == []


def test_a_flag_is_noted_and_answered_and_the_patient_sees_both(api, alice, bob, rows):
    flag, id = rows["flag"], uuid.uuid4()
    address = f"/api/v1/patients/{alice.pk}/flags/{flag.pk}/acknowledge"
    answers = [api(bob).post(address, {"id": str(id), "text": "Ring me today."}) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert Acknowledgement.objects.count() == 1
    [seen] = api(alice).get("/api/v1/acknowledgements").json()["results"]
    assert (seen["flag"], seen["level"], seen["by"], seen["text"]) == (
        str(flag.pk),
        flag.level,
        "Bob",
        "Ring me today.",
    )
    message = Message.objects.get(pk=id)
    assert (message.recipient, message.text) == (alice, "Ring me today.")
    flag.refresh_from_db()
    assert flag.stands
    [shown] = api(bob).get(f"/api/v1/patients/{alice.pk}/flags").json()["results"]
    assert (shown["acknowledged"], shown["acknowledgements"][0]["by"]) == (True, "Bob")
    row = api(bob).get(f"/api/v1/patients/{alice.pk}").json()
    # An urgent one stands and keeps its place.
    assert [one["acknowledged"] for one in row["reasons"] if one.get("rule") == flag.rule] == [True]


def test_noting_without_a_word_is_noted_once(api, alice, bob, rows):
    address = f"/api/v1/patients/{alice.pk}/flags/{rows['flag'].pk}/acknowledge"
    for _ in range(2):
        assert api(bob).post(address, {"id": str(uuid.uuid4())}).status_code == 200
    assert Acknowledgement.objects.get().message is None
    assert api(bob).post(address, {"id": "now", "text": "x"}).status_code == 400
    assert (
        api(bob)
        .post(f"/api/v1/patients/{alice.pk}/flags/{uuid.uuid4()}/acknowledge", {"id": str(uuid.uuid4())})
        .status_code
        == 404
    )


def test_notes_are_the_physiotherapists_own(api, alice, bob, charlie, rows):
    link(alice, charlie)
    id = uuid.uuid4()
    address = f"/api/v1/patients/{alice.pk}/notes"
    assert api(bob).put(f"{address}/{id}", {"text": "Afraid of lifting."}).status_code == 201
    assert api(bob).put(f"{address}/{id}", {"text": "No longer."}).status_code == 200
    assert [one["text"] for one in api(bob).get(address).json()["results"]] == ["No longer."]
    assert api(charlie).get(address).json()["results"] == []
    assert api(charlie).put(f"{address}/{id}", {"text": "Mine"}).status_code == 404
    assert api(charlie).delete(f"{address}/{id}").status_code == 404
    assert api(alice).get(address).status_code == 404
    assert api(bob).put(f"{address}/{id}", {"text": ""}).status_code == 400
    assert api(bob).delete(f"{address}/{id}").status_code == 204
    assert api(bob).get(address).json()["results"] == []


def test_erasing_the_physiotherapist_leaves_the_patient_what_is_theirs(api, alice, bob, rows):
    flag = rows["flag"]
    api(bob).post(f"/api/v1/patients/{alice.pk}/flags/{flag.pk}/acknowledge", {"id": str(uuid.uuid4()), "text": "x"})
    api(bob).put(
        f"/api/v1/patients/{alice.pk}/prescriptions/{rows['prescription'].pk}",
        {**BODIES["put patients/<uuid:id>/prescriptions/<uuid:prescription>"], "base_version": 1, "name": "Anew"},
    )
    assert api(bob).delete("/api/v1/me", {"password": "a long enough passphrase"}).status_code == 204
    assert [one.reader_name for one in Access.objects.filter(owner=alice, what="flags")] == ["Bob"]
    own = f"/api/v1/prescriptions/{rows['prescription'].pk}"
    assert api(alice).get(own).json()["prescribed_by"] is None
    assert api(alice).delete(own).status_code == 204
    for part in ("care-links", "conversations", "acknowledgements", "flags", "prescriptions"):
        answer = api(alice).get(f"/api/v1/{part}")
        assert answer.status_code == 200
        assert "Bob" not in answer.content.decode()


def test_erasing_the_patient_leaves_the_physiotherapist_nothing_of_theirs(api, alice, bob, rows):
    api(bob).put(f"/api/v1/patients/{alice.pk}/notes/{uuid.uuid4()}", {"text": "Careful."})
    assert api(alice).delete("/api/v1/me", {"password": "a long enough passphrase"}).status_code == 204
    for part in ("care-links", "conversations", "patients", "acknowledgements"):
        assert api(bob).get(f"/api/v1/{part}").json()["results"] == []
    assert not Access.objects.exists()
    assert not Message.objects.exists()


@pytest.fixture
def erin(alice, bob):
    """Of Bob's clinic, in his place from yesterday to tomorrow."""
    erin, clinic = make_person("erin"), Clinic.objects.create(name="By the river")
    for person in (bob, erin):
        ClinicMember.objects.create(clinic=clinic, owner=person)
    today = local_date(timezone.now(), alice.time_zone)
    held = CareLink.objects.get(physiotherapist=bob)
    days = {"first_day": today - timedelta(days=1), "last_day": today + timedelta(days=1)}
    StandIn.objects.create(owner=alice, link=held, colleague=erin, **days)
    return erin


def test_a_colleague_who_stands_in_sees_and_is_named(api, alice, bob, erin):
    [row] = api(erin).get("/api/v1/patients").json()["results"]
    assert (row["name"], row["stands_in_for"]["name"]) == ("Alice", "Bob")
    assert api(erin).get(f"/api/v1/patients/{alice.pk}/flags").status_code == 200
    assert {one.reader_name for one in Access.objects.filter(owner=alice)} == {"Erin"}
    [shown] = api(alice).get("/api/v1/care-links").json()["results"]
    assert [one["colleague"]["name"] for one in shown["stand_ins"]] == ["Erin"]


def test_what_a_colleague_writes_goes_to_the_patient_in_their_own_name(api, alice, bob, erin):
    flag = everything_of(alice)["flag"]
    address = f"/api/v1/patients/{alice.pk}/flags/{flag.pk}/acknowledge"
    assert api(erin).post(address, {"id": str(uuid.uuid4()), "text": "I am here for Bob."}).status_code == 200
    assert [one["by"] for one in api(alice).get("/api/v1/acknowledgements").json()["results"]] == ["Erin"]
    [message] = Message.objects.filter(text="I am here for Bob.")
    assert (message.sender, message.recipient) == (erin, alice)


def test_it_ends_with_the_link_and_with_the_clinic(api, alice, bob, erin):
    ClinicMember.objects.filter(owner=erin).delete()
    assert api(erin).get(f"/api/v1/patients/{alice.pk}").status_code == 404
    ClinicMember.objects.create(clinic=Clinic.objects.get(), owner=erin)
    assert api(erin).get(f"/api/v1/patients/{alice.pk}").status_code == 200
    api(bob).delete(f"/api/v1/care-links/{CareLink.objects.get(physiotherapist=bob).pk}")
    assert api(erin).get(f"/api/v1/patients/{alice.pk}").status_code == 404
    assert api(erin).get("/api/v1/patients").json()["results"] == []


@pytest.mark.parametrize(
    ("period", "field"),
    [
        ({"from": "1946-01-01", "to": "2026-01-01"}, "from"),
        ({"from": "2026-02-01", "to": "2026-01-01"}, "to"),
        ({"from": "9999-12-31"}, "to"),
        ({"to": "yesterday"}, "to"),
        ({"to": "0001-01-01"}, "to"),
        ({"from": "1999-12-31", "to": "2000-02-01"}, "from"),
    ],
)
def test_a_report_of_a_bad_period_is_refused(api, alice, bob, period, field):
    answer = api(bob).get(f"/api/v1/patients/{alice.pk}/report", period)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


@pytest.mark.parametrize("period", [{"to": "2000-01-01"}, {"from": "2025-01-01", "to": "2025-01-31"}, {}])
def test_a_report_without_entries_is_one(api, alice, bob, period):
    answer = api(bob).get(f"/api/v1/patients/{alice.pk}/report", period)
    assert (answer.status_code, answer.json()["period"]["logged"]) == (200, 0)
