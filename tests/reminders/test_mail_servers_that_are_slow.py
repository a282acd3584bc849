"""A mail goes out once: one deadline holds for all that is said to the mail server, and what it took is sent."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from reminders.models import Delivery
from reminders.tasks import tick
from tests.reminders.factories import keep

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 3, 20, 6, 30, tzinfo=UTC)


@pytest.fixture
def clock(alice):
    with time_machine.travel(DUE - timedelta(hours=1), tick=False) as traveller:
        keep(alice, channels=["email"], times=["07:30"])
        traveller.move_to(DUE)
        yield traveller


class Server(socketserver.ThreadingTCPServer):
    """Just enough SMTP. Before each answer it waits for `slow` seconds, and for good before that to `hangs_at`."""

    daemon_threads = True

    def __init__(self, slow: float, hangs_at: bytes, drips: bool) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.slow, self.hangs_at, self.drips = slow, hangs_at, drips
        self.taken, self.over = 0, threading.Event()


class Talk(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        try:
            self.say(b"", b"220 slow")
            while line := self.rfile.readline():
                word = line[:4].upper().strip()
                if word == b"DATA":
                    self.say(word, b"354 go on")
                    while self.rfile.readline() not in (b".\r\n", b""):
                        pass
                    self.server.taken += 1
                self.say(word, b"221 bye" if word == b"QUIT" else b"250 ok")
        except OSError:
            pass

    def say(self, word: bytes, answer: bytes) -> None:
        self.server.over.wait(60 if word == self.server.hangs_at else self.server.slow)
        if self.server.drips:
            for place in range(len(answer)):
                self.wfile.write(answer[place : place + 1])
                self.server.over.wait(0.1)
            answer = b""
        self.wfile.write(answer + b"\r\n")


@contextmanager
def serving(settings, slow: float = 0, hangs_at: bytes = b"none", *, drips: bool = False) -> Iterator[Server]:
    with Server(slow, hangs_at, drips) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()


def came() -> tuple[str, str]:
    one = Delivery.objects.get(channel="email")
    return one.state, one.problem


def test_one_that_takes_it_and_says_no_farewell_has_taken_it(clock, settings):
    settings.EMAIL_TIMEOUT = 1
    with serving(settings, hangs_at=b"QUIT") as server:
        tick()
        assert came() == ("accepted", "")
        clock.shift(timedelta(minutes=5))
        tick()
        assert server.taken == 1


@pytest.mark.parametrize("how", [{"slow": 0.4}, {"drips": True}, {"hangs_at": b"EHLO"}])
def test_one_that_is_slow_at_each_step_is_given_up_before_another_may_send_it(clock, settings, how):
    settings.EMAIL_TIMEOUT = 0.5
    with serving(settings, **how) as server:
        tick()
        assert (came(), server.taken) == (("pending", "mail_server"), 0)


def test_one_that_answers_in_time_takes_it_once(clock, settings):
    with serving(settings, slow=0.01) as server:
        tick()
        assert (came(), server.taken) == (("accepted", ""), 1)
