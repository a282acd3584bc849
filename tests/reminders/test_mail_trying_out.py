"""The test button for e-mail: a mail at once, and what came of it."""

from __future__ import annotations

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache

from reminders.by_mail import TESTS_A_DAY
from reminders.models import Delivery, MailStop
from reminders.tasks import tick
from tests.processes import free_port
from tests.reminders.factories import keep
from tests.reminders.test_reminding_by_mail import link_in, serve

pytestmark = pytest.mark.django_db

TEST = "/api/v1/reminder-mail/test"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def nobody_has_tried():
    cache.clear()


def test_it_comes_at_once_names_nothing_and_can_be_ended(api, alice):
    tried = api(alice).post(TEST)
    assert (tried.status_code, tried.json()) == (200, {"outcome": "accepted"})
    [message] = mail.outbox
    assert message.to == [alice.email]
    for text in (message.body, message.alternatives[0].content):
        assert "Reminders reach this mailbox." in text
        assert link_in(message) in text
        assert alice.display_name not in text


def test_without_a_mail_server_that_is_said(api, alice, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    assert api(alice).get("/api/v1/reminder-mail").json()["leaves"] is False
    assert api(alice).post(TEST).json() == {"outcome": "no_server"}
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize(("leaves", "state", "problem"), [(True, "accepted", ""), (False, "failed", "no_mail_server")])
def test_a_reminder_that_only_lies_on_the_server_counts_as_taken_by_nobody(
    api, alice, settings, tmp_path, leaves, state, problem
):
    if not leaves:
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path
    with time_machine.travel("2026-03-20T06:00:00Z", tick=False) as clock:
        keep(alice, channels=["email"], times=["07:30"])
        clock.move_to("2026-03-20T06:30:00Z")
        tick()
        row = Delivery.objects.get(channel="email")
        said = api(alice).get("/api/v1/reminder-mail").json()
    assert (row.state, row.problem) == (state, problem)
    # Whoever runs the server can still read it there.
    assert len([*tmp_path.iterdir()]) == (0 if leaves else 1)
    assert (said["leaves"], said["refused_at"]) == (leaves, None)


def test_a_mail_server_that_does_not_answer_is_said(api, alice, settings, caplog):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", free_port()
    assert api(alice).post(TEST).json() == {"outcome": "down"}
    assert alice.email not in caplog.text


@pytest.mark.parametrize(
    ("answer", "outcome"), [(b"550 5.1.1 no such mailbox", "refused"), (b"450 4.2.1 try later", "busy")]
)
def test_a_mailbox_that_takes_nothing_is_said(api, alice, settings, answer, outcome):
    with serve(settings, answer) as server:
        tried = api(alice).post(TEST)
        server.shutdown()
    assert tried.json() == {"outcome": outcome}


def test_whoever_has_stopped_the_mails_gets_none_of_these_either(api, alice):
    MailStop.objects.create(owner=alice)
    assert api(alice).post(TEST).json() == {"outcome": "stopped"}
    assert not mail.outbox


def test_no_mailbox_is_flooded_with_tests(api, alice, bob):
    client = api(alice)
    assert {client.post(TEST).status_code for _ in range(TESTS_A_DAY)} == {200}
    refused = client.post(TEST)
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert len(mail.outbox) == TESTS_A_DAY
    assert api(bob).post(TEST).status_code == 200


def test_a_stranger_cannot(api):
    assert api().post(TEST).status_code in (401, 403)
    assert not mail.outbox
