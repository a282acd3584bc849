"""Which episode a sign belongs to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar

from tracker.redflags.checks import weight
from tracker.vocabulary import LEVELS

# What cannot wait is read before it is settled.
PRESSING = ("E", "D")
# A clinician has looked at it.
CHECKED = ("checked", "known")
# The episode is over; `mistake` and `corrected` say that there was none.
OVER = (*CHECKED, "recovered", "other")


class Episode(Protocol):
    level: str
    resolved_at: datetime | None
    reason: str


class Sign(Protocol):
    answer: str | None
    level: str
    at: datetime
    withdrawn: bool


E = TypeVar("E", bound=Episode)


def is_worse(level: str, than: str) -> bool:
    return LEVELS.index(level) < LEVELS.index(than)


def overs(episodes: Iterable[E]) -> list[E]:
    """Those that are over, the last one first."""
    over = [one for one in episodes if one.resolved_at is not None and one.reason in OVER]
    return sorted(over, key=lambda one: one.resolved_at or datetime.min, reverse=True)


def last_checked(episodes: Iterable[E]) -> E | None:
    """The episode that ended with a look by a clinician, unless another ended otherwise since."""
    last = next((one for one in overs(episodes) if one.reason != "known"), None)
    return last if last is not None and last.reason == "checked" else None


def is_covered(sign: Sign, before: Sign, rule: str, settled_at: datetime) -> bool:
    """
    Whether what a source says now was settled with what it said `before`.

    Not so when it was withdrawn in between, says more than then, or was moved behind the moment it was settled at.
    """
    if before.withdrawn or is_worse(sign.level, before.level) or sign.at > max(settled_at, before.at):
        return False
    if sign.answer == before.answer or sign.answer == "unchanged":
        return True
    known = sign.answer is not None and before.answer is not None
    return known and weight(rule, str(sign.answer)) <= weight(rule, str(before.answer))
