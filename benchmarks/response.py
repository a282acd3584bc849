"""
How often "How your exercises answer" is wrong, and how soon it finds what is there: `python -m benchmarks.response`.

People are made up: a level of pain that wanders from day to day (AR(1)), rated with error and in whole numbers, who
stretch rather when it hurts more. Four of 17 exercises a session. Numbness is made the same way, by itself. No clock
and no database: the pure part of the product (exercises/response.py) is asked.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

from exercises.response import MOMENTS, STREAMS, RatedSession, responses

KINDS = 17
A_SESSION = 4
LOOKS = (5, 10, 20, 40, 60, 100)
TARGET = 0.05


@dataclass(frozen=True)
class World:
    """Points on the 0-10 scale unless said."""

    # How much more often people stretch on a bad day (log odds a point), and how far the days differ.
    eager: float = 1.0
    days_apart: float = 1.5
    # Correlation of one day with the next.
    lasting: float = 0.7
    # Error of one rating, before it is rounded.
    rating_error: float = 0.7
    # What gets better by itself, a day.
    recovery: float = 0.0
    # The first exercise is the one for bad days.
    rescue: bool = False
    # Two fixed routines in turn, instead of any four.
    routines: bool = False
    # What the first exercise does, to the end of the session and to the next morning.
    effect: float = 0.0


NOTHING_WORKS = {
    "stretches on any day": World(eager=0),
    "rather on bad days": World(),
    "almost only on bad days": World(eager=2),
    "bad days come and go": World(eager=2, lasting=0.4),
    "very uneven days": World(days_apart=2.2),
    "gets well by itself": World(eager=0.5, recovery=0.06),
    "one exercise for bad days": World(rescue=True),
    "two fixed routines": World(routines=True),
}
SOMETHING_WORKS = {f"{effect:+g}": World(effect=effect) for effect in (-1.0, -1.5, -2.0, 1.5, 2.0)}


def rate(value: float, world: World, chance: random.Random) -> int:
    return min(10, max(0, round(value + chance.gauss(0, world.rating_error))))


def stream(world: World, chance: random.Random) -> Iterator[tuple[float, float, float]]:
    """Level before, after and next morning, had nothing been done; endless, a session each."""
    usual, level = chance.uniform(2, 7), chance.gauss(0, world.days_apart)
    while True:
        tomorrow = world.lasting * level + chance.gauss(0, world.days_apart * math.sqrt(1 - world.lasting**2))
        usual = max(0.0, usual - world.recovery)
        if chance.random() < 1 / (1 + math.exp(-world.eager * level)):
            now = level + chance.gauss(0, 0.35)
            # In the half hour of a session little passes by itself.
            yield usual + now, usual + 0.95 * now, usual - world.recovery + tomorrow
        level = tomorrow


def picked(world: World, index: int, worse: bool, chance: random.Random) -> set[str]:
    if world.routines:
        return {str(index % 2 * A_SESSION + n) for n in range(A_SESSION)}
    if world.rescue:
        rest = chance.sample(range(1, KINDS), A_SESSION - worse)
        return set(map(str, [0, *rest] if worse else rest))
    return set(map(str, chance.sample(range(KINDS), A_SESSION)))


def diary(world: World, sessions: int, chance: random.Random) -> list[RatedSession]:
    streams = {name: stream(world, chance) for name in STREAMS}
    usual: list[float] = []
    made = []
    for index in range(sessions):
        levels = {name: next(levels) for name, levels in streams.items()}
        start = levels["pain"][0]
        usual.append(start)
        exercises = picked(world, index, start > sum(usual) / len(usual) + 1, chance)
        effect = world.effect if "0" in exercises else 0.0
        ratings: dict[str, int | None] = {}
        for name, (before, after, morning) in levels.items():
            ratings[f"{name}_before"] = rate(before, world, chance)
            ratings[f"{name}_after"] = rate(after + effect, world, chance)
            # Three mornings in ten nobody answers.
            ratings[f"{name}_next_morning"] = rate(morning + effect, world, chance) if chance.random() < 0.7 else None
        made.append(RatedSession(exercises, ratings))
    return made


def told(sessions: list[RatedSession], exercise: str | None = None) -> set[str]:
    """Every verdict that is given, of one exercise or of any."""
    return {
        cell["verdict"]
        for answer in responses(sessions)
        if exercise in (None, answer["exercise"])
        for name in STREAMS
        for moment in MOMENTS
        if (cell := answer[name][moment])
    }


def false_verdicts(world: World, people: int, seed: int = 1, looks: tuple[int, ...] = LOOKS) -> dict[int, float]:
    """The share of people, to whom nothing happens, that hear `better` or `worse` of any exercise at each look."""
    chance = random.Random(seed)
    wrong = dict.fromkeys(looks, 0)
    for _ in range(people):
        sessions = diary(replace(world, effect=0.0), max(looks), chance)
        for look in looks:
            wrong[look] += bool(told(sessions[:look]) & {"better", "worse"})
    return {look: count / people for look, count in wrong.items()}


def ever_wrong(world: World, people: int, seed: int = 2, sessions: int = 60) -> float:
    """The share that hears it at least once, looking after every fifth session."""
    chance = random.Random(seed)
    wrong = 0
    for _ in range(people):
        made = diary(world, sessions, chance)
        wrong += any(told(made[:look]) & {"better", "worse"} for look in range(5, sessions + 1, 5))
    return wrong / people


def found(world: World, people: int, seed: int = 3) -> dict[str, dict[int, float]]:
    """The share of people whose first exercise has its verdict for pain, by the sessions that had it."""
    chance = random.Random(seed)
    right = "better" if world.effect < 0 else "worse"
    counts = {moment: dict.fromkeys(LOOKS[:-1], 0) for moment in MOMENTS}
    for _ in range(people):
        made = diary(world, max(LOOKS[:-1]) * KINDS // A_SESSION + 60, chance)
        for look in LOOKS[:-1]:
            with_it = [n for n, session in enumerate(made) if "0" in session.exercises]
            until = with_it[look - 1] + 1 if len(with_it) >= look else len(made)
            [answer] = [one for one in responses(made[:until]) if one["exercise"] == "0"]
            for moment in MOMENTS:
                cell = answer["pain"][moment]
                counts[moment][look] += bool(cell and cell["verdict"] == right)
    return {moment: {look: count / people for look, count in row.items()} for moment, row in counts.items()}


def main(people: int) -> int:
    wrong = {name: false_verdicts(world, people) for name, world in NOTHING_WORKS.items()}
    report = {
        "people": people,
        "told better or worse of any of 17 exercises, by sessions": wrong,
        "told so at least once in 60 sessions": {
            name: ever_wrong(world, people // 4) for name, world in NOTHING_WORKS.items()
        },
        "a real change found, by the sessions that had the exercise": {
            effect: found(world, people // 4) for effect, world in SOMETHING_WORKS.items()
        },
    }
    print(json.dumps(report, indent=1))
    worst = max(rates[60] for rates in wrong.values())
    print(f"worst share after 60 sessions: {worst:.1%} (target: at most {TARGET:.0%})", file=sys.stderr)
    return int(worst > TARGET)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
