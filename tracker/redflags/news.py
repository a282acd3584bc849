"""Whether an answer tells anything new after a clinician has looked; `redflagnews.ts` on the phone. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

# For so long a look by a clinician speaks for a sign that stays the same; then it is asked about and counts again, a
# long-standing sign of the cauda equina as D. Background knowledge (B), unreviewed: a quarter, as between reviews.
LOOK_AGAIN = timedelta(days=90)
# What always tells something new; a mark on the body says nothing in words, and does too.
NEWS = (None, "yes", "new", "worse", "unsure")
# What can wait is not worth asking twice about.
CAN_WAIT = ("W", "N")


def is_old_news(
    *,
    answer: str | None,
    level: str,
    at: datetime,
    since: date | None,
    checked_at: datetime,
    said_then: Collection[str | None],
) -> bool:
    """
    Whether a sign noted at `at` says no more than what a clinician looked at, at `checked_at`.

    "unchanged" says so itself. An answer of its own, as "out of its joint", has to be among those of `said_then`, and
    where it cannot wait to have begun, by what the person said (`since`), on a day before: it may have happened again.
    """
    if answer in NEWS or at - checked_at >= LOOK_AGAIN:
        return False
    if answer == "unchanged":
        return True
    return answer in said_then and (
        level in CAN_WAIT or (since is not None and since < checked_at.astimezone(UTC).date())
    )
