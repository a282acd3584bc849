"""A report to render: eight weeks of a made-up patient, with everything in it that a report can hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sharing.snapshot import VERSION, Day, Snapshot
from sharing.vocabulary import SECTIONS

FIRST = date(2026, 9, 7)
DAYS = 56


def example(**changes: Any) -> Snapshot:
    days = [day(number) for number in range(DAYS)]
    snapshot: Snapshot = {
        "version": VERSION,
        "id": "0192f0c1-2b3c-7d4e-8f50-112233445566",
        "made_at": "2026-11-02T08:15:00+01:00",
        "language": "en",
        "time_zone": "Europe/Berlin",
        "sections": list(SECTIONS),
        "patient": {"name": "Alice Example", "conditions": ["osteoporosis"]},
        "period": {
            "start": FIRST.isoformat(),
            "end": (FIRST + timedelta(DAYS - 1)).isoformat(),
            "days": DAYS,
            "logged": sum(1 for one in days if one["entries"]),
        },
        "question": "May I go back to cycling?",
        "changes": [
            {"key": "numbness", "start": 6.2, "now": 3.1, "change": -3.1, "meaning": "better"},
            {"key": "pain", "start": 4.0, "now": 4.4, "change": 0.4, "meaning": "same"},
            {"key": "tingling", "start": 2.0, "now": 4.3, "change": 2.3, "meaning": "worse"},
            {"key": "weakness", "start": None, "now": None, "change": None, "meaning": "unknown"},
            {"key": "function", "start": 5.3, "now": 4.0, "change": -1.3, "meaning": "same"},
            {"key": "sleep", "start": 5.0, "now": 7.1, "change": 2.1, "meaning": "better"},
        ],
        "days": days,
        "program": [
            {"date": "2026-09-10", "name": "First weeks", "what": "started", "by": "Bob Physio"},
            {"date": "2026-10-01", "name": "First weeks", "what": "changed", "by": "Bob Physio"},
            {"date": "2026-10-20", "name": "Evening stretch", "what": "started", "by": ""},
        ],
        "red_flags": {
            "answered_at": "2026-10-30T19:02:00+01:00",
            "asked": 31,
            "notable": [
                {
                    "question": "foot-drop",
                    "text": "Does a foot slap or trip, or a knee give way?",
                    "answer": "new",
                    "answer_text": "Yes, it is new",
                    "level": "D",
                }
            ],
        },
        "flags": [
            {
                "id": "0192f0c1-0000-7000-8000-000000000001",
                "rule": "worsening",
                "stream": "tingling",
                "level": "W",
                "state": "open",
                "opened_on": "2026-10-12",
                "resolved_on": None,
                "reason": "",
                "title": "Tingling has been worse than usual",
                "because": "Usual before: 2. Lately: 4 to 5, on 9 of 11 days.",
            }
        ],
        "adherence": {
            "prescribed": 54,
            "carried_out": 41,
            "begun": 4,
            "percent": 76,
            "reasons": {"pain": 3, "no-time": 5},
        },
        "exercises": [
            {
                "exercise": "bridge",
                "name": "Bridge",
                "dose": "Hold for 5 seconds, 10 times.",
                "prescribed": 54,
                "done": 39,
                "partial": 4,
                "skipped": 6,
                "reasons": {"pain": 3, "no-time": 3},
                "pain": {"n": 30, "before": 4.2, "after": 3.6, "next_morning": 4.0},
                "numbness": {"n": 28, "before": 5.1, "after": 5.0, "next_morning": 4.4},
            },
            {
                "exercise": "piriformis-stretch",
                "name": "Piriformis stretch",
                "dose": "Hold for 20 seconds, 3 times, on each side.",
                "prescribed": 54,
                "done": 41,
                "partial": 0,
                "skipped": 2,
                "reasons": {"no-time": 2},
                "pain": {"n": 30, "before": 4.2, "after": None, "next_morning": None},
                "numbness": {"n": 0, "before": None, "after": None, "next_morning": None},
            },
        ],
        "body": {
            "start": [
                {"region": "buttock", "side": "left", "numbness": 4.1, "pain": 3.0},
                {"region": "calf", "side": "left", "numbness": 6.2, "pain": 1.4},
                {"region": "low-back", "side": "midline", "numbness": None, "pain": 4.0},
            ],
            "now": [{"region": "calf", "side": "left", "numbness": 3.1, "pain": 0.2}],
            "mean": [
                {"region": "buttock", "side": "left", "numbness": 2.0, "pain": 1.8},
                {"region": "calf", "side": "left", "numbness": 4.8, "pain": 0.9},
            ],
        },
        "interference": [
            {"date": "2026-09-13", "mean": 5.3},
            {"date": "2026-10-11", "mean": 4.7},
            {"date": "2026-11-01", "mean": 4.0},
        ],
        "activities": [
            {"name": "Climbing stairs", "ratings": [["2026-09-13", 4], ["2026-10-25", 7]], "meaning": "better"}
        ],  # type: ignore[list-item]  # as JSON has it
    }
    return {**snapshot, **changes}  # type: ignore[typeddict-item]  # a test's own


def day(number: int) -> Day:
    """Every ninth day is blank; what is rated goes down by and by."""
    blank = number % 9 == 8
    numbness = None if blank else max(0, 7 - number // 10 - number % 2)
    means = {"numbness": round(6.4 - number * 0.06, 1), "tingling": 3.0, "pain": 4.1, "weakness": None}
    return {
        "date": (FIRST + timedelta(number)).isoformat(),
        "entries": 0 if blank else 1 + number % 2,
        "numbness": numbness,
        "tingling": None if blank else 2 + number // 20,
        "pain": None if blank else 4,
        "weakness": None,
        "sleep": None if blank else 5 + number // 25,
        "means": means if number >= 2 else dict.fromkeys(means),
        "triggers": ["sitting"] if number % 5 == 0 and not blank else [],
        "self_care": ["heat"] if number % 7 == 0 and not blank else [],
        "notes": ["Long drive, worse at night."] if number == 20 else [],
        "sessions": 0 if blank or number < 3 else 1,
    }
