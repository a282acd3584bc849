"""
What a reminder says where others may read along: on a lock screen, in a mailbox.

Neutral: no symptom, no name, and never the person's own words, which may hold either. Those are in the app.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from exercises.catalogue import in_language
from reminders.models import Delivery

WORDS = Path(__file__).with_name("words.json")
# Later than that it is said to be late.
LATE = timedelta(minutes=15)


class Said(NamedTuple):
    title: str
    body: str


@cache
def all_words() -> dict[str, dict[str, Any]]:
    return dict(json.loads(WORDS.read_bytes()))


def words_for(language: str) -> dict[str, Any]:
    return in_language(all_words(), language)


def say(delivery: Delivery, now: datetime) -> Said:
    """In the person's language. Of one that comes late, when it was due, by the wall it was due by."""
    words = words_for(delivery.owner.language)
    occurrence = delivery.occurrence
    if occurrence is None:
        return Said(words["heading"][delivery.about], words["body"][delivery.about])
    title = words["title"][occurrence.reminder.what]
    if now - delivery.send_at <= LATE:
        return Said(title, words["body"]["plain"])
    at = delivery.send_at.astimezone(ZoneInfo(occurrence.reminder.zone))
    return Said(title, words["body"]["late"].format(time=at.strftime("%H:%M")))
