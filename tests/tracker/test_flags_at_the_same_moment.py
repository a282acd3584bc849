"""Devices that mark, answer, read and settle at once: on PostgreSQL, where two writers really run side by side."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from tests.tracker.factories import answer, check_body, log_body, reading, record, saddle
from tests.tracker.test_at_the_same_moment import together, two_writers
from tracker.models import Flag, FlagChange, RedFlagCheck
from tracker.trending import choose_sensitivity
from tracker.vocabulary import SENSITIVITIES

__all__ = ["two_writers"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
TURNS = pytest.mark.parametrize("turn", range(5))


@pytest.fixture
def devices(api, alice) -> list[APIClient]:
    return [api(alice) for _ in range(6)]


def put(client: APIClient, kind: str, id: uuid.UUID, body: dict) -> int:
    return client.put(f"/api/v1/{kind}/{id}", body, format="json").status_code


@TURNS
def test_one_check_sent_by_all_is_one_check_and_one_flag_a_sign(devices, turn):
    id, body = uuid.uuid4(), check_body({"saddle": "new", "lump": "new"})
    answers = together([lambda client=client: put(client, "red-flag-checks", id, body) for client in devices])
    assert sorted(answers) == [200] * 5 + [201]
    assert RedFlagCheck.objects.count() == 1
    assert sorted(Flag.objects.values_list("rule", flat=True)) == ["lump", "saddle"]
    assert FlagChange.objects.count() == 2


@TURNS
def test_the_same_sign_from_all_devices_is_one_flag_with_what_each_said(devices, turn):
    jobs = []
    marked, answered = ("logs", log_body(readings=[saddle()])), ("red-flag-checks", check_body({"saddle": "new"}))
    for place, client in enumerate(devices):
        kind, body = marked if place % 2 else answered
        jobs.append(lambda client=client, kind=kind, body=body: put(client, kind, uuid.uuid4(), body))
    assert together(jobs) == [201] * 6
    assert len(Flag.objects.get().evidence["signs"]) == 6


@TURNS
def test_answers_to_different_questions_of_one_check_all_raise_their_flags(devices, turn):
    id = uuid.uuid4()
    rules = ("saddle", "bladder", "bowel", "stroke", "breath", "fall")
    put(devices[0], "red-flag-checks", id, check_body({"medicine": "no"}))
    jobs = [
        lambda client=client, rule=rule: put(
            client, "red-flag-checks", id, check_body({"medicine": "no", rule: "new"}, base_version=1)
        )
        for client, rule in zip(devices, rules, strict=True)
    ]
    assert together(jobs) == [200] * 6
    assert sorted(Flag.objects.values_list("rule", "state")) == [(rule, "open") for rule in sorted(rules)]


@TURNS
def test_reading_settling_and_a_correction_at_once_leave_one_sound_flag(alice, devices, turn):
    log = record(alice, readings=[saddle()])
    answer(alice, {"foot-drop": "new"})
    flag, other = Flag.objects.get(rule="saddle"), Flag.objects.get(rule="foot-drop")
    devices[3].post(f"/api/v1/flags/{other.pk}/seen", {}, format="json")
    act = "/api/v1/flags/{}/{}".format
    answers = together(
        [
            lambda: devices[0].post(act(flag.pk, "seen"), {}, format="json").status_code,
            lambda: devices[1].post(act(flag.pk, "seen"), {}, format="json").status_code,
            lambda: put(devices[2], "logs", log.pk, log_body(readings=[reading()], base_version=1)),
            lambda: devices[3].post(act(other.pk, "resolve"), {"reason": "checked"}, format="json").status_code,
            lambda: devices[4].post(act(other.pk, "resolve"), {"reason": "mistake"}, format="json").status_code,
            lambda: put(devices[5], "logs", uuid.uuid4(), log_body()),
        ]
    )
    assert answers == [200, 200, 200, 200, 200, 201]
    flag.refresh_from_db()
    assert (flag.state, flag.reason) == ("resolved", "corrected")
    assert flag.changes.filter(state="seen").count() <= 1
    assert other.changes.filter(state="resolved").count() == 1


@TURNS
def test_taking_back_and_a_new_sign_at_once_leave_one_standing(alice, devices, turn):
    answer(alice, {"foot-drop": "new"})
    flag = Flag.objects.get()
    devices[0].post(f"/api/v1/flags/{flag.pk}/seen", {}, format="json")
    devices[0].post(f"/api/v1/flags/{flag.pk}/resolve", {"reason": "recovered"}, format="json")
    later = check_body({"foot-drop": "new"}, answered_at=(timezone.now() + timedelta(minutes=5)).isoformat())
    answers = together(
        [
            lambda: devices[0].post(f"/api/v1/flags/{flag.pk}/reopen", {}, format="json").status_code,
            lambda: put(devices[1], "red-flag-checks", uuid.uuid4(), later),
        ]
    )
    assert answers[1] == 201
    assert answers[0] in (200, 400)
    assert Flag.objects.standing().count() == 1


@TURNS
def test_an_entry_that_is_corrected_while_the_check_about_it_is_deleted_keeps_its_emergency(alice, devices, turn):
    log = record(alice, readings=[reading()])
    check = answer(alice, {"saddle": "unchanged"}, entry=str(log.pk))
    answers = together(
        [
            lambda: put(devices[0], "logs", log.pk, log_body(readings=[saddle()], base_version=1)),
            lambda: devices[1].delete(f"/api/v1/red-flag-checks/{check.pk}").status_code,
        ]
    )
    assert answers == [200, 204]
    assert Flag.objects.standing().get().level == "E"


@TURNS
def test_choosing_how_readily_to_be_told_stands_in_nobodys_way(alice, turn):
    def choose(place: int) -> int:
        for step in range(9):
            choose_sensitivity(owner=alice, sensitivity=SENSITIVITIES[(place + step) % 3])
        return 1

    def write() -> int:
        return len([record(alice, readings=[saddle()]) for _ in range(9)])

    assert together([lambda: choose(0), lambda: choose(1), write, write]) == [1, 1, 9, 9]


@TURNS
def test_a_person_who_is_erased_while_devices_write_leaves_nothing_behind(alice, devices, turn):
    password = {"password": "a long enough passphrase"}
    signs = check_body({"foot-drop": "new", "saddle": "new"})
    answers = together(
        [
            lambda: devices[0].delete("/api/v1/me", password, format="json").status_code,
            *[lambda client=client: put(client, "red-flag-checks", uuid.uuid4(), signs) for client in devices[1:]],
        ]
    )
    assert answers[0] == 204
    assert set(answers[1:]) <= {201, 401, 403, 404}
    assert not Flag.objects.exists()
