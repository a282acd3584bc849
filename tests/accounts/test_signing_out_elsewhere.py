"""The devices on which a person is signed in: which are listed, with what, and how one of them ends another."""

from __future__ import annotations

import importlib
import re
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

import accounts.api
from tests.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db

AUTH = "/_allauth/browser/v1/auth"
SIGN_INS = f"{AUTH}/sessions"
PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"
)
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
ANEW = "another good passphrase"


@pytest.fixture(autouse=True)
def nobody_has_tried_too_often() -> None:
    cache.clear()


def device(person, user_agent: str = PHONE, address: str = "203.0.113.77") -> Client:
    client = Client(headers={"user-agent": user_agent}, REMOTE_ADDR=address)
    signed_in = post(client, "login", email=person.email, password=PASSWORD)
    assert signed_in.status_code == 200, signed_in.content
    return client


def post(client: Client, path: str, **body: str):
    return client.post(f"{AUTH}/{path}", body, content_type="application/json")


def sign_ins(client: Client) -> list[dict]:
    answer = client.get(SIGN_INS)
    assert answer.status_code == 200
    return answer.json()["data"]


def end(client: Client, *ids: object):
    return client.delete(SIGN_INS, {"sessions": list(ids)}, content_type="application/json")


def is_in(client: Client) -> bool:
    status = client.get("/api/v1/me").status_code
    assert status in (200, 401)
    return status == 200


def own(client: Client) -> int:
    (found,) = (one["id"] for one in sign_ins(client) if one["is_current"])
    return found


def test_a_person_sees_their_own_devices_and_which_is_this_one(alice, charlie):
    phone, laptop = device(alice), device(alice, LAPTOP, "2001:db8:1:2::3")
    device(charlie)
    listed = sign_ins(laptop)
    assert [(one["user_agent"], one["is_current"]) for one in listed] == [
        ("Chrome on Android", False),
        ("Firefox on Windows", True),
    ]
    assert own(phone) != own(laptop)


def test_of_address_and_browser_no_more_is_kept_than_tells_devices_apart(alice):
    phone, laptop = device(alice), device(alice, "<script>alert(1)</script>", "2001:db8:1:2::3")
    assert is_in(phone)
    assert is_in(laptop)
    assert [(row.user_agent, row.ip) for row in UserSession.objects.order_by("pk")] == [
        ("Chrome on Android", "203.0.113.0"),
        ("", "2001:db8:1::"),
    ]


def test_a_device_that_is_ended_is_refused_at_its_next_request_and_no_other_is(alice):
    phone, tablet, laptop = device(alice), device(alice), device(alice, LAPTOP)
    left = end(laptop, own(phone))
    assert left.status_code == 200
    assert [one["id"] for one in left.json()["data"]] == [own(tablet), own(laptop)]
    assert [is_in(one) for one in (phone, tablet, laptop)] == [False, True, True]
    refused = phone.put(f"/api/v1/logs/{alice.pk}", {}, content_type="application/json")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (401, "not_authenticated")


def test_all_others_end_at_once(alice):
    here, *others = [device(alice) for _ in range(4)]
    assert end(here, *map(own, others)).status_code == 200
    assert [is_in(one) for one in (here, *others)] == [True, False, False, False]
    assert Session.objects.count() == 1


def test_nobody_ends_a_strangers_device_and_cannot_tell_it_from_none(alice, charlie):
    hers, his = device(alice), device(charlie)
    theirs, unknown = end(his, own(hers)), end(his, 10**9)
    assert (theirs.status_code, unknown.status_code) == (400, 400)
    assert re.sub(r"\d+", "", theirs.json()["errors"][0]["message"]) == re.sub(
        r"\d+", "", unknown.json()["errors"][0]["message"]
    )
    assert is_in(hers)


def test_with_one_unknown_id_none_is_ended(alice):
    here, other = device(alice), device(alice)
    assert end(here, own(other), 10**9).status_code == 400
    assert is_in(other)


@pytest.mark.parametrize(
    "ids", [[], ["x"], [None], [[1]], [{}], [10**30], [-1], [True], [1.5], "1", {}, 7, None, ["\x00"]], ids=repr
)
def test_what_is_no_list_of_ids_is_refused_and_ends_nothing(alice, ids):
    here = device(alice)
    here.raise_request_exception = False
    refused = here.delete(SIGN_INS, {"sessions": ids}, content_type="application/json")
    assert refused.status_code == 400
    assert is_in(here)


def test_who_is_not_signed_in_sees_and_ends_nothing(alice):
    hers = device(alice)
    nobody = Client()
    assert nobody.get(SIGN_INS).status_code == 401
    assert end(nobody, own(hers)).status_code == 401
    assert is_in(hers)


def test_ending_needs_the_csrf_token(alice):
    phone = device(alice)
    laptop = Client(enforce_csrf_checks=True)
    laptop.force_login(alice)
    assert end(laptop, own(phone)).status_code == 403
    assert is_in(phone)


def test_one_may_end_this_device_too(alice):
    here = device(alice)
    assert end(here, own(here)).status_code == 401
    assert not is_in(here)
    assert not UserSession.objects.exists()


