"""Bodies as a device sends them. Every call is a new, valid one; keywords replace parts of it."""

from __future__ import annotations

import uuid
from typing import Any

from accounts.models import User
from exercises.models import Prescription, Routine, Session
from exercises.prescribing import prescribe
from exercises.routines import save_routine
from exercises.serializers import PrescriptionSerializer, RoutineSerializer, SessionSerializer
from exercises.sessions import record_session


def dose(**parts: Any) -> dict[str, Any]:
    return {"sets": 1, "repetitions": 3, "hold_seconds": 20, "rest_seconds": 10, "sides": "both", "tempo": "", **parts}


def routine_item(exercise: str = "bridge", **parts: Any) -> dict[str, Any]:
    return {"exercise": exercise, **dose(), "superset": None, "round_rest_seconds": 0, **parts}


def routine_body(**parts: Any) -> dict[str, Any]:
    return {"name": "Before bed", "items": [routine_item("knee-to-chest"), routine_item("bridge")], **parts}


def prescription_body(**parts: Any) -> dict[str, Any]:
    return {
        **routine_body(name="Twice a day"),
        "times_a_day": 2,
        "weekdays": ["mon", "wed", "fri"],
        "starts_on": "2026-03-02",
        "ends_on": None,
        "pain_rule": {"ease_at": 4, "stop_at": 6, "ease_rise": 2, "stop_rise": 3},
        "note": "",
        **parts,
    }


def session_item(exercise: str = "bridge", **parts: Any) -> dict[str, Any]:
    return {
        "exercise": exercise,
        "prescribed": dose(),
        "status": "done",
        "reason": None,
        "sets_done": 1,
        "repetitions_done": 0,
        "seconds_held": 60,
        "eased_from": None,
        **parts,
    }


def skipped(exercise: str = "bridge", reason: str | None = "no-time", **parts: Any) -> dict[str, Any]:
    nothing = {"status": "skipped", "sets_done": 0, "seconds_held": 0}
    return session_item(exercise, reason=reason, **{**nothing, **parts})


def session_body(**parts: Any) -> dict[str, Any]:
    return {
        "routine": None,
        "routine_name": "Before bed",
        "prescription": None,
        "prescription_version": None,
        "started_at": "2026-03-20T22:10:00.000+01:00",
        "ended_at": "2026-03-20T22:20:00.000+01:00",
        "time_zone": "Europe/Berlin",
        "ended": "completed",
        "stop_reason": None,
        "items": [session_item("knee-to-chest"), session_item("bridge")],
        "hurts": [],
        "pain_before": 4,
        "numbness_before": 6,
        "pain_after": 3,
        "numbness_after": 6,
        "pain_next_morning": None,
        "numbness_next_morning": None,
        "next_morning_declined": False,
        "note": "",
        **parts,
    }


def hurt(**parts: Any) -> dict[str, Any]:
    return {
        "item": 0,
        "at": "2026-03-20T22:12:00.000+01:00",
        "pain": 6,
        "numbness": None,
        "further_down": False,
        "weakness": False,
        "verdict": "stop",
        **parts,
    }


def save(owner: User, **parts: Any) -> Routine:
    serializer = RoutineSerializer(data=routine_body(**parts))
    serializer.is_valid(raise_exception=True)
    return save_routine(owner=owner, id=uuid.uuid4(), body=serializer.canonical_body(), base_version=None).document


def set_for(
    owner: User, by: User | None = None, id: uuid.UUID | None = None, base_version: int | None = None, **parts: Any
) -> Prescription:
    """By the owner herself unless told."""
    serializer = PrescriptionSerializer(data=prescription_body(**parts))
    serializer.is_valid(raise_exception=True)
    body = serializer.canonical_body()
    put = prescribe(owner=owner, by=by or owner, id=id or uuid.uuid4(), body=body, base_version=base_version)
    return put.document


def record(owner: User, **parts: Any) -> Session:
    serializer = SessionSerializer(data=session_body(**parts))
    serializer.is_valid(raise_exception=True)
    return record_session(owner=owner, id=uuid.uuid4(), body=serializer.canonical_body(), base_version=None).document
