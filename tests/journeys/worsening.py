"""Diaries of weeks, written as another device of hers would: the server follows their trends."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.browser import Phone
from tests.tracker.factories import log_body, reading

BERLIN = ZoneInfo("Europe/Berlin")
# Numbness day by day: five weeks that wander about 3, and twelve days about 6.
USUAL, WORSE = [3, 2, 4, 3] * 9, [6, 7, 5, 6, 7, 6, 6, 7, 6, 5, 7, 6]


def days_ago(days: int) -> datetime:
    """At noon, in the zone of the phone."""
    return datetime.now(BERLIN).replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=days)


def has_written(phone: Phone, values: Sequence[int], stream: str = "numbness") -> None:
    """One entry a day, the last one yesterday, of one stream in the left calf."""
    others = dict.fromkeys(("pain", "numbness", "tingling", "weakness"))
    logs: list[dict[str, Any]] = [
        log_body(
            id=str(uuid.uuid4()),
            occurred_at=days_ago(len(values) - n).isoformat(),
            readings=[reading(**{**others, stream: value})],
        )
        for n, value in enumerate(values)
    ]
    assert {one["status"] for one in batch(phone, logs)} == {201}


def takes_back(phone: Phone, entries: int) -> None:
    """The last so many entries: written by mistake."""
    newest = phone.rows()[:entries]
    gone = [{"id": one["id"], "deleted": True, "base_version": one["version"]} for one in newest]
    assert {one["status"] for one in batch(phone, gone)} == {200}


def batch(phone: Phone, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    cookies = {cookie["name"]: cookie["value"] for cookie in phone.context.cookies()}
    headers = {"X-CSRFToken": cookies["csrftoken"], "Referer": phone.address}
    answer = phone.context.request.post(f"{phone.address}/api/v1/logs/batch", data=items, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()


def gets_worse(phone: Phone) -> dict[str, Any]:
    """Numbness in the left calf, for twelve days. Returns its flag, which Today shows."""
    has_written(phone, USUAL + WORSE)
    (flag,) = phone.rows("flags")
    phone.page.reload()
    expect(phone.page.get_by_text("Numbness has been worse for a while")).to_be_visible()
    return flag