def test_signing_out_takes_the_device_off_the_list(alice):
    phone, laptop = device(alice), device(alice, LAPTOP)
    phone.delete(f"{AUTH}/session")
    assert [one["user_agent"] for one in sign_ins(laptop)] == ["Firefox on Windows"]
    assert UserSession.objects.count() == 1


def test_who_was_signed_in_before_there_was_a_list_stands_on_it(alice, charlie):
    phone, laptop, gone = Client(headers={"user-agent": PHONE}), device(alice, LAPTOP), make_person("gone")
    for client, person in ((phone, alice), (Client(), charlie), (Client(), gone)):
        client.force_login(person)
    Client().session.save()
    gone.delete()
    migration = importlib.import_module("accounts.migrations.0005_sign_ins_from_before")
    for _ in range(2):
        migration.list_who_is_signed_in(apps, None)
    listed = {one["user_agent"]: one for one in sign_ins(laptop)}
    assert set(listed) == {"", "Firefox on Windows"}
    assert abs(listed[""]["created_at"] - timezone.now().timestamp()) < 60 * 60 * 24 * 90
    assert UserSession.objects.count() == 3
    assert end(laptop, listed[""]["id"]).status_code == 200
    assert not is_in(phone)


def test_a_device_without_a_row_gets_one_when_the_app_is_opened(alice):
    phone = Client(headers={"user-agent": PHONE})
    phone.force_login(alice)
    assert sign_ins(phone) == []
    assert is_in(phone)
    assert [(one["user_agent"], one["is_current"]) for one in sign_ins(phone)] == [("Chrome on Android", True)]


def test_when_it_was_used_last_is_noted_once_an_hour(alice, django_assert_num_queries):
    phone = device(alice)
    long_ago = timezone.now() - timedelta(hours=2)
    UserSession.objects.update(last_seen_at=long_ago, created_at=long_ago, ip="198.51.100.0")
    assert is_in(phone)
    row = UserSession.objects.get()
    assert row.created_at == long_ago
    assert row.last_seen_at > long_ago + timedelta(hours=1)
    assert row.ip == "203.0.113.0"
    with django_assert_num_queries(3):
        assert is_in(phone)
    row.refresh_from_db()
    assert sign_ins(phone)[0]["last_seen_at"] == row.last_seen_at.timestamp()


def test_a_changed_password_ends_every_sign_in(alice, charlie):
    here, other, his = device(alice), device(alice), device(charlie)
    path = "/_allauth/browser/v1/account/password/change"
    wrong = here.post(path, {"current_password": "not it", "new_password": ANEW}, content_type="application/json")
    assert (wrong.status_code, is_in(other)) == (400, True)
    here.post(path, {"current_password": PASSWORD, "new_password": ANEW}, content_type="application/json")
    assert [is_in(one) for one in (here, other, his)] == [False, False, True]
    assert list(UserSession.objects.values_list("user", flat=True)) == [charlie.pk]
    assert post(here, "login", email=alice.email, password=ANEW).status_code == 200


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_password_reset_by_mail_ends_every_sign_in(alice, signed_in):
    other = device(alice)
    here = device(alice) if signed_in else Client()
    post(here, "password/request", email=alice.email)
    key = re.search(r"/reset-password/(\S+)", mail.outbox[-1].body)[1]
    assert is_in(other)
    assert post(here, "password/reset", key=key, password=ANEW).status_code == 401
    assert [is_in(here), is_in(other)] == [False, False]
    assert not UserSession.objects.exists()
    assert post(here, "login", email=alice.email, password=ANEW).status_code == 200


def test_erasing_a_person_erases_where_they_were_signed_in(alice, charlie):
    here = device(alice)
    device(alice)
    device(charlie)
    assert here.delete("/api/v1/me", {"password": PASSWORD}, content_type="application/json").status_code == 204
    assert list(UserSession.objects.values_list("user", flat=True)) == [charlie.pk]


def test_a_sign_in_lasts_for_as_long_as_the_app_is_opened_now_and_then(alice):
    now = timezone.now()
    daily, left = device(alice), device(alice, LAPTOP)
    for days in (60, 120, 180):
        with time_machine.travel(now + timedelta(days=days), tick=False):
            assert is_in(daily)
    with time_machine.travel(now + timedelta(days=120), tick=False):
        assert not is_in(left)


def test_only_opening_the_app_makes_a_sign_in_last(alice):
    client = device(alice)
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert not client.get("/api/v1/logs").cookies
        assert "unpinch_session" in str(client.get("/api/v1/me").cookies)
        assert "unpinch_session" not in str(client.get("/api/v1/me").cookies)


@pytest.mark.django_db(transaction=True)
def test_whoever_is_erased_while_they_ask_is_signed_out_and_no_more(alice, monkeypatch):
    here = device(alice)
    note = accounts.api.note_sign_in

    def meanwhile(request):
        alice.delete()
        return note(request)

    monkeypatch.setattr(accounts.api, "note_sign_in", meanwhile)
    assert here.get("/api/v1/me").status_code == 401
