"""What the patient stopped for how it felt, told to who prescribes: as long as it stands, and as the link allows."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from exercises.loading import load_catalogue
from sharing.models import CareLink
from tests.exercises.factories import hurt, record, session_item, skipped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march_22(alice, bob):
    with time_machine.travel("2026-03-22T12:00:00+01:00", tick=False):
        load_catalogue()
        yield


def stops(api, reader, alice):
    return api(reader).get(f"/api/v1/patients/{alice.pk}/stops").json()["results"]


def at(day: int, **parts):
    return {"started_at": f"2026-03-{day}T09:00:00.000+01:00", "ended_at": f"2026-03-{day}T09:10:00.000+01:00", **parts}


def left(reason: str = "pain", **parts):
    return session_item("bridge", status="partial", reason=reason, **parts)


def stopped(alice, day: int = 20, reason: str = "pain", **said):
    items = [session_item("knee-to-chest"), left(reason)]
    hurts = [hurt(item=1, at=f"2026-03-{day}T09:05:00.000+01:00", **said)] if said else []
    return record(alice, **at(day, items=items, hurts=hurts, ended="stopped", stop_reason=reason))


def test_a_stop_for_pain_is_told_with_its_day_and_rating(api, alice, bob):
    stopped(alice, pain=7)
    assert stops(api, bob, alice) == [
        {"exercise": "bridge", "date": "2026-03-20", "what": "pain", "rating": 7, "eased": False}
    ]


@pytest.mark.parametrize(
    ("reason", "said", "told"),
    [
        ("pain", {}, ("pain", None)),
        ("numbness", {"numbness": 8, "pain": 3}, ("numbness", 8)),
        ("pain", {"pain": 6, "further_down": True}, ("further", None)),
        ("weakness", {"pain": None, "weakness": True}, ("weakness", None)),
    ],
)
def test_it_says_what_it_was_stopped_for(api, alice, bob, reason, said, told):
    stopped(alice, reason=reason, **said)
    assert [(one["what"], one["rating"]) for one in stops(api, bob, alice)] == [told]


def test_what_was_left_out_before_it_began_was_not_stopped(api, alice, bob):
    record(alice, **at(20, items=[skipped("bridge", "pain"), session_item("knee-to-chest")]))
    record(alice, **at(21, items=[left("no-time"), session_item("knee-to-chest")]))
    assert stops(api, bob, alice) == []


def test_past_the_limits_it_counts_though_it_was_done(api, alice, bob):
    said = hurt(item=0, at="2026-03-20T09:05:00.000+01:00", pain=6, verdict="stop")
    record(alice, **at(20, items=[session_item("bridge")], hurts=[said]))
    assert [one["exercise"] for one in stops(api, bob, alice)] == ["bridge"]


def test_done_well_since_it_is_put_right_and_stopped_again_it_is_told_anew(api, alice, bob):
    stopped(alice, 19, pain=7)
    record(alice, **at(20, items=[session_item("bridge")]))
    assert stops(api, bob, alice) == []
    stopped(alice, 21, pain=5)
    assert [(one["date"], one["rating"]) for one in stops(api, bob, alice)] == [("2026-03-21", 5)]


def test_an_easier_form_speaks_for_what_it_was_done_in_place_of(api, alice, bob):
    eased = session_item("bridge", eased_from="bridge-one-leg", status="partial", reason="pain")
    record(alice, **at(20, items=[session_item("bridge-one-leg"), eased], ended="stopped", stop_reason="pain"))
    assert {(one["exercise"], one["eased"]) for one in stops(api, bob, alice)} == {
        ("bridge", False),
        ("bridge-one-leg", True),
    }


def test_after_a_week_it_is_told_no_more(api, alice, bob):
    stopped(alice, 14, pain=7)
    assert stops(api, bob, alice) == []
    stopped(alice, 15, pain=7)
    assert len(stops(api, bob, alice)) == 1


def test_only_to_whom_the_patient_shows_exercises_and_of_the_days_that_they_show(api, alice, bob):
    stopped(alice, pain=7)
    CareLink.objects.update(sees_from=date(2026, 3, 21))
    assert stops(api, bob, alice) == []
    CareLink.objects.update(sees_from=None, scopes=["symptoms", "flags", "prescribe"])
    assert api(bob).get(f"/api/v1/patients/{alice.pk}/stops").status_code == 403


def test_that_it_was_read_stands_in_the_patients_log(api, alice, bob):
    stopped(alice, pain=7)
    stops(api, bob, alice)
    log = api(alice).get("/api/v1/accesses").json()["results"]
    assert {one["what"] for one in log} == {"stops"}
