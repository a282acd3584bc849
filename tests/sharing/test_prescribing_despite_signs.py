"""A plan set or changed while a sign of the patient's needs checking at once: nobody does so without being told."""

from __future__ import annotations

import uuid

import pytest

from exercises.loading import load_catalogue
from exercises.models import Prescription
from sharing.ending import change_consent
from sharing.models import CareLink
from sharing.vocabulary import SCOPES
from tests.exercises.factories import prescription_body
from tests.tracker.factories import answer
from tracker.models import Flag

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue():
    load_catalogue()


@pytest.fixture
def plan(alice, bob):
    return f"/api/v1/patients/{alice.pk}/prescriptions/{uuid.uuid4()}"


def put(client, plan, **parts):
    return client.put(plan, prescription_body(**parts), format="json")


def test_refused_until_the_signs_are_said_to_be_seen(api, alice, bob, plan):
    answer(alice, {"saddle": "new"})
    flag, client = Flag.objects.get(level="E"), api(bob)
    refused = put(client, plan, despite_open_signs=[])
    problem = refused.json()
    assert (refused.status_code, problem["type"]) == (400, "open_signs")
    assert [(one["field"], one["code"]) for one in problem["errors"]] == [("despite_open_signs", "open_signs")]
    assert [(one["flag"], one["level"], one["rule"]) for one in problem["open_signs"]] == [
        (str(flag.pk), "E", flag.rule)
    ]
    assert not Prescription.objects.exists()
    made = put(client, plan, despite_open_signs=[str(flag.pk)])
    assert (made.status_code, made.json()["open_signs"]) == (201, problem["open_signs"])


def test_refused_again_for_a_sign_that_came_up_after_the_look(api, alice, bob, plan):
    answer(alice, {"saddle": "new"})
    client, seen = api(bob), [str(Flag.objects.get().pk)]
    answer(alice, {"saddle": "new", "bladder": "new"})
    refused = put(client, plan, despite_open_signs=seen)
    assert (refused.status_code, [one["rule"] for one in refused.json()["open_signs"]]) == (400, ["bladder"])
    assert not Prescription.objects.exists()
    seen += [one["flag"] for one in refused.json()["open_signs"]]
    made = put(client, plan, despite_open_signs=seen)
    assert (made.status_code, sorted(one["rule"] for one in made.json()["open_signs"])) == (201, ["bladder", "saddle"])


def test_a_sign_settled_since_the_look_holds_nobody_up(api, alice, bob, plan):
    assert put(api(bob), plan, despite_open_signs=[str(uuid.uuid4())]).status_code == 201


@pytest.mark.parametrize("said", ["true", "all", ["saddle"], [str(uuid.uuid4())] * 101, {}])
def test_anything_but_a_few_ids_is_refused_and_nothing_is_written(api, alice, bob, plan, said):
    refused = put(api(bob), plan, despite_open_signs=said)
    assert refused.status_code == 400
    assert {one["field"].split(".")[0] for one in refused.json()["errors"]} == {"despite_open_signs"}
    assert not Prescription.objects.exists()


def test_an_app_of_the_version_before_says_yes_or_no(api, alice, bob, plan):
    client = api(bob)
    assert put(client, plan, despite_open_signs=False).status_code == 201
    answer(alice, {"saddle": "new"})
    change = {"base_version": 1, "name": "More of it"}
    assert put(client, plan, **change, despite_open_signs=False).json()["type"] == "open_signs"
    changed = put(client, plan, **change, despite_open_signs=True)
    assert (changed.status_code, len(changed.json()["open_signs"])) == (200, 1)


def test_so_is_a_change_and_the_plan_stays_as_it_was(api, alice, bob, plan):
    client = api(bob)
    made = put(client, plan, despite_open_signs=[])
    assert (made.status_code, made.json()["open_signs"]) == (201, [])
    answer(alice, {"saddle": "new"})
    change = {"base_version": 1, "name": "More of it"}
    refused = put(client, plan, **change, despite_open_signs=[])
    assert refused.status_code == 400
    assert Prescription.objects.get().name == made.json()["name"]
    seen = [one["flag"] for one in refused.json()["open_signs"]]
    changed = put(client, plan, **change, despite_open_signs=seen)
    assert (changed.status_code, changed.json()["version"]) == (200, 2)


def test_an_app_that_does_not_know_of_it_is_told_in_the_answer(api, alice, bob, plan):
    answer(alice, {"saddle": "new"})
    made = put(api(bob), plan)
    assert (made.status_code, len(made.json()["open_signs"])) == (201, 1)
    again = {name: made.json()[name] for name in ("open_signs", "versions", "version")}
    assert put(api(bob), plan, **again, base_version=1, name="Less").status_code == 200


def test_settled_signs_and_those_that_can_wait_hold_nobody_up(api, alice, bob, plan):
    answer(alice, {"saddle": "new"})
    flag = Flag.objects.get(level="E")
    assert api(alice).post(f"/api/v1/flags/{flag.pk}/seen", {}, format="json").status_code == 200
    settled = api(alice).post(f"/api/v1/flags/{flag.pk}/resolve", {"reason": "checked"}, format="json")
    assert settled.status_code == 200
    Flag.objects.create(owner=alice, rule="sustained-worsening", stream="pain", level="W", **when(flag))
    assert put(api(bob), plan, despite_open_signs=[]).json()["open_signs"] == []


def test_what_the_patient_does_not_show_is_not_told(api, alice, bob, plan):
    answer(alice, {"saddle": "new"})
    scopes = [scope for scope in SCOPES if scope != "flags"]
    change_consent(by=alice, id=CareLink.objects.get().pk, changes={"scopes": scopes})
    made = put(api(bob), plan, despite_open_signs=[])
    assert (made.status_code, made.json()["open_signs"]) == (201, [])


def when(flag: Flag) -> dict:
    return {name: getattr(flag, name) for name in ("opened_at", "raised_at", "changed_at")}
