"""
SMTP with one deadline over the whole conversation, for what is sent under a lease: while it lasts nobody else sends it.

A time-out of each step alone begins anew with every answer, and with each byte that drips in.
"""

from __future__ import annotations

import io
import smtplib
import socket
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from reminders.push.deadline import Deadline

# Times the wait for one step. Together far less than a lease.
STEPS = 2


class PunctualBackend(EmailBackend):
    """Django's own, but for the deadline; what the server took is sent, however its farewell goes."""

    @property
    def connection_class(self) -> Any:
        kind = PunctualOverTLS if self.use_ssl else Punctual
        return partial(kind, deadline=Deadline.after(STEPS * settings.EMAIL_TIMEOUT))

    def close(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            super().close()


class Punctual(smtplib.SMTP):
    def __init__(self, *args: Any, deadline: Deadline, **parts: Any) -> None:
        self.deadline = deadline
        super().__init__(*args, **parts)

    def send(self, s: Any) -> None:
        self.hurry()
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock:
            self.file = io.BufferedReader(Reader(self.sock, self.deadline))
        reply = super().getreply()
        # STARTTLS shakes hands without another word of ours.
        if self.sock:
            self.sock.settimeout(max(self.deadline.at - monotonic(), 0.001))
        return reply

    def hurry(self) -> None:
        try:
            left = self.deadline.left()
        except TimeoutError:
            self.close()
            raise
        if self.sock:
            self.sock.settimeout(left)


class PunctualOverTLS(Punctual, smtplib.SMTP_SSL):
    """The same, encrypted from the first word."""


class Reader(io.RawIOBase):
    """What the server says, byte by byte if it likes, but not for longer. Closing it leaves the socket open."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self.sock, self.deadline = sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.sock.settimeout(self.deadline.left())
        return self.sock.recv_into(buffer)
