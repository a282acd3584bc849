"""What the refusal matrix asks with: one of everything that is Alice's, a body for each address, and who may ask."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.management import call_command

from accounts.models import Document, User
from exercises.routines import save_routine
from exercises.serializers import RoutineSerializer, SessionSerializer
from exercises.sessions import record_session
from tests.tracker.factories import log_body, record

# Addresses of one row, and which of Alice's rows stands there: everybody else finds nothing.
OWNED = {
    "get logs/<uuid:id>": "log",
    "put logs/<uuid:id>": "log",
    "delete logs/<uuid:id>": "log",
    "get logs/<uuid:id>/history": "log",
    "get routines/<uuid:id>": "routine",
    "put routines/<uuid:id>": "routine",
    "delete routines/<uuid:id>": "routine",
    "get sessions/<uuid:id>": "session",
    "put sessions/<uuid:id>": "session",
}
# Addresses that answer each person with their own, and the catalogue, which is everybody's.
SHARED = {
    "get me",
    "patch me",
    "delete me",
    "get logs",
    "post logs/batch",
    "get summary",
    "get exercises",
    "get exercises/<slug:slug>",
    "get routines",
    "get sessions",
    "get adherence",
}
# Addresses that need nobody.
OPEN: set[str] = set()

DOSE = {"sets": 1, "repetitions": 3, "hold_seconds": 20, "rest_seconds": 5, "sides": "both"}
ROUTINE: dict[str, Any] = {"name": "Mornings", "items": [{"exercise": "bridge", **DOSE}]}
SESSION: dict[str, Any] = {
    "routine": None,
    "routine_name": "Mornings",
    "started_at": "2026-03-20T07:30:00+01:00",
    "ended_at": "2026-03-20T07:40:00+01:00",
    "time_zone": "Europe/Berlin",
    "ended": "completed",
    "stop_reason": None,
    "items": [
        {
            "exercise": "bridge",
            "prescribed": DOSE,
            "status": "done",
            "reason": None,
            "sets_done": 1,
            "seconds_held": 60,
        }
    ],
    "note": "",
}
BODIES = {
    "patch me": {"display_name": "X"},
    "delete me": {"password": "not the password"},
    "put logs/<uuid:id>": log_body(),
    "post logs/batch": [],
    "put routines/<uuid:id>": ROUTINE,
    "put sessions/<uuid:id>": SESSION,
}


def everything_of(owner: User) -> dict[str, Document]:
    call_command("loadcatalogue", verbosity=0)
    return {
        "log": record(owner),
        "routine": put(save_routine, RoutineSerializer, owner, ROUTINE),
        "session": put(record_session, SessionSerializer, owner, SESSION),
    }


def put(verb: Any, serializer: Any, owner: User, body: dict[str, Any]) -> Document:
    checked = serializer(data=body)
    checked.is_valid(raise_exception=True)
    return verb(owner=owner, id=uuid.uuid4(), body=checked.canonical_body(), base_version=None).document
