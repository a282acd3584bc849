"""What a guided routine owes in cues, and by how many milliseconds each that was given was off."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass

# A cue further off than this is another one: the last three seconds sound alike.
NEAR_MS = 500

# The pitch of a cue's first note, and how the phone shakes (static/src/lib/domain/playertones.ts).
SIGNS: dict[str, tuple[int, list[int]]] = {
    "ready": (440, [80]),
    "hold": (523, [220]),
    "move": (440, [60]),
    "return": (660, [25]),
    "halfway": (392, [60, 80, 60]),
    "tick": (1319, [30]),
    "change": (523, [140, 120, 140]),
    "rest": (659, [400]),
    "finished": (523, [200, 120, 200, 120, 400]),
}


@dataclass
class Expected:
    kind: str
    # Milliseconds from the start.
    at: float


def expected(steps: list[dict]) -> list[Expected]:
    """The cues of a plan as the person was promised them: one opens each step, and more come within it."""
    cues, begins = [], 0.0
    for step in steps:
        kind, seconds = step["kind"], step["seconds"]
        cues.append(Expected(kind, begins))
        if kind == "move":
            cues.append(Expected("return", begins + 3_000))
        if kind == "hold" and seconds >= 10:
            cues.append(Expected("halfway", begins + seconds * 500))
        if kind != "move" and seconds >= 5:
            cues += [Expected("tick", begins + (seconds - left) * 1000) for left in (3, 2, 1)]
        begins += seconds * 1000
    return [*cues, Expected("finished", begins)]


def compare(cues: list[Expected], notes: dict, started: int, ended: dict) -> dict:
    """Milliseconds by which each cue was off; None where it was not given."""
    began = started - notes["page"]
    sounded = [
        (on_page(one["at"], notes["clocks"]) - began, one["pitch"]) for one in notes["tones"] if not one["taken_back"]
    ]
    shaken = [(one["at"] - began, json.loads(one["pattern"])) for one in notes["buzzes"]]
    tones = [off(cue, sounded, SIGNS[cue.kind][0]) for cue in cues]
    words = [off(cue, shaken, SIGNS[cue.kind][1]) for cue in cues]
    drift = ended["ended_at"] - started - cues[-1].at if ended and ended["ended_at"] else None
    last = {"tone_of_the_end_ms": rounded(tones[-1]), "end_of_the_record_ms": drift}
    first = rounded(notes["buzzes"][0]["at"] - notes["tap"])
    return {
        "cues": len(cues),
        "tap_to_first_cue_ms": first,
        "tones": summary(cues, tones),
        "words_and_vibration": summary(cues, words),
        "drift": last,
    }


def on_page(card: float, clocks: list[dict]) -> float:
    """That instant of the sound card's clock on the page's, by what both showed around that time."""
    near = sorted(clocks, key=lambda one: abs(one["card"] - card))[:9]
    return card * 1000 + statistics.median(one["page"] - one["card"] * 1000 for one in near)


def off(cue: Expected, given: list[tuple[float, object]], sign: object) -> float | None:
    near = [at - cue.at for at, what in given if same(what, sign) and abs(at - cue.at) < NEAR_MS]
    return min(near, key=abs, default=None)


def same(what: object, sign: object) -> bool:
    return abs(what - sign) < 1 if isinstance(what, int | float) and isinstance(sign, int) else what == sign


def summary(cues: list[Expected], errors: list[float | None]) -> dict:
    sizes = sorted(abs(one) for one in errors if one is not None)
    if not sizes:
        return {"given": 0}
    p99 = sizes[min(len(sizes) - 1, round(0.99 * (len(sizes) - 1)))]
    worst = next(cue for cue, one in zip(cues, errors, strict=True) if one is not None and abs(one) == sizes[-1])
    return {
        "given": len(sizes),
        "lost": errors.count(None),
        "max_ms": rounded(sizes[-1]),
        "p99_ms": rounded(p99),
        "worst": f"{worst.kind} at {worst.at / 1000:g} s",
    }


def rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 1)
