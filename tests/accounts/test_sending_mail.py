"""A mail server that refuses, or is not there: the person hears of it, the log never names her."""

import socketserver
import threading

import pytest
from django.test import Client

from tests.processes import free_port

pytestmark = pytest.mark.django_db


class Refusing(socketserver.StreamRequestHandler):
    """Just enough SMTP to refuse every reader."""

    def handle(self):
        self.wfile.write(b"220 test\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            answer = {b"RCPT": b"550 5.1.1 no such mailbox", b"QUIT": b"221 bye"}.get(word, b"250 ok")
            self.wfile.write(answer + b"\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    return settings


def ask_reset(email):
    return Client().post(
        "/_allauth/browser/v1/auth/password/request", {"email": email}, content_type="application/json"
    )


def test_a_mail_server_that_is_not_there_is_said(smtp, alice, caplog):
    refused = ask_reset(alice.email)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (503, "mail_unavailable")
    assert "could not be sent" in caplog.text
    assert alice.email not in caplog.text


def test_a_refused_mailbox_is_nobodys_business(smtp, alice, caplog):
    with socketserver.ThreadingTCPServer(("127.0.0.1", smtp.EMAIL_PORT), Refusing) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert ask_reset(alice.email).status_code == 200
        server.shutdown()
    assert "refused a reader" in caplog.text
    assert alice.email not in caplog.text


def test_that_no_mail_leaves_is_said_alike_whether_there_is_an_account_or_not(settings, tmp_path, alice):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    answers = [ask_reset(email) for email in (alice.email, "nobody@example.org")]
    assert [(one.status_code, one.json()["data"]) for one in answers] == [(200, {"mail_leaves": False})] * 2
    # Whoever runs it finds the link there.
    assert any("/reset-password/" in mail.read_text() for mail in tmp_path.iterdir())


def test_where_mail_leaves_nothing_else_is_said(alice, mailoutbox):
    assert ask_reset(alice.email).json()["data"] == {"mail_leaves": True}
    assert [mail.to for mail in mailoutbox] == [[alice.email]]
