"""
How far down the leg symptoms reach, and whether they spread. Pure.

Symptoms that move down the leg (peripheralise) speak for a nerve root under more pressure, those that draw back towards
the spine for less (product plan, clinical facts 3: stop an exercise when symptoms move further down the leg). The order
follows the leg from the spine to the toes; regions at one height have one rank. No single nerve root is inferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

# The rank is also the value of the stream "furthest region": 0 is nowhere, 10 the toes and the sole.
REACH = {
    "low-back": 1,
    "buttock": 2,
    "groin": 2,
    "outer-hip": 2,
    "back-of-thigh": 4,
    "front-thigh": 4,
    "inner-thigh": 4,
    "outer-thigh": 4,
    "knee": 5,
    "calf": 7,
    "inner-shin": 7,
    "outer-shin": 7,
    "heel": 9,
    "outer-foot": 9,
    "top-of-foot": 9,
    "big-toe": 10,
    "little-toes": 10,
    "sole": 10,
}

# Of this many logged days, that many show it.
LOOK, SHOWN = 3, 2
# What counts as usual: days, and the fewest logged among them.
USUAL_DAYS, USUAL_ENTRIES = 56, 8

Place = tuple[str, str]
OTHER_SIDE = {"left": "right", "right": "left"}


class Spread(NamedTuple):
    """Told on `day`: `how` is `other-side` or `further-down`, `places` (region, side) are new."""

    day: int
    how: str
    places: tuple[Place, ...]


def reach(places: Iterable[Place]) -> int:
    """The day value of the stream "furthest region", 0-10; the saddle is asked for red flags and never counts."""
    return max((REACH.get(region, 0) for region, _ in places), default=0)


def spread(days: Sequence[tuple[int, frozenset[Place]]]) -> Spread | None:
    """
    Whether the last of these logged days, (day, places with a symptom), ascending, is the one to tell a spread: the
    second of `LOOK` in a row to show a place further down the leg than any on its side in `USUAL_DAYS`, or the first
    places ever on the other side. Days before those `USUAL_DAYS` change nothing and may be left out.
    """
    [(day, _)] = days[-1:]
    before = [places for then, places in days[:-LOOK] if then >= day - USUAL_DAYS]
    if len(before) < USUAL_ENTRIES:
        return None
    usual = frozenset().union(*before)
    for how, is_new in (("other-side", on_other_side), ("further-down", further_down)):
        shown = [{place for place in places if is_new(place, usual)} for _, places in days[-LOOK:]]
        # Neither fewer nor more, and today: it is told on one day only.
        if shown[-1] and sum(map(bool, shown)) == SHOWN:
            return Spread(day, how, tuple(sorted(set().union(*shown))))
    return None


def on_other_side(place: Place, usual: frozenset[Place]) -> bool:
    return place[1] in OTHER_SIDE and {side for _, side in usual} - {"midline"} == {OTHER_SIDE[place[1]]}


def further_down(place: Place, usual: frozenset[Place]) -> bool:
    region, side = place
    return bool(usual) and REACH.get(region, 0) > reach(one for one in usual if one[1] in (side, "midline"))
