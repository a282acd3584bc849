"""Bodies as a device sends them. Every call is a new, valid one; keywords replace parts of it."""

from __future__ import annotations

import uuid
from typing import Any

from accounts.models import User
from exercises.models import Routine, Session
from exercises.routines import save_routine
from exercises.serializers import RoutineSerializer, SessionSerializer
from exercises.sessions import record_session


def dose(**parts: Any) -> dict[str, Any]:
    return {"sets": 1, "repetitions": 3, "hold_seconds": 20, "rest_seconds": 10, "sides": "both", **parts}


def routine_item(exercise: str = "bridge", **parts: Any) -> dict[str, Any]:
    return {"exercise": exercise, **dose(**parts)}


def routine_body(**parts: Any) -> dict[str, Any]:
    return {"name": "Before bed", "items": [routine_item("knee-to-chest"), routine_item("bridge")], **parts}


def session_item(exercise: str = "bridge", **parts: Any) -> dict[str, Any]:
    return {
        "exercise": exercise,
        "prescribed": dose(),
        "status": "done",
        "reason": None,
        "sets_done": 1,
        "seconds_held": 60,
        **parts,
    }


def skipped(exercise: str = "bridge", reason: str | None = "no-time", **parts: Any) -> dict[str, Any]:
    nothing = {"status": "skipped", "sets_done": 0, "seconds_held": 0}
    return session_item(exercise, reason=reason, **{**nothing, **parts})


def session_body(**parts: Any) -> dict[str, Any]:
    return {
        "routine": None,
        "routine_name": "Before bed",
        "started_at": "2026-03-20T22:10:00.000+01:00",
        "ended_at": "2026-03-20T22:20:00.000+01:00",
        "time_zone": "Europe/Berlin",
        "ended": "completed",
        "stop_reason": None,
        "items": [session_item("knee-to-chest"), session_item("bridge")],
        "pain_before": 4,
        "numbness_before": 6,
        "pain_after": 3,
        "numbness_after": 6,
        "pain_next_morning": None,
        "numbness_next_morning": None,
        "note": "",
        **parts,
    }


def save(owner: User, **parts: Any) -> Routine:
    serializer = RoutineSerializer(data=routine_body(**parts))
    serializer.is_valid(raise_exception=True)
    return save_routine(owner=owner, id=uuid.uuid4(), body=serializer.canonical_body(), base_version=None).document


def record(owner: User, **parts: Any) -> Session:
    serializer = SessionSerializer(data=session_body(**parts))
    serializer.is_valid(raise_exception=True)
    return record_session(owner=owner, id=uuid.uuid4(), body=serializer.canonical_body(), base_version=None).document
