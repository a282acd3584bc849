"""Whether an entry gives a reason to ask about signs that cannot wait, and nobody has answered yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple
from uuid import UUID

from accounts.models import User
from tracker.models import RedFlagCheck, SymptomLog
from tracker.redflags import SLACK, is_whole, reasons_to_ask
from tracker.vocabulary import STREAMS

# For so long the phone asks about an entry (`FLAG_DAYS` there).
ASKED_ABOUT = timedelta(days=14)
# Further back nothing is compared with (`reasons_to_ask`), and this much more leaves room for time zones.
COMPARED = timedelta(days=9)


def entry_to_ask(
    *, owner: User, first: date, last: date, now: datetime, compared_from: date | None = None
) -> tuple[datetime, str] | None:
    """
    The moment and zone of the latest entry of `first` to `last` that the person's own Today asks about at `now`.

    The same as `entryToAsk` in `static/src/lib/domain/questionnaire.ts`, but for an edit that brought a new reason, of
    which only the phone knows. It is compared with no entry from before `compared_from`. One query, and another where
    there is a reason.
    """
    near = entries_since(owner, now - ASKED_ABOUT - COMPARED, compared_from)
    reasons = [
        entry
        for entry in near
        if entry.at > now - ASKED_ABOUT
        and first <= entry.day <= last
        and reasons_to_ask(entry.said, before(entry, near))
    ]
    answered = whole_checks(owner, reasons[0], now) if reasons else []
    for entry in reversed(reasons):
        if not any(about == entry.id or at >= entry.at for about, at in answered):
            return entry.at, entry.zone
    return None


class Entry(NamedTuple):
    """`said`: its part that `reasons_to_ask` takes."""

    id: UUID
    at: datetime
    day: date
    zone: str
    said: dict[str, Any]


def entries_since(owner: User, begin: datetime, first: date | None) -> list[Entry]:
    """The earliest first, in one query."""
    rows = SymptomLog.objects.for_user(owner).present().filter(occurred_at__gt=begin)
    if first:
        rows = rows.filter(local_date__gte=first)
    found: list[Entry] = []
    columns = ("id", "occurred_at", "local_date", "time_zone", "utc_offset_minutes")
    placed = ("region", "side", *STREAMS)
    of_readings = (f"readings__{column}" for column in placed)
    for id, at, day, zone, offset, *rated in rows.order_by("occurred_at", "id").values_list(*columns, *of_readings):
        if not found or found[-1].id != id:
            wall = at.astimezone(timezone(timedelta(minutes=offset)))
            found.append(Entry(id, at, day, zone, {"occurred_at": wall.isoformat(), "readings": []}))
        # An entry without symptoms has no reading.
        if rated[0]:
            found[-1].said["readings"].append(dict(zip(placed, rated, strict=True)))
    return found


def before(entry: Entry, near: Sequence[Entry]) -> list[dict[str, Any]]:
    return [other.said for other in near if entry.at - COMPARED < other.at < entry.at]


def whole_checks(owner: User, oldest: Entry, now: datetime) -> list[tuple[UUID | None, datetime]]:
    """The entry and the moment of those that answer every urgent question, about `oldest` or what came after it."""
    rows = RedFlagCheck.objects.for_user(owner).present()
    rows = rows.filter(answered_at__gte=oldest.at - COMPARED, answered_at__lte=now + SLACK)
    found = rows.values_list("entry", "answered_at", "answers")
    return [(about, at) for about, at, answers in found if is_whole(answers, "urgent")]
