"""
How start and now compare, on page one: a chip for each figure, or in a sentence what there is too little of. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, cast

from exercises.handout.wording import counted
from sharing.rendering.wording import Words, day_words, figure, is_to_come, named, signed
from sharing.snapshot import EDGE_DAYS, EDGE_NEEDS_DAYS, Change, Snapshot, edge_days, edges_of, weekly_period


def changes(snapshot: Snapshot, words: Words) -> dict[str, Any]:
    """Title, lines, chips and note. Where no change is known, none is empty: that would look like a fault."""
    found = snapshot["changes"]
    is_told = any(change["change"] is not None for change in found)
    shown = [one for one in found if is_told or not (one["start"] is None and one["now"] is None)]
    return {
        "title": words["changes_title"],
        "lines": [] if is_told else too_few_lines(snapshot, words),
        "note": note_words(snapshot, words) if shown else "",
        "chips": [chip(change, snapshot, words) for change in shown],
    }


def note_words(snapshot: Snapshot, words: Words) -> str:
    begins, days = edges_of(snapshot["period"])
    day = begins.isoformat()
    span = words["changes_span" if day == snapshot["period"]["start"] else "changes_span_from"]
    said = [span.format(days=days, day=day_words(day, words)), words["changes_note"]]
    weekly, weeks = edges_of(weekly_period(snapshot["period"], snapshot["interference"]))
    if weekly < begins and any(one["key"] == "function" and one["start"] is not None for one in snapshot["changes"]):
        said.insert(1, words["changes_span_weekly"].format(days=weeks, day=day_words(weekly.isoformat(), words)))
    return " ".join(said)


def chip(change: Change, snapshot: Snapshot, words: Words) -> dict[str, str]:
    start, now = figure(change["start"]), figure(change["now"])
    if start and now:
        figures, meaning = f"{start} → {now}", named(words, "meanings", change["meaning"])
    elif start or now:
        figures = words["start_alone" if start else "now_alone"].format(value=start or now)
        meaning = words["too_few_lately" if start else "too_few_first"]
    else:
        figures, meaning = "", words["too_few" if is_rated(change["key"], snapshot) else "not_rated"]
    return {
        "label": named(words, "changes", change["key"]),
        "figures": figures,
        "change": signed(change["change"]),
        "kind": change["meaning"],
        "meaning": meaning,
    }


def is_rated(key: str, snapshot: Snapshot) -> bool:
    if key == "function":
        return any(one["mean"] is not None for one in snapshot["interference"])
    return any(cast(Any, day)[key] is not None for day in snapshot["days"])


def too_few_lines(snapshot: Snapshot, words: Words) -> list[str]:
    """What there is, what it takes, and from when on it can be told, if that is still ahead."""
    keys = [change["key"] for change in snapshot["changes"] if change["key"] != "function"]
    rated = {key: [day["date"] for day in snapshot["days"] if cast(Any, day)[key] is not None] for key in keys}
    if not any(rated.values()):
        return [words["changes_none"]]
    lines = [too_few_words(snapshot, sorted(set().union(*rated.values())), words)]
    day = min((day for some in rated.values() if (day := told_from(snapshot, some))), default=None)
    if day is None or not is_to_come(day.isoformat(), snapshot):
        return lines
    return [*lines, words["changes_from"].format(day=day_words(day.isoformat(), words))]


def too_few_words(snapshot: Snapshot, rated: Sequence[str], words: Words) -> str:
    """Where the days would be enough, at which end they are too few, or that nothing has enough at both."""
    if len(rated) < 2 * EDGE_NEEDS_DAYS:
        return counted(words["changes_few"], len(rated), needs=EDGE_NEEDS_DAYS, first=day_words(rated[0], words))
    (begins, edge), end = edges_of(snapshot["period"]), date.fromisoformat(snapshot["period"]["end"])
    known = [date.fromisoformat(day) for day in rated]
    start, now = sum((day - begins).days < edge for day in known), sum((end - day).days < edge for day in known)
    if start < EDGE_NEEDS_DAYS:
        first = day_words(begins.isoformat(), words)
        return str(words["changes_few_first"]).format(rated=start, days=edge, needs=EDGE_NEEDS_DAYS, first=first)
    if now < EDGE_NEEDS_DAYS:
        return str(words["changes_few_lately"]).format(rated=now, days=edge, needs=EDGE_NEEDS_DAYS)
    return str(words["changes_few_each"]).format(needs=EDGE_NEEDS_DAYS)


def told_from(snapshot: Snapshot, rated: Collection[str]) -> date | None:
    """The first end of a report that could tell a change, were every day from now on rated; None: not of this start."""
    (begins, _), last = edges_of(snapshot["period"]), date.fromisoformat(snapshot["period"]["end"])
    days = [(date.fromisoformat(day) - begins).days for day in rated]
    end = (last - begins).days
    for more in range(1, 2 * EDGE_DAYS + 1):
        known = [*days, *range(end + 1, end + more + 1)]
        count = end + more + 1
        edge = edge_days(count)
        start = sum(1 for n in known if n < edge)
        now = sum(1 for n in known if n >= count - edge)
        if start >= EDGE_NEEDS_DAYS and now >= EDGE_NEEDS_DAYS:
            return last + timedelta(more)
    return None
