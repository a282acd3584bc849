"""A device that is signed out, from wherever, is told nothing more: the lost phone does not ring on."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core import mail
from django.http import Http404
from django.test import Client
from django.utils import timezone

from reminders import subscribing
from reminders.api import push
from reminders.models import Delivery, PushSubscription
from reminders.pushing import push_keys
from reminders.subscribing import Keys
from reminders.tasks import tick
from tests.people import PASSWORD
from tests.reminders.factories import keep
from tests.reminders.push_service import Browser
from tests.reminders.subscriptions import body_of, subscribed

pytestmark = pytest.mark.django_db

AUTH = "/_allauth/browser/v1/auth"


@pytest.fixture
def clock():
    """Noon of today: the certificates hold today only."""
    now = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


@pytest.fixture
def subscribe(push_service, clock):
    return lambda: push_service.subscribe(push_keys().newest.public, push_keys().newest.id)


def device(person, browser: Browser | None = None) -> Client:
    """Signed in, and reminded in that browser."""
    client = Client()
    body = {"email": person.email, "password": PASSWORD}
    assert client.post(f"{AUTH}/login", body, content_type="application/json").status_code == 200
    if browser:
        is_reminded_in(client, browser)
    return client


def is_reminded_in(client: Client, browser: Browser) -> None:
    made = client.post("/api/v1/push-subscriptions", body_of(browser), content_type="application/json")
    assert made.status_code in (200, 201)


def end_others(client: Client) -> None:
    listed = client.get(f"{AUTH}/sessions").json()["data"]
    others = [one["id"] for one in listed if not one["is_current"]]
    answer = client.delete(f"{AUTH}/sessions", {"sessions": others}, content_type="application/json")
    assert answer.status_code == 200


def remind(person, clock) -> None:
    keep(person, channels=["push"], times=["12:30"], time_zone="UTC")
    clock.shift(timedelta(minutes=30))
    tick()
    tick()


def test_a_device_that_was_ended_from_another_rings_no_more_and_the_other_does(alice, clock, subscribe):
    lost, kept = subscribe(), subscribe()
    device(alice, lost)
    here = device(alice, kept)
    end_others(here)
    remind(alice, clock)
    assert (len(lost.received), len(kept.received)) == (0, 1)
    assert len(here.get("/api/v1/push-subscriptions").json()["results"]) == 1


def test_what_was_on_its_way_to_it_is_not_sent(alice, clock, subscribe):
    lost = subscribe()
    device(alice, lost)
    here = device(alice)
    keep(alice, channels=["push"], times=["12:30"], time_zone="UTC")
    clock.shift(timedelta(minutes=30))
    lost.trouble = 503
    tick()
    assert [one.state for one in Delivery.objects.filter(channel="push")] == ["pending"]
    heard = len(lost.received)
    lost.trouble = None
    end_others(here)
    for _ in range(10):
        clock.shift(timedelta(minutes=5))
        tick()
    assert len(lost.received) == heard
    assert [one.problem for one in Delivery.objects.filter(channel="push")] == ["no_subscription"]
    # Nobody is left without: what no device takes comes by e-mail.
    assert len(mail.outbox) == 1


def test_a_strangers_end_leaves_hers(alice, charlie, clock, subscribe):
    hers = subscribe()
    device(alice, hers)
    device(charlie)
    end_others(device(charlie))
    remind(alice, clock)
    assert len(hers.received) == 1


def test_a_sign_out_silences_the_device_though_its_browser_did_not_say_so(alice, subscribe):
    client = device(alice, subscribe())
    client.delete(f"{AUTH}/session")
    assert not PushSubscription.objects.exists()


def test_a_new_password_silences_every_device(alice, subscribe):
    device(alice, subscribe())
    Client().post(f"{AUTH}/password/request", {"email": alice.email}, content_type="application/json")
    key = re.search(r"/reset-password/(\S+)", mail.outbox[-1].body)[1]
    body = {"key": key, "password": "another good passphrase"}
    Client().post(f"{AUTH}/password/reset", body, content_type="application/json")
    assert not PushSubscription.objects.exists()


def test_who_signs_in_again_on_the_same_device_is_reminded_there_again(alice, clock, subscribe):
    phone = subscribe()
    device(alice, phone)
    end_others(device(alice))
    device(alice, phone)
    remind(alice, clock)
    assert len(phone.received) == 1


def test_a_device_told_again_after_a_new_sign_in_goes_with_that_one(alice, subscribe):
    phone = subscribe()
    device(alice, phone)
    anew = device(alice, phone)
    end_others(anew)
    assert PushSubscription.objects.get().session == UserSession.objects.get()


def test_a_device_of_before_is_silenced_with_any_until_it_says_where_it_belongs(alice, charlie, subscribe):
    before, told, another = subscribe(), subscribe(), subscribe()
    subscribed(alice, before)
    subscribed(alice, told)
    subscribed(charlie, another)
    here = device(alice, told)
    device(alice)
    end_others(here)
    assert set(PushSubscription.objects.values_list("endpoint", flat=True)) == {told.endpoint, another.endpoint}
    is_reminded_in(here, before)
    device(alice)
    end_others(here)
    assert PushSubscription.objects.for_user(alice).count() == 2


def test_a_session_that_was_ended_meanwhile_subscribes_nothing(alice, subscribe):
    phone, session = subscribe(), UserSession(pk=1)
    keys = Keys(phone.p256dh, phone.auth, phone.key_id)
    with pytest.raises(Http404):
        subscribing.subscribe(owner=alice, endpoint=phone.endpoint, keys=keys, device="", session=session)
    assert not PushSubscription.objects.exists()


def test_a_request_on_its_way_while_its_session_is_ended_subscribes_nothing(alice, subscribe, monkeypatch):
    lost, here = device(alice), device(alice)
    note = push.note_sign_in

    def meanwhile(request):
        end_others(here)
        return note(request)

    monkeypatch.setattr(push, "note_sign_in", meanwhile)
    assert (
        lost.post("/api/v1/push-subscriptions", body_of(subscribe()), content_type="application/json").status_code
        == 401
    )
    assert not PushSubscription.objects.exists()
    assert UserSession.objects.count() == 1


def test_a_session_that_is_ended_right_before_the_row_is_written_subscribes_nothing(alice, subscribe, monkeypatch):
    lost, here = device(alice), device(alice)
    note = push.note_sign_in

    def meanwhile(request):
        row = note(request)
        end_others(here)
        # As a request that was noted at the same moment would have made it.
        row.save(force_insert=True)
        return row

    monkeypatch.setattr(push, "note_sign_in", meanwhile)
    assert (
        lost.post("/api/v1/push-subscriptions", body_of(subscribe()), content_type="application/json").status_code
        == 404
    )
    assert not PushSubscription.objects.exists()
