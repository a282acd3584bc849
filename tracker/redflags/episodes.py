"""Which episode a sign belongs to, and what an episode's signs come to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from tracker.redflags.table import worst
from tracker.vocabulary import LEVELS

# What cannot wait is read before it is settled.
PRESSING = ("E", "D")
# A clinician has looked at it: what has not changed since is no news.
CHECKED = ("checked", "known")
# The episode is over; what was noted before its end belongs to it, whenever it arrives.
OVER = (*CHECKED, "recovered", "other")


class Episode(Protocol):
    level: str
    evidence: dict[str, Any]
    resolved_at: datetime | None
    reason: str


E = TypeVar("E", bound=Episode)


def active(episode: Episode) -> list[dict[str, Any]]:
    """The signs that still speak for it."""
    return [sign for sign in episode.evidence["signs"] if not sign["withdrawn"]]


def level_of(episode: Episode) -> str | None:
    """None when nothing speaks for it any more."""
    return worst(sign["level"] for sign in active(episode))


def is_worse(level: str, than: str) -> bool:
    return LEVELS.index(level) < LEVELS.index(than)


def reopens(episode: Episode, level: str) -> bool:
    """Whether a sign of this level wakes a resolved episode that it belongs to."""
    return episode.reason == "corrected" or is_worse(level, episode.level)


def episode_for(sign: Mapping[str, Any], episodes: Sequence[E]) -> E | None:
    """
    Of a rule's `episodes` the one that the sign belongs to; None: it begins a new one.

    In turn: the one that it spoke for before, unless it would wake it while another stands; the one that stands; the
    last one that is over, when the sign was noted before its end or has not changed since it was checked.
    """
    standing = next((one for one in episodes if one.resolved_at is None), None)
    own = next((one for one in episodes if sign_of(one, sign["source"], sign["id"])), None)
    if own is not None and (standing is None or not reopens(own, sign["level"])):
        return own
    if standing is not None:
        return standing
    last = last_over(episodes)
    if last is None or last.resolved_at is None:
        return None
    late = moment_of(sign) < last.resolved_at
    return last if late or (sign["answer"] == "unchanged" and last.reason in CHECKED) else None


def last_over(episodes: Iterable[E]) -> E | None:
    over = [one for one in episodes if one.resolved_at is not None and one.reason in OVER]
    return max(over, key=lambda one: one.resolved_at or datetime.min, default=None)


def is_known(episode: Episode, episodes: Iterable[Episode]) -> bool:
    """Whether all that speaks for it is unchanged since an episode before it was checked."""
    last = last_over(episodes)
    checked = last is not None and last.reason in CHECKED
    return checked and all(sign["answer"] == "unchanged" for sign in active(episode))


def moment_of(sign: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(sign["at"])


def told_at(episode: Episode) -> datetime | None:
    """When the worst of it was first noted, or that it got worse: who read what to do before has not read this."""
    level = level_of(episode)
    told = [moment_of(sign) for sign in active(episode) if sign["level"] == level]
    worse = [moment_of(sign) for sign in active(episode) if sign["answer"] == "worse"]
    return max([min(told), *worse]) if told else None


def sign_of(episode: Episode, source: str, id: str) -> dict[str, Any] | None:
    return next((one for one in episode.evidence["signs"] if (one["source"], one["id"]) == (source, id)), None)


def take(sign: dict[str, Any], episode: Episode) -> None:
    """Let the sign speak for the episode, in place of what its source said before."""
    others = [one for one in episode.evidence["signs"] if (one["source"], one["id"]) != (sign["source"], sign["id"])]
    episode.evidence = {**episode.evidence, "signs": sorted([*others, sign], key=lambda one: (one["at"], one["id"]))}


def withdraw(source: str, id: str, episode: Episode) -> None:
    """What the source said does not hold any more. It stays to be read."""
    sign = sign_of(episode, source, id)
    if sign is not None and not sign["withdrawn"]:
        take({**sign, "withdrawn": True}, episode)
