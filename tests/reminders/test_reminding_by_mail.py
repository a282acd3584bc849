"""Reminders by e-mail: neutral, and ended with one click by whoever reads the mailbox."""

import re
import socketserver
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from reminders.by_mail import MOST_A_DAY
from reminders.models import Delivery, MailStop
from reminders.tasks import tick
from reminders.unsubscribing import token_for
from tests.people import make_person
from tests.processes import free_port
from tests.reminders.factories import keep

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 3, 20, 6, 30, tzinfo=UTC)
PRIVATE = "Saddle feels numb again"


@pytest.fixture
def clock():
    with time_machine.travel(DUE - timedelta(hours=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def sent(alice, clock):
    keep(alice, channels=["email"], times=["07:30"], text=PRIVATE)
    clock.move_to(DUE)
    tick()
    tick()
    return mail.outbox


def link_in(message):
    return message.extra_headers["List-Unsubscribe"].strip("<>")


def question_in(message):
    """The link that lets mails come again to a mailbox whose reader had ended them."""
    return re.search(r"\S+/api/resubscribe/\S+", message.body).group()


def path_of(link):
    return link.removeprefix("http://localhost:8000")


def of_mail():
    return Delivery.objects.get(channel="email")


def test_it_is_sent_once_in_text_and_html(alice, sent):
    [message] = sent
    assert message.to == [alice.email]
    html = message.alternatives[0].content
    for text in (message.body, html):
        assert "Your reminder" in text
        assert link_in(message) in text
    assert of_mail().state == "accepted"


def test_nothing_of_it_is_anybodys_business(alice, sent):
    whole = sent[0].message().as_string()
    for secret in (PRIVATE, "numb", alice.display_name):
        assert secret not in whole
    assert sent[0].subject == "Unpinch: a reminder"


def test_a_mail_program_can_end_it_by_its_own_button(alice, sent):
    message = sent[0].message()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    # As mail programs do it: without cookies, and without a token of the form's.
    answer = Client(enforce_csrf_checks=True).post(path_of(link_in(sent[0])), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert MailStop.objects.filter(owner=alice).exists()


def test_looking_at_the_link_ends_nothing(alice, sent):
    # Scanners follow every link in a mail.
    page = Client().get(path_of(link_in(sent[0])))
    assert (page.status_code, "Stop the e-mails" in page.content.decode()) == (200, True)
    assert "no-store" in page.headers["Cache-Control"]
    assert not MailStop.objects.exists()


def test_whoever_has_stopped_gets_no_more_until_they_ask(api, alice, clock, sent):
    client = api(alice)
    Client().post(path_of(link_in(sent[0])))
    Client().post(path_of(link_in(sent[0])))
    assert client.get("/api/v1/reminder-mail").json()["on"] is False
    clock.move_to(DUE + timedelta(days=1))
    tick()
    assert len(sent) == 1
    asked = client.patch("/api/v1/reminder-mail", {"on": True}).json()
    assert (asked["on"], asked["asked_at"]) == (False, timezone.now().isoformat())
    assert Client().post(path_of(question_in(sent[1]))).status_code == 200
    assert client.get("/api/v1/reminder-mail").json() == {
        "on": True,
        "stopped_at": None,
        "refused_at": None,
        "asked_at": None,
        "leaves": True,
    }
    clock.move_to(DUE + timedelta(days=2))
    tick()
    assert len(sent) == 3


def test_without_a_mail_server_it_waits_and_is_not_sent_after_a_stop(alice, clock, settings, caplog):
    keep(alice, channels=["email"], times=["07:30"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    clock.move_to(DUE)
    tick()
    assert (of_mail().state, of_mail().problem) == ("pending", "mail_server")
    assert "could not be mailed" in caplog.text
    assert alice.email not in caplog.text
    MailStop.objects.create(owner=alice)
    clock.move_to(DUE + timedelta(minutes=1))
    tick()
    assert (of_mail().state, of_mail().problem) == ("failed", "unsubscribed")


@pytest.mark.parametrize("token", ["x", "x:y", "ImFiYyI:1234"])
def test_a_link_that_is_not_ours_is_404(token):
    for answer in (Client().get(f"/api/unsubscribe/{token}"), Client().post(f"/api/unsubscribe/{token}")):
        assert answer.status_code == 404
    assert not MailStop.objects.exists()


def test_the_link_of_a_person_who_is_gone_says_the_same_as_any(alice):
    token = token_for(alice)
    alice.delete()
    assert Client().post(f"/api/unsubscribe/{token}").status_code == 200
    assert not MailStop.objects.exists()


def test_a_link_stops_nobody_elses(alice):
    other = make_person("dora")
    Client().post(f"/api/unsubscribe/{token_for(alice)}")
    assert not MailStop.objects.filter(owner=other).exists()


def test_no_mailbox_is_flooded(alice, clock):
    for _ in range(MOST_A_DAY + 2):
        keep(alice, channels=["email"], times=["07:30"])
    clock.move_to(DUE)
    tick()
    assert len(mail.outbox) == MOST_A_DAY
    assert Delivery.objects.filter(channel="email", state="failed", problem="too_many").count() == 2
    clock.shift(timedelta(days=1, minutes=1))
    tick()
    assert len(mail.outbox) == 2 * MOST_A_DAY


def test_a_late_one_says_when_it_was_due(alice, clock):
    keep(alice, channels=["email"], times=["07:30"])
    clock.move_to(DUE + timedelta(hours=1))
    tick()
    assert "It was due at 07:30." in mail.outbox[0].body


def test_a_digest_names_nothing(alice, clock):
    for _ in range(3):
        keep(alice, channels=["email"], times=["07:30"])
    clock.move_to(DUE + timedelta(hours=6))
    tick()
    [message] = mail.outbox
    assert "Some reminders came too late" in message.body


def serve(settings, answer, to=b"RCPT"):
    """Just enough SMTP to refuse every reader, or every mail (`to` is b"." then), with `answer`."""

    class Refusing(socketserver.StreamRequestHandler):
        def handle(self):
            self.wfile.write(b"220 test\r\n")
            inside = False
            for line in self.rfile:
                word = line[:4].upper().rstrip()
                if inside and word != b".":
                    continue
                inside = word == b"DATA"
                usual = {b"QUIT": b"221 bye", b"DATA": b"354 go on"}.get(word, b"250 ok")
                self.wfile.write((answer if word == to else usual) + b"\r\n")
                if word == b"QUIT":
                    return

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Refusing)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    return server


@pytest.mark.parametrize(
    ("answer", "to", "state", "problem"),
    [
        (b"550 5.1.1 no such mailbox alice@example.org", b"RCPT", "failed", "mailbox_refused"),
        (b"450 4.2.1 try later", b"RCPT", "pending", "mailbox_busy"),
        (b"554 5.7.1 not for alice@example.org", b".", "failed", "mail_refused"),
        (b"451 4.3.0 try later", b".", "pending", "mailbox_busy"),
    ],
)
def test_a_mailbox_that_is_refused_is_given_up_and_a_busy_one_tried_again(
    api, alice, clock, settings, caplog, answer, to, state, problem
):
    keep(alice, channels=["email"], times=["07:30"])
    clock.move_to(DUE)
    with serve(settings, answer, to) as server:
        tick()
        assert (of_mail().state, of_mail().problem) == (state, problem)
        # For ever: it is not tried again, nor told as if it had been.
        clock.shift(timedelta(minutes=20))
        tick()
        server.shutdown()
    assert of_mail().attempt == (1 if state == "failed" else 2)
    assert alice.email not in caplog.text
    told = api(alice).get("/api/v1/reminder-mail").json()["refused_at"]
    assert told == (DUE.isoformat() if state == "failed" else None)


def test_a_refusal_is_no_news_once_a_mail_was_taken(api, alice, clock, settings):
    keep(alice, channels=["email"], times=["07:30"])
    clock.move_to(DUE)
    backend = settings.EMAIL_BACKEND
    with serve(settings, b"550 5.1.1 no such mailbox") as server:
        tick()
        server.shutdown()
    assert api(alice).get("/api/v1/reminder-mail").json()["refused_at"]
    settings.EMAIL_BACKEND = backend
    clock.move_to(DUE + timedelta(days=1))
    tick()
    assert len(mail.outbox) == 1
    assert api(alice).get("/api/v1/reminder-mail").json()["refused_at"] is None


def test_one_refused_mailbox_holds_up_nobody_elses(api, alice, bob, clock, settings):
    for person in (alice, bob):
        keep(person, channels=["email"], times=["07:30"])
    clock.move_to(DUE)
    with serve(settings, b"554 5.7.1 not this one", b".") as server:
        tick()
        server.shutdown()
    assert {one.state for one in Delivery.objects.filter(channel="email")} == {"failed"}


@pytest.mark.parametrize("body", [{}, {"on": "perhaps"}, {"on": None}, {"off": True}])
def test_a_bad_choice_is_refused(api, alice, body):
    assert api(alice).patch("/api/v1/reminder-mail", body).status_code == 400
    assert not MailStop.objects.exists()
