"""
How much of an exercise, how fast, and with which rests, in words: as the player carries it out (playerplan.ts). Pure.

`rounds` is how often its superset goes round: as often as the most sets of its members ask for. None: it is done by
itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exercises.handout.wording import Words, counted, time_words


def dose_words(item: Mapping[str, Any], continuous: bool, rounds: int | None, words: Words) -> str:
    """`Hold for 20 seconds, 3 times, on each side.`"""
    count = item["repetitions"]
    if item["hold_seconds"]:
        time = time_words(item["hold_seconds"], words)
        if continuous:
            once = words["move_for" if count == 1 else "move_for_times"].format(time=time, count=count)
        else:
            once = words["hold_once" if count == 1 else "hold_times"].format(time=time, count=count)
    else:
        once = counted(words["repeat"], count)
    if item["sides"] != "none":
        once = words[item["sides"]].format(dose=once)
    return sets_words(once, item["sets"], rounds, words) + "."


def sets_words(once: str, sets: int, rounds: int | None, words: Words) -> str:
    if rounds is None:
        return str(words["sets"]).format(dose=once, count=sets) if sets > 1 else once
    if sets < rounds:
        return counted(words["in_first_rounds"], sets, dose=once)
    return str(words["in_rounds"]).format(dose=once, count=rounds) if rounds > 1 else once


def tempo_words(item: Mapping[str, Any], words: Words) -> str:
    """`2 seconds out, 2 seconds back`; empty without a tempo, or where a hold takes its place."""
    if item["hold_seconds"] or not item.get("tempo"):
        return ""
    parts = zip(words["tempo"], map(int, item["tempo"].split("-")), strict=True)
    return ", ".join(form.format(time=counted(words["seconds"], seconds)) for form, seconds in parts if seconds)


def rest_words(item: Mapping[str, Any], continuous: bool, rounds: int | None, words: Words) -> str:
    """Empty where there is nothing to rest between: in a superset the rest between sets is that of the round."""
    between_holds = bool(item["hold_seconds"]) and item["repetitions"] > 1
    between_sets = rounds is None and item["sets"] > 1
    if not item["rest_seconds"] or not (between_holds or between_sets):
        return ""
    form = words["rest" if rounds is None or continuous else "rest_holds"]
    return str(form).format(time=time_words(item["rest_seconds"], words))


def turn_words(first: int, last: int, rounds: int, rest: int, words: Words) -> str:
    """How the exercises numbered `first` to `last` go in turn, with `rest` seconds after a round."""
    parts = [words["in_turn_two" if last - first == 1 else "in_turn"].format(first=first, last=last)]
    if rounds > 1:
        parts.append(words["rounds"].format(count=rounds))
        if rest:
            parts.append(words["rounds_rest"].format(time=time_words(rest, words)))
    return " ".join(parts)
