"""
Exercises after which it was worse, again and again. Pure.

The ratings belong to a whole session, so every exercise that was done in it shares them: it is told what was seen after
an exercise, never what the exercise causes. A rise of 2 points is what people call a real change on a 0-10 rating
(product plan, clinical facts 5).

From one day to the next ratings rise by 2 often enough by themselves: three such mornings of five would be told five
times a year to simulated people whose exercises do nothing. So the rating after it must also lie over where the person
usually starts, and four mornings of five must. How often it is told all the same follows the person's sensitivity, as
all trends do (docs/trends.md has the figures).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Any, NamedTuple

from tracker.trends.episodes import EXERCISE_TOLD, Episode

STREAMS = ("pain", "numbness")
MOMENTS = ("after", "next_morning")
# Points.
ROSE = 2
# Of so many rated sessions; older ones, in days, count no more.
LAST, OLD = 5, 60


class Needed(NamedTuple):
    """How many of the `LAST` sessions must show a rise, and how many points over the usual start it must end."""

    shown: int
    above_usual: float


# By sensitivity and moment.
NEEDED = {
    "fewer": {"after": Needed(4, 1.0), "next_morning": Needed(5, 2.0)},
    "standard": {"after": Needed(3, 1.0), "next_morning": Needed(4, 2.0)},
    "more": {"after": Needed(3, 0.0), "next_morning": Needed(4, 1.5)},
}


@dataclass(frozen=True)
class Done:
    """A session: its day, its exercises, done wholly or partly, and its ratings by name (`pain_before`)."""

    id: str
    day: int
    exercises: frozenset[str]
    ratings: Mapping[str, int | None]

    @cached_property
    def ends(self) -> list[tuple[str, str, int, bool]]:
        """(stream, moment, rating then, whether it had risen by `ROSE`), where both ratings are there."""
        found = []
        for stream in STREAMS:
            start = self.ratings[f"{stream}_before"]
            for moment in MOMENTS:
                end = self.ratings[f"{stream}_{moment}"]
                if start is not None and end is not None:
                    found.append((stream, moment, end, end - start >= ROSE))
        return found

    @cached_property
    def rose(self) -> bool:
        return any(rose for *_, rose in self.ends)


def aggravating(sessions: Sequence[Done], place: int, sensitivity: str) -> dict[str, dict[str, Any]]:
    """By exercise, as of the session at `place`: of its last rated sessions, in which it rose; those with enough."""
    rated: dict[tuple[str, str, str], list[tuple[Done, bool, bool]]] = defaultdict(list)
    recent = list(takewhile(lambda one: one.day > sessions[place].day - OLD, reversed(sessions[: place + 1])))
    needed = NEEDED[sensitivity]
    if sum(session.rose for session in recent) < min(one.shown for one in needed.values()):
        return {}
    usual = usual_start(recent)
    for session in recent:
        for stream, moment, end, rose in session.ends:
            high = rose and end >= usual[stream] + needed[moment].above_usual
            for exercise in session.exercises:
                last = rated[exercise, stream, moment]
                if len(last) < LAST:
                    last.append((session, rose, high))
    found: dict[str, dict[str, Any]] = {}
    for (exercise, stream, moment), last in rated.items():
        rises = [session for session, _, high in last if high]
        if len(rises) >= needed[moment].shown and len(rises) > len(found.get(exercise, {"sessions": ()})["sessions"]):
            found[exercise] = {
                "exercise": exercise,
                "stream": stream,
                "moment": moment,
                "rose": sum(rose for _, rose, _ in last),
                "of": len(last),
                "since": rises[-1].day,
                "sessions": [session.id for session in reversed(rises)],
                "rated": [session.id for session, *_ in reversed(last)],
            }
    return found


def usual_start(sessions: Sequence[Done]) -> dict[str, float]:
    """By stream, the mean rating before these sessions; of a stream that was never rated nothing."""
    rated = {stream: [one.ratings[f"{stream}_before"] for one in sessions] for stream in STREAMS}
    known = {stream: [value for value in values if value is not None] for stream, values in rated.items()}
    return {stream: sum(values) / len(values) for stream, values in known.items() if values}


def aggravations(sessions: Sequence[Done], start: int, sensitivity: str) -> list[Episode]:
    """Told from day `start` on. `sessions`: in order; those more than two `OLD` before `start` change nothing."""
    told, before = [], False
    for place, session in enumerate(sessions):
        if session.day < start - OLD:
            continue
        found = aggravating(sessions, place, sensitivity)
        if found and not before and session.day >= start:
            named = [found[exercise] for exercise in sorted(found)]
            since = min(one.pop("since") for one in named)
            told.append(Episode(since, session.day, {"exercises": named}))
        before = bool(found)
    return told


def calmed_on(sessions: Sequence[Done], named: frozenset[str], after: int, start: int, sensitivity: str) -> int | None:
    """The first day from `start` on, later than `after`, when none of the `named` aggravates any more, or long ago."""
    for place, session in enumerate(sessions):
        if session.day < max(start, after + 1):
            continue
        if session.day >= after + EXERCISE_TOLD or not named & set(aggravating(sessions, place, sensitivity)):
            return session.day
    return None
