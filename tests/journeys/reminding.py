"""Reminders that have come due, notifications that arrive, and what the server heard of the answers."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.faults.server import Server, wait_until
from tests.journeys.browser import Phone
from tests.journeys.playing import put

BERLIN = ZoneInfo("Europe/Berlin")


def reminder(**parts: Any) -> dict[str, Any]:
    return {
        "kind": "custom",
        "text": "Change the pillow",
        "times": ["07:30", "19:00"],
        "frequency": "daily",
        "starts_on": "2026-03-02",
        "time_zone": "Europe/Berlin",
        **parts,
    }


def in_a_week() -> date:
    return datetime.now(BERLIN).date() + timedelta(days=7)


def day_of_the_longer_evening() -> date:
    """The next last Sunday of March from then on: the clocks go forward."""
    ends = (date(in_a_week().year + later, 3, 31) for later in (0, 1))
    sundays = [end - timedelta(days=end.isoweekday() % 7) for end in ends]
    return next(sunday for sunday in sundays if sunday > in_a_week())


def keeps(phone: Phone, **parts: Any) -> dict[str, Any]:
    return put(phone, f"reminders/{uuid.uuid4()}", reminder(**parts))


def has_come_due(phone: Phone, server: Server, **parts: Any) -> dict[str, Any]:
    """A reminder of a minute ago, which the server's clock finds with its next tick."""
    due = (datetime.now(UTC) - timedelta(minutes=1)).replace(second=0, microsecond=0)
    kept = keeps(phone, times=[f"{due.astimezone(BERLIN):%H:%M}"], **parts)
    with server.database() as rows:
        rows.execute(
            "UPDATE reminders_reminder SET next_due_at = ? WHERE id = ?",
            (f"{due:%Y-%m-%d %H:%M:%S}", uuid.UUID(kept["id"]).hex),
        )
    return wait_until("it came due", lambda: next(iter(phone.rows("occurrences")), None))


def is_answered(phone: Phone, answer: str) -> None:
    wait_until(
        f"the server knows of {answer}", lambda: [one["answer"] for one in phone.rows("occurrences")] == [answer]
    )


# As `push`, and waits until the worker is through with it.
PUSHED = """async () => {
  const event = new PushEvent('push', { data: 'not JSON' });
  let work;
  Object.defineProperty(event, 'waitUntil', { value: (promise) => { work = promise; } });
  self.dispatchEvent(event);
  await work;
  return (await self.registration.getNotifications()).length;
}"""


def message_of(one: dict[str, Any]) -> str:
    return (
        f'{{"about": "occurrence", "id": "{one["id"]}", "tag": "occurrence-{one["id"]}",'
        ' "title": "Your reminder", "body": "Open Unpinch when it suits you.", "turn": 0}'
    )
