"""Carries out the fault that a test has armed (server.arm): the whole web server dies around a commit."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def die() -> None:
    # The server leads a session of its own: its parent and all its workers go, and nothing is flushed or rolled back.
    os.killpg(os.getpgrp(), signal.SIGKILL)


def die_when_armed(get_response: Answer) -> Answer:
    armed = Path(settings.DATA_DIR) / "fault.json"

    def middleware(request: HttpRequest) -> HttpResponse:
        if not armed.exists():
            return get_response(request)
        fault = json.loads(armed.read_text())
        if fault["path"] not in request.path:
            return get_response(request)
        connection.ensure_connection()
        commit, left = connection._commit, fault["commit"]

        def faulty_commit() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                armed.unlink()
                if fault["moment"] == "before":
                    die()
                commit()
                die()
            commit()

        connection._commit = faulty_commit
        try:
            return get_response(request)
        finally:
            del connection._commit

    return middleware
