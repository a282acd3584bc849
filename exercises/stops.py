"""
Which exercises somebody stopped for how they felt, and has not done well since: for who prescribes them. Pure.

It counts as stopped what was begun, or said to hurt, and left for pain, numbness or weakness; at what the whole session
was stopped for it; and what went past the limits, further down the leg, or was followed by a weak leg, though it was
done. Done wholly in a later session that hurt nowhere in it and was not left for how it felt, it is put right.
The patient is told the like of their own sessions (`domain/stops.ts`, `domain/stopped.ts`), and nothing worse than
what is told here: `tests/contracts/stops_cases.json` holds both to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

FELT = ("pain", "numbness", "weakness")
RATED = ("pain", "numbness")
UNWELL = (*FELT, "too-hard")
# What says more than pain, numbness or a limit that was reached, in the order of how much.
SIGNS = ("further", "weakness")


@dataclass(frozen=True)
class Part:
    """An item of a session: `exercise`, or the easier form of `eased_from`."""

    exercise: str
    status: str
    reason: str | None
    eased_from: str | None


@dataclass(frozen=True)
class Followed:
    """A session, with what was said to hurt in it (`hurts`, which count its items)."""

    day: date
    stop_reason: str | None
    parts: Sequence[Part]
    hurts: Sequence[Mapping[str, Any]]

    def did_well(self, exercise: str) -> bool:
        hurt = {one["item"] for one in self.hurts}
        return self.stop_reason not in UNWELL and any(
            part.exercise == exercise and part.status == "done" and number not in hurt
            for number, part in enumerate(self.parts)
        )


@dataclass(frozen=True)
class Stop:
    """
    `what`: pain, numbness, weakness, further (down the leg), or limits (reached, not said by what). `rating`: of pain
    or numbness, the worst that was said while it was done. `eased`: it was an easier form of this exercise.
    """

    exercise: str
    day: date
    what: str
    rating: int | None
    eased: bool

    @property
    def sign(self) -> int:
        return SIGNS.index(self.what) + 1 if self.what in SIGNS else 0

    def weight(self) -> tuple[int, int, bool]:
        """Of one session the heaviest is told; of what weighs the same, what happened with the exercise itself."""
        return self.sign, -1 if self.rating is None else self.rating, not self.eased


def standing_stops(sessions: Iterable[Followed]) -> list[Stop]:
    """
    Of each exercise the one that says most of those that no later session has put right, else the latest; newest first.

    `sessions`: oldest first.
    """
    found: dict[str, Stop] = {}
    for session in sessions:
        for exercise in [slug for slug in found if session.did_well(slug)]:
            del found[exercise]
        for stop in sorted(stops_of(session), key=Stop.weight):
            known = found.get(stop.exercise)
            # Pain in a later session does not put a weak leg right.
            if known is None or stop.sign >= known.sign:
                found[stop.exercise] = stop
    return sorted(found.values(), key=lambda one: one.day, reverse=True)


def stops_of(session: Followed) -> Iterable[Stop]:
    for number in range(len(session.parts)):
        hurts = [one for one in session.hurts if one["item"] == number]
        what = stopped_for(session, number, hurts)
        if what is None:
            continue
        rated = [one[what] for one in hurts if what in RATED and one[what] is not None]
        for at, exercise in enumerate(instead_of(session.parts, number)):
            yield Stop(exercise, session.day, what, max(rated, default=None), eased=at > 0)


def stopped_for(session: Followed, number: int, hurts: Sequence[Mapping[str, Any]]) -> str | None:
    part = session.parts[number]
    same = [at for at, one in enumerate(session.parts) if one.reason == part.reason]
    ended_here = session.stop_reason == part.reason and same[-1] == number
    left = part.status != "done" and part.reason in FELT and (part.status == "partial" or hurts or ended_here)
    weak = part.reason == "weakness" and (left or session.stop_reason == "weakness")
    if weak or any(one["weakness"] for one in hurts):
        return "weakness"
    if any(one["further_down"] for one in hurts):
        return "further"
    past = [louder(one) for one in hurts if one["verdict"] == "stop"]
    # Whoever answered nothing has not said that it was pain.
    if left and not (part.reason == "pain" and past[-1:] == ["limits"]):
        return part.reason
    return past[-1] if past else None


def louder(hurt: Mapping[str, Any]) -> str:
    if hurt["pain"] is None and hurt["numbness"] is None:
        return "limits"
    return "numbness" if (hurt["numbness"] or 0) > (hurt["pain"] or 0) else "pain"


def instead_of(parts: Sequence[Part], number: int) -> list[str]:
    """The exercise itself, then the one in place of which it was done, and so on."""
    slugs = [parts[number].exercise]
    at = number
    while at >= 0 and (before := parts[at].eased_from):
        slugs.append(before)
        at -= 1
    return list(dict.fromkeys(slugs))
