"""Bodies as a device sends them. Every call is a new, valid one; keywords replace parts of it."""

from __future__ import annotations

import uuid
from typing import Any

from accounts.models import User
from tracker.measuring import record_measure
from tracker.models import Measure, RedFlagCheck, SymptomLog
from tracker.recording import record_check, record_log
from tracker.serializers import CheckSerializer, LogSerializer, MeasureSerializer


def reading(region: str = "calf", side: str = "left", **ratings: Any) -> dict[str, Any]:
    return {
        "region": region,
        "side": side,
        "pain": 4,
        "numbness": 6,
        "tingling": 3,
        "weakness": 0,
        "qualities": ["burning"],
        **ratings,
    }


def log_body(**parts: Any) -> dict[str, Any]:
    return {
        "occurred_at": "2026-03-20T07:30:00+01:00",
        "time_zone": "Europe/Berlin",
        "readings": [reading()],
        "sleep_quality": 6,
        "triggers": ["sitting"],
        "note": "",
        "self_care": [{"kind": "heat", "minutes": 15}],
        **parts,
    }


def record(owner: User, **parts: Any) -> SymptomLog:
    serializer = LogSerializer(data=log_body(**parts))
    serializer.is_valid(raise_exception=True)
    return record_log(owner=owner, id=uuid.uuid4(), body=serializer.canonical_body(), base_version=None).document


def saddle(**ratings: Any) -> dict[str, Any]:
    return reading("saddle", "midline", **ratings)


def check_body(answers: dict[str, str] | None = None, **parts: Any) -> dict[str, Any]:
    return {
        "answered_at": "2026-03-20T08:00:00.000+01:00",
        "time_zone": "Europe/Berlin",
        "answers": {"foot-drop": "new", "saddle": "no"} if answers is None else answers,
        "since": {},
        "entry": None,
        "read_at": None,
        "table_version": 1,
        **parts,
    }


def answer(owner: User, answers: dict[str, str] | None = None, **parts: Any) -> RedFlagCheck:
    serializer = CheckSerializer(data=check_body(answers, **parts))
    serializer.is_valid(raise_exception=True)
    return record_check(owner=owner, id=uuid.uuid4(), body=serializer.canonical_body(), base_version=None).document


def measure_body(**parts: Any) -> dict[str, Any]:
    """The weekly interference; with `activities` what the person named."""
    asked = {"kind": "activities", "interference": None} if parts.get("activities") else {}
    return {
        "kind": "interference",
        "answered_at": "2026-03-20T19:00:00.000+01:00",
        "time_zone": "Europe/Berlin",
        "interference": {"pain": 5, "enjoyment": 4, "activity": 2},
        "activities": [],
        **asked,
        **parts,
    }


def measure(owner: User, **parts: Any) -> Measure:
    serializer = MeasureSerializer(data=measure_body(**parts))
    serializer.is_valid(raise_exception=True)
    return record_measure(owner=owner, id=uuid.uuid4(), body=serializer.canonical_body(), base_version=None).document
