"""A flag that a physiotherapist has noted: for whom, until when, and who reads the answer."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
import time_machine

from sharing.models import CareLink, Clinic, ClinicMember
from tests.people import link
from tests.tracker.factories import answer
from tracker.models import Flag

TODAY = date(2026, 3, 20)

pytestmark = pytest.mark.django_db


@pytest.fixture
def flag(alice):
    with time_machine.travel("2026-03-20T12:00:00+01:00", tick=False):
        answer(alice, {"saddle": "new"}, answered_at="2026-03-17T08:00:00+01:00")
        yield Flag.objects.get()


def note(client, flag, text="I have seen it."):
    body = {"id": str(uuid.uuid4()), "text": text}
    answered = client.post(f"/api/v1/patients/{flag.owner_id}/flags/{flag.pk}/acknowledge", body)
    assert answered.status_code == 200, answered.content


def group(client, flag):
    return client.get(f"/api/v1/patients/{flag.owner_id}").json()["group"]


def shown(client, flag):
    [found] = client.get(f"/api/v1/patients/{flag.owner_id}/flags").json()["results"]
    return found["acknowledged"], [one["text"] for one in found["acknowledgements"]]


def check(alice, said, hour):
    return answer(alice, {"saddle": said}, answered_at=f"2026-03-20T{hour}:00:00+01:00")


@pytest.mark.parametrize("said", ["worse", "new", "yes"])
def test_worse_comes_back_to_the_top_whether_or_not_it_was_read(api, alice, bob, flag, said):
    note(api(bob), flag)
    assert group(api(bob), flag) == "acknowledged"
    with time_machine.travel("2026-03-20T15:00:00+01:00", tick=False):
        check(alice, said, 14)
        assert (group(api(bob), flag), shown(api(bob), flag)[0]) == ("attention", False)
        note(api(bob), flag)
        assert (group(api(bob), flag), shown(api(bob), flag)[0]) == ("acknowledged", True)


def test_the_same_as_before_asks_no_second_time(api, alice, bob, flag):
    note(api(bob), flag)
    with time_machine.travel("2026-03-20T15:00:00+01:00", tick=False):
        check(alice, "unchanged", 14)
        assert group(api(bob), flag) == "acknowledged"


def test_reading_a_reopened_flag_does_not_put_it_down_again(api, alice, bob, flag):
    note(api(bob), flag)
    with time_machine.travel("2026-03-20T13:00:00+01:00", tick=False):
        assert api(alice).post(f"/api/v1/flags/{flag.pk}/seen", {}).status_code == 200
    with time_machine.travel("2026-03-20T15:00:00+01:00", tick=False):
        check(alice, "worse", 14)
        flag.refresh_from_db()
        assert (flag.state, group(api(bob), flag)) == ("reopened", "attention")
    with time_machine.travel("2026-03-20T16:00:00+01:00", tick=False):
        assert api(alice).post(f"/api/v1/flags/{flag.pk}/seen", {}).status_code == 200
        assert group(api(bob), flag) == "attention"


def test_what_one_physiotherapist_noted_another_has_not(api, alice, bob, charlie, flag):
    link(alice, charlie)
    note(api(bob), flag, "Words to Alice.")
    assert (group(api(bob), flag), group(api(charlie), flag)) == ("acknowledged", "attention")
    assert shown(api(bob), flag) == (True, ["Words to Alice."])
    assert shown(api(charlie), flag) == (False, [])


def test_over_a_new_link_nothing_of_the_ended_one_is_noted_or_read(api, alice, bob, charlie, flag):
    note(api(bob), flag, "Words to Alice.")
    api(alice).delete(f"/api/v1/care-links/{CareLink.objects.get().pk}")
    for one in (bob, charlie):
        link(alice, one)
        assert group(api(one), flag) == "attention"
        assert shown(api(one), flag) == (False, [])


def test_who_stands_in_notes_for_the_link(api, alice, bob, charlie, flag):
    clinic = Clinic.objects.create(name="Hip and Back")
    for one in (bob, charlie):
        ClinicMember.objects.create(clinic=clinic, owner=one)
    days = {"colleague": str(charlie.pk), "first_day": TODAY.isoformat(), "last_day": TODAY.isoformat()}
    assert api(bob).post(f"/api/v1/care-links/{CareLink.objects.get().pk}/stand-ins", days).status_code == 201
    note(api(charlie), flag)
    for one in (bob, charlie):
        assert (group(api(one), flag), shown(api(one), flag)) == ("acknowledged", (True, ["I have seen it."]))
        [sign] = api(one).get(f"/api/v1/patients/{flag.owner_id}").json()["reasons"][:1]
        assert (sign["noted"]["by"], sign["noted"]["by_you"]) == (charlie.display_name, one == charlie)


def test_an_answer_from_before_the_days_that_are_shown_is_not_shown(api, bob, flag):
    with time_machine.travel("2026-03-18T12:00:00+01:00", tick=False):
        note(api(bob), flag)
    CareLink.objects.update(sees_from=date(2026, 3, 18))
    assert shown(api(bob), flag)[1] == ["I have seen it."]
    CareLink.objects.update(sees_from=TODAY)
    assert shown(api(bob), flag)[1] == []


def test_the_patient_alone_is_told_which_flag_an_answer_is_to(api, alice, bob, flag):
    own = CareLink.objects.get()
    note(api(bob), flag, "I have seen it.")
    said = {"link": str(own.pk), "text": "How was the night?"}
    assert api(bob).put(f"/api/v1/messages/{uuid.uuid4()}", said).status_code == 201

    def answered(person):
        found = api(person).get("/api/v1/messages", {"link": str(own.pk)}).json()["results"]
        return {one["text"]: one["flag"] for one in found}

    assert answered(alice) == {"I have seen it.": str(flag.pk), "How was the night?": None}
    assert answered(bob) == {"I have seen it.": None, "How was the night?": None}


def test_the_list_of_conversations_tells_which_flag_the_last_answer_is_to(api, alice, bob, flag):
    note(api(bob), flag)
    for person, told in ((alice, str(flag.pk)), (bob, None)):
        [found] = api(person).get("/api/v1/conversations").json()["results"]
        assert found["last"]["flag"] == told
