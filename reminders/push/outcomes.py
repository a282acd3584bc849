"""What becomes of a push, from the push service's answer: one table, and nothing about sockets."""

from __future__ import annotations

import enum
import random
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST_WAIT = 10.0
LONGEST_WAIT = 900.0
# How the reasons begin that say that nobody answered: it is the service's matter, not one device's.
NO_ANSWER = ("no_answer", "unreachable")


class Verdict(enum.StrEnum):
    ACCEPTED = "accepted"
    """The service took it. Nobody knows whether it was shown: never call it delivered."""
    GONE = "gone"
    """The subscription is no more, and comes never back."""
    RETRY = "retry"
    TOO_LONG = "too_long"
    KEYS_REFUSED = "keys_refused"
    """The operator's matter, not the person's: the same key is refused for everybody."""
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    verdict: Verdict
    after: float | None = None
    """Seconds, with RETRY only; always within the TTL."""
    reason: str = ""
    """A code of at most 40 letters; names no person and no endpoint."""


def outcome_of(status: int, retry_after: str | None, *, ttl: int, attempt: int) -> Outcome:
    """`attempt` counts from 0, `ttl` is in seconds from now."""
    reason = f"status_{status}"
    if status in (201, 202):
        return Outcome(Verdict.ACCEPTED, reason=reason)
    if status in (404, 410):
        return Outcome(Verdict.GONE, reason=reason)
    if status in (401, 403):
        return Outcome(Verdict.KEYS_REFUSED, reason=reason)
    if status == 413:
        return Outcome(Verdict.TOO_LONG, reason=reason)
    if status == 429 or status >= 500:
        return again(reason, ttl=ttl, attempt=attempt, asked=_seconds(retry_after))
    # A redirect too: whoever may name the next address may name one behind the firewall.
    return Outcome(Verdict.FAILED, reason=reason)


def again(reason: str, *, ttl: int, attempt: int, asked: float | None = None) -> Outcome:
    """Later: when the service asked for it, else after a wait that doubles. FAILED when that is past the TTL."""
    wait = asked
    if wait is None:
        longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempt, 10))
        # All that failed together must not come back together.
        wait = longest * random.uniform(0.5, 1)  # noqa: S311  # no secret
    if wait >= ttl:
        return Outcome(Verdict.FAILED, reason=f"{reason}_too_late"[:40])
    return Outcome(Verdict.RETRY, after=wait, reason=reason)


def _seconds(retry_after: str | None) -> float | None:
    """`Retry-After`, a number of seconds or a date; None for what is neither. At least one second."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(max(1, int(text[:9])))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(1.0, (moment - datetime.now(UTC)).total_seconds())
