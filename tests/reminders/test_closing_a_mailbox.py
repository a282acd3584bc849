"""Whoever ended the mails by the link in one of them is mailed again at their own word only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.signing import Signer
from django.test import Client

from reminders.models import ClosedMailbox, Delivery
from reminders.tasks import tick
from reminders.unsubscribing import token_for
from tests.people import make_person
from tests.processes import free_port
from tests.reminders.factories import keep
from tests.reminders.test_reminding_by_mail import path_of, question_in

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
MAIL = "/api/v1/reminder-mail"


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def closed(alice) -> None:
    assert Client().post(f"/api/unsubscribe/{token_for(alice)}").status_code == 200


def turn_on(client):
    answer = client.patch(MAIL, {"on": True})
    assert answer.status_code == 200
    return answer.json()


def test_the_accounts_word_opens_no_closed_mailbox(api, alice, closed):
    client = api(alice)
    said = turn_on(client)
    assert (said["on"], said["asked_at"]) == (False, NOON.isoformat())
    assert client.post(f"{MAIL}/test").json() == {"outcome": "stopped"}
    assert len(mail.outbox) == 1


def test_the_link_that_is_mailed_there_opens_it(api, alice, closed):
    client = api(alice)
    turn_on(client)
    [asked] = mail.outbox
    assert asked.to == [alice.email]
    assert alice.display_name not in asked.body
    assert "Let e-mails come" in Client().get(path_of(question_in(asked))).content.decode()
    assert client.get(MAIL).json()["on"] is False, "a scanner that looks at the link opens nothing"
    assert Client(enforce_csrf_checks=True).post(path_of(question_in(asked))).status_code == 200
    assert client.get(MAIL).json()["on"] is True
    assert client.post(f"{MAIL}/test").json() == {"outcome": "accepted"}


def test_it_is_asked_once_a_day_however_often_an_account_says_so(api, alice, clock, closed):
    for _ in range(3):
        turn_on(api(alice))
    assert len(mail.outbox) == 1
    clock.shift(timedelta(days=1))
    turn_on(api(alice))
    assert len(mail.outbox) == 2


def test_the_question_holds_for_a_week(api, alice, clock, closed):
    turn_on(api(alice))
    clock.shift(timedelta(days=7, seconds=1))
    assert Client().post(path_of(question_in(mail.outbox[0]))).status_code == 404
    assert ClosedMailbox.objects.exists()


def test_another_account_of_the_same_address_mails_it_no_more(api, alice, clock, closed):
    email = alice.email
    alice.delete()
    again = make_person("alice")
    assert again.email == email
    assert api(again).get(MAIL).json()["on"] is False
    keep(again, channels=["email"], times=["12:30"], time_zone="UTC")
    clock.shift(timedelta(minutes=30))
    tick()
    assert not mail.outbox
    assert not Delivery.objects.filter(channel="email").exists()


def test_a_mail_of_an_account_that_is_gone_still_closes_the_mailbox(api, alice):
    token = token_for(alice)
    alice.delete()
    assert Client().post(f"/api/unsubscribe/{token}").status_code == 200
    assert api(make_person("alice")).get(MAIL).json()["on"] is False


def test_a_link_from_before_mailboxes_were_named_closes_it_too(api, alice):
    older = Signer(salt="reminders.mail").sign_object(alice.pk.hex)
    assert Client().post(f"/api/unsubscribe/{older}").status_code == 200
    assert turn_on(api(alice))["on"] is False


def test_who_turned_mails_off_in_the_app_turns_them_on_there(api, alice):
    client = api(alice)
    client.patch(MAIL, {"on": False})
    assert turn_on(client) == {
        "on": True,
        "stopped_at": None,
        "refused_at": None,
        "asked_at": None,
        "leaves": True,
    }
    assert not mail.outbox


def test_a_question_that_could_not_be_mailed_is_asked_again(api, alice, closed, settings):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    assert turn_on(api(alice))["asked_at"] is None
    settings.EMAIL_BACKEND = working
    assert turn_on(api(alice))["asked_at"] == NOON.isoformat()


def test_neither_link_serves_as_the_other(api, alice, closed):
    turn_on(api(alice))
    question = question_in(mail.outbox[0]).rpartition("/")[2]
    assert Client().post(f"/api/resubscribe/{token_for(alice)}").status_code == 404
    assert Client().post(f"/api/unsubscribe/{question}").status_code == 404
    assert Client().post("/api/resubscribe/x:y").status_code == 404
    assert ClosedMailbox.objects.count() == 1


def test_the_address_itself_is_not_kept(alice, closed):
    assert alice.email not in str(ClosedMailbox.objects.values_list())


def test_another_persons_mailbox_stays_open(api, bob, closed):
    assert api(bob).get(MAIL).json()["on"] is True
