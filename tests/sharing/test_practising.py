"""Being somebody who treats others, and one message a day of what was chosen."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from sharing.models import Access, CareLink, Practice
from sharing.signalling import due_practices, signals_for
from sharing.vocabulary import TRIAGE
from tests.people import link, make_person
from tests.tracker.factories import answer
from tracker.models import Flag

pytestmark = pytest.mark.django_db
PRACTICE = "/api/v1/practice"


def test_it_is_a_choice_and_can_be_taken_back(api, charlie):
    client = api(charlie)
    assert client.get(PRACTICE).json()["practises"] is False
    body = {"signals": ["message", "red-flag", "red-flag"], "tell_at": "07:30"}
    found = client.put(PRACTICE, body).json()
    assert (found["practises"], found["signals"], found["tell_at"]) == (True, ["red-flag", "message"], "07:30")
    # A device may send back what it got.
    assert client.put(PRACTICE, found).json() == found
    assert [client.delete(PRACTICE).status_code for _ in range(2)] == [204, 204]
    assert client.get(PRACTICE).json() == {
        "practises": False,
        "signals": [signal for signal in TRIAGE if signal != "good-news"],
        "tell_at": None,
        "started_at": None,
    }


def test_nobody_stops_while_a_patient_counts_on_them(api, alice, bob):
    api(bob).put(PRACTICE, {})
    refused = api(bob).delete(PRACTICE)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "still_linked")
    api(bob).delete(f"/api/v1/care-links/{CareLink.objects.get().pk}")
    assert api(bob).delete(PRACTICE).status_code == 204
    assert not Practice.objects.exists()


def test_a_patient_stays_a_patient(api, alice, bob):
    invitation = api(alice).post("/api/v1/invitations", {"role": "physiotherapist"})
    assert invitation.status_code == 201
    assert api(alice).get(PRACTICE).json()["practises"] is True
    assert api(bob).get(f"/api/v1/patients/{alice.pk}").status_code == 200


@pytest.mark.parametrize(
    "body", [{"signals": ["boredom"]}, {"tell_at": "25:00"}, {"tell_at": "noon"}, {"signals": "all"}, {"loud": True}]
)
def test_a_bad_choice_is_refused(api, charlie, body):
    assert api(charlie).put(PRACTICE, body).status_code == 400
    assert not Practice.objects.exists()


@time_machine.travel("2026-03-20T12:00:00+01:00", tick=False)
def test_what_was_chosen_is_counted_and_what_was_noted_is_not(api, alice, bob):
    practice = Practice.objects.create(owner=bob, signals=["red-flag", "worsening"])
    other = make_person("other")
    link(other, bob)
    assert signals_for(practice).patients == 0
    for person in (alice, other):
        answer(person, {"foot-drop": "new"}, answered_at="2026-03-20T08:00:00.000+01:00")
        now = timezone.now()
        Flag.objects.create(
            owner=person, rule="flare", stream="pain", level="N", opened_at=now, raised_at=now, changed_at=now
        )
    found = signals_for(practice)
    assert (found.patients, found.by_signal) == (2, {"red-flag": 2, "worsening": 2})
    flag = Flag.objects.get(owner=alice, rule="foot-drop")
    api(bob).post(f"/api/v1/patients/{alice.pk}/flags/{flag.pk}/acknowledge", {"id": str(uuid.uuid4())})
    assert signals_for(practice).by_signal == {"red-flag": 1, "worsening": 2}
    practice.signals = ["red-flag"]
    assert (signals_for(practice).patients, signals_for(practice).by_signal) == (1, {"red-flag": 1})
    api(other).delete(f"/api/v1/care-links/{CareLink.objects.get(owner=other).pk}")
    assert signals_for(practice).patients == 0
    assert not Access.objects.filter(owner=other).exists()


def test_the_message_is_due_on_the_wall_of_who_gets_it(bob):
    bob.time_zone = "America/New_York"
    bob.save()
    practice = Practice.objects.create(owner=bob, tell_at="07:30")
    Practice.objects.create(owner=make_person("never"))
    # 07:30 in New York is 11:30 UTC in summer.
    due = datetime(2026, 7, 1, 11, 30, tzinfo=UTC)
    told = [(practice, date(2026, 7, 1), due)]
    second = timedelta(seconds=1)
    assert due_practices(due - timedelta(hours=1), due - second) == []
    assert due_practices(due - second, due) == told
    assert due_practices(due, due + timedelta(hours=1)) == []
    # Their next day has begun, and its message is not due yet.
    assert due_practices(due - second, datetime(2026, 7, 2, 4, 0, tzinfo=UTC)) == told
    # After an outage of days one message is enough.
    assert [day for _, day, _ in due_practices(due, due + timedelta(days=3))] == [date(2026, 7, 4)]
