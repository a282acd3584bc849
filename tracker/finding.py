"""What the rules find in a person's days. Reads nothing, writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf

from tracker.models import FOLLOWED, REACH, Day
from tracker.trends import Detector, State
from tracker.trends.episodes import Episode
from tracker.trends.spreading import LOOK, USUAL_DAYS, Place, spread

# A checkpoint each so many days: what one new entry may have to go through again.
BLOCK = 32

# What the rules find, by rule and stream.
Key = tuple[str, str]
Found = dict[Key, list[Episode]]
# The states of the detectors, by stream.
States = Mapping[str, State]


def find(
    days: Sequence[Day], start: int, limit: float, begin: int, states: States
) -> tuple[Found, list[tuple[int, States]]]:
    """
    What is found from day `start` on, and the new checkpoints: (day, states after all days before it).

    `days`: ascending, from `spreading.USUAL_DAYS` before `start`, or sooner; `states` holds those before `begin`.
    """
    found: Found = {(rule, stream): [] for rule in ("sustained-worsening", "flare") for stream in FOLLOWED}
    detectors = {stream: Detector(limit, state) for stream, state in states.items()}
    checkpoints: list[tuple[int, States]] = []
    for day, values, _ in days:
        if day < begin:
            continue
        if day - day % BLOCK > begin:
            begin = day - day % BLOCK
            checkpoints.append((begin, {stream: detector.state() for stream, detector in detectors.items()}))
        for stream, value in values.items():
            detector = detectors.get(stream)
            if detector is None:
                detector = detectors[stream] = Detector(limit)
            detector.take(day, value)
            if (detector.raised or detector.flared) and day >= start:
                rule, episode = told_by(detector)
                found[rule, stream].append(episode)
    found["spreading", REACH] = spreads(days, start)
    return found, checkpoints


def told_by(detector: Detector) -> tuple[str, Episode]:
    """What the latest entry raised, and the figures behind it."""
    if detector.raised and detector.evidence:
        evidence = detector.evidence
        facts = {name: round(getattr(evidence, name), 2) for name in ("baseline", "recent", "above", "entries")}
        return "sustained-worsening", Episode(evidence.since, detector.day, facts)
    flare = detector.flare
    facts = {"baseline": round(detector.mean, 2), "last": flare.last, "entries": flare.entries}
    return "flare", Episode(flare.since, detector.day, facts)


def spreads(days: Sequence[Day], start: int) -> list[Episode]:
    told, first = [], 0
    shown = [(day, places) for day, _, places in days]
    # By place, when it was last shown before the days that are looked at.
    usual: dict[Place, int] = {}
    for at, (day, today) in enumerate(shown):
        if at >= LOOK:
            then, places = shown[at - LOOK]
            usual.update(dict.fromkeys(places, then))
        # Most days show nothing new, and cannot tell a spread.
        if day < start or all(usual.get(place, -inf) >= day - USUAL_DAYS for place in today):
            continue
        while shown[first][0] < day - USUAL_DAYS:
            first += 1
        spreading = spread(shown[first : at + 1])
        if spreading:
            new = set(spreading.places)
            since = next(then for then, felt in shown[max(first, at + 1 - LOOK) : at + 1] if felt & new)
            told.append(Episode(since, day, {"how": spreading.how, "places": named(spreading.places)}))
    return told


def named(places: Iterable[Place]) -> list[dict[str, str]]:
    return [{"region": region, "side": side} for region, side in places]
